import type { Page } from 'playwright'

/**
 * Reads the clipboard's text by pasting it into a page, as the person would who copied it. No permission is asked for,
 * and the page makes no request and is left as it was.
 */
export const readClipboard = async (page: Page): Promise<string> => {
  const area = await page.evaluateHandle(() => document.body.appendChild(document.createElement('textarea')))
  try {
    await area.focus()
    await page.keyboard.press('ControlOrMeta+V')
    return await area.inputValue()
  } finally {
    await area.evaluate((element) => element.remove())
    await area.dispose()
  }
}
