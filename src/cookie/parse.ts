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

const trimmed = (line: string, from: number, to: number): Piece => {
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
  let semicolon = line.indexOf(';')
  const pairEnd = semicolon === -1 ? line.length : semicolon
  const pair = splitPair(line, 0, pairEnd)
  const attributes: ParsedAttribute[] = []
  while (semicolon !== -1) {
    const from = semicolon + 1
    semicolon = line.indexOf(';', from)
    const av = splitPair(line, from, semicolon === -1 ? line.length : semicolon)
    const name = av.hasEquals ? av.name : av.value
    const value = av.hasEquals ? av.value : { text: '', start: av.value.end, end: av.value.end }
    if (name.text === '' && !av.hasEquals) continue
    attributes.push({
      name: name.text.toLowerCase(),
      namePiece: name,
      value: value.text,
      valuePiece: value,
      hasEquals: av.hasEquals,
      span: { start: name.start, end: Math.max(name.end, value.end) },
    })
  }
  return { line, name: pair.name, value: pair.value, hasEquals: pair.hasEquals, attributes }
}

const splitPair = (line: string, from: number, to: number): { name: Piece; value: Piece; hasEquals: boolean } => {
  // Bounded by `to`: indexOf would scan on past it and make a line of many semicolons quadratic.
  let equals = -1
  for (let i = from; i < to; i++) {
    if (line.charCodeAt(i) === 0x3d) {
      equals = i
      break
    }
  }
  if (equals === -1) {
    const value = trimmed(line, from, to)
    return { name: { text: '', start: value.start, end: value.start }, value, hasEquals: false }
  }
  return { name: trimmed(line, from, equals), value: trimmed(line, equals + 1, to), hasEquals: true }
}
