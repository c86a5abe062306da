/**
 * Texts of pages as string literals. What a page put into a name or a host must stay a text in the file that a
 * developer pastes a snippet into: only characters that mean nothing in any of these languages stand as they are, all
 * others as numbers.
 */
const plain = /^[\w .:/@,+=~%*?&;()[\]|!-]*$/
const notPlain = /[^\w .:/@,+=~%*?&;()[\]|!-]/gu

const hex = (point: number, digits: number): string => point.toString(16).padStart(digits, '0')

const escaped = (text: string, asNumber: (point: number) => string): string =>
  wellFormed(text).replace(notPlain, (char) => asNumber(char.codePointAt(0) ?? 0))

/** Half a surrogate pair is no character in most languages. */
const wellFormed = (text: string): string => text.replace(/\p{Surrogate}/gu, '\ufffd')

/** `\u0027`, in two halves what lies beyond 16 bits. */
const unitEscape = (point: number): string =>
  point > 0xffff ? [...splitInTwo(point)].map((unit) => `\\u${hex(unit, 4)}`).join('') : `\\u${hex(point, 4)}`

const splitInTwo = (point: number): [number, number] => [
  0xd800 + ((point - 0x10000) >> 10),
  0xdc00 + ((point - 0x10000) & 0x3ff),
]

/** `\u0027`, `\U0001f36a`. */
const longEscape = (point: number): string => (point > 0xffff ? `\\U${hex(point, 8)}` : `\\u${hex(point, 4)}`)

const braceEscape = (point: number): string => `\\u{${hex(point, 2)}}`

/** Of JavaScript and TypeScript. */
export const js = (text: string): string => `'${escaped(text, unitEscape)}'`

export const python = (text: string): string => `"${escaped(text, longEscape)}"`

export const ruby = (text: string): string => `"${escaped(text, braceEscape)}"`

/** Between single quotes, where PHP knows no numbers, only what is plain. */
export const php = (text: string): string => (plain.test(text) ? `'${text}'` : `"${escaped(text, braceEscape)}"`)

/** Octal for ASCII: Java reads `\u0022` as a quote before it looks for the end of a literal. */
export const java = (text: string): string =>
  `"${escaped(text, (point) => (point < 0x80 ? `\\${point.toString(8).padStart(3, '0')}` : unitEscape(point)))}"`

export const csharp = (text: string): string => `"${escaped(text, unitEscape)}"`

export const go = (text: string): string => `"${escaped(text, longEscape)}"`

/** Between double quotes. TOML's basic strings are written alike. */
export const yaml = (text: string): string => `"${escaped(text, longEscape)}"`

/** Numbers and strings of a list: `'a', 'b'`. */
export const listed = (texts: readonly string[], literal: (text: string) => string): string =>
  texts.map(literal).join(', ')

/**
 * Whether a text may stand without quotes in any configuration file, script or `.env`. There is no one way to quote in
 * these, and in some no way at all (nginx has none for `$`): a text that is not plain is left to the words for any stack.
 */
export const isWord = (text: string): boolean => /^[\w/.][\w.:/@+,=-]{0,252}$/.test(text)
