import type { StoreWrite } from '../contract.ts'
import { writesText } from '../report/event-words.ts'
import { writeGroupKey } from '../report/write-groups.ts'
import { byPlace, type Row, type SortedRows, type WriteRow } from './view-rows.ts'

/** What the rows of the store's writes are put into. */
interface Target {
  readonly rows: SortedRows
  find(id: string | null): Row | null
  put(row: Row): void
  remove(row: Row): void
}

/**
 * Makes rows of writes: those of one cookie with neither a request nor a gap between them share one, so that a page
 * that writes each second does not bury its requests; so do the cookies of a site that a full store gives up.
 */
export class WriteRows {
  readonly #target: Target
  /** Id of a write → id of its row. */
  readonly #rowOf = new Map<string, string>()
  /** `writeGroupKey` → id of its latest row. */
  readonly #latest = new Map<string, string>()
  /** The last row that is none of these. */
  #lastOther: Row | null = null
  #lastTime = Number.NEGATIVE_INFINITY
  #seq = 0

  constructor(target: Target) {
    this.#target = target
  }

  /** Takes in writes that are new. */
  add(writes: readonly StoreWrite[]): void {
    for (const write of writes) if (!this.#rowOf.has(write.id)) this.#add(write)
  }

  /** Lets go of writes that were given up. */
  drop(ids: readonly string[]): void {
    const gone = new Set(ids)
    const rows = new Set(ids.map((id) => this.#rowFor(id)))
    for (const id of ids) this.#rowOf.delete(id)
    for (const row of rows) {
      if (row === null) continue
      this.#replace(
        row,
        row.writes.filter(({ id }) => !gone.has(id)),
      )
    }
  }

  /** A request or a gap has taken its place: writes before and after it no longer belong together. */
  separate(other: Row): void {
    if (this.#lastOther === null || byPlace(other, this.#lastOther) > 0) this.#lastOther = other
    if (this.#lastTime < other.time) return
    const { list } = this.#target.rows
    const later: StoreWrite[] = []
    for (let i = this.#target.rows.firstFrom(other) - 1; ; i--) {
      const row = list[i]
      if (row?.kind !== 'write') break
      const split = row.writes.findIndex(({ time }) => time > other.time)
      if (split <= 0) continue
      later.push(...row.writes.slice(split))
      this.#replace(row, row.writes.slice(0, split))
    }
    for (const write of later) this.#add(write)
  }

  clear(): void {
    this.#rowOf.clear()
    this.#latest.clear()
    this.#lastOther = null
    this.#lastTime = Number.NEGATIVE_INFINITY
  }

  #add(write: StoreWrite): void {
    const { id, time, cookie } = write
    const key = writeGroupKey(write)
    const row = this.#groupOf(key, time)
    this.#lastTime = Math.max(this.#lastTime, time)
    if (row !== null) {
      this.#rowOf.set(id, row.id)
      const writes = row.writes as StoreWrite[]
      let at = writes.length
      while (at > 0 && (writes[at - 1] as StoreWrite).time > time) at--
      writes.splice(at, 0, write)
      // Of one cookie the words are the same; what a full store gave up has many names.
      const name = cookie.name.toLowerCase()
      const search = cookie.name === writes[0]?.cookie.name ? row.search : `${row.search}\n${name}`
      this.#target.put({ ...row, count: writes.length, search })
      return
    }
    const search = [cookie.name, cookie.domain, cookie.path, writesText([write])].join('\n').toLowerCase()
    const made: WriteRow = {
      kind: 'write',
      id: `write-${id}`,
      time,
      seq: this.#seq++,
      writes: [write],
      count: 1,
      search,
    }
    this.#rowOf.set(id, made.id)
    this.#latest.set(key, made.id)
    this.#target.put(made)
  }

  #rowFor(id: string): WriteRow | null {
    const row = this.#target.find(this.#rowOf.get(id) ?? null)
    return row?.kind === 'write' ? row : null
  }

  /** The row of that cookie in whose stretch of writes a time falls. */
  #groupOf(key: string, time: number): WriteRow | null {
    const { rows } = this.#target
    const last = this.#lastOther
    if (last === null || last.time <= time) {
      const row = this.#target.find(this.#latest.get(key) ?? null)
      return row?.kind === 'write' && (last === null || byPlace(row, last) > 0) ? row : null
    }
    const at = rows.firstFrom({ time, kind: 'write', seq: Number.POSITIVE_INFINITY })
    for (const step of [-1, 1]) {
      for (let i = step < 0 ? at - 1 : at; ; i += step) {
        const row = rows.list[i]
        if (row?.kind !== 'write') break
        if (writeGroupKey(row.writes[0] as StoreWrite) === key) return row
      }
    }
    return null
  }

  #replace(row: WriteRow, writes: readonly StoreWrite[]): void {
    const [first] = row.writes
    if (writes.length > 0) this.#target.put({ ...row, writes, count: writes.length })
    else {
      this.#target.remove(row)
      if (first !== undefined && this.#latest.get(writeGroupKey(first)) === row.id) {
        this.#latest.delete(writeGroupKey(first))
      }
    }
  }
}
