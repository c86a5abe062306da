/**
 * Sizes and encodings. Header values are byte strings (one character per byte, Latin-1); a string that holds a
 * character above U+00FF is no byte string and is measured as the UTF-8 it would be sent as.
 */

const utf8 = new TextEncoder()
const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

export const isAscii = (text: string): boolean => {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 0x7f) return false
  return true
}

export const isByteString = (text: string): boolean => {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 0xff) return false
  return true
}

/** Length in bytes as the network carries it. */
export const byteLength = (text: string): number => (isByteString(text) ? text.length : utf8.encode(text).length)

/** A UTF-16 unit takes three bytes at most. */
const mostBytesPerUnit = 3

/** Whether texts have more bytes together than `limit`; those too short for it are not looked at. */
export const exceedsBytes = (limit: number, first: string, second = ''): boolean =>
  (first.length + second.length) * mostBytesPerUnit > limit && byteLength(first) + byteLength(second) > limit

/** The bytes of a byte string; the UTF-8 of any other string. */
const bytesOf = (text: string): Uint8Array =>
  isByteString(text) ? Uint8Array.from(text, (char) => char.charCodeAt(0)) : utf8.encode(text)

/** The text that a byte string spells in UTF-8; null when its bytes are not UTF-8. Any other string is itself. */
export const decodeUtf8 = (text: string): string | null => {
  if (isAscii(text) || !isByteString(text)) return text
  try {
    return strictUtf8.decode(bytesOf(text))
  } catch {
    return null
  }
}

/** The byte string that carries `text` in UTF-8. */
export const encodeUtf8 = (text: string): string => {
  if (isAscii(text)) return text
  let bytes = ''
  for (const byte of utf8.encode(text)) bytes += String.fromCharCode(byte)
  return bytes
}

/** Whether two strings stand for the same bytes, one possibly decoded (a store's value) and one not (a header's). */
export const sameBytes = (a: string, b: string): boolean =>
  a === b || (!(isAscii(a) && isAscii(b)) && (encodeUtf8(a) === b || a === encodeUtf8(b)))

export const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39

export const isAlpha = (code: number): boolean => (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a)

/** C0 controls and DEL: what RFC 6265bis 5.6 calls a control character, TAB (U+0009) apart. */
export const isControl = (code: number): boolean => code < 0x20 || code === 0x7f

const printable = /^[\x20-\x7e]*$/

/** Nearly every line is printable ASCII throughout, and a pattern sees that fastest. */
export const hasControl = (text: string): boolean => {
  if (printable.test(text)) return false
  for (let i = 0; i < text.length; i++) if (isControl(text.charCodeAt(i))) return true
  return false
}
