import { profileOf } from '../browsers/index.ts'
import { readLine } from '../browsers/read.ts'
import type { Browser, Exchange, ExchangeVerdict, Observed, SetCookieVerdict, StoredCookie } from '../contract.ts'
import { decodeUtf8, sameBytes } from '../cookie/bytes.ts'
import { sameRegistrableDomain } from '../cookie/domain.ts'
import { parseLine } from '../cookie/parse.ts'
import { bareDomain, sameKey } from '../cookie/store.ts'
import { headerValue } from '../rules/evidence.ts'
import evictedAtOnce from '../rules/set/evicted-at-once.ts'

/** cookies.onChanged, as far as it concerns one cookie. */
export interface StoreChange {
  removed: boolean
  /** `cookies.OnChangedCause`. */
  cause: string
  cookie: StoredCookie
  /** Epoch milliseconds. */
  time: number
  /** It may as well be another's: another tab, a script, another response. */
  doubtful?: boolean
}

/** What the store did around one exchange. */
export interface StoreEvidence {
  /** Changes that are this exchange's doing; and, as doubtful, those that may be. */
  changes: readonly StoreChange[]
  jarBefore: readonly StoredCookie[]
  /** What the store had of the lines' cookies, by whoever, from the request until it settled: more than `jarBefore`, and less. */
  jarMeanwhile?: readonly StoredCookie[]
  /** The store after it settled; null while that is not known. */
  jarAfter: readonly StoredCookie[] | null
  /** Whether the time has passed in which the browser would have written. */
  settled: boolean
  /** The extension may not see the site's cookies: the store tells what it tells, and its silence nothing. */
  hidden?: boolean
  /** Nothing more will be heard: recording ended before the store had answered. */
  cut?: boolean
  /** The cache answered, so that the request need not have left. */
  fromCache?: boolean
}

/**
 * Holds a verdict against what the browser did: the Cookie header that was sent, and the store. One entry for each
 * Set-Cookie line and each cookie of the verdict. No cookie's value stands in the words.
 */
export const reconcile = (
  exchange: Exchange,
  verdict: ExchangeVerdict,
  evidence: StoreEvidence,
  browser: Browser,
): Observed[] => [
  ...verdict.setCookies.map((line, index) => ({
    operation: 'set' as const,
    index,
    ...observeLine(line, index, exchange, verdict, evidence, browser),
  })),
  ...observeCookies(exchange, verdict, evidence.fromCache === true),
]

type Finding = Pick<Observed, 'agreement' | 'evidence' | 'cookie' | 'pending'>

const observeLine = (
  line: SetCookieVerdict,
  index: number,
  exchange: Exchange,
  verdict: ExchangeVerdict,
  evidence: StoreEvidence,
  browser: Browser,
): Finding => {
  const later = verdict.setCookies.slice(index + 1)
  const replaced = line.cookie !== null && later.some((other) => isReplacedBy(line.cookie, other))
  switch (line.outcome) {
    case 'stored':
      return observeStored(line.cookie, evidence, replaced, browser)
    case 'removed':
      return observeRemoved(line.cookie, evidence, replaced)
    case 'blocked':
      return observeBlocked(line, verdict, exchange, evidence, browser)
    case 'unknown':
      return evidence.settled
        ? { agreement: 'predicted', evidence: 'not certain: see what is missing' }
        : unanswered(evidence)
  }
}

const isReplacedBy = (cookie: StoredCookie | null, other: SetCookieVerdict): boolean =>
  cookie !== null &&
  other.cookie !== null &&
  (other.outcome === 'stored' || other.outcome === 'removed') &&
  sameKey(cookie, other.cookie)

const notYet: Finding = { agreement: 'predicted', evidence: 'the store has not answered yet', pending: true }
const rewritten: Finding = { agreement: 'predicted', evidence: 'a later line of this response writes the same cookie' }
const tooNear: Finding = {
  agreement: 'predicted',
  evidence: 'another write of the same cookie came too near to tell them apart',
}

const unanswered = ({ cut, hidden }: StoreEvidence): Finding => {
  if (hidden === true) return { agreement: 'predicted', evidence: 'the store was not seen: no access to this site' }
  return cut === true ? { agreement: 'predicted', evidence: 'recording ended before the store had answered' } : notYet
}

