import type { SetCookieVerdict, StoredCookie } from '../contract.ts'
import { encodeUtf8 } from '../cookie/bytes.ts'
import { sameRegistrableDomain } from '../cookie/domain.ts'
import { sameKey } from '../cookie/store.ts'
import { type Answer, answerOf, besideOtherLogins, otherRightIn, targetOf } from '../story/answer.ts'
import { carriesToken } from '../story/carried-token.ts'
import type { Evidence, Login, SessionLine } from '../story/evidence.ts'
import { leadsToFurtherStep } from '../story/further-step.ts'
import { pathKind } from '../story/paths.ts'
import { headerOf, readingOf } from '../story/reading.ts'
import { losesBody } from '../story/refusal.ts'
import type { Seen } from '../story/seen.ts'

/** A pair of a Cookie header. */
export interface SentPair {
  readonly name: string
  readonly value: string
}

/** The pairs of the request's Cookie header, in its order. */
export const sentPairs = ({ exchange }: Seen): readonly SentPair[] => {
  const known = pairs.get(exchange)
  if (known !== undefined) return known
  const header = headerOf(exchange.requestHeaders, 'cookie') ?? ''
  const read = header.split(';').flatMap((text) => {
    const pair = text.trim()
    const equals = pair.indexOf('=')
    return pair === '' ? [] : [{ name: equals === -1 ? '' : pair.slice(0, equals), value: pair.slice(equals + 1) }]
  })
  pairs.set(exchange, read)
  return read
}

/** Exchanges are replaced, never changed. */
const pairs = new WeakMap<Seen['exchange'], readonly SentPair[]>()

/** A session cookie that the browser holds. */
export interface KeptCookie {
  /** As it was first stored. */
  readonly cookie: StoredCookie
  /** The login's answer set it; else it is older, and the login went on with it. */
  readonly ofLogin: boolean
  /** Whether a value, as stored or as sent, is one that the server gave it, at the login or after. */
  isOwn(value: string): boolean
}

/** How one request after the login used the session. */
export interface SessionUse {
  readonly seen: Seen
  /** Session cookies that went along with a value of the server's. */
  readonly own: readonly string[]
  /** The first such value: never to be shown. */
  readonly value: string | null
  /** Names of session cookies that went along with another value, or beside one. */
  readonly foreign: readonly string[]
  /** A session cookie stayed behind for another reason than its Domain and Path. */
  readonly withheld: boolean
  /** The request carries a token, in `Authorization` or a header of that kind. */
  readonly bearer: boolean
  readonly answer: Answer
  /** Accepted with the session, and no stranger had been answered the same: it shows that the session is good. */
  readonly proves: boolean
  /** A page sent the visitor to the login although the session went along, and nothing tells whether it wants another right. */
  readonly untold: boolean
}

/** What came after the login, as far as the user's logout, in order of time. */
export const untilLogout = (login: Login): readonly Seen[] =>
  remembered(later, login, () => login.after.toSorted((a, b) => a.started - b.started))

/** Each look at a log makes its login anew, and several diagnoses ask the same of it. */
const later = new WeakMap<Login, readonly Seen[]>()
const keptOf = new WeakMap<Login, readonly KeptCookie[]>()
const usesOf = new WeakMap<Login, readonly SessionUse[]>()

const remembered = <T extends object>(known: WeakMap<Login, T>, login: Login, make: () => T): T => {
  let made = known.get(login)
  if (made === undefined) {
    made = make()
    known.set(login, made)
  }
  return made
}

/** What comes next renews the session: that what came before it was refused is in order. */
export const isRenewed = ({ next }: Login): boolean => next !== null && pathKind(readingOf(next)) === 'refresh'

/** The login itself was turned away (a wrong password, say): nothing follows from what came after. */
export const isTurnedAway = (evidence: Evidence, login: Login): boolean =>
  (evidence.isRefusal(login.request) && !leadsToFurtherStep(login.request, login)) ||
  losesBody(login.request) ||
  login.request.exchange.status >= 400

/** Stored by the rules, not undone by a later line, and nothing seen that says otherwise. */
const isKept = ({ seen, index, line }: SessionLine): boolean =>
  line.outcome === 'stored' &&
  undoneBy(seen, index) === null &&
  !seen.observed.some(
    (one) =>
      one.operation === 'set' &&
      one.index === index &&
      (one.agreement === 'contradicted' || one.agreement === 'unexplained'),
  )

