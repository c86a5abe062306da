import { splitCookiesString } from 'set-cookie-parser'
import type { Span } from '../../cookie/parse.ts'
import { code, list } from '../../remedies/words.ts'
import { occasion } from '../occasion.ts'
import { defineSetRule, pass, warn } from '../rule.ts'

/** Names are quoted up to this number; the rest is counted. */
const quoted = 5

export default defineSetRule<{ names: string[]; span: Span }>({
  id: 'FoldedLines',
  operation: 'set',
  layer: 'store',
  spec: 'RFC 6265bis 3; RFC 9110 5.3',
  summary: 'Several Set-Cookie headers joined by commas are read as one cookie.',
  on: occasion.comma,
  evaluate: ({ read }) => {
    const { line, attributes } = read.parsed
    // A comma in a value is common and harmless; one in an attribute, with a pair after it, is another line's beginning.
    if (!hasJoint(line) || !attributes.some(({ value }) => value.includes(','))) return pass
    const [first = '', ...others] = splitCookiesString(line)
    if (others.length === 0 || !first.includes(';')) return pass
    const names = others.map((other) => other.slice(0, other.indexOf('=')).trim())
    return warn({ names, span: { start: line.indexOf(others[0] ?? '', first.length), end: line.length } })
  },
  explain: ({ names }) => ({
    title: 'Several cookies are joined into one line: send a Set-Cookie header for each',
    explanation: `After the first cookie the line goes on with ${list(names.slice(0, quoted).map(code))}${names.length > quoted ? ` and ${names.length - quoted} more` : ''}. A gateway, proxy or framework has folded several Set-Cookie headers with commas, which no browser takes apart: all but the first are lost.`,
  }),
  part: ({ span }) => span,
  remedies: () => [{ action: 'send-separately' }],
})

const equals = 0x3d
const isMark = (code: number): boolean => code === equals || code === 0x3b || code === 0x2c

/** Whether the library would split the line anywhere: at a comma with an `=` behind it, before any `;` or `,`. */
const hasJoint = (line: string): boolean => {
  for (let comma = line.indexOf(','); comma !== -1; comma = line.indexOf(',', comma + 1)) {
    let i = comma + 1
    while (i < line.length && !isMark(line.charCodeAt(i))) i++
    if (line.charCodeAt(i) === equals) return true
  }
  return false
}
