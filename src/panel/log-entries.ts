import type { Changes } from '../capture/correlate.ts'
import { type Hop, isAnswered } from '../capture/hop.ts'
import type { LogEntry } from './session.ts'

/** A body that was not read to its end (a page left, a download, a 204) is no failure: the response came. */
const isFailed = (hop: Hop): boolean => hop.error !== null && !(isAnswered(hop) && hop.error === 'net::ERR_ABORTED')

const stateOf = (hop: Hop): LogEntry['state'] => (isFailed(hop) ? 'failed' : isAnswered(hop) ? 'complete' : 'pending')

const entryOf = (hop: Hop): LogEntry => {
  const { id, exchange, verdict, observed, source, error, fromCache } = hop
  const entry = { id, exchange, verdict, observed, source, fromCache, state: stateOf(hop) }
  return error === null || !isFailed(hop) ? entry : { ...entry, error }
}

/** The log as the panel reads it: one entry a hop, in the same order, replaced when its hop changed. */
export class LogEntries {
  readonly list: LogEntry[] = []
  #places = new Map<Hop, number>()

  apply({ hops: changed, reordered }: Changes, hops: readonly Hop[]): void {
    if (reordered) this.#reorder(hops)
    for (let place = this.list.length; place < hops.length; place++) this.#put(place, hops[place] as Hop)
    for (const hop of changed) {
      const place = this.#places.get(hop)
      if (place !== undefined) this.#put(place, hop)
    }
  }

  clear(): void {
    this.list.length = 0
    this.#places.clear()
  }

  #reorder(hops: readonly Hop[]): void {
    const known = new Map([...this.#places].map(([hop, place]) => [hop, this.list[place]]))
    this.clear()
    hops.forEach((hop, place) => {
      this.#places.set(hop, place)
      this.list.push(known.get(hop) ?? entryOf(hop))
    })
  }

  #put(place: number, hop: Hop): void {
    this.#places.set(hop, place)
    this.list[place] = entryOf(hop)
  }
}