/** The flags are compared: a cookie stored otherwise than predicted is our mistake, and is shown as such. */
const observeStored = (
  cookie: StoredCookie | null,
  evidence: StoreEvidence,
  replaced: boolean,
  browser: Browser,
): Finding => {
  if (cookie === null) return unanswered(evidence)
  const written = evidence.changes.filter((change) => !change.removed && isSameCookie(change.cookie, cookie))
  const exact = written.find((change) => change.doubtful !== true && isAsWritten(cookie, change.cookie))
  if (exact !== undefined) {
    const words = wasEvicted(cookie, evidence) ? 'took it, and deleted it to make room' : 'has it'
    return { agreement: 'confirmed', evidence: `the store ${words}`, cookie: exact.cookie }
  }
  if (!isKnown(evidence) && !written.some(({ doubtful }) => doubtful !== true)) return unanswered(evidence)
  if (replaced) return rewritten
  if (written.some(({ doubtful }) => doubtful === true)) return tooNear
  const other = written[0]?.cookie
  if (other !== undefined) {
    const fields = differences(cookie, other)
    return fields.length === 0
      ? tooNear
      : {
          agreement: 'contradicted',
          evidence: `the store has it, but with another ${fields.join(', ')}`,
          cookie: other,
        }
  }
  const kept = evidence.jarAfter?.find((one) => isSameCookie(one, cookie))
  const held = [...evidence.jarBefore, ...(evidence.jarMeanwhile ?? [])].filter((one) => isSameCookie(one, cookie))
  if (cookie.session && !profileOf(browser).policy.tellsUnchanged) {
    const unchanged = held.find((one) => isAsWritten(cookie, kept ?? one))
    if (unchanged !== undefined)
      return kept === undefined
        ? { agreement: 'predicted', evidence: 'the store had it already: a write that changes nothing is not told' }
        : { agreement: 'predicted', evidence: 'the store has it, unchanged: such a write is not told', cookie: kept }
  }
  if (kept === undefined) {
    return { agreement: 'unexplained', evidence: 'never appeared in the store, and no rule says why' }
  }
  // Else the browser tells of each write, also of one that changes nothing.
  return evidence.jarBefore.some((one) => isSameCookie(one, cookie))
    ? {
        agreement: 'unexplained',
        evidence: 'the store has had it from before and was not written, and no rule says why',
        cookie: kept,
      }
    : { agreement: 'predicted', evidence: 'the store has it, but who wrote it was not seen', cookie: kept }
}

const differences = (predicted: StoredCookie, seen: StoredCookie): string[] =>
  (['secure', 'httpOnly', 'sameSite', 'session'] as const).filter((field) => seen[field] !== predicted[field])

/** Seconds by which the browser's clock and the response's may differ. */
const clockTolerance = 2

/** Whether what the store has of a line's cookie is what that line was to write, its time too. */
export const isAsWritten = (predicted: StoredCookie, seen: StoredCookie): boolean =>
  differences(predicted, seen).length === 0 &&
  Math.abs((predicted.expirationDate ?? 0) - (seen.expirationDate ?? 0)) <= clockTolerance

const isKnown = ({ settled, hidden, jarAfter }: StoreEvidence): boolean =>
  settled && hidden !== true && jarAfter !== null

/** What is observed of a line that deletes what is not there: one for another Domain or Path than the cookie's, mostly. */
export const NOTHING_TO_REMOVE = 'the store had no such cookie, and has none now'

const observeRemoved = (cookie: StoredCookie | null, evidence: StoreEvidence, replaced: boolean): Finding => {
  if (cookie === null) return unanswered(evidence)
  const others = evidence.changes.filter((change) => sameKey(change.cookie, cookie))
  // Each cookie that is written anew is removed first, with the cause `overwrite`; one that is told to be gone, otherwise.
  const isOwn = ({ removed, cause, doubtful }: StoreChange) =>
    removed && cause === 'expired_overwrite' && doubtful !== true
  if (others.some(isOwn)) return { agreement: 'confirmed', evidence: 'the store removed it' }
  if (!isKnown(evidence)) return unanswered(evidence)
  if (replaced) return rewritten
  if (others.length > 0) return tooNear
  const left = evidence.jarAfter?.find((seen) => sameKey(seen, cookie))
  if (left !== undefined) return { agreement: 'contradicted', evidence: 'the store still has it', cookie: left }
  return evidence.jarBefore.some((seen) => sameKey(seen, cookie))
    ? { agreement: 'predicted', evidence: 'the store has it no more, but who removed it was not seen' }
    : { agreement: 'confirmed', evidence: NOTHING_TO_REMOVE }
}

