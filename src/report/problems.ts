import type { Exchange, ExchangeVerdict, Observed, Reason, ReportExchange, StoredCookie } from '../contract.ts'
import { sameSite, siteOf } from '../cookie/site.ts'

/** What the decision reads of one exchange; a `LogEntry` of the panel is one as it stands. */
export interface ProblemInput {
  readonly id: string
  readonly exchange: Pick<
    Exchange,
    'url' | 'method' | 'resourceType' | 'frames' | 'status' | 'requestHeaders' | 'responseHeaders'
  >
  readonly verdict: ExchangeVerdict
  readonly observed: readonly Observed[]
}

/** One Set-Cookie line or one jar cookie of an exchange that a reader should look at. */
export interface Problem {
  readonly operation: 'set' | 'send'
  /** Index into `verdict.setCookies` or `verdict.cookies`. */
  readonly index: number
  /** blocked: a line that was refused; withheld: a cookie that should probably have gone along. */
  readonly kind: 'contradicted' | 'unexplained' | 'blocked' | 'unknown' | 'withheld'
  /** Withheld: the line of this log that set the cookie last, by its exchange's id and its index there. */
  readonly setBy?: { readonly id: string; readonly index: number }
}

export interface ExchangeProblems {
  readonly id: string
  /** Never empty. */
  readonly problems: readonly Problem[]
}

/** Requests that carry logins. Images, fonts, styles, scripts and pings go without cookies all day and nobody minds. */
const LOGIN_TYPES = new Set(['main_frame', 'sub_frame', 'xmlhttprequest', 'other', 'websocket'])
const REFUSALS = new Set([401, 403, 419, 440])
const LOGIN_LOCATION = /(?:^|[^a-z])(?:log[-_]?(?:in|on)|sign[-_]?(?:in|on)|sso)(?:[^a-z]|$)/i
const SCOPE_REASONS = new Set(['DomainMismatch', 'NotOnPath'])
const EXPLICIT_PATH = /;\s*path\s*=\s*\//i
/** What remembers a visitor while an identity provider has them; it is for their return alone. */
const STATE_NAME = /(?:^|[^a-z])(?:correlation|nonce|state|pkce|code[-_]?verifier)(?:$|[^a-z])/i
const RETURN_QUERY = /[?&](?:code|state|error)=/
const NONE: readonly Problem[] = []
const NO_KEYS: ReadonlySet<string> = new Set()
/** Cookies of which something is remembered after all exchanges with them were forgotten. */
const MOST_REMEMBERED = 20_000

/**
 * Which exchanges of a log have problems, in order of request; exchanges without any are left out. The one decision
 * of its kind: panel, report and command ask here.
 */
export function problemsOf(exchanges: readonly ReportExchange[]): ExchangeProblems[] {
  const index = new ProblemIndex()
  for (const exchange of exchanges) {
    index.update({ id: exchange.id, exchange, verdict: exchange.verdict, observed: exchange.observed })
  }
  return exchanges.map(({ id }) => ({ id, problems: index.problems(id) })).filter(({ problems }) => problems.length > 0)
}

/**
 * The same decision, fed exchange by exchange:
 *
 *     index.update(entry): readonly string[]     // ids whose problems changed, the entry's own and others'
 *     index.problems(id): readonly Problem[]     // the same array until it changes
 *     index.forget(ids): void                    // of exchanges that are given up; costs a look at their cookies
 *     index.clear(): void
 *
 * An id keeps the place in the order at which it was first seen; updating it again replaces it. Feeding one by one, in
 * any interleaving of replacements, ends in what `problemsOf` says of the final log. An update costs a few look-ups a
 * cookie; it revisits another exchange only where that one lacks a cookie which this one now sets or sends. What was
 * decided before an exchange was forgotten stands, and that it set or sent a cookie last goes on to count.
 *
 * On the set side every line that is blocked, contradicted, unexplained or (once the store has told all it will) unknown is a problem, but for
 * those that a browser keeps from what a page merely embeds of another site (an image, a script: statistics, as a rule); on the send side
 * whatever is contradicted or unexplained. A withheld cookie is a problem if the request is a navigation or a fetch
 * (no preflight), no other cookie of that name went instead, and
 * - a line earlier in this log set it, and more than its scope (Domain, Path) withholds it: SameSite, Secure, credentials, …
 * - a line earlier in this log set it, its scope withholds it, and the server refused the request; but not where `Authorization` went along, nor,
 *   for one with a Path of its own, where a neighbour from the same response did (a refresh token beside a session: then that was refused), or
 *   where that path was asked for with it since.
 * - not the state of a trip to an identity provider, with a Path of its own, on anything but the return from there.
 * - the same on a request that was not refused, if nobody chose that scope (the default path, in place of a Path of its own) and the cookie was
 *   sent to nothing since, here or later. A host and a Path of its own are as they are meant to be.
 * - it is older than this log, the request went without any cookie at all, and it is a navigation of the tab or was
 *   refused; out of scope only where it is the one cookie there is.
 */
