import { decodeUtf8, isAscii } from '../../cookie/bytes.ts'
import type { Span } from '../../cookie/parse.ts'
import { code } from '../../remedies/words.ts'
import { occasion } from '../occasion.ts'
import { defineSetRule, pass, warn } from '../rule.ts'

export default defineSetRule<{ written: string; used: string; matches: boolean; span: Span }>({
  id: 'PathIgnored',
  operation: 'set',
  layer: 'store',
  spec: 'RFC 6265bis 5.1.4',
  summary: 'A Path that does not start with / is ignored; one with other than ASCII characters never matches.',
  on: occasion.path,
  evaluate: ({ read, cookie }) => {
    if (read.path === undefined) return pass
    const { value, span } = read.path
    if (value.startsWith('/') && isAscii(value)) return pass
    return warn({ written: decodeUtf8(value) ?? value, used: cookie.path, matches: !value.startsWith('/'), span })
  },
  explain: ({ written, used, matches }) => ({
    title: matches
      ? 'Path does not start with /: it is ignored'
      : 'Path has characters other than ASCII: it never matches',
    explanation: matches
      ? `${code(`Path=${written}`)} is ignored. The cookie gets the directory of the address that set it: ${code(used)}.`
      : `The cookie is stored with ${code(`Path=${written}`)}, but addresses carry such characters percent-encoded, so it is never sent.`,
  }),
  part: ({ span }) => span,
  remedies: () => [{ action: 'set-attribute', attribute: 'Path', value: '/' }],
})
