import type { Span } from '../../cookie/parse.ts'
import { occasion } from '../occasion.ts'
import { block, defineSetRule, pass } from '../rule.ts'

export default defineSetRule<{ bare: boolean; span: Span }>({
  id: 'NamelessCookie',
  operation: 'set',
  layer: 'content',
  spec: 'RFC 6265bis 5.6 (which allows it)',
  summary: 'Some browsers refuse a cookie without a name (`=value`, or `value` alone), others store it.',
  on: occasion.nameless,
  evaluate: ({ read }, { namelessCookies }) =>
    namelessCookies || read.value === ''
      ? pass
      : block({ bare: !read.parsed.hasEquals, span: { start: 0, end: read.parsed.value.end } }),
  explain: ({ bare }) => ({
    title: 'The cookie has no name: write name=value',
    explanation: bare
      ? 'The line has no `=`, so there is no telling the name from the value. This browser refuses such a line, other browsers store it.'
      : 'The line begins with `=`, so there is a value and no name. This browser refuses such a line, other browsers store it and send the value back alone.',
  }),
  part: ({ span }) => span,
  remedies: () => [{ action: 'name-the-cookie' }],
})
