import { type Problem, ProblemIndex } from '../report/problems.ts'
import type { LogEntry } from './session.ts'
import { type Counts, countsOf, type EntrySummary, type Mark, markOf, summaryOf } from './view-entry.ts'

/** One line of the list. Replaced, never mutated, when its entry or what is told about it changes. */
export interface Row {
  readonly id: string
  readonly entry: LogEntry
  readonly summary: EntrySummary
  readonly problems: readonly Problem[]
  readonly counts: Counts
  readonly mark: Mark
}

/** The log as rows, in the same order, kept up to date at the cost of what changed. */
export class LogIndex {
  readonly #rows: Row[] = []
  readonly #places = new Map<string, number>()
  readonly #problems = new ProblemIndex()
  #withProblems = 0

  get rows(): readonly Row[] {
    return this.#rows
  }

  /** Number of requests that have a problem. */
  get withProblems(): number {
    return this.#withProblems
  }

  /** -1 where the log has no such entry. */
  placeOf(id: string | null): number {
    return id === null ? -1 : (this.#places.get(id) ?? -1)
  }

  find(id: string | null): Row | null {
    return this.#rows[this.placeOf(id)] ?? null
  }

  /** Takes the log in as it is now. Unchanged entries (the same objects) cost one comparison each. */
  update(entries: readonly LogEntry[]): void {
    // Cleared, or an entry slipped in between: rare, and then the order of the whole log is another.
    if (this.#rows.some(({ id, entry }, place) => entry !== entries[place] && id !== entries[place]?.id)) this.#reset()
    const stale = new Set<number>()
    entries.forEach((entry, place) => {
      if (this.#rows[place]?.entry === entry) return
      this.#places.set(entry.id, place)
      const changed = this.#problems.update(entry)
      this.#put(place, entry)
      for (const id of changed) {
        const at = this.#places.get(id)
        if (at !== undefined && at !== place) stale.add(at)
      }
    })
    for (const place of stale) {
      const row = this.#rows[place]
      if (row) this.#put(place, row.entry)
    }
  }

  #put(place: number, entry: LogEntry): void {
    const summary = summaryOf(entry)
    const problems = this.#problems.problems(entry.id)
    const counts = countsOf(summary, problems)
    const had = (this.#rows[place]?.problems.length ?? 0) > 0
    this.#withProblems += Number(problems.length > 0) - Number(had)
    this.#rows[place] = { id: entry.id, entry, summary, problems, counts, mark: markOf(entry, summary, counts) }
  }

  #reset(): void {
    this.#rows.length = 0
    this.#places.clear()
    this.#problems.clear()
    this.#withProblems = 0
  }
}
