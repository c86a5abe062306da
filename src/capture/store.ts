import type { StoredCookie } from '../contract.ts'
import { sameBytes } from '../cookie/bytes.ts'
import { bareDomain, sameKey } from '../cookie/store.ts'
import type { StoreChange } from '../judge/reconcile.ts'
import { type Claim, Claims, type KnownChange, keyOf, keysOf, responseTimeOf } from './claims.ts'
import type { CookieChangeEvent } from './events.ts'
import type { Hop } from './hop.ts'
import { findSame, Jar, replaced, siteKeyOf } from './jar.ts'
import { cookiePairs, pairOf, travels } from './sent-cookies.ts'
import { shownAs } from './shown-value.ts'

/** What happened lately around one site's cookies. */
interface History {
  /** In order of arrival. */
  changes: KnownChange[]
  /** Those of them that no response has claimed. */
  unclaimed: KnownChange[]
  /** By time of the request. */
  sent: Hop[]
  claims: Claims
}

/** Milliseconds for which a site's changes and requests are kept to be matched with each other. */
const memory = 10_000
/** How much later than a request a store event may be stamped whose cookie that request carried already. */
const lateEvent = 300
/**
 * The browser looks up a request's cookies some milliseconds before it says that it sends them, and a store event
 * is stamped when it arrives: this near to each other, time alone does not tell which came first.
 */
const ambiguous = 100
/**
 * Changes that no response made are told after a request that they came before: by 2 ms at most as a rule, by more than 20 on
 * a busy machine. Where the request would not have carried the cookie in any case, one that is told this soon after it,
 * and before its response, counts as before it.
 */
const toldLate = 100

/**
 * The cookie store over time: which response made which change, and what the store was just before each request. Store
 * events have no request id and often come after requests that the change came before; a claimed change counts from
 * its response on, any other from its event, and where times are too near to tell, the Cookie header that was sent does.
 */
export class Store {
  #otherSites: ReadonlySet<string> = new Set()
  #formerSites: ReadonlySet<string> = new Set()
  readonly #jar = new Jar()
  readonly #histories = new Map<string, History>()
  readonly #affected: (hop: Hop) => void
  /** Of all sites, those that nobody has claimed and `takeUnclaimed` has not given, in order of arrival. */
  readonly #unclaimed: KnownChange[] = []
  /** The cookie that the next change overwrites. */
  #overwritten: StoredCookie | null = null

  /** @param affected told of each hop whose jar or claims are other than before */
  constructor(affected: (hop: Hop) => void) {
    this.#affected = affected
  }

  /** Sites that other tabs are on. They may be heard of after what was written there, on a busy machine long after. */
  setOtherSites(sites: ReadonlySet<string>): void {
    for (const site of sites) {
      if (this.#isShared(site)) continue
      for (const hop of this.#histories.get(site)?.sent ?? []) if (hop.claims.length > 0) this.#affected(hop)
    }
    // A tab may be closed between its write and the look around.
    this.#formerSites = this.#otherSites
    this.#otherSites = sites
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
    const history = this.#historyOf(site, time)
    const previous = this.#previousOf(event, this.#jar.of(site))
    // Of a value whose bytes are no UTF-8 the event has less than the jar.
    const told = removed && previous !== null ? { ...cookie, value: previous.value } : cookie
    const stored = inherit(told, previous, time)
    const change: KnownChange = {
      removed,
      cause,
      vague,
      cookie: stored,
      time,
      key: keyOf(cookie),
      previous,
      claimedBy: null,
      claimedLine: -1,
      claimedRank: Number.POSITIVE_INFINITY,
    }
    if (removed) this.#jar.remove(cookie)
    else this.#jar.set(stored)
    history.changes.push(change)
    history.unclaimed.push(change)
    const claim = history.claims.take(change)
    if (claim === null) this.#leave(change, history)
    else this.#claim(change, claim, history)
  }

  /** A request was sent: gives it the store of its moment. */
  sent(hop: Hop): void {
    const history = this.#historyOf(hop.site, hop.requestTime)
    insertBy(history.sent, hop, ({ requestTime }) => requestTime)
    hop.jar = this.#before(hop, history)
  }

  /** A response with Set-Cookie lines was judged: the changes that it makes come after it. */
  answered(hop: Hop): void {
    this.#historyOf(hop.site, responseTimeOf(hop)).claims.answered(hop)
  }

  /** The browser is done with such a response: what was heard before that, however late, had happened before it. */
  ended(hop: Hop, time: number): void {
    const history = this.#historyOf(hop.site, time)
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
      const { claims } = this.#historyOf(siteKeyOf(bareDomain(change.cookie)), change.time)
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
      const history = this.#histories.get(site)
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
    const { changes } = this.#historyOf(hop.site, from)
    const keys = keysOf(hop)
    return this.#without(hop, changes, from, (change) => {
      const { claimedBy, key } = change
      return keys.has(key) && claimedBy !== null && claimedBy !== hop && effectiveTime(change) >= from
    })
  }

