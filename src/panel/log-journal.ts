import type { LogChange } from './session.ts'

/** Who has read nothing for longer than this many changes reads the whole log anew. */
const MOST = 4_096

/** What changed in the log, for readers that come by now and then. */
export class Journal {
  readonly #most: number
  #changes: LogChange[] = []
  /** Number of the first of `#changes`. */
  #first = 1

  constructor(most = MOST) {
    this.#most = most
  }

  /** Number of the next change: read from here on next time. */
  get end(): number {
    return this.#first + this.#changes.length
  }

  note(kind: LogChange['kind'], id: string): void {
    this.#changes.push({ kind, id })
    if (this.#changes.length <= 2 * this.#most) return
    this.#changes.splice(0, this.#most)
    this.#first += this.#most
  }

  /** The changes from that number on; null where they are no longer known. */
  since(number: number): readonly LogChange[] | null {
    return number < this.#first ? null : this.#changes.slice(number - this.#first)
  }

  /** Whoever reads next reads all anew. */
  restart(): void {
    this.#first = this.end + 1
    this.#changes = []
  }
}
