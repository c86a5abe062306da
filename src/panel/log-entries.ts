import { type Hop, isAnswered } from '../capture/hop.ts'
import type { LogEntry } from './session.ts'

/** A body that was not read to its end (a page left, a download, a 204) is no failure: the response came. */
const isFailed = (hop: Hop): boolean => hop.error !== null && !(isAnswered(hop) && hop.error === 'net::ERR_ABORTED')

const stateOf = (hop: Hop): LogEntry['state'] => (isFailed(hop) ? 'failed' : isAnswered(hop) ? 'complete' : 'pending')

const entryOf = (hop: Hop): LogEntry => {
  const { id, exchange, verdict, observed, error, fromCache } = hop
  const entry = { id, exchange, verdict, observed, fromCache, state: stateOf(hop) }
  return error === null || !isFailed(hop) ? entry : { ...entry, error }
}

/** The log as the panel reads it: one entry a hop, in the same order, replaced when its hop changed. */
export class LogEntries {
  readonly list: LogEntry[] = []
  readonly #places = new Map<Hop, number>()

  apply(changed: ReadonlySet<Hop>): void {
    for (const hop of changed) {
      const place = this.#places.get(hop) ?? this.list.length
      this.#places.set(hop, place)
      this.list[place] = entryOf(hop)
    }
  }

  clear(): void {
    this.list.length = 0
    this.#places.clear()
  }
}
