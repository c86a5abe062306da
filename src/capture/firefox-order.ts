import type { CaptureEvent, CookieChangeEvent } from './events.ts'

/** Milliseconds by which a request's events are late at most, on a machine that is not too busy (measured: 294). */
const lateness = 300

/**
 * Puts the store's changes behind the responses that caused them. Firefox tells of a change at once and of requests in
 * batches up to 0.3 s later, with the time at which they happened: a change waits for the first event of later than it.
 */
export class FirefoxOrder {
  readonly #emit: (event: CaptureEvent) => void
  #waiting: CookieChangeEvent[] = []
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(emit: (event: CaptureEvent) => void) {
    this.#emit = emit
  }

  take(event: Exclude<CaptureEvent, { kind: 'jar' }>): void {
    if (event.kind === 'cookie') {
      this.#waiting.push(event)
      this.#timer ??= setTimeout(() => this.flush(), lateness)
      return
    }
    this.#release(event.time)
    this.#emit(event)
  }

  /** Nothing earlier will come any more, or nobody waits for it. */
  flush(): void {
    this.#release(Number.POSITIVE_INFINITY)
  }

  #release(until: number): void {
    if (this.#waiting.length === 0) return
    const due = this.#waiting.filter(({ time }) => time <= until)
    this.#waiting = this.#waiting.filter(({ time }) => time > until)
    if (this.#waiting.length === 0) {
      clearTimeout(this.#timer)
      this.#timer = undefined
    }
    for (const event of due) this.#emit(event)
  }
}
