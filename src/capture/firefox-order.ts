import type { CaptureEvent, CookieChangeEvent, RequestEvent } from './events.ts'
import { headerOf } from './hop.ts'

/** Milliseconds by which a request's events are late at most, on a machine that is not too busy (measured: 294). */
const lateness = 300
/** Within so many milliseconds after a request its preflight follows, if it has one (measured: 2 to 6). */
const preflightTime = 50

type Told = Exclude<CaptureEvent, { kind: 'jar' }>

/**
 * Puts the store's changes behind the responses that caused them. Firefox tells of a change at once and of requests in
 * batches up to 0.3 s later, with the time at which they happened: a change waits for the first event of later than it.
 *
 * It tells of a request before it asks by a preflight whether it may be made, which is sent only then: such a one waits for
 * its preflight.
 */
export class FirefoxOrder {
  readonly #emit: (event: CaptureEvent) => void
  #waiting: CookieChangeEvent[] = []
  #held: RequestEvent[] = []
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(emit: (event: CaptureEvent) => void) {
    this.#emit = emit
  }

  take(event: Told): void {
    if (event.kind === 'cookie') {
      this.#waiting.push(event)
      this.#await()
      return
    }
    this.#letGo((held) => held.requestId === event.requestId || held.time + preflightTime < event.time)
    this.#release(event.time)
    if (event.kind === 'request' && mayBeAskedFor(event)) {
      this.#held.push(event)
      this.#await()
      return
    }
    this.#emit(event)
    // It leaves after that at the earliest.
    if (event.kind === 'request') this.#letGo((held) => isPreflightOf(event, held), event.time)
  }

  /** Nothing earlier will come any more, or nobody waits for it. */
  flush(): void {
    this.#letGo(() => true)
    this.#release(Number.POSITIVE_INFINITY)
  }

  #await(): void {
    this.#timer ??= setTimeout(() => this.flush(), lateness)
  }

  #release(until: number): void {
    if (this.#waiting.length === 0) return
    const due = this.#waiting.filter(({ time }) => time <= until)
    this.#waiting = this.#waiting.filter(({ time }) => time > until)
    this.#rest()
    for (const event of due) this.#emit(event)
  }

  #letGo(isDue: (held: RequestEvent) => boolean, from = 0): void {
    if (this.#held.length === 0) return
    const due = this.#held.filter(isDue)
    this.#held = this.#held.filter((held) => !due.includes(held))
    this.#rest()
    for (const event of due) this.#emit({ ...event, time: Math.max(event.time, from) })
  }

  #rest(): void {
    if (this.#waiting.length + this.#held.length > 0) return
    clearTimeout(this.#timer)
    this.#timer = undefined
  }
}

/** A script's request to another origin: whether it needs a preflight hangs on its method and on all its headers. */
const mayBeAskedFor = ({ method, url, headers }: RequestEvent): boolean => {
  const origin = headerOf(headers, 'origin')
  return (
    method !== 'OPTIONS' &&
    origin !== null &&
    origin !== new URL(url).origin &&
    headerOf(headers, 'sec-fetch-mode') !== 'navigate' &&
    headerOf(headers, 'sec-fetch-mode') !== 'no-cors'
  )
}

const isPreflightOf = ({ method, url, headers }: RequestEvent, asked: RequestEvent): boolean =>
  method === 'OPTIONS' && url === asked.url && headerOf(headers, 'access-control-request-method') === asked.method
