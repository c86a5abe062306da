import type { Changes, Correlator } from '../capture/correlate.ts'
import { collectHar, type HarCollector } from '../capture/devtools-api.ts'
import { fillGap, type Gap } from '../capture/fill-gap.ts'
import { type HarEntry, harHopOf } from '../capture/har.ts'

/** What the worker had seen but not passed on when it ended, and the time until its end was noticed: milliseconds. */
const margin = 1_000
/** DevTools' own log is behind the requests by up to 300 ms; some headers come into it last. */
const harDelay = 500

/** Sees to it that nothing is missing from the log after the worker was ended and started again. */
export class GapRecovery {
  readonly #correlator: Correlator
  readonly #apply: (changes: Changes) => void
  readonly #onError: (error: unknown) => void
  #gap: Gap | null = null
  #collector: HarCollector | null = null
  #entries: HarEntry[] = []
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(correlator: Correlator, apply: (changes: Changes) => void, onError: (error: unknown) => void) {
    this.#correlator = correlator
    this.#apply = apply
    this.#onError = onError
  }

  /** Events may be missing from now on. */
  workerIsGone(now: number): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#gap ??= { start: now - margin, end: now }
    this.#collector ??= collectHar()
    this.#correlator.openGap()
  }

  /**
   * Events come again.
   * @param since what began before is not to be shown: recording was off, or the log has been cleared
   */
  workerIsBack(now: number, since: number): void {
    if (this.#gap === null || this.#timer !== undefined) return
    this.#gap.end = now
    this.#timer = setTimeout(() => void this.#recover(since).catch(this.#onError), harDelay)
  }

  /** Recording ends: what is missing is not wanted. */
  cancel(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#gap = null
    this.#collector?.finish().catch(this.#onError)
    this.#collector = null
    this.#entries = []
    this.#apply(this.#correlator.closeGap(Date.now()))
  }

  async #recover(since: number): Promise<void> {
    const gap = this.#gap
    const collector = this.#collector
    if (gap === null || collector === null) return
    this.#collector = null
    this.#entries.push(...(await collector.finish()))
    // Gone again meanwhile: the next turn takes this gap too.
    if (this.#gap !== gap || this.#collector !== null) return
    const entries = this.#entries
    this.#entries = []
    this.#gap = null
    this.#timer = undefined
    const hops = entries.flatMap((entry) => harHopOf(entry) ?? []).filter(({ start }) => start >= since)
    fillGap(this.#correlator, hops, gap, Date.now())
    this.#apply(this.#correlator.closeGap(Date.now()))
  }
}
