import type { LogEntry } from './session.ts'
import type { RowChanges } from './view-log.ts'
import { type ExchangeRow, type Row, SortedRows } from './view-rows.ts'

export interface Filter {
  /** Words that all have to occur in a row's search text; case does not count. The word `differs` is as `differs` itself. */
  readonly text: string
  readonly problemsOnly: boolean
  /** Only requests of which another browser would certainly do otherwise. */
  readonly differs: boolean
}

/** A turn of work on a long log: short enough to leave the rest of the frame to scrolling and typing. */
const SLICE_MS = 6
const ROWS_PER_CLOCK = 256

/** Typed, it asks for what the toggle asks for. */
const DIFFERS = 'differs'

/** What the filter asks of a row beside its words; each is asked only where the filter wants to know. */
export interface RowQuestions {
  /** Whether there is something to look at in it. */
  isProblem(row: ExchangeRow): boolean
  /** Whether another browser would do otherwise. */
  differs(entry: LogEntry): boolean
}

interface Matcher {
  readonly filter: Filter
  /** To look at a row takes long: it is judged for other browsers. */
  readonly slow: boolean
  matches(row: Row): boolean
}

/**
 * The rows that match. A new filter goes through the log in short turns, and the previous result stays until it is
 * complete; what changes in the log costs only a look at the rows that changed.
 */
export class RowFilter {
  readonly #rows: SortedRows
  readonly #publish: (shown: SortedRows, filter: Filter) => void
  readonly #later: (work: () => void) => void
  readonly #now: () => number
  readonly #questions: RowQuestions
  #shown = new SortedRows()
  #matcher: Matcher
  /** What is being looked for, and how far that has come. */
  #search: { readonly found: SortedRows; readonly matcher: Matcher; last: Row | null } | null = null
  #waiting = false

  /**
   * `rows`: all there are; `publish` gets those that match and the filter that they match; `later` runs the next turn; `now` is a clock in
   * milliseconds.
   */
  constructor(
    rows: SortedRows,
    filter: Filter,
    publish: (shown: SortedRows, filter: Filter) => void,
    later: (work: () => void) => void,
    questions: RowQuestions,
    now: () => number = () => performance.now(),
  ) {
    this.#rows = rows
    this.#questions = questions
    this.#matcher = matcherOf(filter, questions)
    this.#publish = publish
    this.#later = later
    this.#now = now
  }

  setFilter(filter: Filter): void {
    this.#start(matcherOf(filter, this.#questions))
  }

  /** Whether the filter leaves that row out, the one that is still being looked for. */
  hides(row: Row): boolean {
    return !(this.#search?.matcher ?? this.#matcher).matches(row)
  }

  /** Asks anew of rows that are as they were. */
  reconsider(rows: readonly Row[]): void {
    if (rows.length > 0) this.take({ reset: false, removed: [], put: rows })
  }

  /** Takes in what has changed in `rows`. */
  take({ reset, removed, put }: RowChanges): void {
    if (reset) {
      this.#start(this.#search?.matcher ?? this.#matcher)
      return
    }
    const changed = [...put]
    apply(this.#shown, removed, changed, this.#matcher)
    const search = this.#search
    if (search !== null) {
      const { last, found, matcher } = search
      // What comes after is still to be looked at.
      const reached = last === null ? -1 : this.#rows.firstFrom(last)
      const passed = changed.filter((row) => this.#rows.firstFrom(row) <= reached)
      apply(found, removed, passed, matcher)
    }
    this.#publish(this.#shown, this.#matcher.filter)
  }

  #start(matcher: Matcher): void {
    this.#search = { found: new SortedRows(), matcher, last: null }
    if (!this.#waiting) this.#turn()
  }

  readonly #turn = (): void => {
    this.#waiting = false
    const search = this.#search
    if (search === null) return
    const { list } = this.#rows
    const until = this.#now() + SLICE_MS
    let at = search.last === null ? 0 : this.#rows.firstFrom(search.last)
    if (search.last !== null && list[at]?.id === search.last.id) at++
    for (let n = 1; at < list.length; at++, n++) {
      const row = list[at] as Row
      if (search.matcher.matches(row)) search.found.put(row)
      search.last = row
      // To judge a row for other browsers takes about as long as to look at all the others between two looks at the clock.
      if ((search.matcher.slow || n % ROWS_PER_CLOCK === 0) && this.#now() > until) {
        this.#waiting = true
        this.#later(this.#turn)
        return
      }
    }
    this.#search = null
    this.#shown = search.found
    this.#matcher = search.matcher
    this.#publish(this.#shown, this.#matcher.filter)
  }
}

function apply(shown: SortedRows, removed: readonly Row[], put: readonly Row[], matcher: Matcher): void {
  shown.removeAll(removed)
  for (const row of put) {
    if (matcher.matches(row)) shown.put(row)
    else shown.remove(row)
  }
}

function matcherOf(filter: Filter, { isProblem, differs }: RowQuestions): Matcher {
  const typed = filter.text.toLowerCase().split(/\s+/).filter(Boolean)
  const words = typed.filter((word) => word !== DIFFERS)
  const onlyDiffering = filter.differs || words.length < typed.length
  return {
    filter,
    slow: onlyDiffering,
    matches(row) {
      // Who looks at a part of the log has to know as well what is missing of it.
      if (row.kind === 'gap') return true
      if (filter.problemsOnly && (row.kind === 'write' || !isProblem(row))) return false
      const search = row.kind === 'write' ? row.search : row.summary.search
      if (!words.every((word) => search.includes(word))) return false
      return !onlyDiffering || (row.kind === 'exchange' && differs(row.entry))
    },
  }
}
