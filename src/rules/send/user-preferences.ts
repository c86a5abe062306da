import { code } from '../../remedies/words.ts'
import { block, defineSendRule, pass, undecided } from '../rule.ts'
import { type ThirdPartyFacts, thirdPartyFacts } from '../third-party.ts'

export default defineSendRule<ThirdPartyFacts & { name: string }>({
  id: 'UserPreferences',
  operation: 'send',
  spec: 'RFC 6265bis 7.1 (third-party cookies)',
  summary: 'The browser, or its user, withholds cookies from sites other than the page’s own.',
  evaluate: (evidence, policy) => {
    if (!evidence.context.thirdParty) return pass
    if (evidence.cookie.partitionKey !== undefined && policy.partitionedEscapesBlocking) return pass
    const facts = { ...thirdPartyFacts(evidence), name: evidence.cookie.name }
    if (evidence.thirdPartyCookies === 'blocked') return block(facts)
    return evidence.thirdPartyCookies === 'unknown' ? undecided('third-party-setting', facts) : pass
  },
  explain: ({ host, pageSite, name }) => ({
    title: 'This browser blocks third-party cookies: put both on one site, or use Partitioned',
    explanation: `${code(host)} is not of the page's site (${code(pageSite)}), and this browser is set to withhold cookies from other sites: ${code(name)} is in the store, but stays there.`,
  }),
  remedies: ({ host, pageSite }) => [
    { action: 'set-attribute', attribute: 'Partitioned' },
    { action: 'set-attribute', attribute: 'Secure' },
    { action: 'allow-third-party', host },
    { action: 'share-a-site', host, site: host, pageSite },
  ],
})
