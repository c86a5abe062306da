import type { Browser, ThirdPartyCookies } from '../contract.ts'
import { judgeObserved } from '../judge/judge-observed.ts'
import { Documents } from './documents.ts'
import type {
  CaptureEvent,
  CompletedEvent,
  ErrorEvent,
  HopEvent,
  RedirectEvent,
  RequestEvent,
  ResponseEvent,
} from './events.ts'
import {
  type Chain,
  createHop,
  exchangeOf,
  type Hop,
  type HopInit,
  hasSetCookie,
  headerOf,
  isAnswered,
  isJudgeable,
  redirectTarget,
} from './hop.ts'
import { Store } from './store.ts'
import { ThirdPartyEvidence } from './third-party.ts'

/**
 * Milliseconds after a response by which its store events have come: measured within 20 ms of each other, a second on a
 * machine with nothing else to give. A later one still corrects what was said.
 */
export const settleTime = 1_000

/** What `update` changed. */
export interface Changes {
  /** Hops whose exchange, verdict or observation is new. */
  hops: ReadonlySet<Hop>
  /** Whether hops were put between others, not only at the end. */
  reordered: boolean
}

/** A worker that ended takes its unfinished requests' ends with it; this many of them are kept. */
const openChains = 2_000

/**
 * Makes exchanges of events: one for each hop, keyed by request id and place in its chain, judged when its response is
 * there and again when the store has more to say. Knows no clock: the time is given.
 */
export class Correlator {
  /** The log, by time of request. */
  readonly hops: Hop[] = []
  readonly documents = new Documents()
  readonly #chains = new Map<string, Chain>()
  readonly #store = new Store((hop) => this.#dirty.add(hop))
  readonly #thirdParty = new ThirdPartyEvidence()
  readonly #browser: Browser
  readonly #onError: (error: unknown) => void
  #dirty = new Set<Hop>()
  /** Judged while the third-party setting was not known. */
  #waitingForSetting = new Set<Hop>()
  #settling: { hop: Hop; due: number }[] = []
  #gap = false
  #reordered = false
  #nextId = 1

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

  /** Takes events in. @param now epoch milliseconds */
  update(events: readonly CaptureEvent[], now: number): Changes {
    for (const event of events) this.#take(event, now)
    return this.#flush()
  }

  /** From here on events may be missing, until `closeGap`: nothing is said to be missing from the store meanwhile. */
  openGap(): void {
    this.#gap = true
  }

  /** What could be had from elsewhere about the gap has been taken in. */
  closeGap(now: number): Changes {
    this.#gap = false
    return this.settle(now)
  }

  /** When `settle` has something to do; null while it has not. Epoch milliseconds. */
  get nextSettle(): number | null {
    return this.#gap ? null : (this.#settling[0]?.due ?? null)
  }

  /** Settles the responses whose store events would have come by now. */
  settle(now: number): Changes {
    while (!this.#gap && (this.#settling[0]?.due ?? Number.POSITIVE_INFINITY) <= now) {
      const hop = this.#settling.shift()?.hop
      if (hop === undefined) break
      hop.settled = true
      hop.jarAfter = this.#store.after(hop)
      this.#dirty.add(hop)
    }
    return this.#flush()
  }

  /** Empties the log. What is under way goes on being followed, unseen, for what it does to the store. */
  clear(): void {
    for (const hop of this.hops) hop.dropped = true
    this.hops.length = 0
    this.#waitingForSetting.clear()
  }

  /** A hop that webRequest did not show, put in its place in the log. */
  insert(init: Omit<HopInit, 'id'>): Hop {
    const hop = this.#append(init)
    let at = this.hops.length - 1
    for (; at > 0 && (this.hops[at - 1]?.requestTime ?? 0) > hop.requestTime; at--)
      this.hops[at] = this.hops[at - 1] as Hop
    this.hops[at] = hop
    this.#reordered ||= at < this.hops.length - 1
    return hop
  }

  /** More has become known of a hop: of its request, where it belongs, or of its response. */
  completed(hop: Hop, learnt: { request: boolean; response: boolean }, now: number): void {
    if (learnt.request) this.#requestKnown(hop)
    if (learnt.response) this.#responseKnown(hop, now)
    this.#dirty.add(hop)
  }

  #take(event: CaptureEvent, now: number): void {
    switch (event.kind) {
      case 'request':
        this.#request(event)
        break
      case 'response':
        this.#response(event, now)
        break
      case 'redirect':
        this.#redirect(event, now)
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
        if (this.#gap) this.#store.catchUp(event)
        else this.#store.load(event)
    }
  }

