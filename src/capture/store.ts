import type { StoredCookie } from '../contract.ts'
import { sameBytes } from '../cookie/bytes.ts'
import { bareDomain, sameKey } from '../cookie/store.ts'
import type { StoreChange } from '../judge/reconcile.ts'
import { type Claim, keyOf, keysOf, responseTimeOf } from './claims.ts'
import type { CookieChangeEvent } from './events.ts'
import { Histories, type History, memory } from './history.ts'
import type { Hop, KnownChange } from './hop.ts'
import { findSame, Jar, replaced, siteKeyOf } from './jar.ts'
import { withSentBytes } from './sent-cookies.ts'
import { shownAs } from './shown-value.ts'
import { stateBefore } from './store-before.ts'

/** How far from a request changes may be that belong before it, or after it, other than their times say. */
const reach = 300
/** Milliseconds between cookies that are made one right after the other. */
const tick = 0.001

/**
 * The cookie store over time: which response made which change, and what the store was just before each request. Store
 * events have no request id and often come after requests that the change came before; a claimed change counts from
 * its response on, any other from its event, and where these are too near to tell, the Cookie header that was sent does.
 */
export class Store {
  #otherSites: ReadonlySet<string> = new Set()
  #formerSites: ReadonlySet<string> = new Set()
  readonly #jar = new Jar()
  readonly #histories = new Histories()
  readonly #affected: (hop: Hop) => void
  readonly #claimed: (change: KnownChange) => void
  /** Of all sites, those that nobody has claimed and `takeUnclaimed` has not given, in order of arrival. */
  readonly #unclaimed: KnownChange[] = []
  /** The cookie that the next change overwrites. */
  #overwritten: StoredCookie | null = null
  /** How many events were told. */
  #told = 0
  /** When the last cookie was made. Two are never made at once: the order in a Cookie header is that of their making. */
  #lastCreation = 0

  /**
   * @param affected told of each hop whose jar or claims are other than before
   * @param claimed told of each change that a response is found to have made
   */
  constructor(affected: (hop: Hop) => void, claimed: (change: KnownChange) => void) {
    this.#affected = affected
    this.#claimed = claimed
  }

