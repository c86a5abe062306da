import { bytesText, code, list } from '../../remedies/words.ts'
import { occasion } from '../occasion.ts'
import { fewerCookies, type RoomFacts, roomFor } from '../room.ts'
import { defineSetRule, pass, warn } from '../rule.ts'

/** Names are quoted up to this number; the rest is counted. */
const quoted = 5

export default defineSetRule<RoomFacts>({
  id: 'OlderCookiesEvicted',
  operation: 'set',
  layer: 'store',
  spec: 'RFC 6265bis 5.7',
  summary: 'A site that has too many cookies loses older ones, without a word, when it sets another.',
  on: occasion.crowded,
  evaluate: (evidence, policy) => {
    const facts = roomFor(evidence, policy)
    return facts === null || facts.itself ? pass : warn(facts)
  },
  explain: (facts) => ({
    title: `Stored, but the browser deletes ${facts.count === null ? '' : `${facts.count} `}older ${cookiesText(facts.count)} of this site to make room: set fewer`,
    explanation: `${limitWords(facts)} ${orderWords(facts)} ${whichWords(facts)}`,
  }),
  remedies: (facts) => [fewerCookies(facts)],
})

const cookiesText = (count: number | null): string => (count === 1 ? 'cookie' : 'cookies')

const limitWords = ({ limit, domain, most, mostBytes, left, count }: RoomFacts): string => {
  if (limit === 'site') {
    return `Of ${code(domain)} and all its sub-domains together the browser keeps ${most} cookies. This one is too many, so it deletes ${count} of them${left === null ? '' : `, down to ${left}`}.`
  }
  const bytes = mostBytes === null ? '' : ` with ${bytesText(mostBytes)} of names and values`
  return `In one partition the browser keeps ${most} cookies${bytes} of ${code(domain)} and all its sub-domains together. This one is too much, so it deletes ${count ?? 'some'} of them.`
}

const orderWords = ({ sparesSecure }: RoomFacts): string =>
  sparesSecure
    ? 'Those without `Secure` go first, and of these the ones that were last used longest ago.'
    : 'What was last used longest ago goes first.'

const whichWords = ({ names }: RoomFacts): string => {
  if (names === null) {
    return "Which ones that are can't be told: no tool sees when a cookie was last used. A login that ends for no visible reason may be one of them."
  }
  const others = names.length - quoted
  const those = list([...names.slice(0, quoted).map(shown), ...(others > 0 ? [`${others} more`] : [])])
  return names.length === 1 ? `By its age this is ${those}.` : `By their age these are ${those}.`
}

const shown = (name: string): string => (name === '' ? 'one without a name' : code(name))
