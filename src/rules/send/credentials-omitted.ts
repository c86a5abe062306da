import { code } from '../../remedies/words.ts'
import { type CredentialFacts, credentialFacts } from '../credentials.ts'
import { block, defineSendRule, pass, undecided } from '../rule.ts'

export default defineSendRule<CredentialFacts>({
  id: 'CredentialsOmitted',
  operation: 'send',
  spec: 'Fetch 2.2.5 (credentials mode)',
  summary: 'A request without credentials carries no cookies.',
  evaluate: (evidence) => {
    if (evidence.preflight || evidence.credentials === 'include') return pass
    const facts = credentialFacts(evidence)
    return evidence.credentials === 'omit' ? block(facts) : undecided('credentials', facts)
  },
  explain: ({ host, crossOrigin, pageOrigin }) => ({
    title: "The request was made without credentials: add credentials: 'include'",
    explanation: crossOrigin
      ? `The page (${code(pageOrigin)}) asked another origin, ${code(host)}, and a script's request to another origin goes without cookies unless it says otherwise, even within one site.`
      : `The request to ${code(host)} was made with credentials switched off, so no cookie goes with it.`,
  }),
  remedies: ({ crossOrigin, pageOrigin }) => [{ action: 'include-credentials', origin: pageOrigin, crossOrigin }],
})
