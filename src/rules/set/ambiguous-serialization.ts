import type { Span } from '../../cookie/parse.ts'
import { occasion } from '../occasion.ts'
import { block, defineSetRule, pass } from '../rule.ts'

export default defineSetRule<Span>({
  id: 'AmbiguousSerialization',
  operation: 'set',
  layer: 'line',
  spec: 'draft-ietf-httpbis-layered-cookies',
  summary: 'A cookie without a name may not have an `=` in its value.',
  on: occasion.nameless,
  evaluate: ({ read }, { namelessCookies }) => {
    if (!namelessCookies || !read.value.includes('=')) return pass
    const { start, end } = read.parsed.value
    return block({ start, end })
  },
  explain: () => ({
    title: 'The cookie has no name and an = in its value: give it a name',
    explanation:
      'The line begins with `=`, so the name is empty, and the value holds another `=`. Sent back, it would read as a cookie of another name; the browser drops it without a word, in its own panels too.',
  }),
  part: (span) => span,
  remedies: () => [{ action: 'name-the-cookie' }],
})