export class ProblemIndex {
  readonly #records = new Map<string, ExchangeRecord>()
  readonly #order = new Map<number, ExchangeRecord>()
  readonly #cookies = new Map<string, CookieHistory>()
  #nextPlace = 0

  update(entry: ProblemInput): readonly string[] {
    const before = this.#records.get(entry.id)
    const place = before?.place ?? this.#nextPlace++
    const record = readExchange(entry, place, before?.problems ?? NONE)
    this.#records.set(entry.id, record)
    this.#order.set(place, record)

    const affected = new Set<number>([place])
    this.#noteSends(before?.sends ?? NO_KEYS, record, affected)
    this.#noteSets(before, record, affected)
    this.#noteLacks(before?.lacks ?? NO_KEYS, record)
    const changed: string[] = []
    for (const at of affected) {
      const other = this.#order.get(at)
      if (other && this.#decide(other)) changed.push(other.entry.id)
    }
    return changed
  }

  problems(id: string): readonly Problem[] {
    return this.#records.get(id)?.problems ?? NONE
  }

  forget(ids: Iterable<string>): void {
    const keys = new Set<string>()
    for (const id of ids) {
      const record = this.#records.get(id)
      if (record === undefined) continue
      this.#records.delete(id)
      this.#order.delete(record.place)
      for (const list of [record.sets, record.sends, record.lacks]) for (const key of list) keys.add(key)
    }
    for (const key of keys) {
      const history = this.#cookies.get(key)
      if (history === undefined) continue
      const isKnown = (place: number) => this.#order.has(place)
      history.lacks = history.lacks.filter(isKnown)
      history.sets = withoutForgotten(history.sets, isKnown)
      history.sends = withoutForgotten(history.sends, isKnown)
      const isIdle = history.lacks.length === 0 && ![...history.sets, ...history.sends].some(isKnown)
      if (isIdle && this.#cookies.size > MOST_REMEMBERED) this.#cookies.delete(key)
    }
  }

  clear(): void {
    this.#records.clear()
    this.#order.clear()
    this.#cookies.clear()
  }

  #history(key: string): CookieHistory {
    let history = this.#cookies.get(key)
    if (!history) {
      history = { sets: [], sends: [], lacks: [] }
      this.#cookies.set(key, history)
    }
    return history
  }

  /** What counts is when a cookie was last sent: it concerns those who lack it from then on, and from the time before. */
  #noteSends(old: ReadonlySet<string>, { place, sends }: ExchangeRecord, affected: Set<number>): void {
    for (const key of new Set([...old, ...sends])) {
      const history = this.#history(key)
      const last = history.sends.at(-1) ?? -1
      note(history.sends, place, old.has(key), sends.has(key))
      const lastNow = history.sends.at(-1) ?? -1
      if (lastNow !== last) collectLater(history.lacks, Math.min(last, lastNow), affected)
    }
  }