  /** Sites that other tabs are on. They may be heard of after what was written there, on a busy machine long after. */
  setOtherSites(sites: ReadonlySet<string>): void {
    const added = [...sites].filter((site) => !this.#isShared(site))
    // A tab may be closed between its write and the look around.
    this.#formerSites = this.#otherSites
    this.#otherSites = sites
    for (const site of added) {
      const history = this.#histories.find(site)
      if (history === undefined) continue
      for (const hop of history.sent) if (this.#placeAll(hop, history) || hop.claims.length > 0) this.#affected(hop)
    }
  }

  /** Whether another tab is on the site, or was when it was asked before. */
  #isShared(site: string): boolean {
    return this.#otherSites.has(site) || this.#formerSites.has(site)
  }

  /** The site's cookies now. */
  now(site: string): readonly StoredCookie[] {
    return this.#jar.of(site)
  }

  /** Takes the store as it was read, in place of what was known. */
  load(cookies: readonly StoredCookie[]): void {
    this.#jar.load(cookies)
  }

  change(event: CookieChangeEvent): void {
    const { removed, cause, cookie, time, vague = false } = event
    if (removed && cause === 'overwrite') {
      // What it is overwritten by follows at once, as an event of its own: there is no moment without either.
      this.#overwritten = cookie
      return
    }
    const site = siteKeyOf(bareDomain(cookie))
    const history = this.#histories.of(site, time)
    const previous = this.#previousOf(event, this.#jar.of(site))
    // Of a value whose bytes are no UTF-8 the event has less than the jar.
    const told = removed && previous !== null ? { ...cookie, value: previous.value } : cookie
    const stored = this.#inherit(told, previous, time)
    const change: KnownChange = {
      removed,
      cause,
      vague,
      cookie: stored,
      time,
      key: keyOf(cookie),
      previous,
      toldAt: ++this.#told,
      claimedBy: null,
      claimedLine: -1,
      claimedRank: Number.POSITIVE_INFINITY,
    }
    if (removed) this.#jar.remove(cookie)
    else this.#jar.set(stored)
    history.add(change)
    const claim = history.claims.take(change)
    if (claim === null) this.#leave(change, history)
    else this.#claim(change, claim, history)
  }

  /** A request was sent: gives it the store of its moment. */
  sent(hop: Hop): void {
    const history = this.#histories.of(hop.site, hop.requestTime)
    hop.toldAt = ++this.#told
    history.addRequest(hop)
    hop.jar = withSentBytes(this.#jar.of(hop.site), hop)
    this.#placeAll(hop, history)
  }

  /** Its response came. */
  responded(hop: Hop): void {
    hop.answeredAt = ++this.#told
  }

  /** A response with Set-Cookie lines was judged: the changes that it makes come after it. */
  answered(hop: Hop): void {
    this.#histories.of(hop.site, responseTimeOf(hop)).claims.answered(hop)
  }

  /** The browser is done with such a response: what was heard before that, however late, had happened before it. */
  ended(hop: Hop, time: number): void {
    const history = this.#histories.of(hop.site, time)
    hop.endTime = time
    const keys = keysOf(hop)
    for (const change of history.unclaimed.filter(({ key }) => keys.has(key))) {
      change.time = Math.min(change.time, time)
      const claim = history.claims.claimOf(change)
      if (claim === null) continue
      const place = this.#unclaimed.indexOf(change)
      if (place >= 0) this.#unclaimed.splice(place, 1)
      this.#claim(change, claim, history)
    }
  }

  /**
   * Takes the changes that nobody has claimed and, by now, nobody will.
   * @param until epoch milliseconds: those of later stay
   */
  takeUnclaimed(until: number): KnownChange[] {
    const end = this.#unclaimed.findIndex(({ time }) => time > until)
    const due = this.#unclaimed.splice(0, end < 0 ? this.#unclaimed.length : end)
    return due.filter((change) => {
      const { claims } = this.#histories.of(siteKeyOf(bareDomain(change.cookie)), change.time)
      return !claims.mayBeClaimed(change)
    })
  }

  /** Time of the first change that `takeUnclaimed` has not given yet; null without one. */
  get firstUnclaimed(): number | null {
    return this.#unclaimed[0]?.time ?? null
  }

  /** Lets go of hops, unless they are so recent that something may still concern them. */
  forget(gone: ReadonlySet<Hop>): void {
    for (const site of new Set([...gone].map((hop) => hop.site))) {
      const history = this.#histories.find(site)
      if (history === undefined) continue
      const last = Math.max(history.sent.at(-1)?.requestTime ?? 0, history.changes.at(-1)?.time ?? 0)
      const isKept = (hop: Hop) => !gone.has(hop) || responseTimeOf(hop) >= last - memory
      history.sent = history.sent.filter(isKept)
      history.claims.forget(() => true, isKept)
    }
  }

  /** The site's cookies after a response: those of now, where others have changed this response's since, as it left them. */
  after(hop: Hop): readonly StoredCookie[] {
    const from = responseTimeOf(hop)
    const { changes } = this.#histories.of(hop.site, from)
    const keys = keysOf(hop)
    return this.#without(hop, changes, from, (change) => {
      const { claimedBy, key } = change
      return keys.has(key) && claimedBy !== null && claimedBy !== hop && effectiveTime(change) >= from
    })
  }

  /** What the store had of a response's cookies, at some moment from its request on: as it was changed around then. */
  heldMeanwhile(hop: Hop): readonly StoredCookie[] {
    const changes = this.#histories.find(hop.site)?.changesAmong(keysOf(hop), hop.requestTime - reach) ?? []
    return changes.flatMap(({ removed, cookie, previous }) => [
      ...(removed ? [] : [cookie]),
      ...(previous === null ? [] : [previous]),
    ])
  }

  /** Changes that may belong to a response. */
  evidenceFor(hop: Hop): readonly StoreChange[] {
    const history = this.#histories.find(hop.site)
    // As it was known last, where it has been forgotten since.
    if (history !== undefined && responseTimeOf(hop) >= history.since)
      hop.changes = history.claims.evidenceFor(hop, history.unclaimed, this.#isShared(hop.site))
    return hop.changes
  }

  /**
   * What a change found in the store. The events tell it, and not the jar: that may have been read when the change had
   * happened already.
   */
  #previousOf({ cookie, removed, vague }: CookieChangeEvent, known: readonly StoredCookie[]): StoredCookie | null {
    const gone = removed ? cookie : this.#overwritten
    this.#overwritten = null
    if (gone === null || !sameKey(gone, cookie)) return null
    const same = findSame(known, cookie)
    // The jar knows its creation time as well.
    const isSame = same !== null && (sameBytes(same.value, gone.value) || shownAs(same.value) === gone.value)
    return same !== null && (vague === true || isSame) ? same : gone
  }

