import { isControl } from '../cookie/bytes.ts'

/** Longer quotations are cut: they come from the page and may be of any length. */
const longest = 80

/**
 * Text of a page as a code span in our own sentences: control characters as `<09>`, cut to 80 characters, its own
 * backticks as apostrophes so that it cannot end the span.
 */
export const code = (text: string): string => {
  const cut = text.length > longest ? `${text.slice(0, longest - 1)}…` : text
  let shown = ''
  for (const char of cut) {
    const point = char.charCodeAt(0)
    if (char === '`') shown += "'"
    else shown += isControl(point) ? `<${point.toString(16).toUpperCase().padStart(2, '0')}>` : char
  }
  return `\`${shown}\``
}

/** "`Secure`, `Path=/` and `HttpOnly`". */
export const list = (items: readonly string[]): string =>
  items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`
