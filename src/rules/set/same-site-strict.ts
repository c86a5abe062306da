import { theCookie } from '../../remedies/words.ts'
import { occasion } from '../occasion.ts'
import { defineSetRule } from '../rule.ts'
import { evaluateSetting, type SameSiteFacts, settingRemedies, settingTitle, whyCrossSite } from '../same-site.ts'

export default defineSetRule<SameSiteFacts>({
  id: 'SchemefulSameSiteStrict',
  operation: 'set',
  layer: 'store',
  spec: 'RFC 6265bis 5.7',
  summary: 'A cross-site response, other than of a top-level navigation, sets no SameSite=Strict cookie.',
  on: occasion.crossSiteResponse,
  evaluate: (evidence) => evaluateSetting(evidence, 'strict'),
  explain: (facts) => ({
    title: settingTitle('SameSite=Strict', facts),
    explanation: `${theCookie(facts.name)} says \`SameSite=Strict\`, and such a cookie can be set only where it would be sent too: on its own site. ${whyCrossSite(facts)}`,
  }),
  part: ({ span }) => span,
  remedies: settingRemedies,
})
