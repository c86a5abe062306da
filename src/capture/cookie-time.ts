import type { CaptureEvent } from './events.ts'

/** Milliseconds within which two events were heard one right after the other, out of one queue. */
const together = 50

/**
 * cookies.onChanged has no time, and is heard late on a busy machine. What was heard just before it tells how late: the
 * browser sends all its events in one order (measured: 2,000 of 2,000 after their response's, whatever the delay).
 */
export class CookieTime {
  #time = 0
  #heardAt = Number.NEGATIVE_INFINITY

  /** A request's event was heard. @param time the event's own; both epoch milliseconds */
  heard(time: number, now: number): void {
    this.#time = time
    this.#heardAt = now
  }

  /** When the browser told of a cookie's change that is heard now. */
  at(now: number): number {
    return now - this.#heardAt < together ? Math.max(this.#time, this.#time + (now - this.#heardAt)) : now
  }
}

/** The events as they arrived, no cookie's change later than the request's event that came after it. */
export const inOrder = (events: readonly CaptureEvent[]): CaptureEvent[] => {
  let next = Number.POSITIVE_INFINITY
  return events
    .toReversed()
    .map((event) => {
      if (event.kind === 'cookie') return event.time > next ? { ...event, time: next } : event
      if (event.kind !== 'jar') next = event.time
      return event
    })
    .reverse()
}
