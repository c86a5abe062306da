import { code } from '../remedies/words.ts'
import { shorten } from '../report/visible.ts'
import type { TokenFacts } from '../story/token.ts'
import { type TokenUse, tokensOf } from '../story/token-uses.ts'
import type { LogEntry } from './session.ts'
import type { Tone } from './view-verdict.ts'

/** One thing that a token says of itself. */
export interface TokenFact {
  readonly name: string
  readonly text: string
  readonly tone: Tone | ''
}

/** A token as it is shown: never the token itself. */
export interface TokenView {
  /** Id of the exchange that had it. */
  readonly exchange: string
  /** Where it was, the name as a quotation: `Authorization header`, `access_token` in the answer. */
  readonly where: string
  readonly facts: readonly TokenFact[]
}

const LONGEST = 120
/** Of one login. */
const MOST_TOKENS = 12

const PLACES: Readonly<Record<TokenUse['where'], (name: string) => string>> = {
  authorization: () => 'Authorization header',
  cookie: (name) => `Cookie ${code(name)}`,
  'set-cookie': (name) => `${code(name)} of the answer’s Set-Cookie`,
  body: (name) => `${code(name)} in the answer`,
}

/** The tokens of some exchanges, in order; one that comes again in the same place only once. */
export function tokenViews(entries: readonly LogEntry[]): TokenView[] {
  const views = new Map<string, TokenView>()
  for (const entry of entries) {
    for (const { where, name, token } of tokensOf(entry)) {
      const key = JSON.stringify([where, name, token])
      if (views.has(key) || views.size >= MOST_TOKENS) continue
      const facts = tokenFacts(token, entry.exchange.time, serverTime(entry))
      views.set(key, { exchange: entry.id, where: PLACES[where](name), facts })
    }
  }
  return [...views.values()]
}
const SECOND = 1_000

/** Epoch milliseconds of an answer's Date header; null without one that can be read. */
export function serverTime({ exchange }: LogEntry): number | null {
  const date = exchange.responseHeaders.find(({ name }) => name.toLowerCase() === 'date')?.value
  const time = date === undefined ? Number.NaN : Date.parse(date)
  return Number.isNaN(time) ? null : time
}

/**
 * What a token says, in words; its times as of when it was used, by both clocks where they tell differently.
 * @param local epoch milliseconds by this computer
 * @param server the same moment by the server's Date; null where it gave none
 */
export function tokenFacts(token: TokenFacts, local: number, server: number | null): TokenFact[] {
  const { alg, kid, iss, aud, exp, nbf, iat } = token
  const said = (name: string, text: string | null): TokenFact[] =>
    text === null || text === '' ? [] : [{ name, text: shorten(text, LONGEST), tone: '' }]
  return [
    ...said('Algorithm', alg),
    ...said('Key', kid),
    ...said('Issuer', iss),
    ...said('For', aud.slice(0, 5).join(', ')),
    ...moment('Expires', exp, local, server, (away) => (away <= 0 ? 'bad' : '')),
    ...moment('Valid from', nbf, local, server, (away) => (away > 0 ? 'bad' : '')),
    ...moment('Issued', iat, local, server, (away) => (away > 60 * SECOND ? 'warn' : '')),
  ]
}

function moment(
  name: string,
  time: number | null,
  local: number,
  server: number | null,
  toneOf: (away: number) => Tone | '',
): TokenFact[] {
  if (time === null) return []
  const here = relative(time - local)
  const there = server === null ? here : relative(time - server)
  const tone = toneOf(server === null ? time - local : time - server)
  const text = here === there ? here : `${there} by the server’s clock, ${here} by this computer’s`
  return [{ name, text, tone }]
}

const UNITS: readonly (readonly [unit: string, ms: number])[] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
]

/** `in 5 minutes`, `2 hours before`: from the moment of the request. */
function relative(away: number): string {
  const distance = Math.abs(away)
  const [unit, ms] = UNITS.find(([, size]) => distance >= size * 2) ?? (['second', 1_000] as const)
  const n = Math.round(distance / ms)
  if (n === 0) return 'at that moment'
  const words = `${n.toLocaleString('en-GB')} ${n === 1 ? unit : `${unit}s`}`
  return away > 0 ? `${words} after the request` : `${words} before the request`
}