const observeBlocked = (
  line: SetCookieVerdict,
  verdict: ExchangeVerdict,
  exchange: Exchange,
  evidence: StoreEvidence,
  browser: Browser,
): Finding => {
  if (line.cookie !== null && line.reasons[0]?.id === evictedAtOnce.id) return observeEvicted(line.cookie, evidence)
  const read = readLine(parseLine(line.line), profileOf(browser).policy)
  const host = new URL(exchange.url).hostname
  const isOfItsKey = (seen: StoredCookie): boolean =>
    line.cookie === null
      ? sameBytes(seen.name, read.name) && sameRegistrableDomain(bareDomain(seen), host)
      : sameKey(seen, line.cookie)
  const isMeant = (seen: StoredCookie): boolean => isOfItsKey(seen) && sameBytes(seen.value, read.value)
  const explained = (seen: StoredCookie): boolean =>
    verdict.setCookies.some(
      ({ outcome, cookie }) => outcome === 'stored' && cookie !== null && isSameCookie(seen, cookie),
    )
  const meant = evidence.changes.filter(({ removed, cookie }) => !removed && isMeant(cookie) && !explained(cookie))
  const change = meant.find(({ doubtful }) => doubtful !== true)
  if (change !== undefined) {
    return { agreement: 'contradicted', evidence: 'the store has it all the same', cookie: change.cookie }
  }
  if (!isKnown(evidence)) return unanswered(evidence)
  if (meant.length > 0) return tooNear
  const older = evidence.jarBefore.some(
    (before) => isOfItsKey(before) && evidence.jarAfter?.some((after) => isSameCookie(after, before)),
  )
  return {
    agreement: 'confirmed',
    evidence: older ? 'the store kept the cookie it had before' : 'never appeared in the store',
  }
}

/** Stored for a moment: the store tells of both. */
const observeEvicted = (cookie: StoredCookie, evidence: StoreEvidence): Finding => {
  if (wasEvicted(cookie, evidence)) {
    return { agreement: 'confirmed', evidence: 'the store took it, and deleted it at once to make room' }
  }
  if (!isKnown(evidence)) return unanswered(evidence)
  const kept = evidence.jarAfter?.find((seen) => isSameCookie(seen, cookie))
  return kept === undefined
    ? { agreement: 'confirmed', evidence: 'the store does not have it' }
    : { agreement: 'contradicted', evidence: 'the store has it all the same', cookie: kept }
}

/** Whether the store took a cookie and then deleted it to make room. */
const wasEvicted = (cookie: StoredCookie, { changes }: StoreEvidence): boolean => {
  const taken = changes.some(({ removed, cookie: seen }) => !removed && isSameCookie(seen, cookie))
  const isGone = ({ removed, cause, cookie: seen }: StoreChange) =>
    removed && cause === 'evicted' && isSameCookie(seen, cookie)
  return taken && changes.some(isGone)
}

const isSameCookie = (seen: StoredCookie, cookie: StoredCookie): boolean =>
  sameKey(seen, cookie) && sameBytes(seen.value, cookie.value)

const observeCookies = (exchange: Exchange, verdict: ExchangeVerdict, fromCache: boolean): Observed[] => {
  // Without any header seen (a HAR entry, a request that never left) there is nothing to hold the verdict against.
  const seen = exchange.requestHeaders.length > 0
  const sent = pairsOf(headerValue(exchange.requestHeaders, 'cookie') ?? '')
  // A pair of the header vouches for one cookie: two of one name and value would else confirm each other.
  const take = (pair: string): boolean => {
    const left = sent.get(pair) ?? 0
    if (left > 0) sent.set(pair, left - 1)
    return left > 0
  }
  const byExpectation = verdict.cookies.map((entry, index) => ({ entry, index }))
  byExpectation.sort((a, b) => rank(a.entry.outcome) - rank(b.entry.outcome))
  const observed = byExpectation.map(({ entry: { cookie, outcome }, index }): Observed => {
    const there = take(asText(cookie.name === '' ? cookie.value : `${cookie.name}=${cookie.value}`))
    return { operation: 'send', index, ...(fromCache ? notAsked : agreementOn(outcome, there, seen)) }
  })
  return observed.sort((a, b) => a.index - b.index)
}

/** A header is a byte string, a store's cookie may be decoded: compared as the text they spell. */
const asText = (text: string): string => decodeUtf8(text) ?? text

const notAsked: Finding = {
  agreement: 'predicted',
  evidence: 'the browser’s cache answered: the request may not have left',
}

const rank = (outcome: 'sent' | 'blocked' | 'unknown'): number => ({ sent: 0, unknown: 1, blocked: 2 })[outcome]

const agreementOn = (outcome: 'sent' | 'blocked' | 'unknown', there: boolean, seen: boolean): Finding => {
  if (!seen) return { agreement: 'predicted', evidence: 'the request headers were not seen' }
  if (outcome === 'unknown') {
    return { agreement: 'predicted', evidence: there ? 'it is in the Cookie header' : 'it is not in the Cookie header' }
  }
  if (outcome === 'sent') {
    return there
      ? { agreement: 'confirmed', evidence: 'it is in the Cookie header' }
      : { agreement: 'contradicted', evidence: 'it is not in the Cookie header' }
  }
  return there
    ? { agreement: 'contradicted', evidence: 'it is in the Cookie header all the same' }
    : { agreement: 'confirmed', evidence: 'it is not in the Cookie header' }
}

const pairsOf = (header: string): Map<string, number> => {
  const pairs = new Map<string, number>()
  for (const pair of header.split(/; ?/).map(asText)) if (pair !== '') pairs.set(pair, (pairs.get(pair) ?? 0) + 1)
  return pairs
}
