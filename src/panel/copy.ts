/**
 * Puts text on the clipboard; call from a click or key press. Resolves to whether it worked.
 *
 * DevTools shows its panels in frames without the clipboard permission, so that `navigator.clipboard.writeText` is
 * refused there; copying a selected text area works. Elsewhere it is the other way round if anything.
 */
export async function copyText(text: string): Promise<boolean> {
  if (copySelected(text)) return true
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return false
  }
}

function copySelected(text: string): boolean {
  const area = document.createElement('textarea')
  area.value = text
  area.readOnly = true
  area.setAttribute('aria-hidden', 'true')
  area.style.cssText = 'position:fixed;inset:0 auto auto 0;opacity:0'
  const focused = document.activeElement
  document.body.append(area)
  area.focus({ preventScroll: true })
  area.select()
  try {
    return document.execCommand('copy')
  } catch {
    return false
  } finally {
    area.remove()
    if (focused instanceof HTMLElement) focused.focus({ preventScroll: true })
  }
}
