import type { Log, LogEntry } from './session.ts'

/** What a story is told from costs the same in a log of any length. */
const MOST = 2_000
/** Where it is full, this part of it is given up at once. */
const SHARE = 1 / 16

/**
 * The exchanges of the log that a story may be told from, kept up to date at the cost of what changed in the log, and never more than a
 * fixed number: given up first is what merely asked for something, the oldest first, last what has a problem; what the story stands on never.
 */
export class StoryLog {
  readonly #isOfInterest: (entry: LogEntry) => boolean
  readonly #most: number
  readonly #entries = new Map<string, LogEntry>()
  #needed: ReadonlySet<string> = new Set()
  #next = 0

  constructor(isOfInterest: (entry: LogEntry) => boolean, most = MOST) {
    this.#isOfInterest = isOfInterest
    this.#most = most
  }

  /** In order of request. */
  get seen(): LogEntry[] {
    return [...this.#entries.values()].sort((a, b) => a.started - b.started)
  }

  /** Ids of what is kept whatever comes, of interest or not. */
  need(ids: ReadonlySet<string>, log: Log): void {
    this.#needed = ids
    for (const id of ids) {
      const entry = log.entry(id)
      if (entry !== null) this.#entries.set(id, entry)
    }
  }

  /** Takes in what has changed in the log since the last time. @returns whether a story may be another by it */
  update(log: Log): boolean {
    const changes = log.since(this.#next)
    this.#next = log.end
    let isChanged = changes === null || changes.some(({ kind }) => kind === 'write')
    if (changes === null) {
      this.#entries.clear()
      for (const entry of log.entries) this.#take(entry)
    } else {
      const ids = new Set(changes.filter(({ kind }) => kind === 'entry').map(({ id }) => id))
      for (const id of ids) if (this.#change(id, log.entry(id))) isChanged = true
    }
    this.#makeRoom(log)
    return isChanged
  }

  #change(id: string, entry: LogEntry | null): boolean {
    const before = this.#entries.get(id)
    if (entry === null) return this.#entries.delete(id)
    return before !== entry && this.#take(entry)
  }

  #take(entry: LogEntry): boolean {
    // What was of interest once may be what a story stands on: it stays.
    if (!this.#entries.has(entry.id) && !this.#needed.has(entry.id) && !this.#isOfInterest(entry)) return false
    this.#entries.set(entry.id, entry)
    return true
  }

  #makeRoom(log: Log): void {
    if (this.#entries.size <= this.#most) return
    const surplus = this.#entries.size - Math.floor(this.#most * (1 - SHARE))
    const classes: LogEntry[][] = [[], [], []]
    for (const entry of this.#entries.values()) {
      if (this.#needed.has(entry.id)) continue
      classes[log.problems(entry.id).length > 0 ? 2 : isMereRead(entry) ? 0 : 1]?.push(entry)
    }
    for (const { id } of classes.flat().slice(0, surplus)) this.#entries.delete(id)
  }
}

/** A request that neither is a page nor sent or set anything: a poll, a list that is loaded. */
const isMereRead = ({ exchange, verdict }: LogEntry): boolean =>
  (exchange.method === 'GET' || exchange.method === 'OPTIONS') &&
  exchange.resourceType !== 'main_frame' &&
  verdict.setCookies.length === 0
