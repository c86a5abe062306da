/** Milliseconds by which events may be late before it counts as a queue. */
export const usualDelay = 100
/** Where no event has come for so long, none is waiting. */
const quiet = 250

/**
 * Up to which moment everything has been heard. Events come in the order in which the browser tells of them, on a busy
 * machine seconds later (measured: 36 s behind a page with 2,000 requests): until the queue is empty, what has not come yet
 * may still be in it.
 */
export class EventClock {
  #last = 0
  #heardAt = 0

  /** @param time the event's own; both epoch milliseconds */
  heard(time: number, now: number): void {
    this.#last = time
    this.#heardAt = now
  }

  reached(now: number): number {
    return now < this.quietAt ? this.#last : now
  }

  /** When `reached` is no longer behind, if nothing more is heard. Epoch milliseconds. */
  get quietAt(): number {
    return this.#heardAt - this.#last > usualDelay ? this.#heardAt + quiet : 0
  }
}
