import { type Hop, isAnswered } from '../capture/hop.ts'
import type { Gap, GapKind, StoreWrite } from '../contract.ts'
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
  readonly writes: StoreWrite[] = []
  readonly gaps: Gap[] = []
  readonly #places = new Map<Hop, number>()

  apply(changed: ReadonlySet<Hop>): void {
    for (const hop of changed) {
      const place = this.#places.get(hop) ?? this.list.length
      this.#places.set(hop, place)
      this.list[place] = entryOf(hop)
    }
  }

  /** Takes in what no response did. */
  addWrites(writes: readonly StoreWrite[]): void {
    this.writes.push(...writes)
  }

  /** From now on exchanges may be missing. One gap of a kind at a time: while it lasts, this does nothing. */
  openGap(kind: GapKind, from: number): void {
    if (this.gaps.some((gap) => gap.kind === kind && gap.to === null)) return
    this.gaps.push({ id: `gap-${kind}-${from}`, kind, from, to: null, exchanges: null })
  }

  /** Ends the lasting gap of that kind, if there is one. */
  closeGap(kind: GapKind, to: number): void {
    const place = this.gaps.findIndex((gap) => gap.kind === kind && gap.to === null)
    const gap = this.gaps[place]
    if (gap !== undefined) this.gaps[place] = { ...gap, to }
  }

  clear(): void {
    this.list.length = 0
    this.writes.length = 0
    this.gaps.length = 0
    this.#places.clear()
  }
}
