import { sameRegistrableDomain } from '../cookie/domain.ts'
import { code } from '../remedies/words.ts'
import { sessionLinesOf } from './aftermath.ts'
import type { LoginKind } from './evidence.ts'
import { type Gates, gateBefore, gatesIn } from './gates.ts'
import { type LoginSigns, loginSigns } from './login-signs.ts'
import { type Asked, askedAfter, mailedWhy } from './mailed.ts'
import { pathKind } from './paths.ts'
import { isPreflight, readingOf, shownPath } from './reading.ts'
import { isAuthorizeUrl, isRefusal, leadsToLogin } from './refusal.ts'
import { leadsTo } from './router-redirects.ts'
import type { Seen } from './seen.ts'
import { isReturnAgain } from './trip.ts'

/** An exchange that may be a login. */
export interface Candidate {
  readonly at: number
  readonly seen: Seen
  readonly kind: LoginKind
  /** Beside such a one, a weaker one is not thought of. */
  readonly strong: boolean
  readonly why: readonly string[]
  /** The server would not have it: a wrong password, mostly. */
  readonly refused: boolean
  /** It ends a login by mail: a link with a token, a code. */
  readonly mailed: boolean
}

const ENOUGH = 4
const STRONG = 6
/** A request that was turned away and answered later, with its page: `GET /me`. */
interface Turn {
  readonly path: string
  readonly host: string
  readonly refusedAt: number
  readonly answeredAt: number
}
const MOST_TURNS = 40

/** What the rest of a log says of each exchange in it. */
interface Around {
  readonly seen: readonly Seen[]
  readonly turns: readonly Turn[]
  readonly gates: Gates
}

const aroundIn = (seen: readonly Seen[]): Around => ({ seen, turns: turnsIn(seen), gates: gatesIn(seen) })

/** All that may be a login, in order of request. */
export const candidatesIn = (seen: readonly Seen[]): Candidate[] => {
  const around = aroundIn(seen)
  const found: Candidate[] = []
  let asked: Asked | null = null
  for (let at = 0; at < seen.length; at++) {
    const one = seen[at]
    if (one === undefined) continue
    const candidate = candidateOf(one, at, around, asked)
    if (candidate !== null && !isRepeat(candidate, found, seen)) found.push(candidate)
    asked = candidate?.mailed === true ? null : askedAfter(one, asked)
  }
  const last = found.at(-1) ?? null
  const trip = openTripIn(seen, last?.at ?? -1)
  return trip === null || (last !== null && isNoAttempt(trip, last, seen)) ? found : [...found, trip]
}

/**
 * A page that sends strangers to the provider was opened after a login that failed: nobody has tried again, unless a login was asked
 * for, or something sent to the provider.
 */
const isNoAttempt = (trip: Candidate, last: Candidate, seen: readonly Seen[]): boolean => {
  const reading = readingOf(trip.seen)
  if (!hasFailed(last) || pathKind(reading) !== null || trip.seen.exchange.method !== 'GET') return false
  if (!sameRegistrableDomain(reading.url?.hostname ?? '', readingOf(last.seen).url?.hostname ?? '')) return false
  return !seen
    .slice(trip.at)
    .some(({ exchange }) => exchange.resourceType === 'main_frame' && exchange.method === 'POST')
}

/** Its own answer shows that it gave no session. */
const hasFailed = ({ seen, refused }: Candidate): boolean => {
  const { exchange, state, verdict } = seen
  if (refused || exchange.status >= 400 || (exchange.status === 0 && state === 'failed') || saysError(seen)) return true
  const lines = sessionLinesOf(seen)
  if (lines.length > 0) return lines.every(({ line }) => line.outcome === 'blocked')
  return verdict.setCookies.length === 0 && isRefusal(seen)
}

/** What the user says is a login, whatever speaks for it. */
export const pickedCandidate = (seen: Seen, at: number, all: readonly Seen[]): Candidate => {
  const signs = loginSigns(seen)
  const found = candidateOf(seen, at, aroundIn(all), null)
  return {
    at,
    seen,
    kind: kindOf(seen, signs),
    strong: true,
    why: ['You picked it.', ...(found?.why ?? signs.why)],
    refused: isRefusedLogin(seen, signs),
    mailed: found?.mailed === true,
  }
}

const kindOf = ({ exchange }: Seen, { callback }: LoginSigns): LoginKind =>
  callback
    ? 'callback'
    : exchange.resourceType === 'main_frame' || exchange.resourceType === 'sub_frame'
      ? 'form'
      : 'script'

const candidateOf = (seen: Seen, at: number, around: Around, asked: Asked | null): Candidate | null => {
  const signs = loginSigns(seen)
  if (seen.fromCache && seen.exchange.method === 'GET' && !signs.callback) return null
  const turn = turnAround(seen, at, around.turns)
  const proves =
    turn !== null && signs.writes && (signs.sessionNames.length > 0 || signs.hasToken || setsHttpOnly(seen))
  const mayBe = signs.writes && signs.sessionNames.length > 0 && signs.path !== 'sign-up'
  const gate = mayBe && !signs.decisive ? gateBefore(around.seen, at, around.gates) : null
  const mailed = signs.decisive ? null : mailedWhy(around.seen, at, asked)
  if (mailed !== null)
    return {
      at,
      seen,
      kind: kindOf(seen, signs),
      strong: true,
      why: mailed,
      refused: isRefusedLogin(seen, signs),
      mailed: true,
    }
  if (!signs.decisive && !proves && gate === null) return null
  const score = signs.score + (turn === null ? 0 : 4) + (gate === null ? 0 : 4)
  if (score < ENOUGH) return null
  const why = [
    ...signs.why,
    ...(turn === null ? [] : [`${code(turn.path)} was refused before it, and answered after it.`]),
    ...(gate === null ? [] : [`It was sent from ${code(gate)}, where other pages send their visitors.`]),
  ]
  const strong = signs.sure || score >= STRONG
  return { at, seen, kind: kindOf(seen, signs), strong, why, refused: isRefusedLogin(seen, signs), mailed: false }
}

