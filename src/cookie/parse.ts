/** A stretch of the line: UTF-16 offsets, end exclusive. */
export interface Span {
  start: number
  end: number
}

/** A piece of the line with white space (space, TAB) trimmed. */
export interface Piece extends Span {
  text: string
}

/** One cookie-av: all that stands between two semicolons. */
export interface ParsedAttribute {
  /** Lower case. */
  name: string
  namePiece: Piece
  value: string
  valuePiece: Piece
  hasEquals: boolean
  /** From the first character of the name to the last of the value. */
  span: Span
}

/** A set-cookie-string as it was written: nothing is dropped, merged or decoded. */
export interface ParsedLine {
  line: string
  name: Piece
  value: Piece
  /** Whether the name-value pair has an `=`. */
  hasEquals: boolean
  /** In order, repeated and unknown ones too; empty ones (`;;`) left out. */
  attributes: ParsedAttribute[]
}

const isBlank = (code: number): boolean => code === 0x20 || code === 0x09

const pieceOf = (line: string, from: number, to: number): Piece => {
  let start = from
  let end = to
  while (start < end && isBlank(line.charCodeAt(start))) start++
  while (end > start && isBlank(line.charCodeAt(end - 1))) end--
  return { text: line.slice(start, end), start, end }
}

/**
 * Splits a set-cookie-string (RFC 6265bis 5.6): at semicolons, then at the first `=`, white space trimmed.
 * Linear in the length of the line. Never throws. A pair without `=` is given here as written: an empty name,
 * the text as the value; which of the two it becomes differs between browsers.
 */
export const parseLine = (line: string): ParsedLine => {
  let to = endOfSegment(line, 0)
  // The first at or after the segment in hand. Looked for anew only once it is behind: to look for it in each segment
  // would make a line of many semicolons quadratic.
  let equals = line.indexOf('=')
  const hasEquals = equals !== -1 && equals < to
  const value = pieceOf(line, hasEquals ? equals + 1 : 0, to)
  const name = hasEquals ? pieceOf(line, 0, equals) : { text: '', start: value.start, end: value.start }
  const attributes: ParsedAttribute[] = []
  while (to < line.length) {
    const from = to + 1
    to = endOfSegment(line, from)
    if (equals !== -1 && equals < from) equals = line.indexOf('=', from)
    const attribute = attributeOf(line, from, to, equals !== -1 && equals < to ? equals : null)
    if (attribute !== null) attributes.push(attribute)
  }
  return { line, name, value, hasEquals, attributes }
}

const endOfSegment = (line: string, from: number): number => {
  const semicolon = line.indexOf(';', from)
  return semicolon === -1 ? line.length : semicolon
}

const equalsSign = 0x3d

/** Whether the cookie-av that stands there in the line has this name, which is given in lower case. */
export const isAttributeNamed = (name: string, line: string, { start, end }: Span): boolean => {
  let from = start
  while (from < end && isBlank(line.charCodeAt(from))) from++
  let to = from + name.length
  if (to > end || line.slice(from, to).toLowerCase() !== name) return false
  while (to < end && isBlank(line.charCodeAt(to))) to++
  return to === end || line.charCodeAt(to) === equalsSign
}

/** Null for an empty one. */
const attributeOf = (line: string, from: number, to: number, equals: number | null): ParsedAttribute | null => {
  const namePiece = pieceOf(line, from, equals ?? to)
  if (equals === null && namePiece.text === '') return null
  const valuePiece =
    equals === null ? { text: '', start: namePiece.end, end: namePiece.end } : pieceOf(line, equals + 1, to)
  return {
    name: namePiece.text.toLowerCase(),
    namePiece,
    value: valuePiece.text,
    valuePiece,
    hasEquals: equals !== null,
    span: { start: namePiece.start, end: Math.max(namePiece.end, valuePiece.end) },
  }
}
