import type { Browser, Header, StoreWrite, ThirdPartyCookies } from '../contract.ts'
import { bareDomain } from '../cookie/store.ts'
import { responseTimeOf } from './claims.ts'
import { Documents } from './documents.ts'
import { EventClock, usualDelay } from './event-clock.ts'
import type {
  CaptureEvent,
  CompletedEvent,
  ErrorEvent,
  HopEvent,
  RedirectEvent,
  RequestEvent,
  ResponseEvent,
} from './events.ts'
import type { Chain, Hop, KnownChange } from './hop.ts'
import { createHop, exchangeOf, hasSetCookie, headerOf, isAnswered, isJudgeable } from './hop.ts'
import { cookieHosts, hangsOnSetting, isBeingWritten, isConfirmed, makesDocument, openUntil } from './hop-state.ts'
import { siteKeyOf } from './jar.ts'
import { judgeHop } from './judge-hop.ts'
import type { News } from './news.ts'
import type { SiteAccess } from './site-access.ts'
import { Store } from './store.ts'
import { ThirdPartyEvidence } from './third-party.ts'
import { ToldWrites } from './told-writes.ts'

/**
 * Milliseconds after a response's end by which its store events have come: they are within 20 ms of each other, more on a
 * busy machine. A later one still corrects what was said.
 */
export const settleTime = 500

/** What a request ends with that had no answer yet when recording was stopped: in place of the browser's own name. */
export const recordingStopped = 'recording stopped before the answer'

/** Requests that never end, for all that is heard of them, are forgotten beyond this number. */
const openChains = 2_000

/**
 * Makes exchanges of events: one for each hop, keyed by request id and place in its chain, judged when its response is
 * there and again when the store has more to say. Knows no clock: the time is given.
 */
