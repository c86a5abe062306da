import { profileOf } from '../browsers/index.ts'
import { readLine } from '../browsers/read.ts'
import type { Browser, Exchange, ExchangeVerdict, Observed, SetCookieVerdict, StoredCookie } from '../contract.ts'
import { decodeUtf8, sameBytes } from '../cookie/bytes.ts'
import { sameRegistrableDomain } from '../cookie/domain.ts'
import { parseLine } from '../cookie/parse.ts'
import { bareDomain, sameKey } from '../cookie/store.ts'
import { headerValue } from '../rules/evidence.ts'

/** cookies.onChanged, as far as it concerns one cookie. */
export interface StoreChange {
  removed: boolean
  /** `cookies.OnChangedCause`. */
  cause: string
  cookie: StoredCookie
  /** Epoch milliseconds. */
  time: number
}

/** What the store did around one exchange. */
export interface StoreEvidence {
  /** Changes that may belong to this exchange: from its response on, until it settled, claimed by no other. */
  changes: readonly StoreChange[]
  jarBefore: readonly StoredCookie[]
  /** The store after it settled; null while that is not known. */
  jarAfter: readonly StoredCookie[] | null
  /** Whether the time has passed in which the browser would have written. */
  settled: boolean
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
  ...observeCookies(exchange, verdict),
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
      return observeStored(line.cookie, evidence, replaced)
    case 'removed':
      return observeRemoved(line.cookie, evidence, replaced)
    case 'blocked':
      return observeBlocked(line, verdict, exchange, evidence, browser)
    case 'unknown':
      return evidence.settled ? { agreement: 'predicted', evidence: 'not certain: see what is missing' } : notYet
  }
}

const isReplacedBy = (cookie: StoredCookie | null, other: SetCookieVerdict): boolean =>
  cookie !== null &&
  other.cookie !== null &&
  (other.outcome === 'stored' || other.outcome === 'removed') &&
  sameKey(cookie, other.cookie)

const notYet: Finding = { agreement: 'predicted', evidence: 'the store has not answered yet', pending: true }
const rewritten: Finding = { agreement: 'predicted', evidence: 'a later line of this response writes the same cookie' }

/** The flags are compared: a cookie stored otherwise than predicted is our mistake, and is shown as such. */
const observeStored = (cookie: StoredCookie | null, evidence: StoreEvidence, replaced: boolean): Finding => {
  if (cookie === null) return notYet
  const written = evidence.changes.flatMap((change) => (change.removed ? [] : [change.cookie]))
  const kept = evidence.settled ? (evidence.jarAfter ?? []) : []
  const seen = [...written, ...kept].filter((one) => isSameCookie(one, cookie))
  const exact = seen.find((one) => differences(cookie, one).length === 0)
  if (exact !== undefined) return { agreement: 'confirmed', evidence: 'the store has it', cookie: exact }
  const [other] = seen
  if (other === undefined && !isKnown(evidence)) return notYet
  if (replaced) return rewritten
  return other === undefined
    ? { agreement: 'unexplained', evidence: 'never appeared in the store, and no rule says why' }
    : {
        agreement: 'contradicted',
        evidence: `the store has it, but with another ${differences(cookie, other).join(', ')}`,
        cookie: other,
      }
}

const differences = (predicted: StoredCookie, seen: StoredCookie): string[] =>
  (['secure', 'httpOnly', 'sameSite', 'session'] as const).filter((field) => seen[field] !== predicted[field])

const isKnown = ({ settled, jarAfter }: StoreEvidence): boolean => settled && jarAfter !== null

const observeRemoved = (cookie: StoredCookie | null, evidence: StoreEvidence, replaced: boolean): Finding => {
  if (cookie === null || !evidence.settled || evidence.jarAfter === null) {
    // Each cookie that is written anew is removed first, with the cause `overwrite`.
    const gone =
      cookie !== null &&
      evidence.changes.some(
        ({ removed, cause, cookie: seen }) => removed && cause !== 'overwrite' && sameKey(seen, cookie),
      )
    return gone ? { agreement: 'confirmed', evidence: 'the store removed it' } : notYet
  }
  const left = evidence.jarAfter.find((seen) => sameKey(seen, cookie))
  if (left === undefined) {
    const was = evidence.jarBefore.some((seen) => sameKey(seen, cookie))
    return {
      agreement: 'confirmed',
      evidence: was ? 'the store removed it' : 'the store had no such cookie, and has none now',
    }
  }
  return replaced ? rewritten : { agreement: 'contradicted', evidence: 'the store still has it', cookie: left }
}

const observeBlocked = (
  line: SetCookieVerdict,
  verdict: ExchangeVerdict,
  exchange: Exchange,
  evidence: StoreEvidence,
  browser: Browser,
): Finding => {
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
  const change = evidence.changes.find(({ removed, cookie }) => !removed && isMeant(cookie) && !explained(cookie))
  if (change !== undefined) {
    return { agreement: 'contradicted', evidence: 'the store has it all the same', cookie: change.cookie }
  }
  if (!isKnown(evidence)) return notYet
  const older = evidence.jarBefore.some(
    (before) => isOfItsKey(before) && evidence.jarAfter?.some((after) => isSameCookie(after, before)),
  )
  return {
    agreement: 'confirmed',
    evidence: older ? 'the store kept the cookie it had before' : 'never appeared in the store',
  }
}

const isSameCookie = (seen: StoredCookie, cookie: StoredCookie): boolean =>
  sameKey(seen, cookie) && sameBytes(seen.value, cookie.value)

const observeCookies = (exchange: Exchange, verdict: ExchangeVerdict): Observed[] => {
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
    return { operation: 'send', index, ...agreementOn(outcome, there, seen) }
  })
  return observed.sort((a, b) => a.index - b.index)
}

/** A header is a byte string, a store's cookie may be decoded: compared as the text they spell. */
const asText = (text: string): string => decodeUtf8(text) ?? text

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