  #noteSets(before: ExchangeRecord | undefined, record: ExchangeRecord, affected: Set<number>): void {
    const old = before?.sets ?? NO_KEYS
    if (sameKeys(old, record.sets) && sameKeys(before?.explicitPath ?? NO_KEYS, record.explicitPath)) return
    for (const key of new Set([...old, ...record.sets])) {
      const history = this.#history(key)
      note(history.sets, record.place, old.has(key), record.sets.has(key))
      collectLater(history.lacks, record.place, affected)
    }
  }

  #noteLacks(old: ReadonlySet<string>, { place, lacks }: ExchangeRecord): void {
    for (const key of new Set([...old, ...lacks])) note(this.#history(key).lacks, place, old.has(key), lacks.has(key))
  }

  /** Decides anew; whether the outcome differs from before. */
  #decide(record: ExchangeRecord): boolean {
    const { verdict } = record.entry
    const problems: Problem[] = []
    verdict.setCookies.forEach(({ outcome }, index) => {
      const isTold = isRefused(outcome) && !record.embedded
      const kind = record.disagreements.get(`set ${index}`) ?? (isTold ? outcome : undefined)
      // Not known yet is no problem: in a moment the store tells.
      if (kind === 'unknown' && record.pending.has(index)) return
      if (kind) problems.push({ operation: 'set', index, kind })
    })
    verdict.cookies.forEach(({ cookie, outcome, reasons }, index) => {
      const kind = record.disagreements.get(`send ${index}`)
      if (kind) problems.push({ operation: 'send', index, kind })
      else if (outcome === 'blocked' && record.carriesLogins && this.#matters(record, cookie, reasons)) {
        const setBy = this.#setterOf(record, cookie)
        problems.push({ operation: 'send', index, kind: 'withheld', ...(setBy === undefined ? {} : { setBy }) })
      }
    })
    if (sameProblems(problems, record.problems)) return false
    record.problems = problems
    return true
  }

  #setterOf({ place }: ExchangeRecord, cookie: StoredCookie): Problem['setBy'] {
    const key = cookieKey(cookie)
    const setAt = lastBefore(this.#cookies.get(key)?.sets ?? [], place)
    const setter = setAt === undefined ? undefined : this.#order.get(setAt)
    if (setter === undefined) return undefined
    const { id, verdict } = setter.entry
    const index = verdict.setCookies.findLastIndex(
      (line) => line.outcome === 'stored' && line.cookie !== null && cookieKey(line.cookie) === key,
    )
    return { id, index }
  }

  #matters(record: ExchangeRecord, cookie: StoredCookie, reasons: readonly Reason[]): boolean {
    if (record.sentNames.has(cookie.name)) return false
    const outOfScope = reasons.some(({ id }) => SCOPE_REASONS.has(id))
    const scopeOnly = outOfScope && reasons.every(({ id }) => SCOPE_REASONS.has(id))
    const key = cookieKey(cookie)
    const history = this.#cookies.get(key)
    const lastSet = history && lastBefore(history.sets, record.place)
    if (!history || lastSet === undefined) {
      if (record.sends.size > 0) return false
      if (outOfScope) return record.refused && record.entry.verdict.cookies.length === 1
      return record.refused || record.entry.exchange.resourceType === 'main_frame'
    }
    if (!scopeOnly) return true
    const isChosen = this.#order.get(lastSet)?.explicitPath.has(key) ?? false
    if (isChosen && STATE_NAME.test(cookie.name) && !isReturn(record.entry)) return false
    const isOfHost = reasons.some(({ id }) => id === 'DomainMismatch')
    const isUsed = (history.sends.at(-1) ?? -1) > lastSet
    if (record.refused)
      return !record.authorized && !(isChosen && isUsed && !isOfHost) && !this.#neighbourWent(record, lastSet, key)
    return !isChosen && !isOfHost && !isUsed
  }

  #neighbourWent(record: ExchangeRecord, setAt: number, key: string): boolean {
    const setter = this.#order.get(setAt)
    if (!setter?.explicitPath.has(key)) return false
    for (const sibling of setter.sets) if (sibling !== key && record.sends.has(sibling)) return true
    return false
  }
}

const isReturn = ({ exchange: { method, url } }: ProblemInput): boolean =>
  method === 'POST' || RETURN_QUERY.test(url.slice(0, 8192))

/** Per cookie, the places (ascending) of the exchanges that set it, sent it, or went without it. */
interface CookieHistory {
  sets: number[]
  sends: number[]
  lacks: number[]
}

interface ExchangeRecord {
  readonly place: number
  readonly entry: ProblemInput
  readonly carriesLogins: boolean
  /** Another site's, and no request that carries logins. */
  readonly embedded: boolean
  readonly refused: boolean
  /** It carried a token, or a password: whatever was refused, it was that. */
  readonly authorized: boolean
  /** `set 0` or `send 2` → how the browser disagrees. */
  readonly disagreements: ReadonlyMap<string, 'contradicted' | 'unexplained'>
  /** Lines of which the store has still to tell. */
  readonly pending: ReadonlySet<number>
  readonly sentNames: ReadonlySet<string>
  /** Keys of cookies. */
  readonly sets: ReadonlySet<string>
  readonly sends: ReadonlySet<string>
  readonly lacks: ReadonlySet<string>
  /** Of `sets`, those whose line names a path. */
  readonly explicitPath: ReadonlySet<string>
  problems: readonly Problem[]
}

