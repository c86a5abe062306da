import { recordingStopped } from '../capture/correlate.ts'
import { type Hop, isAnswered } from '../capture/hop.ts'
import type { UnseenRequest } from '../capture/unseen-requests.ts'
import type { Gap, GapKind, StoreWrite } from '../contract.ts'
import { type Problem, ProblemIndex } from '../report/problems.ts'
import type { BodyFacts } from '../story/body-facts.ts'
import { Journal } from './log-journal.ts'
import { LogSize } from './log-size.ts'
import { inOrderOfSurplus } from './log-surplus.ts'
import type { Log, LogChange, LogEntry } from './session.ts'

/** How much a log holds. */
export interface LogBounds {
  readonly exchanges: number
  /** About, of the exchanges. */
  readonly bytes: number
  readonly writes: number
  readonly gaps: number
}

/** Milliseconds between two requests that were not seen, beyond which they are two gaps. */
const UNSEEN_PAUSE = 10_000
/** Hosts that a gap names. */
const MOST_HOSTS = 100

/** Where the log is full, this part of it is given up at once, so that making room costs each exchange little. */
const SHARE = 1 / 16

/**
 * 10,000 exchanges with 30 headers each and 14 cookies in the store are 153 MB with the panel's rows, in the heap as by our
 * count (scripts/bench-log.ts).
 */
export const logBounds: LogBounds = { exchanges: 20_000, bytes: 200_000_000, writes: 5_000, gaps: 500 }

/** Chromium's name for it, and Firefox's. */
const ABORTED: ReadonlySet<string> = new Set(['net::ERR_ABORTED', 'NS_BINDING_ABORTED'])

/** A body that was not read to its end (a page left, a download, a 204) is no failure: the response came. */
const isFailed = (hop: Hop): boolean => hop.error !== null && !(isAnswered(hop) && ABORTED.has(hop.error))

const stateOf = (hop: Hop): LogEntry['state'] => {
  if (hop.error === recordingStopped) return 'unfinished'
  return isFailed(hop) ? 'failed' : isAnswered(hop) ? 'complete' : 'pending'
}

const entryOf = (hop: Hop): LogEntry => {
  const { id, exchange, verdict, observed, error, fromCache, requestTime: started } = hop
  const state = stateOf(hop)
  const entry = { id, exchange, verdict, observed, fromCache, started, state }
  return error === null || state !== 'failed' ? entry : { ...entry, error }
}

/**
 * The log as the panel reads it: one entry a hop, in order of request, replaced when its hop changed. It is bounded: when
 * it is full, the oldest exchanges without a problem are given up first, and the gap `capacity` says how many.
 */
export class LogEntries implements Log {
  readonly list: LogEntry[] = []
  readonly writes: StoreWrite[] = []
  readonly gaps: Gap[] = []
  readonly #bounds: LogBounds
  readonly #onGivenUp: (ids: readonly string[]) => void
  readonly #places = new Map<string, number>()
  readonly #writes = new Map<string, StoreWrite>()
  readonly #bodies = new Map<string, BodyFacts>()
  readonly #problems = new ProblemIndex()
  readonly #size = new LogSize()
  readonly #journal = new Journal()
  /** Entries to take in before it is worth trying again, where not enough could be given up. */
  #untilRetry = 0

  /** @param onGivenUp told which hops nobody will ask for again, by id */
  constructor(onGivenUp: (ids: readonly string[]) => void = () => {}, bounds: LogBounds = logBounds) {
    this.#onGivenUp = onGivenUp
    this.#bounds = bounds
  }

  get entries(): readonly LogEntry[] {
    return this.list
  }

  get end(): number {
    return this.#journal.end
  }

  /** About how many bytes the exchanges take. */
  get bytes(): number {
    return this.#size.bytes
  }

  since(number: number): readonly LogChange[] | null {
    return this.#journal.since(number)
  }

