import { occasion } from '../occasion.ts'
import { block, defineSetRule } from '../rule.ts'

export default defineSetRule<null>({
  id: 'CorsPreflight',
  operation: 'set',
  layer: 'request',
  spec: 'Fetch (CORS-preflight fetch)',
  summary: 'The answer to a CORS preflight sets no cookies.',
  on: occasion.preflight,
  evaluate: () => block(null),
  explain: () => ({
    title: 'Cookies of a CORS preflight are ignored: set them on the real answer',
    explanation:
      'The browser itself sent this OPTIONS request, without credentials, to ask whether the real one is allowed. It ignores every Set-Cookie line of the answer.',
  }),
  remedies: () => [],
})