const setsHttpOnly = ({ verdict }: Seen): boolean =>
  verdict.setCookies.some(({ cookie, outcome }) => cookie?.httpOnly === true && outcome !== 'removed')

/** A login that the server refused by itself. What CSRF protection, CORS or a fault stopped is a broken one. */
const REFUSED: ReadonlySet<number> = new Set([400, 401, 404, 405, 409, 410, 422, 423, 429])

const isRefusedLogin = (seen: Seen, { callback, sessionNames }: LoginSigns): boolean => {
  if (callback) return readingOf(seen).query.has('error')
  if (REFUSED.has(seen.exchange.status)) return true
  // Back to the form. With a session in its hands it may be any path of that name.
  return leadsToLogin(seen) && (sessionNames.length === 0 || saysError(seen))
}

const saysError = (seen: Seen): boolean => {
  const query = leadsTo(seen)?.searchParams
  return query !== undefined && ['error', 'failed', 'failure', 'invalid'].some((name) => query.has(name))
}

/**
 * A token endpoint that is asked once more without anything that a visitor did in between renews what there is. Of a return that the
 * browser asks for again it is the one that is answered, and until then the first.
 */
const isRepeat = ({ at, seen, refused }: Candidate, found: readonly Candidate[], all: readonly Seen[]): boolean => {
  if (seen.exchange.status === 0 && found.some((before) => isReturnAgain(before.seen, seen))) return true
  const reading = readingOf(seen)
  if (seen.exchange.resourceType !== 'xmlhttprequest' || pathKind(reading) === 'login') return false
  if (seen.body?.password === true || refused) return false
  const before = found.findLast((one) => one.seen.exchange.url === seen.exchange.url)
  if (before === undefined || before.refused) return false
  for (let i = at - 1; i > before.at && i > at - 500; i--) {
    const between = all[i]
    if (between === undefined) continue
    const kind = pathKind(readingOf(between))
    if (loginSigns(between).callback || kind === 'logout' || kind === 'login' || isRefusal(between)) return false
  }
  return true
}

/** Requests that were turned away at first and answered later. */
const turnsIn = (seen: readonly Seen[]): Turn[] => {
  const refused = new Map<string, number>()
  const turns: Turn[] = []
  for (let at = 0; at < seen.length && turns.length < MOST_TURNS; at++) {
    const one = seen[at]
    if (one === undefined || one.exchange.method !== 'GET') continue
    const { url } = readingOf(one)
    if (url === null) continue
    const key = url.origin + url.pathname
    if (isRefusal(one)) refused.set(key, at)
    else if (one.exchange.status >= 200 && one.exchange.status < 300) {
      const refusedAt = refused.get(key)
      if (refusedAt !== undefined) turns.push({ path: shownPath(url), host: url.hostname, refusedAt, answeredAt: at })
      refused.delete(key)
    }
  }
  return turns
}

const turnAround = (seen: Seen, at: number, turns: readonly Turn[]): Turn | null => {
  const { url } = readingOf(seen)
  if (url === null || turns.length === 0) return null
  return (
    turns.find(
      ({ host, refusedAt, answeredAt }) =>
        refusedAt < at && at < answeredAt && sameRegistrableDomain(host, url.hostname),
    ) ?? null
  )
}

/** A trip to an identity provider, begun after all else, from which nobody has come back. */
const openTripIn = (seen: readonly Seen[], after: number): Candidate | null => {
  for (let at = seen.length - 1; at > after; at--) {
    const one = seen[at]
    if (one === undefined || one.exchange.resourceType !== 'main_frame' || isPreflight(one)) continue
    const { url, location } = readingOf(one)
    const leads = location !== null && isAuthorizeUrl(location)
    const isAsked = url !== null && isAuthorizeUrl(url) && (one.exchange.redirectChain ?? []).length === 0
    if (!leads && !isAsked) continue
    // The provider itself may pass it on to another; the first hop is the app's.
    const first = firstHop(seen, at)
    return {
      at: first.at,
      seen: first.seen,
      kind: 'callback',
      strong: true,
      why: ['It sends the visitor to an identity provider.'],
      refused: false,
      mailed: false,
    }
  }
  return null
}

const firstHop = (seen: readonly Seen[], at: number): { seen: Seen; at: number } => {
  let hop: { seen: Seen; at: number } = { seen: seen[at] as Seen, at }
  for (let i = at - 1; i >= 0 && i > at - 30; i--) {
    const chain = hop.seen.exchange.redirectChain ?? []
    if (chain.length === 0) break
    const one = seen[i]
    if (one !== undefined && one.exchange.url === chain.at(-1)) hop = { seen: one, at: i }
  }
  return hop
}