  /** Changes that may belong to a response. */
  evidenceFor(hop: Hop): StoreChange[] {
    const { claims, unclaimed } = this.#historyOf(hop.site, responseTimeOf(hop))
    return claims.evidenceFor(hop, unclaimed, this.#isShared(hop.site))
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

  #historyOf(site: string, now: number): History {
    let history = this.#histories.get(site)
    if (history === undefined) {
      history = { changes: [], unclaimed: [], sent: [], claims: new Claims() }
      this.#histories.set(site, history)
    }
    forget(history.changes, now, ({ time }) => time)
    forget(history.unclaimed, now, ({ time }) => time)
    forget(history.sent, now, ({ requestTime }) => requestTime)
    history.claims.forgetBefore(now - memory)
    return history
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

  /** A change that requests already seen came after: it belongs into their jar. */
  #applyLate(change: KnownChange, { sent, changes }: History): void {
    const from = Math.min(effectiveTime(change) - ambiguous, change.time - lateEvent)
    for (let i = sent.length - 1; i >= 0; i--) {
      const hop = sent[i]
      if (hop === undefined || hop.requestTime < from) break
      if (!cameBefore(change, hop) || isOutdated(change, hop, changes)) continue
      const jar = withChange(hop.jar, change)
      if (jar === hop.jar) continue
      hop.jar = jar
      this.#affected(hop)
    }
  }

  /** The site's cookies just before the request: those of now, without what came later. */
  #before(hop: Hop, { changes }: History): readonly StoredCookie[] {
    return this.#without(hop, changes, hop.requestTime - ambiguous, (change) => !cameBefore(change, hop))
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

/** Whether the same cookie changed again before the request. */
const isOutdated = (change: KnownChange, hop: Hop, changes: readonly KnownChange[]): boolean => {
  for (let i = changes.length - 1; i >= 0; i--) {
    const later = changes[i]
    if (later === undefined || later === change) break
    if (later.key === change.key && cameBefore(later, hop)) return true
  }
  return false
}

const insertBy = <Item>(list: Item[], item: Item, timeOf: (item: Item) => number): void => {
  let at = list.length
  while (at > 0 && timeOf(list[at - 1] as Item) > timeOf(item)) at--
  list.splice(at, 0, item)
}

/** Drops what is too old, half of the list at least: so it costs each item little. */
const forget = <Item>(list: Item[], now: number, timeOf: (item: Item) => number): void => {
  const isOld = (item: Item | undefined): boolean => item !== undefined && timeOf(item) < now - memory
  if (!isOld(list[list.length >>> 1])) return
  const kept = list.findIndex((item) => !isOld(item))
  list.splice(0, kept < 0 ? list.length : kept)
}

/** As in Chromium's CookieMonster: the same value set again keeps its creation time. */
const inherit = (cookie: StoredCookie, old: StoredCookie | null, time: number): StoredCookie => {
  if (old === null || !sameBytes(old.value, cookie.value)) return { ...cookie, creation: time }
  return old.creation === undefined ? cookie : { ...cookie, creation: old.creation }
}

/** Whether the store had changed so when the browser looked up the request's cookies. */
const cameBefore = (change: KnownChange, hop: Hop): boolean => {
  const { claimedBy, cookie, removed, previous } = change
  if (claimedBy !== null && claimedBy.chain === hop.chain) return hop.chain.indexOf(claimedBy) < hop.chain.indexOf(hop)
  const lead = hop.requestTime - effectiveTime(change)
  if (lead > ambiguous) return true
  if (hop.requestHeaders !== null && lead > -lateEvent) {
    const isSent = cookiePairs(hop).has(pairOf(cookie))
    const wasSame = previous !== null && !removed && sameBytes(previous.value, cookie.value)
    if (isSent && !wasSame) return !removed
    if (!isSent && lead >= -ambiguous && travels(cookie, hop)) return removed
  }
  return lead >= (claimedBy === null && !isAnsweredBy(change.time, hop) ? -toldLate : 0)
}

const isAnsweredBy = (time: number, { responseTime }: Hop): boolean => responseTime !== null && responseTime <= time

const withChange = (cookies: readonly StoredCookie[], { cookie, removed }: KnownChange): readonly StoredCookie[] => {
  const there = findSame(cookies, cookie)
  if (removed) return there === null ? cookies : replaced(cookies, there, null)
  return there !== null && sameBytes(there.value, cookie.value) ? cookies : replaced(cookies, there, cookie)
}
