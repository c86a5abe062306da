import { code } from '../../remedies/words.ts'
import { block, defineSetRule, pass, undecided } from '../rule.ts'
import { type ThirdPartyFacts, thirdPartyFacts } from '../third-party.ts'

export default defineSetRule<ThirdPartyFacts>({
  id: 'UserPreferences',
  operation: 'set',
  layer: 'settings',
  spec: 'RFC 6265bis 7.1 (third-party cookies)',
  summary: 'The browser, or its user, blocks cookies of sites other than the page’s own.',
  evaluate: (evidence, policy) => {
    if (!evidence.context.thirdParty) return pass
    if (evidence.read.partitioned !== undefined && policy.partitionedEscapesBlocking) return pass
    if (evidence.thirdPartyCookies === 'blocked') return block(thirdPartyFacts(evidence))
    return evidence.thirdPartyCookies === 'unknown' ? undecided('third-party-setting', thirdPartyFacts(evidence)) : pass
  },
  explain: ({ host, pageSite }) => ({
    title: 'This browser blocks third-party cookies: put both on one site, or add Partitioned',
    explanation: `${code(host)} is not of the page's site (${code(pageSite)}), and this browser is set to refuse cookies of other sites. The line may be perfectly right: many of your users have the same setting, others do not.`,
  }),
  remedies: ({ host, pageSite }) => [
    { action: 'set-attribute', attribute: 'Partitioned' },
    { action: 'allow-third-party', host },
    { action: 'share-a-site', host, site: host, pageSite },
  ],
})
