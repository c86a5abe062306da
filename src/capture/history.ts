import { Claims } from './claims.ts'
import type { Hop, KnownChange } from './hop.ts'

/** Milliseconds for which a site's changes and requests are kept to be matched with each other. */
export const memory = 10_000

/** What happened lately around one site's cookies. */
export class History {
  /** In the order in which they were told. */
  changes: KnownChange[] = []
  /** Those of them that no response has claimed. */
  unclaimed: KnownChange[] = []
  /** By time of the request. */
  sent: Hop[] = []
  readonly claims = new Claims()
  /** The latest moment that anything was about; epoch milliseconds. */
  usedAt = 0
  /** What was before is not known here, or no more; epoch milliseconds. */
  readonly since: number

  constructor(now: number) {
    this.since = now - memory
  }

  add(change: KnownChange): void {
    this.changes.push(change)
    this.unclaimed.push(change)
  }

  addRequest(hop: Hop): void {
    let at = this.sent.length
    while (at > 0 && (this.sent[at - 1] as Hop).requestTime > hop.requestTime) at--
    this.sent.splice(at, 0, hop)
  }

  /** Keys of the cookies that have changed since. @param from epoch milliseconds */
  keysSince(from: number): ReadonlySet<string> {
    return new Set(this.#since(from).map(({ key }) => key))
  }

  /** One cookie's changes since. @param from epoch milliseconds */
  changesOf(key: string, from: number): KnownChange[] {
    return this.#since(from).filter((change) => change.key === key)
  }

  /** Changes of these cookies since. @param from epoch milliseconds */
  changesAmong(keys: ReadonlySet<string>, from: number): KnownChange[] {
    return this.#since(from).filter(({ key }) => keys.has(key))
  }

  #since(from: number): KnownChange[] {
    let at = this.changes.length
    while (at > 0 && (this.changes[at - 1] as KnownChange).time >= from) at--
    return this.changes.slice(at)
  }

  /** Lets go of what is too old to matter. @param now epoch milliseconds */
  use(now: number): void {
    this.usedAt = Math.max(this.usedAt, now)
    forget(this.changes, now, ({ time }) => time)
    forget(this.unclaimed, now, ({ time }) => time)
    forget(this.sent, now, ({ requestTime }) => requestTime)
    this.claims.forgetBefore(now - memory)
  }
}

/** Drops what is too old, half of the list at least: so it costs each item little. */
const forget = <Item>(list: Item[], now: number, timeOf: (item: Item) => number): void => {
  const isOld = (item: Item | undefined): boolean => item !== undefined && timeOf(item) < now - memory
  if (!isOld(list[list.length >>> 1])) return
  const kept = list.findIndex((item) => !isOld(item))
  list.splice(0, kept < 0 ? list.length : kept)
}

/** So many sites are kept before it is looked which of them are quiet. */
const fewSites = 50

/** The histories of all sites of which anything was heard lately: in a long session, a small part of those that there were. */
export class Histories {
  readonly #all = new Map<string, History>()
  #sweepAt = fewSites

  find(site: string): History | undefined {
    return this.#all.get(site)
  }

  /** @param now epoch milliseconds */
  of(site: string, now: number): History {
    let history = this.#all.get(site)
    if (history === undefined) {
      if (this.#all.size >= this.#sweepAt) this.#sweep(now)
      history = new History(now)
      this.#all.set(site, history)
    }
    history.use(now)
    return history
  }

  get size(): number {
    return this.#all.size
  }

  #sweep(now: number): void {
    for (const [site, { usedAt }] of this.#all) if (usedAt < now - memory) this.#all.delete(site)
    this.#sweepAt = Math.max(fewSites, 2 * this.#all.size)
  }
}