export class Correlator {
  readonly documents = new Documents()
  readonly #chains = new Map<string, Chain>()
  readonly #told = new ToldWrites()
  readonly #store = new Store(
    (hop) => {
      if (!isBeingWritten(hop)) this.#dirty.add(hop)
    },
    (change) => this.#told.claimed(change),
  )
  readonly #thirdParty = new ThirdPartyEvidence()
  readonly #browser: Browser
  readonly #onError: (error: unknown) => void
  /** Since the log was cleared. */
  readonly #hops = new Map<string, Hop>()
  /** To be judged, and shown. */
  #dirty = new Set<Hop>()
  /** Judged already, to be shown. */
  #changed = new Set<Hop>()
  /** Judged while the third-party setting was not known. */
  #waitingForSetting = new Set<Hop>()
  /** Responses that set cookies and have not ended, in order of time. */
  readonly #open = new Set<Hop>()
  /** In order of `due`. */
  #settling: { hop: Hop; due: number }[] = []
  readonly #clock = new EventClock()
  /** Those that the tab has dealt with since the log was cleared: other sites' cookies are nobody's concern here. */
  readonly #sites = new Set<string>()
  #pageSite: string | null = null
  /** Responses up to then may settle: the sites of other tabs are known. Epoch milliseconds. */
  #lookedUntil = Number.POSITIVE_INFINITY
  #lookedBefore = 0
  /** Which hosts the extension may see. */
  access: SiteAccess = null
  #nextId = 1
  #clearedAt = 0

  constructor(browser: Browser, onError: (error: unknown) => void) {
    this.#browser = browser
    this.#onError = onError
  }

  get thirdPartyCookies(): ThirdPartyCookies {
    return this.#thirdParty.setting
  }

  /** Number of cookies in the store for a host's registrable domain. */
  cookieCount(site: string): number {
    return this.#store.now(site).length
  }

  /** The inspected page, whose site's cookies are of interest with no request of it too. */
  setPage(url: string): void {
    this.#pageSite = URL.canParse(url) ? siteKeyOf(new URL(url).hostname) : null
    if (this.#pageSite !== null) this.#sites.add(this.#pageSite)
  }

  /** It is being asked which sites other tabs are on: until the answer, nothing settles. */
  awaitOtherSites(): void {
    this.#lookedUntil = Math.min(this.#lookedUntil, this.#lookedBefore)
  }

  /**
   * Sites that other tabs are on: what they write to the store is not heard of otherwise.
   * @param until for responses up to then; epoch milliseconds
   */
  setOtherSites(sites: ReadonlySet<string>, until: number): News {
    this.#store.setOtherSites(sites)
    this.#lookedUntil = until
    if (until !== Number.POSITIVE_INFINITY) this.#lookedBefore = until
    return this.#news(Number.NEGATIVE_INFINITY)
  }

  /**
   * Takes events in.
   * @param now epoch milliseconds
   */
  update(events: readonly CaptureEvent[], now: number): News {
    for (const event of events) this.#take(event, now)
    return this.#news(Number.NEGATIVE_INFINITY)
  }

  /** When `settle` has something to do; null while it has not. Epoch milliseconds. */
  get nextSettle(): number | null {
    const { firstUnclaimed } = this.#store
    const [firstOpen] = this.#open
    const dues = [
      this.#settling.find(({ hop }) => this.#isLookedAt(hop))?.due,
      firstOpen === undefined || !this.#isLookedAt(firstOpen) ? undefined : openUntil(firstOpen),
      firstUnclaimed === null ? undefined : firstUnclaimed + settleTime,
    ]
    const due = Math.min(...dues.filter((one) => one !== undefined))
    return due === Number.POSITIVE_INFINITY ? null : Math.max(due, this.#clock.quietAt)
  }

  /** Settles the responses whose store events would have come by now, and tells of changes that none of them made. */
  settle(now: number): News {
    const reached = this.#clock.reached(now)
    const isDue = (waiting: { hop: Hop; due: number }) => waiting.due <= reached && this.#isLookedAt(waiting.hop)
    const due = this.#settling.filter(isDue).map(({ hop }) => hop)
    this.#settling = this.#settling.filter((waiting) => !isDue(waiting))
    for (const hop of this.#open) {
      if (openUntil(hop) > reached || !this.#isLookedAt(hop)) break
      this.#open.delete(hop)
      due.push(hop)
    }
    for (const hop of due) {
      hop.settled = true
      // What has been confirmed is not asked again.
      if (isConfirmed(hop)) continue
      hop.jarAfter = this.#store.after(hop)
      this.#dirty.add(hop)
    }
    return this.#news(reached - settleTime)
  }

  /** Nothing more is heard for now: what waits ends here, with what is known. */
  stop(): News {
    for (const hop of [...this.#open, ...this.#settling.map(({ hop }) => hop)]) {
      hop.cut = true
      this.#dirty.add(hop)
    }
    this.#open.clear()
    this.#settling = []
    for (const chain of this.#chains.values()) {
      const hop = chain.at(-1)
      if (hop === undefined || isAnswered(hop)) continue
      hop.error = recordingStopped
      this.#dirty.add(hop)
    }
    return this.#news(Number.POSITIVE_INFINITY)
  }

  /** Whether it is known which sites other tabs were on when the response came. */
  #isLookedAt(hop: Hop): boolean {
    return responseTimeOf(hop) <= this.#lookedUntil
  }

  #writesUntil(until: number): StoreWrite[] {
    const isTold = ({ cookie, time }: KnownChange) =>
      time >= this.#clearedAt - usualDelay && this.#sites.has(siteKeyOf(bareDomain(cookie)))
    return this.#store
      .takeUnclaimed(until)
      .filter(isTold)
      .map((change) => this.#told.tell(change))
  }

  /**
   * Empties the log. What began before goes on being followed, unseen, for what it does to the store.
   * @param now epoch milliseconds
   */
  clear(now: number): void {
    this.#clearedAt = now
    this.#store.takeUnclaimed(Number.POSITIVE_INFINITY)
    this.#sites.clear()
    if (this.#pageSite !== null) this.#sites.add(this.#pageSite)
    this.forget(this.#hops.keys())
  }

  /** Lets go of hops that the log has given up, by id: what still comes of them is taken in, but not shown. */
  forget(ids: Iterable<string>): void {
    const gone = new Set<Hop>()
    for (const id of ids) {
      const hop = this.#hops.get(id)
      if (hop === undefined) continue
      hop.dropped = true
      gone.add(hop)
      this.#hops.delete(id)
      this.#waitingForSetting.delete(hop)
    }
    this.#store.forget(gone)
  }

  #take(event: CaptureEvent, now: number): void {
    if (event.kind !== 'cookie' && event.kind !== 'jar') this.#clock.heard(event.time, now)
    switch (event.kind) {
      case 'request':
        this.#request(event)
        break
      case 'response':
        this.#response(event)
        break
      case 'redirect':
        this.#redirect(event)
        break
      case 'completed':
        this.#completed(event)
        break
      case 'error':
        this.#error(event)
        break
      case 'cookie':
        this.#store.change(event)
        break
      case 'jar':
        this.#store.load(event.cookies)
    }
  }

  #request(event: RequestEvent): void {
    const hop = this.#begin(event, event.headers)
    this.#thirdParty.take(hop, event.thirdPartyCookies)
  }

  #response(event: ResponseEvent): void {
    const hop = this.#awaiting(event) ?? this.#begin(event)
    this.#answer(hop, event)
    if (makesDocument(hop)) this.documents.answered(event)
  }

  #redirect(event: RedirectEvent): void {
    const hop = this.#latest(event) ?? this.#begin(event)
    if (isAnswered(hop)) {
      this.#ended(hop, event.time)
      return
    }
    hop.internal = hop.requestHeaders === null && headerOf(event.headers, 'non-authoritative-reason') !== null
    this.#answer(hop, event)
    this.#ended(hop, event.time)
  }

  #answer(hop: Hop, { status, headers, time }: ResponseEvent | RedirectEvent): void {
    // Recording was stopped meanwhile, and is on again.
    hop.error = null
    hop.status = status
    hop.responseHeaders = headers
    hop.responseTime = time
    this.#store.responded(hop)
    this.#responseKnown(hop, time)
  }

  #responseKnown(hop: Hop, time: number): void {
    if (!hasSetCookie(hop)) {
      hop.settled = true
      this.#dirty.add(hop)
      return
    }
    // Judged at once: the store's events that follow are matched with what the lines mean.
    this.#judge(hop)
    hop.hidden = this.access !== null && !cookieHosts(hop).every(this.access)
    if (hop.hidden) this.#judge(hop)
    this.#dirty.delete(hop)
    if (!hop.dropped) this.#changed.add(hop)
    this.#store.answered(hop)
    this.#open.add(hop)
    // A connection that stays.
    if (hop.status === 101) this.#ended(hop, time)
  }

  /** The browser is done with a response: its cookies are written. */
  #ended(hop: Hop, time: number): void {
    if (!hasSetCookie(hop) || hop.endTime !== null) return
    this.#store.ended(hop, time)
    if (this.#open.delete(hop)) this.#settling.push({ hop, due: time + settleTime })
  }

  #completed(event: CompletedEvent): void {
    const hop = this.#latest(event)
    this.#chains.delete(event.requestId)
    if (hop !== null) this.#ended(hop, event.time)
    if (hop === null || hop.fromCache === event.fromCache) return
    hop.fromCache = event.fromCache
    this.#dirty.add(hop)
  }

  #error(event: ErrorEvent): void {
    const hop = this.#latest(event) ?? this.#begin(event)
    this.#chains.delete(event.requestId)
    hop.error = event.error
    this.#ended(hop, event.time)
    this.#dirty.add(hop)
  }

  /** The latest hop of an event's chain, if it is the one that the event is about. */
  #latest({ requestId, url }: Pick<HopEvent, 'requestId' | 'url'>): Hop | null {
    const hop = this.#chains.get(requestId)?.at(-1)
    return hop?.url === url ? hop : null
  }

  #awaiting(event: ResponseEvent): Hop | null {
    const hop = this.#latest(event)
    return hop === null || isAnswered(hop) ? null : hop
  }

  /** @param requestHeaders null where the request was not seen */
  #begin(event: HopEvent, requestHeaders: Header[] | null = null): Hop {
    const { requestId, url, method, resourceType, initiator, time } = event
    let chain = this.#chains.get(requestId)
    if (chain === undefined) {
      chain = []
      this.#chains.set(requestId, chain)
      if (this.#chains.size > openChains) this.#chains.delete(this.#chains.keys().next().value as string)
    }
    const previous = chain.at(-1)
    if (previous !== undefined) this.#ended(previous, time)
    const document = this.documents.requester(event)
    const hop = createHop({
      id: String(this.#nextId++),
      browser: this.#browser,
      chain,
      url,
      method,
      resourceType,
      initiator,
      document,
      requestTime: time,
      requestHeaders,
    })
    // Events come a moment after what they tell of.
    hop.dropped = time < this.#clearedAt
    if (!hop.dropped) {
      this.#hops.set(hop.id, hop)
      this.#sites.add(hop.site)
    }
    this.#store.sent(hop)
    this.#dirty.add(hop)
    return hop
  }

  /** @param until up to then, changes that nobody has claimed are told of; epoch milliseconds */
  #news(until: number): News {
    const hops = this.#flush()
    return { hops, writes: this.#writesUntil(until), withdrawn: this.#told.takeWithdrawn() }
  }

  #flush(): ReadonlySet<Hop> {
    if (this.thirdPartyCookies !== 'unknown') {
      for (const hop of this.#waitingForSetting) this.#dirty.add(hop)
      this.#waitingForSetting.clear()
    }
    const changed = this.#changed
    for (const hop of this.#dirty) {
      this.#judge(hop)
      if (!hop.dropped) changed.add(hop)
    }
    this.#dirty = new Set()
    // One of them may have told.
    if (this.thirdPartyCookies !== 'unknown' && this.#waitingForSetting.size > 0) return this.#flush()
    this.#changed = new Set()
    return new Set([...changed].sort((a, b) => Number(a.id) - Number(b.id)))
  }

  #judge(hop: Hop): void {
    hop.exchange = exchangeOf(hop)
    if (!isJudgeable(hop)) return
    const thirdPartyCookies = this.thirdPartyCookies
    try {
      const evidence = judgeHop(hop, this.#store, this.#browser, thirdPartyCookies)
      if (thirdPartyCookies !== 'unknown' || !hangsOnSetting(hop)) return
      this.#thirdParty.learn(hop, evidence)
      if (!hop.dropped) this.#waitingForSetting.add(hop)
    } catch (error) {
      this.#onError(error)
    }
  }
}
