import { isControl } from '../cookie/bytes.ts'
import { isAttributeNamed, type ParsedLine, parseLine, type Span } from '../cookie/parse.ts'
import type { Action, FixableAttribute } from './action.ts'

/**
 * The line with the actions that concern it carried out; the same line where none does. Everything else in it
 * stays as it was written.
 */
export const correctLine = (line: string, actions: readonly Action[]): string => {
  let corrected = line
  for (const action of actions) corrected = applyAction(corrected, action)
  return corrected
}

const applyAction = (line: string, action: Action): string => {
  switch (action.action) {
    case 'set-attribute':
      return setAttribute(line, action.attribute, action.value)
    case 'remove-attribute':
      return withoutAttribute(line, action.attribute)
    case 'encode-characters':
      return encodeControls(parseLine(line))
    case 'name-the-cookie':
      return nameCookie(parseLine(line))
    default:
      return line
  }
}

/** The last attribute of a name becomes the one that is wanted, the others of that name go. */
const setAttribute = (line: string, attribute: FixableAttribute, value: string | undefined): string => {
  const written = value === undefined ? attribute : `${attribute}=${value}`
  const found = segmentsOf(line, attribute)
  const last = found.pop()
  if (last === undefined) return `${withoutTrailing(line)}; ${written}`
  return `${without(line.slice(0, last.start), found)}; ${written}${line.slice(last.end)}`
}

const withoutAttribute = (line: string, attribute: FixableAttribute): string =>
  without(line, segmentsOf(line, attribute))

/** Where the attributes of a name stand, from the semicolon before to that behind, which is the next one's. */
const segmentsOf = (line: string, attribute: FixableAttribute): Span[] => {
  const name = attribute.toLowerCase()
  const found: Span[] = []
  for (let start = line.indexOf(';'); start !== -1; ) {
    const next = line.indexOf(';', start + 1)
    const end = next === -1 ? line.length : next
    if (isAttributeNamed(name, line, { start: start + 1, end })) found.push({ start, end })
    start = next
  }
  return found
}

/** The line without some stretches, which stand in order. */
const without = (line: string, stretches: readonly Span[]): string => {
  let rest = ''
  let from = 0
  for (const { start, end } of stretches) {
    rest += line.slice(from, start)
    from = end
  }
  return rest + line.slice(from)
}

/** Without the semicolons and blanks at the end. A pattern would try anew at each of them, and take quadratic time. */
const withoutTrailing = (line: string): string => {
  let end = line.length
  while (end > 0 && '; \t'.includes(line.charAt(end - 1))) end--
  return line.slice(0, end)
}

/** White space that the browser trims anyway stands outside of the pieces, and stays: TABs are among it. */
const encodeControls = ({ line, name, value, attributes }: ParsedLine): string => {
  let encoded = ''
  let from = 0
  for (const piece of [name, value, ...attributes.flatMap(({ namePiece, valuePiece }) => [namePiece, valuePiece])]) {
    encoded += line.slice(from, piece.start) + encodeControlsIn(piece.text)
    from = piece.end
  }
  return encoded + line.slice(from)
}

const encodeControlsIn = (text: string): string => {
  let encoded = ''
  for (const char of text) {
    const point = char.charCodeAt(0)
    encoded += isControl(point) ? `%${point.toString(16).toUpperCase().padStart(2, '0')}` : char
  }
  return encoded
}

const nameCookie = (parsed: ParsedLine): string => {
  const value = parsed.hasEquals && parsed.name.text !== '' ? '' : parsed.value.text.replace(/^=+/, '')
  const rest = parsed.line.indexOf(';')
  return `session=${value}${rest === -1 ? '' : parsed.line.slice(rest)}`
}
