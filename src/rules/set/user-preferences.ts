import { occasion } from '../occasion.ts'
import { defineSetRule, pass } from '../rule.ts'
import {
  evaluateThirdParty,
  noEscape,
  type ThirdPartyFacts,
  thirdPartyRemedies,
  whyThirdParty,
} from '../third-party.ts'

export default defineSetRule<ThirdPartyFacts>({
  id: 'UserPreferences',
  operation: 'set',
  layer: 'settings',
  spec: 'RFC 6265bis 7.1 (third-party cookies)',
  summary: 'The browser, or its user, blocks cookies of sites other than the page’s own.',
  on: occasion.thirdParty,
  evaluate: (evidence, { partitionedEscapesBlocking }) =>
    (evidence.read.partitioned !== undefined && partitionedEscapesBlocking) ||
    // The jar of a frame without credentials is no third party's (measured).
    (evidence.boundToFrame && evidence.credentials === 'omit')
      ? pass
      : evaluateThirdParty(evidence, { secure: evidence.read.secure !== undefined }),
  explain: (facts) => ({
    title: `This browser blocks third-party cookies: put both on one site${facts.escapes ? ', or add Partitioned' : ''}`,
    explanation: `${whyThirdParty(facts)}, and this browser is set to refuse cookies of other sites. The line may be perfectly right: many of your users have the same setting, others do not.${noEscape(facts)}`,
  }),
  remedies: thirdPartyRemedies,
})
