import { type AnonymousFacts, anonymousRemedies, evaluateAnonymous, whyAnonymous } from '../anonymous.ts'
import { occasion } from '../occasion.ts'
import { defineSendRule } from '../rule.ts'

export default defineSendRule<AnonymousFacts>({
  id: 'AnonymousContext',
  operation: 'send',
  spec: 'Fetch (credentials mode)',
  summary: "A frame that is loaded without credentials does not send the browser's cookies, to its own site neither.",
  on: occasion.credentials,
  evaluate: evaluateAnonymous,
  explain: (facts) => ({
    title: 'The frame is loaded without credentials: leave out the credentialless attribute',
    explanation: `${whyAnonymous(facts)}: no cookie of the browser's own jar is sent.`,
  }),
  remedies: anonymousRemedies,
})
