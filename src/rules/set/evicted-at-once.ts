import { isSecureUrl } from '../../cookie/site.ts'
import { code, theCookie } from '../../remedies/words.ts'
import { occasion } from '../occasion.ts'
import { fewerCookies, type RoomFacts, roomFor } from '../room.ts'
import { block, defineSetRule, pass, undecided } from '../rule.ts'

export default defineSetRule<RoomFacts & { https: boolean }>({
  id: 'EvictedAtOnce',
  operation: 'set',
  layer: 'store',
  spec: 'RFC 6265bis 5.7',
  summary:
    'On a site that has too many cookies, nearly all of them Secure, a new one without Secure is deleted as soon as it is stored, or finds no room.',
  on: occasion.crowded,
  evaluate: (evidence, policy) => {
    const facts = roomFor(evidence, policy)
    if (facts === null || !facts.itself) return pass
    const more = { ...facts, https: isSecureUrl(evidence.context.url, policy.localhostIsSecure) }
    // Where it is not known whether the cookie goes into a partition, there may be room.
    return evidence.mayBeKeptApart ? undecided('third-party-setting', more) : block(more)
  },
  explain: ({ name, domain, most, left, count, refused }) =>
    refused
      ? {
          title: 'No room: this site has as many cookies as the browser keeps, and all are Secure',
          explanation: `${theCookie(name)} is one too many: of ${code(domain)} and all its sub-domains together the browser keeps ${most} cookies. For a new one it deletes others without \`Secure\`, and of those there is none; one with \`Secure\` it deletes only for another that has it. This one has no \`Secure\`, so it is not stored.`,
        }
      : {
          title: 'Stored and deleted at once: this site has too many cookies, and those without Secure go first',
          explanation: `${theCookie(name)} is one too many: of ${code(domain)} and all its sub-domains together the browser keeps ${most} cookies. To make room it deletes ${count} of them, down to ${left ?? most}, those without \`Secure\` first. This one has no \`Secure\`, and so few others have none that it goes together with them.`,
        },
  remedies: (facts) => [
    ...(facts.https ? [{ action: 'set-attribute', attribute: 'Secure' } as const] : []),
    fewerCookies(facts),
  ],
})