  #request(event: RequestEvent): void {
    const hop = this.#begin(event)
    hop.requestHeaders = event.headers
    this.#requestKnown(hop)
  }

  #requestKnown(hop: Hop): void {
    if (hop.requestHeaders !== null) this.#thirdParty.take(hop.url, hop.document, hop.requestHeaders)
    this.#store.review(hop)
  }

  #response(event: ResponseEvent, now: number): void {
    const hop = this.#awaiting(event) ?? this.#begin(event)
    this.#answer(hop, event, now)
    if (makesDocument(hop)) this.documents.answered(event)
  }

  #redirect(event: RedirectEvent, now: number): void {
    const hop = this.#latest(event) ?? this.#begin(event)
    if (isAnswered(hop)) return
    hop.internal = hop.requestHeaders === null && headerOf(event.headers, 'non-authoritative-reason') !== null
    this.#answer(hop, event, now)
  }

  #answer(hop: Hop, { status, headers, time }: ResponseEvent | RedirectEvent, now: number): void {
    hop.status = status
    hop.responseHeaders = headers
    hop.responseTime = time
    this.#responseKnown(hop, now)
  }

  #responseKnown(hop: Hop, now: number): void {
    this.#dirty.add(hop)
    if (!hasSetCookie(hop)) {
      hop.settled = true
      return
    }
    // Judged at once: the store's events that follow are matched with what the lines mean.
    this.#judge(hop)
    this.#store.answered(hop)
    this.#settling.push({ hop, due: now + settleTime })
  }

  #completed(event: CompletedEvent): void {
    const hop = this.#latest(event)
    this.#chains.delete(event.requestId)
    if (hop === null) return
    hop.ended = true
    if (hop.fromCache === event.fromCache) return
    hop.fromCache = event.fromCache
    this.#dirty.add(hop)
  }

  #error(event: ErrorEvent): void {
    const hop = this.#latest(event) ?? this.#begin(event)
    this.#chains.delete(event.requestId)
    hop.error = event.error
    hop.ended = true
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

  #begin(event: HopEvent): Hop {
    const { requestId, url, method, resourceType, initiator, time } = event
    let chain = this.#chains.get(requestId)
    if (chain === undefined) {
      chain = []
      this.#chains.set(requestId, chain)
      if (this.#chains.size > openChains) this.#chains.delete(this.#chains.keys().next().value as string)
    }
    const document = this.documents.requester(event)
    return this.#append({
      chain,
      url,
      method,
      resourceType,
      initiator,
      document,
      source: 'webRequest',
      requestTime: time,
    })
  }

  #append(init: Omit<HopInit, 'id'>): Hop {
    const hop = createHop({ ...init, id: String(this.#nextId++) })
    this.hops.push(hop)
    this.#store.sent(hop)
    this.#dirty.add(hop)
    return hop
  }

  #flush(): Changes {
    const setting = this.thirdPartyCookies
    if (setting !== 'unknown') {
      for (const hop of this.#waitingForSetting) this.#dirty.add(hop)
      this.#waitingForSetting.clear()
    }
    const hops = new Set<Hop>()
    for (const hop of this.#dirty) {
      this.#judge(hop)
      if (!hop.dropped) hops.add(hop)
    }
    this.#dirty = new Set()
    const reordered = this.#reordered
    this.#reordered = false
    return { hops, reordered }
  }

  #judge(hop: Hop): void {
    hop.exchange = exchangeOf(hop)
    if (!isJudgeable(hop)) return
    const thirdPartyCookies = this.thirdPartyCookies
    const options = { browser: this.#browser, jar: [...hop.jar], thirdPartyCookies }
    try {
      const { exchange, verdict, observed } = judgeObserved(hop.exchange, options, {
        changes: hasSetCookie(hop) ? this.#store.evidenceFor(hop) : [],
        jarBefore: hop.jar,
        jarAfter: hop.jarAfter,
        settled: hop.settled,
      })
      hop.exchange = exchange
      hop.verdict = verdict
      hop.observed = observed
      const isOpen = [...verdict.setCookies, ...verdict.cookies].some(({ outcome }) => outcome === 'unknown')
      if (thirdPartyCookies === 'unknown' && isOpen && !hop.dropped) this.#waitingForSetting.add(hop)
    } catch (error) {
      this.#onError(error)
    }
  }
}

/** Whether a navigation's response becomes a document: not a redirect, no 204, no download. */
export const makesDocument = (hop: Hop): boolean =>
  (hop.resourceType === 'main_frame' || hop.resourceType === 'sub_frame') &&
  redirectTarget(hop) === null &&
  hop.status !== 204 &&
  hop.status !== 205 &&
  !/^\s*attachment\b/i.test(headerOf(hop.responseHeaders, 'content-disposition') ?? '')