  entry(id: string): LogEntry | null {
    return this.list[this.#places.get(id) ?? -1] ?? null
  }

  write(id: string): StoreWrite | null {
    return this.#writes.get(id) ?? null
  }

  gap(id: string): Gap | null {
    return this.gaps.find((gap) => gap.id === id) ?? null
  }

  problems(id: string): readonly Problem[] {
    return this.#problems.problems(id)
  }

  apply(changed: ReadonlySet<Hop>): void {
    this.put([...changed].map((hop) => this.#withBody(entryOf(hop))))
  }

  /** What was read of an entry's bodies, which it has from now on. */
  noteBody(id: string, body: BodyFacts): void {
    const entry = this.entry(id)
    if (entry === null) return
    this.#bodies.set(id, body)
    this.put([{ ...entry, body }])
  }

  #withBody(entry: LogEntry): LogEntry {
    const body = this.#bodies.get(entry.id)
    return body === undefined ? entry : { ...entry, body }
  }

  /** Takes entries in: at the end, or in the place of the one with their id. */
  put(entries: readonly LogEntry[]): void {
    for (const entry of entries) {
      const before = this.entry(entry.id)
      if (before !== null) this.#size.remove(before)
      this.#size.add(entry)
      const place = this.#places.get(entry.id) ?? this.list.length
      this.#places.set(entry.id, place)
      this.list[place] = entry
      this.#journal.note('entry', entry.id)
      for (const id of this.#problems.update(entry)) if (id !== entry.id) this.#journal.note('entry', id)
    }
    this.#untilRetry -= entries.length
    this.#makeRoom()
  }

  /** Takes in what no response did. */
  addWrites(writes: readonly StoreWrite[]): void {
    for (const write of writes) {
      this.#writes.set(write.id, write)
      insertByTime(this.writes, write, ({ time }) => time)
      this.#journal.note('write', write.id)
    }
    if (this.writes.length <= this.#bounds.writes) return
    const surplus = this.writes.length - Math.floor(this.#bounds.writes * (1 - SHARE))
    const old = this.writes.splice(0, surplus)
    for (const { id } of old) {
      this.#writes.delete(id)
      this.#journal.note('write', id)
    }
    this.#tellGivenUp(
      old.map(({ time }) => time),
      0,
      old.length,
    )
  }

  /** Lets go of those that a response turned out to have made. */
  dropWrites(ids: readonly string[]): void {
    for (const id of ids) {
      const write = this.#writes.get(id)
      if (write === undefined) continue
      this.#writes.delete(id)
      this.writes.splice(this.writes.lastIndexOf(write), 1)
      this.#journal.note('write', id)
    }
  }

  /** From now on exchanges may be missing. One gap of a kind at a time: while it lasts, this does nothing. */
  openGap(kind: GapKind, from: number): void {
    if (this.gaps.some((gap) => gap.kind === kind && gap.to === null)) return
    if (kind === 'no-host-access') this.#dropUnseenSince(from)
    this.#addGap({ id: this.#gapId(kind, from), kind, from, to: null, exchanges: null })
  }

  /** Ends the lasting gap of that kind, if there is one; else the last one, if it turns out to have ended earlier. */
  closeGap(kind: GapKind, to: number): void {
    const own = this.gaps.filter((one) => one.kind === kind && one.hosts === undefined)
    const isLater = (one: Gap) => one.to !== null && one.from <= to && to < one.to
    const gap = own.find((one) => one.to === null) ?? own.filter(isLater).at(-1)
    if (gap === undefined) return
    this.#replaceGap(gap, { ...gap, to })
  }

  /** A request to or from a host without access was not seen: such gaps that follow each other closely are one. */
  noteUnseen({ host, from, to }: UnseenRequest): void {
    const others = this.gaps.filter(({ kind }) => kind === 'no-host-access')
    // The page's own gap says already that all is missing.
    if (others.some((gap) => gap.hosts === undefined && gap.from <= to && (gap.to ?? from) >= from)) return
    const near = others.findLast((gap) => gap.hosts !== undefined && from <= (gap.to ?? to) + UNSEEN_PAUSE)
    if (near?.hosts === undefined) {
      this.#addGap({
        id: this.#gapId('no-host-access', from),
        kind: 'no-host-access',
        from,
        to,
        exchanges: null,
        hosts: [host],
      })
      return
    }
    const isKnown = near.hosts.includes(host) || near.hosts.length >= MOST_HOSTS
    if (isKnown && near.from <= from && (near.to ?? to) >= to) return
    this.#replaceGap(near, {
      ...near,
      from: Math.min(near.from, from),
      to: Math.max(near.to ?? to, to),
      hosts: isKnown ? near.hosts : [...near.hosts, host],
    })
  }

