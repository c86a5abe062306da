import { decodeUtf8 } from '../cookie/bytes.ts'

/** Longer quotations are cut: they come from the page and may be of any length. */
const longest = 80

/** Controls, format characters (bidirectional overrides among them), lone surrogates, what has no glyph, line separators. */
const hidden = /[\p{C}\p{Zl}\p{Zp}]/u

/** Short and printable ASCII, backticks apart: what nearly every quotation is. */
const plain = /^[\x20-\x5f\x61-\x7e]{0,80}$/

/**
 * Text of a page as a code span in our own sentences: byte strings read as UTF-8 where they are, hidden characters as
 * `\x09` or `\u{202e}`, cut to 80 characters, its own backticks as apostrophes so that it cannot end the span.
 */
export const code = (text: string): string => {
  if (plain.test(text)) return `\`${text}\``
  // Two UTF-16 units a character at most, so that this first cut is never the one that is seen.
  const chars = [...(decodeUtf8(text) ?? text).slice(0, 2 * longest + 2)]
  const shown = chars.length > longest ? [...chars.slice(0, longest - 1).map(shownChar), '…'] : chars.map(shownChar)
  return `\`${shown.join('')}\``
}

const shownChar = (char: string): string => {
  if (char === '`') return "'"
  if (!hidden.test(char)) return char
  const point = char.codePointAt(0) ?? 0
  return point < 0x100 ? `\\x${point.toString(16).padStart(2, '0')}` : `\\u{${point.toString(16)}}`
}

/** A cookie at the start of a sentence: by its name, if it has one. */
export const theCookie = (name: string): string => (name === '' ? 'The cookie without a name' : code(name))

/** A cookie's name after a noun: "a Secure cookie `sid`". */
export const byName = (name: string): string => (name === '' ? 'without a name' : code(name))

/** A host in a title, where only a short and plain one has room. */
export const inTitle = (host: string, otherwise: string): string => (/^[\w.:[\]-]{1,40}$/.test(host) ? host : otherwise)

/** A site as code: by its name, for with its scheme it would read as an origin, which it is not. `https://shop.test`: "`shop.test`". */
export const siteName = (site: string): string => code(site.replace(/^https?:\/\//, ''))

/** `once`, `twice`, `34 times`. */
export const timesText = (n: number): string =>
  n === 1 ? 'once' : n === 2 ? 'twice' : `${n.toLocaleString('en-GB')} times`

/** `1 byte`, `907 bytes`. */
export const bytesText = (bytes: number): string => `${bytes} ${bytes === 1 ? 'byte' : 'bytes'}`

/** "`Secure`, `Path=/` and `HttpOnly`". */
export const list = (items: readonly string[]): string =>
  items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`