function readExchange(entry: ProblemInput, place: number, problems: readonly Problem[]): ExchangeRecord {
  const { exchange, verdict } = entry
  const disagreements = new Map<string, 'contradicted' | 'unexplained'>()
  const pending = new Set<number>()
  for (const { operation, index, agreement, pending: waits } of entry.observed) {
    if (waits === true && operation === 'set') pending.add(index)
    if (agreement === 'contradicted' || agreement === 'unexplained') {
      disagreements.set(`${operation} ${index}`, agreement)
    }
  }
  const stored = verdict.setCookies.filter(({ outcome }) => outcome === 'stored')
  const sent = verdict.cookies.filter(({ outcome }) => outcome === 'sent')
  const lacking = verdict.cookies.filter(({ outcome }) => outcome === 'blocked')
  const carriesLogins = LOGIN_TYPES.has(exchange.resourceType) && exchange.method !== 'OPTIONS'
  return {
    place,
    entry,
    carriesLogins,
    embedded: !carriesLogins && verdict.setCookies.length > 0 && isOfOtherSite(exchange),
    refused: isRefusal(exchange),
    authorized: exchange.requestHeaders.some(({ name }) => name.toLowerCase() === 'authorization'),
    disagreements,
    pending,
    sentNames: new Set(sent.map(({ cookie }) => cookie.name)),
    sets: new Set(stored.flatMap(({ cookie }) => (cookie ? [cookieKey(cookie)] : []))),
    sends: new Set(sent.map(({ cookie }) => cookieKey(cookie))),
    lacks: new Set(lacking.map(({ cookie }) => cookieKey(cookie))),
    explicitPath: new Set(
      stored.flatMap(({ cookie, line }) => (cookie && EXPLICIT_PATH.test(line) ? [cookieKey(cookie)] : [])),
    ),
    problems,
  }
}

/** Exchanges share the cookies of the store, and so their keys. */
const cookieKeys = new WeakMap<StoredCookie, string>()

/** The store's own key: a later cookie of the same key replaces the earlier one. Cookies are replaced, never changed. */
export function cookieKey(cookie: StoredCookie): string {
  let key = cookieKeys.get(cookie)
  if (key === undefined) {
    const { name, domain, path, partitionKey } = cookie
    const partition = partitionKey && [partitionKey.topLevelSite, partitionKey.hasCrossSiteAncestor ?? null]
    key = JSON.stringify([name, domain, path, partition ?? null])
    cookieKeys.set(cookie, key)
  }
  return key
}

/** Where its page is not known it may be its own. */
function isOfOtherSite({ url, frames }: ProblemInput['exchange']): boolean {
  const page = siteOf(frames.at(-1) ?? '')
  return page !== null && !sameSite(siteOf(url), page, false)
}

function isRefused(outcome: string): outcome is 'blocked' | 'unknown' {
  return outcome === 'blocked' || outcome === 'unknown'
}

/** The server turned the request away: 401 and its like, or a redirect to what looks like a login. */
function isRefusal({ status, responseHeaders }: ProblemInput['exchange']): boolean {
  if (REFUSALS.has(status)) return true
  if (status < 300 || status > 399) return false
  return responseHeaders.some(({ name, value }) => name.toLowerCase() === 'location' && LOGIN_LOCATION.test(value))
}

function sameProblems(a: readonly Problem[], b: readonly Problem[]): boolean {
  return (
    a.length === b.length &&
    a.every((problem, i) => {
      const other = b[i]
      return (
        problem.operation === other?.operation &&
        problem.index === other.index &&
        problem.kind === other.kind &&
        problem.setBy?.id === other.setBy?.id &&
        problem.setBy?.index === other.setBy?.index
      )
    })
  )
}

function sameKeys(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...b].every((key) => a.has(key))
}

/** Index of the first place not below `place` in an ascending list. */
function firstAtOrAfter(places: readonly number[], place: number): number {
  let low = 0
  let high = places.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((places[middle] ?? 0) < place) low = middle + 1
    else high = middle
  }
  return low
}

/** Puts `place` into an ascending list or takes it out. */
function note(places: number[], place: number, was: boolean, is: boolean): void {
  if (is && !was) places.splice(firstAtOrAfter(places, place), 0, place)
  if (was && !is) places.splice(firstAtOrAfter(places, place), 1)
}

/** Those of an ascending list that lie after `place`. */
function collectLater(places: readonly number[], place: number, into: Set<number>): void {
  for (let i = places.length - 1; i >= 0; i--) {
    const later = places[i]
    if (later === undefined || later <= place) return
    into.add(later)
  }
}

/** Of an ascending list of places, those that are known, and the last of the others. */
function withoutForgotten(places: readonly number[], isKnown: (place: number) => boolean): number[] {
  const last = places.findLast((place) => !isKnown(place))
  return places.filter((place) => place === last || isKnown(place))
}

function lastBefore(places: readonly number[], place: number): number | undefined {
  return places[firstAtOrAfter(places, place) - 1]
}