  /** Empties it. A gap that lasts goes on, from now. */
  clear(now = Date.now()): void {
    const lasting = this.gaps.filter(({ to }) => to === null)
    this.list.length = 0
    this.writes.length = 0
    this.gaps.length = 0
    this.#places.clear()
    this.#writes.clear()
    this.#bodies.clear()
    this.#problems.clear()
    this.#size.clear()
    this.#journal.restart()
    this.#untilRetry = 0
    for (const { kind } of lasting) this.openGap(kind, now)
  }

  #gapId(kind: GapKind, from: number): string {
    let id = `gap-${kind}-${from}`
    while (this.gap(id) !== null) id += '+'
    return id
  }

  /** What was not seen on the way to a page that is not seen either. */
  #dropUnseenSince(from: number): void {
    for (const gap of this.gaps.filter((one) => one.hosts !== undefined && one.from >= from - 1)) {
      this.gaps.splice(this.gaps.indexOf(gap), 1)
      this.#journal.note('gap', gap.id)
    }
  }

  #addGap(gap: Gap): void {
    insertByTime(this.gaps, gap, ({ from }) => from)
    this.#journal.note('gap', gap.id)
    if (this.gaps.length <= this.#bounds.gaps) return
    const place = this.gaps.findIndex(({ kind, to }) => kind !== 'capacity' && to !== null)
    const [old] = place < 0 ? [] : this.gaps.splice(place, 1)
    if (old === undefined) return
    this.#journal.note('gap', old.id)
    this.#tellGivenUp([old.from, old.to ?? old.from], 0, 0)
  }

  #replaceGap(before: Gap, after: Gap): void {
    this.gaps.splice(this.gaps.indexOf(before), 1)
    insertByTime(this.gaps, after, ({ from }) => from)
    this.#journal.note('gap', after.id)
  }

  #makeRoom(): void {
    const { exchanges, bytes } = this.#bounds
    const exceeds = (length: number, share: number) => length > exchanges * share || this.#size.bytes > bytes * share
    if (!exceeds(this.list.length, 1) || this.#untilRetry > 0) return
    const gone = new Set<LogEntry>()
    for (const entry of inOrderOfSurplus(this.list, (id) => this.problems(id))) {
      if (!exceeds(this.list.length - gone.size, 1 - SHARE)) break
      gone.add(entry)
      this.#size.remove(entry)
    }
    this.#remove(gone)
    const isStill = exceeds(this.list.length, 1 - SHARE)
    this.#untilRetry = isStill ? Math.ceil(exchanges * SHARE) : 0
  }

  #remove(gone: ReadonlySet<LogEntry>): void {
    if (gone.size === 0) return
    const kept = this.list.filter((entry) => !gone.has(entry))
    this.list.length = 0
    for (const entry of kept) this.#places.set(entry.id, this.list.push(entry) - 1)
    const ids = [...gone].map(({ id }) => id)
    for (const id of ids) {
      this.#places.delete(id)
      this.#bodies.delete(id)
      this.#journal.note('entry', id)
    }
    this.#problems.forget(ids)
    this.#onGivenUp(ids)
    this.#tellGivenUp(
      [...gone].map(({ started }) => started),
      gone.size,
      0,
    )
  }

  /** There is one such gap. It reaches from the oldest that was given up to the latest. */
  #tellGivenUp(times: readonly number[], exchanges: number, writes: number): void {
    const before = this.gaps.find(({ kind }) => kind === 'capacity')
    const storeWrites = (before?.storeWrites ?? 0) + writes
    const after: Gap = {
      id: 'gap-capacity',
      kind: 'capacity',
      from: times.reduce((a, b) => Math.min(a, b), before?.from ?? Number.POSITIVE_INFINITY),
      to: times.reduce((a, b) => Math.max(a, b), before?.to ?? 0),
      exchanges: (before?.exchanges ?? 0) + exchanges,
      ...(storeWrites > 0 && { storeWrites }),
    }
    if (before === undefined) this.#addGap(after)
    else this.#replaceGap(before, after)
  }
}

/** Into a list in order of time; near its end, where what comes belongs. */
function insertByTime<Item>(list: Item[], item: Item, timeOf: (item: Item) => number): void {
  let at = list.length
  while (at > 0 && timeOf(list[at - 1] as Item) > timeOf(item)) at--
  list.splice(at, 0, item)
}
