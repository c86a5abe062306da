import { occasion } from '../occasion.ts'
import { block, defineSendRule } from '../rule.ts'

export default defineSendRule<null>({
  id: 'CorsPreflight',
  operation: 'send',
  spec: 'Fetch (CORS-preflight fetch)',
  summary: 'A CORS preflight carries no cookies.',
  on: occasion.preflight,
  evaluate: () => block(null),
  explain: () => ({
    title: 'A CORS preflight carries no cookies: answer it without asking for a login',
    explanation:
      'The browser itself sends this OPTIONS request, always without cookies, to ask whether the real one is allowed. A server that answers it with 401 or a redirect makes the real request impossible.',
  }),
  remedies: () => [],
})
