import type { Correlator } from './correlate.ts'
import { makesDocument } from './correlate.ts'
import type { HarHop } from './har.ts'
import { type Hop, headerOf, isAnswered, redirectTarget } from './hop.ts'
import { originOf } from './url.ts'

/** The time in which webRequest may have shown nothing: epoch milliseconds. */
export interface Gap {
  start: number
  end: number
}

/** How far DevTools' and webRequest's times of one request lie apart: measured 1 to 3 ms, more on a busy machine. */
const tolerance = 1_000
/** The same between a redirect and the request that it leads to. */
const step = 1_000

/**
 * Takes in what the HAR of DevTools knows of a gap: the missing halves of hops that were seen in part, and hops that were
 * not seen at all. What a HAR does not say of a request (its initiator, its frames) comes from the
 * other hops of its chain, else from its headers and the documents that are known.
 */
export const fillGap = (correlator: Correlator, entries: readonly HarHop[], gap: Gap, now: number): void => {
  const inGap = entries
    .filter(({ start, answered }) => start <= gap.end && answered >= gap.start)
    .sort((a, b) => a.start - b.start)
  const seen = match(inGap, hopsSince(correlator, Math.min(gap.start, inGap[0]?.start ?? gap.start) - tolerance))
  const inserted: Hop[] = []
  for (const entry of inGap) {
    const hop = seen.get(entry)
    if (hop !== undefined) complete(correlator, hop, entry, now)
    else inserted.push(insert(correlator, entry, now))
  }
  for (const hop of inserted) joinNext(correlator, hop)
  // Documents may be known better now.
  for (const hop of hopsSince(correlator, gap.start))
    correlator.completed(hop, { request: false, response: false }, now)
}

const hopsSince = ({ hops }: Correlator, time: number): Hop[] => {
  const first = hops.findLastIndex(({ requestTime }) => requestTime < time) + 1
  return hops.slice(first)
}

/** Pairs entries with hops of the same URL and method, the nearest in time first. */
const match = (entries: readonly HarHop[], hops: readonly Hop[]): Map<HarHop, Hop> => {
  const pairs = entries.flatMap((entry) =>
    hops
      .filter(({ url, method }) => url === entry.url && method === entry.method)
      .map((hop) => ({ entry, hop, distance: distance(entry, hop) })),
  )
  const matched = new Map<HarHop, Hop>()
  const taken = new Set<Hop>()
  for (const pair of pairs.sort((a, b) => a.distance - b.distance)) {
    if (pair.distance > tolerance || matched.has(pair.entry) || taken.has(pair.hop)) continue
    matched.set(pair.entry, pair.hop)
    taken.add(pair.hop)
  }
  return matched
}

/** A hop of which the request was missed has the time of its response only. */
const distance = ({ start, answered }: HarHop, { requestHeaders, requestTime, responseTime }: Hop): number =>
  requestHeaders !== null || responseTime === null ? Math.abs(requestTime - start) : Math.abs(responseTime - answered)

const complete = (correlator: Correlator, hop: Hop, entry: HarHop, now: number): void => {
  const request = hop.requestHeaders === null && !hop.internal
  const response = !isAnswered(hop) && entry.status > 0
  if (request) hop.requestHeaders = entry.requestHeaders
  if (response) answer(correlator, hop, entry)
  if (!hop.ended) hop.error = entry.error
  hop.ended = true
  if (request || response) correlator.completed(hop, { request, response }, now)
}

const answer = (correlator: Correlator, hop: Hop, entry: HarHop): void => {
  hop.status = entry.status
  hop.responseHeaders = entry.responseHeaders
  hop.responseTime = entry.answered
  hop.fromCache = entry.fromCache
  if (makesDocument(hop)) correlator.documents.learn(hop.url, hop.resourceType === 'main_frame')
}

const insert = (correlator: Correlator, entry: HarHop, now: number): Hop => {
  const previous = hopsSince(correlator, entry.start - step).findLast((hop) => leadsTo(hop, entry))
  const { url, method } = entry
  const hop = correlator.insert({
    chain: previous?.chain ?? [],
    url,
    method,
    ...(previous === undefined ? placeOf(correlator, entry) : placeLike(previous)),
    source: 'har',
    requestTime: entry.start,
  })
  // Without Host, nothing was sent: the browser's own redirect.
  hop.internal = headerOf(entry.responseHeaders, 'non-authoritative-reason') !== null
  if (!hop.internal) hop.requestHeaders = entry.requestHeaders
  hop.error = entry.error
  hop.ended = true
  if (entry.status > 0) answer(correlator, hop, entry)
  correlator.completed(hop, { request: true, response: entry.status > 0 }, now)
  return hop
}

const leadsTo = (hop: Hop, { url, start }: HarHop): boolean =>
  hop === hop.chain.at(-1) &&
  redirectTarget(hop) === url &&
  Math.abs(start - (hop.responseTime ?? hop.requestTime)) < step

type Place = Pick<Hop, 'resourceType' | 'initiator' | 'document'>

const placeLike = ({ resourceType, initiator, document }: Hop): Place => ({ resourceType, initiator, document })

/** Where a request belongs, from its own headers. */
const placeOf = ({ documents }: Correlator, { resourceType, requestHeaders, url }: HarHop): Place => {
  const referer = headerOf(requestHeaders, 'referer')
  const document = resourceType === 'main_frame' ? null : documents.referrer(referer)
  if (resourceType !== 'main_frame' && resourceType !== 'sub_frame') {
    return { resourceType, document, initiator: document === null ? null : originOf(document.url) }
  }
  const site = headerOf(requestHeaders, 'sec-fetch-site')
  const named = headerOf(requestHeaders, 'origin') ?? originOf(referer ?? '')
  const initiator =
    site === 'none' ? null : (named ?? (site === 'same-origin' ? originOf(url) : originOf(document?.url ?? '')))
  return { resourceType, document, initiator }
}

/** Joins the end of a chain that was missed with its rest, which webRequest has shown: it knows where they belong. */
const joinNext = (correlator: Correlator, hop: Hop): void => {
  const target = redirectTarget(hop)
  const end = hop.responseTime ?? hop.requestTime
  if (target === null || hop !== hop.chain.at(-1)) return
  const next = hopsSince(correlator, end - step).find(
    (candidate) =>
      candidate.url === target &&
      candidate === candidate.chain[0] &&
      candidate.chain !== hop.chain &&
      Math.abs(candidate.requestTime - end) < step,
  )
  if (next === undefined) return
  const missed = [...hop.chain]
  const earlier = [...hop.redirectChain, hop.url]
  for (const following of next.chain) following.redirectChain = [...earlier, ...following.redirectChain]
  next.chain.unshift(...missed)
  for (const one of missed) Object.assign(one, placeLike(next), { chain: next.chain })
}
