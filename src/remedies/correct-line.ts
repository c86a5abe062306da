import { isControl } from '../cookie/bytes.ts'
import { attributeName, type ParsedLine, parseLine } from '../cookie/parse.ts'
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

/** The segments between semicolons, as written: first the cookie, then its attributes. */
const segments = (line: string): string[] => line.split(';')

const setAttribute = (line: string, attribute: FixableAttribute, value: string | undefined): string => {
  const written = value === undefined ? attribute : `${attribute}=${value}`
  const name = attribute.toLowerCase()
  const all = segments(line)
  const last = all.findLastIndex((text, index) => index > 0 && attributeName(text) === name)
  if (last === -1) return `${withoutTrailing(line)}; ${written}`
  all[last] = ` ${written}`
  return all.filter((text, index) => index === 0 || index === last || attributeName(text) !== name).join(';')
}

/** Without the semicolons and blanks at the end. A pattern would try anew at each of them, and take quadratic time. */
const withoutTrailing = (line: string): string => {
  let end = line.length
  while (end > 0 && '; \t'.includes(line.charAt(end - 1))) end--
  return line.slice(0, end)
}

const withoutAttribute = (line: string, attribute: FixableAttribute): string => {
  const name = attribute.toLowerCase()
  return segments(line)
    .filter((text, index) => index === 0 || attributeName(text) !== name)
    .join(';')
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
