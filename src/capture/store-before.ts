import type { StoredCookie } from '../contract.ts'
import { sameBytes } from '../cookie/bytes.ts'
import { claimTime, responseTimeOf } from './claims.ts'
import type { Hop, KnownChange } from './hop.ts'
import { cookiePairs, fateOf, pairOf } from './sent-cookies.ts'

/** What the store had under one key just before a request. */
export interface StateBefore {
  cookie: StoredCookie | null
  /** It was otherwise in a moment so near to the request that nothing tells which it was. */
  isUnsure: boolean
}

/**
 * The browser tells of requests and of the store's changes in the order in which they happened, but for a moment. Measured in
 * Chromium 156, 2,400 requests beside a script that writes a cookie each requests carries: 62 requests were told after
 * a change that they came before, by 2.7 ms at most with four times the work that the machine can do; none was told before one
 * that they came after. Milliseconds.
 */
const moment = 10
/** How far a Cookie header that was sent is believed more than times are: milliseconds between request and change. */
const headerReach = 300

/**
 * What the store had when the browser looked up a request's cookies. The order of events tells it; which response made a
 * change; and, where these are too near to tell, the Cookie header that was sent.
 * @param changes of one key, in the order in which they were told; not empty
 * @param isCertain whether nothing else can have made a change than the response that claims it
 */
export const stateBefore = (
  changes: readonly KnownChange[],
  hop: Hop,
  isCertain: (change: KnownChange) => boolean,
): StateBefore => {
  const near = rangeOf(changes, (change) => placeOf(change, hop, isCertain))
  const usual = Math.min(Math.max(near.usual, near.from), near.to)
  const header = hop.requestHeaders === null ? null : cookiePairs(hop)
  const certain = near.from === near.to ? stateAt(changes, near.from) : null
  if (header !== null && !isIn(header, certain)) {
    const wide = rangeOf(changes, (change) => placeInReach(change, hop))
    const sent = nearest(cutsOf(wide), usual, (cut) => isSent(stateAt(changes, cut), header, hop))
    if (sent !== null) return { cookie: stateAt(changes, sent), isUnsure: false }
  }
  // What would have gone and did not was not there.
  const possible = cutsOf(near).filter((cut) => {
    const cookie = stateAt(changes, cut)
    return cookie === null || header === null || near.from === near.to || fateOf(cookie, hop) !== 'sent'
  })
  if (possible.length === 0) return { cookie: stateAt(changes, usual), isUnsure: false }
  const likely = nearest(possible, usual, () => true) ?? usual
  // A cookie that may have come too late is listed, with the doubt.
  const cut = possible.find((one) => one >= likely && stateAt(changes, one) !== null) ?? likely
  const cookie = stateAt(changes, cut)
  return { cookie, isUnsure: possible.some((one) => !isSameState(stateAt(changes, one), cookie)) }
}

/** Where a change stands to a request. */
interface Place {
  isBefore: boolean
  isSure: boolean
}

const placeOf = (change: KnownChange, hop: Hop, isCertain: (change: KnownChange) => boolean): Place => {
  const { claimedBy, toldAt, time } = change
  const lead = hop.requestTime - time
  if (claimedBy === null) {
    if (toldAt < hop.toldAt) return { isBefore: true, isSure: lead > moment }
    return { isBefore: false, isSure: -lead > moment || hop.answeredAt < toldAt }
  }
  if (claimedBy.chain === hop.chain) return inChain(claimedBy, hop)
  // The browser tells of a response before it writes, and writes before it goes on with it.
  if (claimedBy.answeredAt > hop.toldAt) return { isBefore: false, isSure: true }
  if (claimedBy.endTime !== null && claimedBy.endTime <= hop.requestTime)
    return { isBefore: true, isSure: toldAt < hop.toldAt || isCertain(change) }
  if (toldAt < hop.toldAt) return { isBefore: true, isSure: lead > moment }
  return { isBefore: hop.requestTime - responseTimeOf(claimedBy) > claimTime / 2, isSure: false }
}

/** As `placeOf`, as far as a Cookie header does not know better. */
const placeInReach = (change: KnownChange, hop: Hop): Place => {
  if (change.claimedBy?.chain === hop.chain) return inChain(change.claimedBy, hop)
  const from = change.claimedBy === null ? change.time : Math.min(change.time, responseTimeOf(change.claimedBy))
  const lead = hop.requestTime - from
  return { isBefore: lead >= 0, isSure: Math.abs(lead) > headerReach }
}

const inChain = (claimedBy: Hop, hop: Hop): Place => ({
  isBefore: hop.chain.indexOf(claimedBy) < hop.chain.indexOf(hop),
  isSure: true,
})

/** How many of the changes may have come before: from so many, to so many, usually so many. */
interface Range {
  from: number
  to: number
  usual: number
}

const rangeOf = (changes: readonly KnownChange[], placeIn: (change: KnownChange) => Place): Range => {
  let from = 0
  let to = changes.length
  let usual = 0
  for (let i = changes.length - 1; i >= 0; i--) {
    const change = changes[i]
    if (change === undefined) continue
    const { isBefore, isSure } = placeIn(change)
    if (isBefore) usual = Math.max(usual, i + 1)
    if (isBefore && isSure) {
      from = i + 1
      break
    }
    if (!isBefore && isSure) to = i
  }
  return { from, to: Math.max(from, to), usual }
}

const cutsOf = ({ from, to }: Range): number[] => Array.from({ length: to - from + 1 }, (_, index) => from + index)

const nearest = (cuts: readonly number[], to: number, isMeant: (cut: number) => boolean): number | null =>
  cuts.reduce<number | null>(
    (best, cut) => ((best === null || Math.abs(cut - to) < Math.abs(best - to)) && isMeant(cut) ? cut : best),
    null,
  )

/** What the store had when so many of the changes had happened. */
const stateAt = (changes: readonly KnownChange[], cut: number): StoredCookie | null => {
  const last = changes[cut - 1]
  if (last === undefined) return changes[0]?.previous ?? null
  return last.removed ? null : last.cookie
}

/** Whether the header has the cookie: the same pair may stand for another, of another host or path. */
const isSent = (cookie: StoredCookie | null, header: readonly string[], hop: Hop): boolean =>
  isIn(header, cookie) && fateOf(cookie, hop) !== 'blocked'

const isIn = (header: readonly string[], cookie: StoredCookie | null): cookie is StoredCookie =>
  cookie !== null && header.includes(pairOf(cookie))

const isSameState = (a: StoredCookie | null, b: StoredCookie | null): boolean =>
  a === null || b === null ? a === b : sameBytes(a.value, b.value)
