import { isAscii } from '../../cookie/bytes.ts'
import type { ParsedLine, Span } from '../../cookie/parse.ts'
import { occasion } from '../occasion.ts'
import { defineSetRule, pass, undecided } from '../rule.ts'

/** What in the line some browsers take in a way of their own. */
type Odd = 'not-ascii' | 'quoted-semicolon' | 'quoted-name' | 'white-space'

const oddWords: Record<Odd, string> = {
  'not-ascii': 'Other than ASCII characters stand in the name or the value',
  'quoted-semicolon': 'A semicolon stands between double quotes',
  'quoted-name': 'The name stands between double quotes',
  'white-space': 'White space follows a comma or an equals sign in the value',
}

/** As seen in the published results of web-platform-tests (cookies/name, cookies/value, cookies/encoding). */
const oddOf = ({ line, name, value, hasEquals }: ParsedLine): Odd | null => {
  if (!isAscii(name.text) || !isAscii(value.text)) return 'not-ascii'
  if (quotesSemicolon(line)) return 'quoted-semicolon'
  if (hasEquals && name.text.includes('"') && value.text.includes('"')) return 'quoted-name'
  return /[,=][ \t]/.test(withoutQuoted(value.text)) ? 'white-space' : null
}

const quote = 0x22
const semicolon = 0x3b

/** Whether a semicolon stands between a double quote and the next. One walk: looking for each next character anew was seen to be quadratic. */
const quotesSemicolon = (line: string): boolean => {
  let open = false
  let found = false
  for (let at = line.indexOf('"'); at !== -1 && at < line.length; at++) {
    const code = line.charCodeAt(at)
    if (code === semicolon) found ||= open
    if (code !== quote) continue
    if (open && found) return true
    open = !open
    found = false
  }
  return false
}

const withoutQuoted = (value: string): string => (value.includes('"') ? value.replace(/"[^"]*"/g, '""') : value)

export default defineSetRule<{ odd: Odd; span: Span }>({
  id: 'UnverifiedReading',
  operation: 'set',
  layer: 'content',
  spec: 'RFC 6265bis 5.6',
  summary:
    'Some browsers take quotes, white space and other than ASCII characters in a way of their own: the cookie may be another one, or none.',
  on: occasion.ownReading,
  evaluate: ({ read }) => {
    const odd = oddOf(read.parsed)
    if (odd === null) return pass
    const { name, value } = read.parsed
    return undecided('browser', { odd, span: { start: name.start, end: value.end } })
  },
  explain: ({ odd }) => ({
    title: 'This browser may read the line in its own way: encode the value',
    explanation: `${oddWords[odd]}, and this browser is known to read some of these lines otherwise than the standard says: a quoted semicolon stays in the value, white space is left out, bytes beyond ASCII are taken one by one.`,
  }),
  part: ({ span }) => span,
  remedies: () => [{ action: 'encode-characters' }],
})
