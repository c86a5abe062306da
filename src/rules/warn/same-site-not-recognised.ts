import type { Span } from '../../cookie/parse.ts'
import { code } from '../../remedies/words.ts'
import { occasion } from '../occasion.ts'
import { defineSetRule, pass, warn } from '../rule.ts'

export default defineSetRule<{ value: string; lax: boolean; span: Span }>({
  id: 'SameSiteNotRecognised',
  operation: 'set',
  layer: 'store',
  spec: 'RFC 6265bis 5.6.7',
  summary: 'A SameSite other than Strict, Lax or None counts as not given.',
  on: occasion.sameSiteUnknown,
  evaluate: ({ read }, { laxByDefault }) =>
    read.sameSite === undefined
      ? pass
      : warn({ value: read.sameSite.value, lax: laxByDefault, span: read.sameSite.span }),
  explain: ({ value, lax }) => ({
    title: 'SameSite is neither Strict, Lax nor None: it counts as not given',
    explanation: `${code(`SameSite=${value}`)} is not known, so the cookie is treated as if it had none${lax ? ', which is Lax here' : ''}; browsers differ in that default.`,
  }),
  part: ({ span }) => span,
  remedies: () => [{ action: 'set-attribute', attribute: 'SameSite', value: 'Lax' }],
})
