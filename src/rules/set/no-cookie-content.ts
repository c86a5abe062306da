import type { Span } from '../../cookie/parse.ts'
import { occasion } from '../occasion.ts'
import { block, defineSetRule, pass } from '../rule.ts'

export default defineSetRule<Span>({
  id: 'NoCookieContent',
  operation: 'set',
  layer: 'content',
  spec: 'RFC 6265bis 5.6',
  summary: 'A line whose name and value are both empty is no cookie.',
  on: occasion.nameless,
  evaluate: ({ read }) => (read.value === '' ? block({ start: 0, end: read.parsed.value.end }) : pass),
  explain: () => ({
    title: 'The line has neither name nor value: write name=value',
    explanation:
      'Before the first semicolon there is no name and no value, so there is nothing to store. The server probably joined an empty variable into the header.',
  }),
  part: (span) => span,
  remedies: () => [{ action: 'name-the-cookie' }],
})
