import { theCookie } from '../../remedies/words.ts'
import { occasion } from '../occasion.ts'
import { defineSendRule, pass } from '../rule.ts'
import {
  evaluateThirdParty,
  noEscape,
  type ThirdPartyFacts,
  thirdPartyRemedies,
  whyThirdParty,
} from '../third-party.ts'

export default defineSendRule<ThirdPartyFacts & { name: string }>({
  id: 'UserPreferences',
  operation: 'send',
  spec: 'RFC 6265bis 7.1 (third-party cookies)',
  summary: 'The browser, or its user, withholds cookies from sites other than the page’s own.',
  on: occasion.thirdParty,
  evaluate: (evidence, { partitionedEscapesBlocking }) =>
    evidence.cookie.partitionKey !== undefined && partitionedEscapesBlocking
      ? pass
      : evaluateThirdParty(evidence, { name: evidence.cookie.name, secure: evidence.cookie.secure }),
  explain: ({ name, ...facts }) => ({
    title: `This browser blocks third-party cookies: put both on one site${facts.escapes ? ', or use Partitioned' : ''}`,
    explanation: `${whyThirdParty(facts)}, and this browser is set to withhold cookies from other sites. ${theCookie(name)} is in the store, but stays there.${noEscape(facts)}`,
  }),
  remedies: thirdPartyRemedies,
})
