import type { Story, StoryArrow, StoryCookie, StoryParty } from '../contract.ts'
import { shorten, visible } from './visible.ts'

const LONGEST = 80
const MOST_COOKIES = 6
const MOST_ARROWS = 40

const KINDS: Readonly<Record<StoryParty['kind'], string>> = { app: 'App', api: 'API', provider: 'Provider' }
const FATES: Readonly<Record<StoryCookie['fate'], string>> = {
  sent: 'sent',
  withheld: 'not sent',
  stored: 'stored',
  refused: 'not stored',
  removed: 'removed',
}

/**
 * The login as a sequence diagram in Mermaid, which GitHub draws: its lines, for a code block. Names come from the page: only
 * letters, digits, blanks and `. _ / - =` are left of them, none of which Mermaid reads as its own in such a place.
 */
export function sequenceDiagram({ parties, arrows }: Story): string[] {
  const names = new Map(parties.map(({ id }, i) => [id, `P${i}`]))
  const shown = arrows.slice(0, MOST_ARROWS)
  return [
    'sequenceDiagram',
    '  participant B as Browser',
    ...parties.map((party, i) => `  participant P${i} as ${kindOf(party, parties)} ${plain(hostOf(party))}`),
    ...shown.flatMap((arrow) => {
      const name = names.get(arrow.party)
      return name === undefined ? [] : arrowLines(arrow, name)
    }),
  ]
}

/** Host and port of its origin. */
const hostOf = ({ id }: StoryParty): string => id.replace(/^\w+:\/\//, '')

/** Of one host on http and https, nothing else tells them apart. */
function kindOf(party: StoryParty, parties: readonly StoryParty[]): string {
  const isDoubled = parties.some((other) => other.id !== party.id && hostOf(other) === hostOf(party))
  const scheme = party.id.startsWith('http:') ? 'http' : 'https'
  return isDoubled ? `${KINDS[party.kind]} (${scheme})` : KINDS[party.kind]
}

function arrowLines({ label, status, sent, set, broken }: StoryArrow, name: string): string[] {
  return [
    `  B->>${name}: ${[plain(label), ...cookieWords(sent)].join(', ')}`,
    ...(status > 0 ? [`  ${name}-->>B: ${[String(status), ...cookieWords(set)].join(', ')}`] : []),
    ...(broken === true ? [`  Note over B,${name}: The login breaks here`] : []),
  ]
}

function cookieWords(cookies: readonly StoryCookie[]): string[] {
  const more = cookies.length - MOST_COOKIES
  const words = cookies.slice(0, MOST_COOKIES).map(({ name, fate }) => `${plain(name) || 'a cookie'} ${FATES[fate]}`)
  return more > 0 ? [...words, `and ${more} more`] : words
}

const plain = (text: string): string =>
  shorten(visible(text), LONGEST)
    .replaceAll('`', '')
    .replace(/[^\p{L}\p{N} ._/=…-]/gu, '?')
    .trim()
