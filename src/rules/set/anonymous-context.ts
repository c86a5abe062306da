import { type AnonymousFacts, anonymousRemedies, evaluateAnonymous, whyAnonymous } from '../anonymous.ts'
import { occasion } from '../occasion.ts'
import { defineSetRule } from '../rule.ts'

export default defineSetRule<AnonymousFacts>({
  id: 'AnonymousContext',
  operation: 'set',
  layer: 'store',
  spec: 'Fetch (credentials mode)',
  summary: 'In a frame that is loaded without credentials, a cookie goes into a jar that no other page gets.',
  on: occasion.credentials,
  evaluate: evaluateAnonymous,
  explain: (facts) => ({
    title: 'The frame is loaded without credentials: leave out the credentialless attribute',
    explanation: `${whyAnonymous(facts)}: the cookie does not come into the browser's own jar, and no other page or frame has it.`,
  }),
  remedies: anonymousRemedies,
})
