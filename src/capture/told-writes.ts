import type { StoreWrite } from '../contract.ts'
import type { KnownChange } from './hop.ts'

/**
 * The store's changes that the log tells of as nobody's. One is taken back when a response turns out to have made it: on an
 * overloaded machine Firefox tells of a response later than of what it wrote, by more than anything waits for.
 */
export class ToldWrites {
  readonly #ids = new WeakMap<KnownChange, string>()
  #next = 1
  #withdrawn: string[] = []

  tell(change: KnownChange): StoreWrite {
    const id = `write-${this.#next++}`
    this.#ids.set(change, id)
    const { removed, cause, cookie, time } = change
    return { id, time, removed, cause, cookie }
  }

  /** A response claims a change. */
  claimed(change: KnownChange): void {
    const id = this.#ids.get(change)
    if (id === undefined) return
    this.#ids.delete(change)
    this.#withdrawn.push(id)
  }

  /** Ids of those that are nobody's no longer, each once. */
  takeWithdrawn(): readonly string[] {
    const withdrawn = this.#withdrawn
    this.#withdrawn = []
    return withdrawn
  }
}
