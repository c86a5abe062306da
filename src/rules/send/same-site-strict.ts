import { theCookie } from '../../remedies/words.ts'
import { defineSendRule } from '../rule.ts'
import { evaluateSending, type SameSiteFacts, sendingRemedies, sendingTitle, whyCrossSite } from '../same-site.ts'

export default defineSendRule<SameSiteFacts>({
  id: 'SchemefulSameSiteStrict',
  operation: 'send',
  spec: 'RFC 6265bis 5.8',
  summary: 'A SameSite=Strict cookie is not sent on a request that another site started.',
  evaluate: (evidence) => evaluateSending(evidence, 'strict', ['strict']),
  explain: (facts) => ({
    title: sendingTitle('SameSite=Strict', facts),
    explanation: `${theCookie(facts.name)} is \`SameSite=Strict\`, so it goes only with requests that start on its own site. ${whyCrossSite(facts)}${
      facts.navigation
        ? ' The next request on this site carries it again, which makes such a login look broken once only: typical after a return from an identity provider.'
        : ''
    }`,
  }),
  remedies: (facts) => sendingRemedies(facts, 'strict'),
})
