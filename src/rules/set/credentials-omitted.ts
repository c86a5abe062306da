import { code } from '../../remedies/words.ts'
import { type CredentialFacts, credentialFacts } from '../credentials.ts'
import { block, defineSetRule, pass, undecided } from '../rule.ts'

export default defineSetRule<CredentialFacts>({
  id: 'CredentialsOmitted',
  operation: 'set',
  layer: 'request',
  spec: 'Fetch 2.2.5 (credentials mode)',
  summary: 'The answer to a request that was made without credentials sets no cookies.',
  evaluate: (evidence) => {
    if (evidence.preflight || evidence.credentials === 'include') return pass
    const facts = credentialFacts(evidence)
    return evidence.credentials === 'omit' ? block(facts) : undecided('credentials', facts)
  },
  explain: ({ host, crossOrigin, pageOrigin }) => ({
    title: "The request was made without credentials: add credentials: 'include'",
    explanation: crossOrigin
      ? `The page (${code(pageOrigin)}) asked another origin, ${code(host)}, and a script's request to another origin goes without credentials unless it says otherwise. The browser then sends no cookies and ignores every Set-Cookie line of the answer, without a word in its own panels.`
      : `The request to ${code(host)} was made with credentials switched off. The browser then sends no cookies and ignores every Set-Cookie line of the answer, without a word in its own panels.`,
  }),
  remedies: ({ crossOrigin, pageOrigin }) => [{ action: 'include-credentials', origin: pageOrigin, crossOrigin }],
})
