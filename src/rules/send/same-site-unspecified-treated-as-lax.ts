import { theCookie } from '../../remedies/words.ts'
import { block, defineSendRule, pass, undecided } from '../rule.ts'
import { evaluateSending, type SameSiteFacts, sendingRemedies, sendingTitle, whyCrossSite } from '../same-site.ts'

export default defineSendRule<SameSiteFacts>({
  id: 'SchemefulSameSiteUnspecifiedTreatedAsLax',
  operation: 'send',
  spec: 'RFC 6265bis 5.6.7.2, 5.8',
  summary:
    'Without SameSite a cookie counts as Lax; for its first two minutes it is sent with cross-site top-level POSTs as well.',
  evaluate: (evidence, { laxByDefault, laxUnsafeSeconds }) => {
    if (!laxByDefault) return pass
    const finding = evaluateSending(evidence, 'unspecified', ['strict', 'lax'])
    if (finding.kind !== 'block' || evidence.context.sending !== 'lax-unsafe') return finding
    const { creation } = evidence.cookie
    if (creation === undefined) return undecided('creation-time', finding.facts)
    return evidence.exchange.time - creation <= laxUnsafeSeconds * 1000 ? pass : block(finding.facts)
  },
  explain: (facts) => ({
    title: sendingTitle('A cookie without SameSite', facts),
    explanation: `${theCookie(facts.name)} was set without \`SameSite\`, which counts as Lax here. ${whyCrossSite(facts)}${
      facts.navigation
        ? ' In its first two minutes such a cookie is sent with a POST all the same: that it sometimes works is no sign that it will.'
        : ''
    }`,
  }),
  remedies: (facts) => sendingRemedies(facts, 'unspecified'),
})
