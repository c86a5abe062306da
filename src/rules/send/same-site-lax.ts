import { theCookie } from '../../remedies/words.ts'
import { defineSendRule } from '../rule.ts'
import { evaluateSending, type SameSiteFacts, sendingRemedies, sendingTitle, whyCrossSite } from '../same-site.ts'

export default defineSendRule<SameSiteFacts>({
  id: 'SchemefulSameSiteLax',
  operation: 'send',
  spec: 'RFC 6265bis 5.8',
  summary: 'A SameSite=Lax cookie is sent on a cross-site request only if it is a top-level navigation by GET.',
  evaluate: (evidence) => evaluateSending(evidence, 'lax', ['strict', 'lax']),
  explain: (facts) => ({
    title: sendingTitle('SameSite=Lax', facts),
    explanation: `${theCookie(facts.name)} is \`SameSite=Lax\`: from another site it goes only with top-level navigations by GET. ${whyCrossSite(facts)}`,
  }),
  remedies: (facts) => sendingRemedies(facts, 'lax'),
})
