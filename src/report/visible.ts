import { byteLength, decodeUtf8 } from '../cookie/bytes.ts'

/**
 * Characters by which a page could hide or reorder what the reader sees: controls, format characters (bidirectional
 * overrides, zero widths, tags), separators and white space other than the space, private use, unassigned, lone
 * surrogates; variation selectors, fillers that are drawn as nothing, and more than three combining marks in a row.
 */
export const HIDDEN =
  /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}\p{Cs}]|\p{Variation_Selector}|[\u115f\u1160\u2800\u3164\uffa0]|[\u17b4\u17b5]|\u034f|(?! )\p{Zs}|(?<=\p{M}{3})\p{M}/gu
const HIGH = /[\x80-\xff]/g

/**
 * Text from a page as it may be shown: a header's bytes read as UTF-8 where they are, as `\xff` where they are not;
 * hidden characters as `\x01` or `\u{202e}`. One line of printable text.
 */
export function visible(raw: string): string {
  const text = decodeUtf8(raw)
  if (text !== null) return text.replace(HIDDEN, escapeOf)
  return (byteLength(raw) === raw.length ? raw.replace(HIGH, escapeOf) : raw).replace(HIDDEN, escapeOf)
}

/** Tabs at the beginning of a line of code: they stay tabs, for whoever pastes it. */
export const indentOf = (line: string): string => /^\t*/.exec(line)?.[0] ?? ''

/** `\x7c` or `\u{202e}`. */
export function escapeOf(character: string): string {
  const code = character.codePointAt(0) ?? 0
  return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`
}

/** Placeholders are filled up with `~`; nobody reads those. */
const FILLING = /~{9,}/g

/** At most about `longest` characters, the middle left out and its length told. */
export function shorten(text: string, longest: number): string {
  const short = text.replace(FILLING, '~…')
  if (short.length <= longest) return short
  const half = Math.max(1, Math.floor(longest / 2) - 10)
  const start = wholeEnd(short, half)
  const end = wholeEnd(short, short.length - half)
  return `${short.slice(0, start)}… ${(end - start).toLocaleString('en-GB')} characters …${short.slice(end)}`
}

/** Not between the two halves of a character. */
function wholeEnd(text: string, at: number): number {
  const code = text.charCodeAt(at)
  return code >= 0xdc00 && code <= 0xdfff ? at - 1 : at
}
