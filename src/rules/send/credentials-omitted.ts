import {
  type CredentialFacts,
  credentialFacts,
  credentialRemedies,
  credentialTitle,
  whyOmitted,
} from '../credentials.ts'
import { occasion } from '../occasion.ts'
import { block, defineSendRule, pass, undecided } from '../rule.ts'

export default defineSendRule<CredentialFacts>({
  id: 'CredentialsOmitted',
  operation: 'send',
  spec: 'Fetch (credentials mode)',
  summary: 'A request without credentials carries no cookies.',
  on: occasion.credentials,
  evaluate: (evidence) => {
    if (evidence.preflight || evidence.boundToFrame) return pass
    const facts = credentialFacts(evidence)
    return evidence.credentials === 'omit'
      ? block(facts)
      : undecided(facts.embedded ? 'credentialless' : 'credentials', facts)
  },
  explain: (facts) => ({
    title: credentialTitle(facts),
    explanation: `${whyOmitted(facts)}, so no cookie goes with it.`,
  }),
  remedies: credentialRemedies,
})
