import {
  type CredentialFacts,
  credentialFacts,
  credentialRemedies,
  credentialTitle,
  whyOmitted,
} from '../credentials.ts'
import { occasion } from '../occasion.ts'
import { block, defineSetRule, pass, undecided } from '../rule.ts'

export default defineSetRule<CredentialFacts>({
  id: 'CredentialsOmitted',
  operation: 'set',
  layer: 'request',
  spec: 'Fetch (credentials mode)',
  summary: 'The answer to a request that was made without credentials sets no cookies.',
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
    explanation: `${whyOmitted(facts)}. The browser then sends no cookies and ignores every Set-Cookie line of the answer, without a word in its own panels.`,
  }),
  remedies: credentialRemedies,
})
