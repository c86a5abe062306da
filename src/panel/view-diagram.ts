import type { Story, StoryArrow, StoryCookie, StoryParty } from '../contract.ts'
import type { IconName } from './components/Icon.tsx'
import type { Tone } from './view-verdict.ts'

/** Who takes part: the browser first. */
export interface Lane {
  /** `Browser`, `App`, `API`, `Provider`. */
  readonly kind: string
  /** Host and port; empty for the browser. */
  readonly host: string
  /** Percent of the width, from the left. */
  readonly at: number
}

export interface CookieWords {
  readonly name: string
  readonly icon: IconName
  readonly tone: Tone
  /** `not stored`. */
  readonly fate: string
}

export interface DiagramRow {
  readonly arrow: StoryArrow
  /** Index of the party's lane. */
  readonly lane: number
  /** `302`, `no answer`. */
  readonly answer: string
  readonly answerTone: Tone
  readonly sent: readonly CookieWords[]
  readonly set: readonly CookieWords[]
  /** Cookies that are counted only. */
  readonly moreSent: number
  readonly moreSet: number
}

export interface Diagram {
  readonly lanes: readonly Lane[]
  readonly rows: readonly DiagramRow[]
}

const KINDS: Readonly<Record<StoryParty['kind'], string>> = { app: 'App', api: 'API', provider: 'Provider' }

const FATES: Readonly<Record<StoryCookie['fate'], Omit<CookieWords, 'name'>>> = {
  sent: { icon: 'sent', tone: 'ok', fate: 'sent' },
  withheld: { icon: 'notSent', tone: 'warn', fate: 'not sent' },
  stored: { icon: 'ok', tone: 'ok', fate: 'stored' },
  refused: { icon: 'blocked', tone: 'bad', fate: 'not stored' },
  removed: { icon: 'none', tone: 'quiet', fate: 'removed' },
}

/** Cookies that are named on one arrow. */
const MOST_COOKIES = 4

/** The sequence diagram: its lanes, spread over the width, and its arrows in order. */
export function diagramOf({ parties, arrows }: Story): Diagram {
  const isDoubled = (id: string) => parties.some((other) => other.id !== id && hostOf(other.id) === hostOf(id))
  const lanes = [
    { kind: 'Browser', host: '', at: 0 },
    ...parties.map(({ id, kind }, i) => ({
      // Of one host on http and https, nothing else tells them apart.
      kind: isDoubled(id) ? `${KINDS[kind]} (${id.startsWith('http:') ? 'http' : 'https'})` : KINDS[kind],
      host: hostOf(id),
      at: (100 * (i + 1)) / parties.length,
    })),
  ]
  const laneOf = new Map(parties.map(({ id }, i) => [id, i + 1]))
  return {
    lanes,
    rows: arrows.flatMap((arrow) => {
      const lane = laneOf.get(arrow.party)
      if (lane === undefined) return []
      const { shown: sent, more: moreSent } = named(arrow.sent)
      const { shown: set, more: moreSet } = named(arrow.set)
      return [{ arrow, lane, ...answerOf(arrow), sent, set, moreSent, moreSet }]
    }),
  }
}

/** What went wrong first, so that it is among those that are named. */
function named(cookies: readonly StoryCookie[]): { shown: CookieWords[]; more: number } {
  const isBad = ({ fate }: StoryCookie) => fate === 'withheld' || fate === 'refused'
  const order = [...cookies.filter(isBad), ...cookies.filter((one) => !isBad(one))]
  const shown = order.slice(0, MOST_COOKIES).map(({ name, fate }) => ({ name, ...FATES[fate] }))
  return { shown, more: cookies.length - shown.length }
}

function answerOf({ status }: StoryArrow): { answer: string; answerTone: Tone } {
  if (status === 0) return { answer: 'no answer', answerTone: 'quiet' }
  return { answer: String(status), answerTone: status >= 400 ? 'bad' : 'quiet' }
}

/** Host and port of an origin. */
export const hostOf = (origin: string): string => (URL.canParse(origin) ? new URL(origin).host : origin)
