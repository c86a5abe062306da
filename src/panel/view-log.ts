import type { Gap, StoreWrite } from '../contract.ts'
import type { Log, LogChange, LogEntry } from './session.ts'
import { countsOf, markOf, summaryOf } from './view-entry.ts'
import { byPlace, type ExchangeRow, type Row, SortedRows } from './view-rows.ts'
import { WriteRows } from './view-write-rows.ts'

/** What an update did to the rows. */
export interface RowChanges {
  /** The rows are others altogether. */
  readonly reset: boolean
  /** Rows that are gone from their place, as they were. */
  readonly removed: readonly Row[]
  /** New rows, and those in the place of others. */
  readonly put: Iterable<Row>
}

/** The log as rows in order of time, kept up to date at the cost of what changed. */
export class LogIndex {
  readonly rows = new SortedRows()
  readonly #byId = new Map<string, Row>()
  readonly #writes = new WriteRows({
    rows: this.rows,
    find: (id) => this.find(id),
    put: (row) => this.#put(row),
    remove: (row) => this.#remove(row),
  })
  #next = 0
  #seq = 0
  #capacity: Gap | null = null
  #latest = Number.NEGATIVE_INFINITY
  #withProblems = 0
  #changed = new Map<string, Row>()
  #removed: Row[] = []

  /** Number of requests that have a problem. */
  get withProblems(): number {
    return this.#withProblems
  }

  /** The gap that says what was given up to save memory. */
  get capacity(): Gap | null {
    return this.#capacity
  }

  find(id: string | null): Row | null {
    return id === null ? null : (this.#byId.get(id) ?? null)
  }

  /** The request's row; null where the log has none of that id. */
  exchange(id: string): ExchangeRow | null {
    const row = this.find(exchangeRowId(id))
    return row?.kind === 'exchange' ? row : null
  }

  /** Takes in what has changed in the log since the last time. */
  update(log: Log): RowChanges {
    const changes = log.since(this.#next)
    this.#next = log.end
    this.#changed = new Map()
    this.#removed = []
    if (changes === null) this.#readAll(log)
    else this.#read(log, changes)
    return { reset: changes === null, removed: this.#removed, put: this.#changed.values() }
  }

  #readAll(log: Log): void {
    this.rows.clear()
    this.#byId.clear()
    this.#writes.clear()
    this.#latest = Number.NEGATIVE_INFINITY
    this.#withProblems = 0
    this.#capacity = null
    for (const entry of log.entries) this.#putEntry(entry, log)
    for (const { id } of log.gaps) this.#putGap(id, log)
    this.#writes.add(log.writes)
  }

  #read(log: Log, changes: readonly LogChange[]): void {
    const ids = { entry: new Set<string>(), write: new Set<string>(), gap: new Set<string>() }
    for (const { kind, id } of changes) ids[kind].add(id)
    const given: Row[] = []
    for (const id of ids.entry) {
      const entry = log.entry(id)
      const row = this.find(exchangeRowId(id))
      if (entry !== null) this.#putEntry(entry, log)
      else if (row !== null) given.push(row)
    }
    this.rows.removeAll(given)
    for (const row of given) this.#noteRemoved(row)
    for (const id of ids.gap) this.#putGap(id, log)
    const written: StoreWrite[] = []
    const gone: string[] = []
    for (const id of ids.write) {
      const write = log.write(id)
      if (write === null) gone.push(id)
      else written.push(write)
    }
    this.#writes.drop(gone)
    // After the requests that they came before or after.
    this.#writes.add(written)
  }

  #putEntry(entry: LogEntry, log: Log): void {
    const before = this.exchange(entry.id)
    const problems = log.problems(entry.id)
    if (before?.entry === entry && before.problems === problems) return
    const summary = summaryOf(entry)
    const counts = countsOf(summary, problems)
    this.#withProblems += Number(problems.length > 0) - Number((before?.problems.length ?? 0) > 0)
    // The log's order is the order of the list, whatever the clock says.
    if (before === null) this.#latest = Math.max(this.#latest, entry.started)
    const { time, seq } = before ?? { time: this.#latest, seq: this.#seq++ }
    const id = exchangeRowId(entry.id)
    const row: ExchangeRow = {
      ...{ kind: 'exchange', id, time, seq, entry, summary, problems, counts },
      mark: markOf(entry, summary, counts),
    }
    this.#put(row)
    if (before === null) this.#writes.separate(row)
  }

  #putGap(id: string, log: Log): void {
    const gap = log.gap(id)
    const before = this.find(id)
    if (gap === null) {
      if (before !== null) this.#remove(before)
      return
    }
    const row: Row = { kind: 'gap', id, time: gap.from, seq: before?.seq ?? this.#seq++, gap }
    if (gap.kind === 'capacity') this.#capacity = gap
    this.#put(row)
    this.#writes.separate(row)
  }

  #put(row: Row): void {
    const before = this.#byId.get(row.id)
    if (before !== undefined && byPlace(before, row) !== 0) this.#remove(before)
    this.rows.put(row)
    this.#byId.set(row.id, row)
    this.#changed.set(row.id, row)
  }

  #remove(row: Row): void {
    this.rows.remove(row)
    this.#noteRemoved(row)
  }

  #noteRemoved(row: Row): void {
    this.#byId.delete(row.id)
    this.#changed.delete(row.id)
    this.#removed.push(row)
    if (row.kind === 'exchange' && row.problems.length > 0) this.#withProblems--
  }
}

const exchangeRowId = (id: string): string => `request-${id}`
