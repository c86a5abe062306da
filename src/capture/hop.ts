import type { Browser, Exchange, ExchangeVerdict, Header, Observed, StoredCookie } from '../contract.ts'
import type { StoreChange } from '../judge/reconcile.ts'
import { type DocumentNode, framesOf } from './documents.ts'
import { siteKeyOf } from './jar.ts'
import { withoutFragment } from './url.ts'

/** A change of the store, and which response made it. */
export interface KnownChange extends StoreChange {
  /** As `CookieChangeEvent.vague`. */
  readonly vague: boolean
  /** Of the cookie: equal where `sameKey` says so. */
  readonly key: string
  /** What the store had in its place. */
  readonly previous: StoredCookie | null
  /** Its place among all that was told, of the store and of requests. */
  readonly toldAt: number
  claimedBy: Hop | null
  /** The claiming line: index into the response's `verdict.setCookies`. */
  claimedLine: number
  claimedRank: number
}

/** The hops of one request: redirects, and the same request again after an authentication challenge. */
export type Chain = Hop[]

/** All that is known of one hop so far. The request's part is missing where it was sent before recording began. */
export interface Hop {
  /** Stable, unique within the session. */
  readonly id: string
  readonly browser: Browser
  readonly chain: Chain
  readonly url: string
  readonly method: string
  readonly resourceType: string
  readonly initiator: string | null
  /** The document that the request belongs to; null for a main_frame navigation. */
  readonly document: DocumentNode | null
  /** URLs of the earlier hops. */
  readonly redirectChain: readonly string[]
  /** When it was sent, or first heard of. Epoch milliseconds, like all times. */
  readonly requestTime: number
  /** null = not seen. */
  readonly requestHeaders: Header[] | null
  responseTime: number | null
  /** When the browser was done with it: its body had come, it led elsewhere, or it failed. null = not yet. */
  endTime: number | null
  status: number
  responseHeaders: Header[] | null
  /** A redirect of the browser's own (HSTS): no request was sent. */
  internal: boolean
  error: string | null
  fromCache: boolean
  /** Cleared from the log while it was under way: what comes still is taken in, but not shown. */
  dropped: boolean
  /** Key of its cookies in the jar. */
  readonly site: string
  /** Its request's place, and its response's, among all that was told, of the store and of requests; infinite = not yet. */
  toldAt: number
  answeredAt: number
  /** The site's cookies just before the request. */
  jar: readonly StoredCookie[]
  /** Keys of those in `jar` that may have come, or changed, after the request: it was too near to tell. */
  unsure: ReadonlySet<string>
  /** The site's cookies after the response was dealt with; null until `settled`. */
  jarAfter: readonly StoredCookie[] | null
  settled: boolean
  /** The extension has no access to its cookies: the store tells nothing of them. */
  hidden: boolean
  /** Recording was stopped before that. */
  cut: boolean
  /** Store changes that are this hop's doing. */
  claims: KnownChange[]
  /** What the store told of its lines when it was judged last. */
  changes: readonly StoreChange[]
  /** As it was judged last. */
  exchange: Exchange
  verdict: ExchangeVerdict
  observed: readonly Observed[]
}

export type HopInit = Pick<
  Hop,
  | 'id'
  | 'browser'
  | 'chain'
  | 'url'
  | 'method'
  | 'resourceType'
  | 'initiator'
  | 'document'
  | 'requestTime'
  | 'requestHeaders'
>

const noKeys: ReadonlySet<string> = new Set()
const noVerdict: ExchangeVerdict = { setCookies: [], cookies: [] }

/** The URL that the response sends the browser on to; null where it is no redirect. */
export const redirectTarget = (hop: Hop): string | null => {
  const location = hop.status >= 300 && hop.status < 400 ? headerOf(hop.responseHeaders, 'location') : null
  return location !== null && URL.canParse(location, hop.url) ? withoutFragment(new URL(location, hop.url).href) : null
}

/** Makes a hop as the next one of its chain. */
export const createHop = (init: HopInit): Hop => {
  const previous = init.chain.at(-1)
  const known: Omit<Hop, 'exchange'> = {
    ...init,
    redirectChain:
      previous === undefined
        ? []
        : redirectTarget(previous) !== null
          ? [...previous.redirectChain, previous.url]
          : previous.redirectChain,
    responseTime: null,
    endTime: null,
    status: 0,
    responseHeaders: null,
    internal: false,
    error: null,
    fromCache: false,
    dropped: false,
    site: siteKeyOf(new URL(init.url).hostname),
    toldAt: Number.POSITIVE_INFINITY,
    answeredAt: Number.POSITIVE_INFINITY,
    jar: [],
    unsure: noKeys,
    jarAfter: null,
    settled: false,
    hidden: false,
    cut: false,
    claims: [],
    changes: [],
    verdict: noVerdict,
    observed: [],
  }
  const hop: Hop = { ...known, exchange: exchangeOf(known) }
  init.chain.push(hop)
  return hop
}

/** The value of the first header of a name, which is given in lower case; null without one. */
export const headerOf = (headers: readonly Header[] | null, name: string): string | null =>
  headers?.find((header) => header.name.length === name.length && header.name.toLowerCase() === name)?.value ?? null

export const hasSetCookie = (hop: Hop): boolean => headerOf(hop.responseHeaders, 'set-cookie') !== null

export const isAnswered = (hop: Hop): boolean => hop.responseHeaders !== null

/**
 * Nothing was sent, so no cookie was sent or withheld: the browser's own redirects, what failed before its request, DevTools'
 * own look into the cache (for a page that came back as it was), a navigation to what had been prefetched.
 */
const neverSent = (hop: Hop): boolean =>
  hop.internal ||
  (hop.requestHeaders === null && !isAnswered(hop)) ||
  hop.error === 'net::ERR_CACHE_MISS' ||
  isFromPrefetch(hop)

/** Such a navigation's headers lack what the network puts in: `Accept-Encoding` is in every request that leaves (measured). */
const isFromPrefetch = (hop: Hop): boolean =>
  (hop.resourceType === 'main_frame' || hop.resourceType === 'sub_frame') &&
  hop.requestHeaders !== null &&
  hop.requestHeaders.length > 0 &&
  ['accept-encoding', 'cookie', 'host'].every((name) => headerOf(hop.requestHeaders, name) === null)

/** Whether there is something to judge: an answer, or the end of hoping for one. */
export const isJudgeable = (hop: Hop): boolean => (isAnswered(hop) || hop.error !== null) && !neverSent(hop)

/** What is known of the hop, in the contract's shape. */
export const exchangeOf = (hop: Omit<Hop, 'exchange'>): Exchange => ({
  url: hop.url,
  method: hop.method,
  resourceType: hop.resourceType,
  initiator: hop.initiator,
  frames: framesOf(hop.document),
  ...(hop.redirectChain.length === 0 ? {} : { redirectChain: [...hop.redirectChain] }),
  requestHeaders: hop.requestHeaders ?? [],
  status: hop.status,
  responseHeaders: hop.responseHeaders ?? [],
  time: hop.responseTime ?? hop.requestTime,
})
