import type { Gap, StoreWrite } from '../contract.ts'
import type { Problem } from '../report/problems.ts'
import type { LogEntry } from './session.ts'
import type { Counts, EntrySummary, Mark } from './view-entry.ts'

interface Placed {
  /** Unique over all kinds. */
  readonly id: string
  /** Epoch ms; where the row stands. */
  readonly time: number
  /** Of rows of one kind and time, which came first. */
  readonly seq: number
}

/** Rows are replaced, never mutated, when what is told in them changes. */
export interface ExchangeRow extends Placed {
  readonly kind: 'exchange'
  readonly entry: LogEntry
  readonly summary: EntrySummary
  readonly problems: readonly Problem[]
  readonly counts: Counts
  readonly mark: Mark
}

/** Writes of one cookie with no request between them, or what a full store gave up of one site (`areEvictions`). */
export interface WriteRow extends Placed {
  readonly kind: 'write'
  /** In order of time; never empty. Grows: `count` says how many there were when the row was made. */
  readonly writes: readonly StoreWrite[]
  readonly count: number
  /** Lower case; no cookie value. */
  readonly search: string
}

export interface GapRow extends Placed {
  readonly kind: 'gap'
  readonly gap: Gap
}

export type Row = ExchangeRow | WriteRow | GapRow

const RANK: Readonly<Record<Row['kind'], number>> = { gap: 0, exchange: 1, write: 2 }

/** The order of the list: below 0 where `a` stands before `b`. */
export function byPlace(a: Pick<Row, 'time' | 'kind' | 'seq'>, b: Pick<Row, 'time' | 'kind' | 'seq'>): number {
  return a.time - b.time || RANK[a.kind] - RANK[b.kind] || a.seq - b.seq
}

/** Up to this many rows are looked up one by one. */
const FEW = 8

/** Rows in their order. What is new belongs near the end, and costs no more in a long list. */
export class SortedRows {
  readonly #list: Row[] = []
  readonly #counts = { exchange: 0, write: 0, gap: 0 }

  get list(): readonly Row[] {
    return this.#list
  }

  get counts(): Readonly<Record<Row['kind'], number>> {
    return this.#counts
  }

  /** Index of the first row that does not stand before that place. */
  firstFrom(place: Pick<Row, 'time' | 'kind' | 'seq'>): number {
    let low = 0
    let high = this.#list.length
    const last = this.#list.at(-1)
    if (last === undefined || byPlace(last, place) < 0) return high
    while (low < high) {
      const middle = (low + high) >>> 1
      if (byPlace(this.#list[middle] as Row, place) < 0) low = middle + 1
      else high = middle
    }
    return low
  }

  /** -1 where it is not there. */
  indexOf(row: Row | null): number {
    if (row === null) return -1
    const at = this.firstFrom(row)
    return this.#list[at]?.id === row.id ? at : -1
  }

  /** In its place, or in the place of the row with the same place. */
  put(row: Row): void {
    const at = this.firstFrom(row)
    const isThere = this.#list[at]?.id === row.id
    if (!isThere) this.#counts[row.kind]++
    this.#list.splice(at, isThere ? 1 : 0, row)
  }

  remove(row: Row): void {
    const at = this.indexOf(row)
    if (at < 0) return
    this.#list.splice(at, 1)
    this.#counts[row.kind]--
  }

  /** Of many, for the cost of going through the list once. */
  removeAll(rows: readonly Row[]): void {
    if (rows.length <= FEW) {
      for (const row of rows) this.remove(row)
      return
    }
    const ids = new Set(rows.map(({ id }) => id))
    let kept = 0
    for (const row of this.#list) {
      if (ids.has(row.id)) this.#counts[row.kind]--
      else this.#list[kept++] = row
    }
    this.#list.length = kept
  }

  clear(): void {
    this.#list.length = 0
    this.#counts.exchange = this.#counts.write = this.#counts.gap = 0
  }
}