/** The later line of the same answer that deletes what this one sets, for good; null without one. */
export const undoneBy = ({ verdict }: Seen, index: number): SetCookieVerdict | null => {
  const cookie = verdict.setCookies[index]?.cookie ?? null
  if (cookie === null) return null
  const last = verdict.setCookies.findLast(
    (line) =>
      (line.outcome === 'stored' || line.outcome === 'removed') && line.cookie !== null && sameKey(line.cookie, cookie),
  )
  return last?.outcome === 'removed' && last !== verdict.setCookies[index] ? last : null
}

/** The session cookies that the browser holds since the login: the login's own, or where it set none, those it was sent with. */
export const keptSession = (evidence: Evidence, login: Login): readonly KeptCookie[] =>
  remembered(keptOf, login, () => readKept(evidence, login))

const readKept = (evidence: Evidence, login: Login): KeptCookie[] => {
  const chain = [login.request, ...login.after]
  const kept = login.session.flatMap((one) =>
    one.line.cookie !== null && isKept(one) ? [{ cookie: one.line.cookie, ofLogin: true }] : [],
  )
  const older = login.session.length > 0 ? [] : login.kept.map((cookie) => ({ cookie, ofLogin: false }))
  return [...kept, ...older].map(({ cookie, ofLogin }) => ({
    cookie,
    ofLogin,
    isOwn: isAmong([cookie.value, ...valuesOf(cookie, chain), ...writtenValues(cookie, evidence, login)]),
  }))
}

/** A store's value may be decoded, a header's is not. */
const isAmong = (values: readonly string[]): KeptCookie['isOwn'] => {
  const bytes = new Set(values.map(encodeUtf8))
  const texts = new Set(values)
  return (value) => texts.has(value) || bytes.has(value) || bytes.has(encodeUtf8(value))
}

const valuesOf = (cookie: StoredCookie, chain: readonly Seen[]): string[] =>
  chain.flatMap(({ verdict }) =>
    verdict.setCookies.flatMap((line) =>
      line.outcome === 'stored' && line.cookie !== null && sameKey(line.cookie, cookie) ? [line.cookie.value] : [],
    ),
  )

const writtenValues = (cookie: StoredCookie, { storeWrites }: Evidence, { request }: Login): string[] =>
  storeWrites.flatMap((write) =>
    !write.removed && write.time >= request.started && sameKey(write.cookie, cookie) ? [write.cookie.value] : [],
  )

const scopeReasons = new Set(['DomainMismatch', 'NotOnPath'])

/** What each answered request after the login did with the session, as far as the user's logout. Those without it are listed too. */
export const sessionUses = (evidence: Evidence, login: Login): readonly SessionUse[] =>
  remembered(usesOf, login, () => {
    const kept = keptSession(evidence, login)
    const uses = untilLogout(login).flatMap((seen) =>
      seen.exchange.status === 0 || seen.fromCache ? [] : [useOf(seen, kept, login.forAnybody)],
    )
    return besideRight(besideOtherLogins(uses, login, (use) => use.answer === 'accepted' && carries(use)))
  })

const carries = ({ own, bearer }: SessionUse): boolean => own.length > 0 || bearer

const besideRight = (uses: SessionUse[]): SessionUse[] => {
  const found = otherRightIn(uses, carries, ({ proves }) => proves)
  return found === null
    ? uses
    : uses.map((use) => (found.refused.has(use) ? { ...use, answer: 'other', untold: !found.holds } : use))
}

const useOf = (seen: Seen, kept: readonly KeptCookie[], forAnybody: ReadonlySet<string>): SessionUse => {
  const own: string[] = []
  const foreign: string[] = []
  let first: string | null = null
  for (const { name, value } of sentPairs(seen)) {
    const named = kept.filter(({ cookie }) => cookie.name === name || encodeUtf8(cookie.name) === name)
    if (named.length === 0) continue
    if (named.some(({ isOwn }) => isOwn(value))) {
      own.push(name)
      first ??= value
    } else foreign.push(name)
  }
  const withheld = seen.verdict.cookies.some(
    ({ cookie, outcome, reasons }) =>
      outcome !== 'sent' &&
      kept.some((one) => sameKey(one.cookie, cookie)) &&
      !reasons.some(({ id }) => scopeReasons.has(id)),
  )
  const bearer = carriesToken(seen)
  const answer = answerOf(seen)
  const proves = answer === 'accepted' && (own.length > 0 || bearer) && !forAnybody.has(targetOf(seen))
  return { seen, own, value: first, foreign, withheld, bearer, answer, proves, untold: false }
}

/** Whether a request went to the site of the login or of its page: another site's refusal is its own affair. */
export const isOfLoginSites = (seen: Seen, { request, page }: Login): boolean => {
  const host = readingOf(seen).url?.hostname ?? ''
  return [request, page].some((one) => one !== null && sameRegistrableDomain(host, readingOf(one).url?.hostname ?? ''))
}
