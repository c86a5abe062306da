import { isControl } from '../cookie/bytes.ts'
import { type ParsedLine, parseLine } from '../cookie/parse.ts'
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
      return setAttribute(parseLine(line), action.attribute, action.value)
    case 'remove-attribute':
      return withoutAttribute(parseLine(line), action.attribute)
    case 'encode-characters':
      return encodeControls(parseLine(line))
    case 'name-the-cookie':
      return nameCookie(parseLine(line))
    default:
      return line
  }
}

/** The segments between semicolons, as written, with the attribute name each holds. */
const segments = (parsed: ParsedLine): { name: string; text: string }[] => {
  const names = new Map(parsed.attributes.map((attribute) => [attribute.namePiece.start, attribute.name]))
  let offset = 0
  return parsed.line.split(';').map((text, index) => {
    const start = offset + (text.length - text.trimStart().length)
    offset += text.length + 1
    return { name: index === 0 ? '' : (names.get(start) ?? ''), text }
  })
}

const setAttribute = (parsed: ParsedLine, attribute: FixableAttribute, value: string | undefined): string => {
  const written = value === undefined ? attribute : `${attribute}=${value}`
  const all = segments(parsed)
  const last = all.findLastIndex(({ name }) => name === attribute.toLowerCase())
  if (last === -1) return `${withoutTrailing(parsed.line)}; ${written}`
  return all
    .filter(({ name }, index) => name !== attribute.toLowerCase() || index === last)
    .map(({ name, text }) => (name === attribute.toLowerCase() ? ` ${written}` : text))
    .join(';')
}

/** Without the semicolons and blanks at the end. A pattern would try anew at each of them, and take quadratic time. */
const withoutTrailing = (line: string): string => {
  let end = line.length
  while (end > 0 && '; \t'.includes(line.charAt(end - 1))) end--
  return line.slice(0, end)
}

const withoutAttribute = (parsed: ParsedLine, attribute: FixableAttribute): string =>
  segments(parsed)
    .filter(({ name }) => name !== attribute.toLowerCase())
    .map(({ text }) => text)
    .join(';')

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