  /** Nobody's, for now. */
  #leave(change: KnownChange, history: History): void {
    for (const hop of history.claims.unsettledBy(change)) this.#affected(hop)
    this.#unclaimed.push(change)
    this.#applyLate(change, history)
  }

  #claim(change: KnownChange, { hop, line, rank, instead }: Claim, history: History): void {
    change.claimedBy = hop
    change.claimedLine = line
    change.claimedRank = rank
    if (instead !== null) {
      instead.claimedBy = null
      hop.claims.splice(hop.claims.indexOf(instead), 1)
      history.unclaimed.push(instead)
      this.#leave(instead, history)
    }
    history.unclaimed.splice(history.unclaimed.lastIndexOf(change), 1)
    hop.claims.push(change)
    this.#claimed(change)
    this.#restoreBytes(change, hop)
    this.#affected(hop)
    this.#applyLate(change, history)
  }

  /** Chromium shows bytes that are no UTF-8 as U+FFFD; the line that stored them has them. */
  #restoreBytes(change: KnownChange, hop: Hop): void {
    const cookie = hop.verdict.setCookies[change.claimedLine]?.cookie ?? null
    if (change.removed || cookie === null || sameBytes(cookie.value, change.cookie.value)) return
    change.cookie = { ...change.cookie, value: cookie.value }
    this.#jar.set(change.cookie)
  }

  /** A change that requests already seen may have come after: it belongs into their jar. */
  #applyLate(change: KnownChange, history: History): void {
    const from = Math.min(effectiveTime(change), change.time) - reach
    for (let i = history.sent.length - 1; i >= 0; i--) {
      const hop = history.sent[i]
      if (hop === undefined || hop.requestTime < from) break
      if (this.#place(change.key, hop, history)) this.#affected(hop)
    }
  }

  /** Gives a request what the store had just before it. @returns whether that is another than it had */
  #placeAll(hop: Hop, history: History): boolean {
    let isOther = false
    for (const key of history.keysSince(hop.requestTime - reach)) isOther = this.#place(key, hop, history) || isOther
    return isOther
  }

  /** Gives a request what the store had under one key just before it. @returns whether that is another than it had */
  #place(key: string, hop: Hop, history: History): boolean {
    const changes = history.changesOf(key, hop.requestTime - reach)
    const [{ cookie: one } = { cookie: null }] = changes
    if (one === null) return false
    const isCertain = (change: KnownChange) => !this.#isShared(hop.site) && history.claims.isAlone(change)
    const { cookie: stored, isUnsure } = stateBefore(changes, hop, isCertain)
    const [cookie = null] = stored === null ? [] : withSentBytes([stored], hop)
    const there = findSame(hop.jar, one)
    const isOther = there !== cookie
    if (isOther) hop.jar = replaced(hop.jar, there, cookie)
    if (isUnsure === hop.unsure.has(key)) return isOther
    const unsure = new Set(hop.unsure)
    if (isUnsure) unsure.add(key)
    else unsure.delete(key)
    hop.unsure = unsure
    return true
  }

  /** As in Chromium's CookieMonster: the same value set again keeps its creation time. */
  #inherit(cookie: StoredCookie, old: StoredCookie | null, time: number): StoredCookie {
    if (old !== null && sameBytes(old.value, cookie.value)) {
      return old.creation === undefined ? cookie : { ...cookie, creation: old.creation }
    }
    this.#lastCreation = Math.max(time, this.#lastCreation + tick)
    return { ...cookie, creation: this.#lastCreation }
  }

  /** The site's cookies of now, with a site's changes undone back to a time: `isOut` says which. */
  #without(
    { site }: Hop,
    changes: readonly KnownChange[],
    from: number,
    isOut: (change: KnownChange) => boolean,
  ): readonly StoredCookie[] {
    let cookies = this.#jar.of(site)
    const kept = new Set<string>()
    for (let i = changes.length - 1; i >= 0; i--) {
      const change = changes[i]
      if (change === undefined || change.time < from) break
      // Of one cookie's changes, the last that is in tells its state.
      if (kept.has(change.key)) continue
      if (isOut(change)) cookies = replaced(cookies, change.cookie, change.previous)
      else kept.add(change.key)
    }
    return cookies
  }
}

const effectiveTime = ({ claimedBy, time }: KnownChange): number =>
  claimedBy === null ? time : Math.min(time, responseTimeOf(claimedBy))
