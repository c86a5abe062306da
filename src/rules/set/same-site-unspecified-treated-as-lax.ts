import { theCookie } from '../../remedies/words.ts'
import { occasion } from '../occasion.ts'
import { defineSetRule, pass } from '../rule.ts'
import { evaluateSetting, type SameSiteFacts, settingRemedies, settingTitle, whyCrossSite } from '../same-site.ts'

export default defineSetRule<SameSiteFacts>({
  id: 'SchemefulSameSiteUnspecifiedTreatedAsLax',
  operation: 'set',
  layer: 'store',
  spec: 'RFC 6265bis 5.7',
  summary:
    'Without SameSite a cookie counts as Lax: a cross-site response, other than of a top-level navigation, sets none.',
  on: occasion.crossSiteResponse,
  evaluate: (evidence, { laxByDefault }) => (laxByDefault ? evaluateSetting(evidence, 'unspecified') : pass),
  explain: (facts) => ({
    title: settingTitle('No SameSite', facts),
    explanation: `${theCookie(facts.name)} has no${facts.span === undefined ? '' : ' valid'} \`SameSite\`, which counts as Lax here, and such a cookie can be set only where it would be sent too: on its own site. ${whyCrossSite(facts)}`,
  }),
  part: ({ span }) => span,
  remedies: settingRemedies,
})
