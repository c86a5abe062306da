import type { Row } from './view-log.ts'

export interface Filter {
  /** Words that all have to occur in a row's search text; case does not count. */
  readonly text: string
  readonly problemsOnly: boolean
}

/** A turn of work on a long log: short enough to leave the rest of the frame to scrolling and typing. */
const SLICE_MS = 6
const ROWS_PER_CLOCK = 256

/**
 * The rows that match, found in short turns. The previous result stays until the next one is complete; rows that were
 * looked at already, and are the same objects still, are not looked at again unless the filter changes.
 */
export class RowFilter {
  readonly #publish: (visible: readonly number[]) => void
  readonly #later: (work: () => void) => void
  readonly #now: () => number
  #rows: readonly Row[] = []
  #words: readonly string[] = []
  #problemsOnly = false
  #checked: Row[] = []
  #matches: boolean[] = []
  #cursor = 0
  #waiting = false

  /**
   * `publish` gets the places of the matching rows, ascending; `later` runs the next turn; `now` is a clock in
   * milliseconds.
   */
  constructor(
    publish: (visible: readonly number[]) => void,
    later: (work: () => void) => void,
    now: () => number = () => performance.now(),
  ) {
    this.#publish = publish
    this.#later = later
    this.#now = now
  }

  setFilter({ text, problemsOnly }: Filter): void {
    this.#words = text.toLowerCase().split(/\s+/).filter(Boolean)
    this.#problemsOnly = problemsOnly
    this.#checked = []
    this.#start()
  }

  setRows(rows: readonly Row[]): void {
    this.#rows = rows
    this.#start()
  }

  #start(): void {
    this.#cursor = 0
    if (!this.#waiting) this.#turn()
  }

  readonly #turn = (): void => {
    this.#waiting = false
    const rows = this.#rows
    const until = this.#now() + SLICE_MS
    while (this.#cursor < rows.length) {
      const row = rows[this.#cursor]
      if (row && row !== this.#checked[this.#cursor]) {
        this.#matches[this.#cursor] = this.#matchesRow(row)
        this.#checked[this.#cursor] = row
      }
      this.#cursor++
      if (this.#cursor % ROWS_PER_CLOCK === 0 && this.#now() > until) {
        this.#waiting = true
        this.#later(this.#turn)
        return
      }
    }
    this.#checked.length = rows.length
    this.#matches.length = rows.length
    const visible: number[] = []
    for (let place = 0; place < rows.length; place++) if (this.#matches[place]) visible.push(place)
    this.#publish(visible)
  }

  #matchesRow({ problems, summary }: Row): boolean {
    if (this.#problemsOnly && problems.length === 0) return false
    return this.#words.every((word) => summary.search.includes(word))
  }
}
