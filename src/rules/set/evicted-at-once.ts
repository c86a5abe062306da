import { isSecureUrl } from '../../cookie/site.ts'
import { code, theCookie } from '../../remedies/words.ts'
import { occasion } from '../occasion.ts'
import { fewerCookies, type RoomFacts, roomFor } from '../room.ts'
import { block, defineSetRule, pass } from '../rule.ts'

export default defineSetRule<RoomFacts & { https: boolean }>({
  id: 'EvictedAtOnce',
  operation: 'set',
  layer: 'store',
  spec: 'RFC 6265bis 5.7',
  summary:
    'On a site that has too many cookies, nearly all of them Secure, a new one without Secure is deleted as soon as it is stored.',
  on: occasion.crowded,
  evaluate: (evidence, policy) => {
    const facts = roomFor(evidence, policy)
    return facts?.itself
      ? block({ ...facts, https: isSecureUrl(evidence.context.url, policy.localhostIsSecure) })
      : pass
  },
  explain: ({ name, domain, most, left, count }) => ({
    title: 'Stored and deleted at once: this site has too many cookies, and those without Secure go first',
    explanation: `${theCookie(name)} is one too many: of ${code(domain)} and all its sub-domains together the browser keeps ${most} cookies. To make room it deletes ${count} of them, down to ${left}, those without \`Secure\` first. This one has no \`Secure\`, and so few others have none that it goes together with them.`,
  }),
  remedies: (facts) => [
    ...(facts.https ? [{ action: 'set-attribute', attribute: 'Secure' } as const] : []),
    fewerCookies(facts),
  ],
})
