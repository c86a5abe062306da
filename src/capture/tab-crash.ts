import browser from 'webextension-polyfill'
import type { CrashHandlers, CrashWatch } from './crash-watch.ts'
import type { CaptureEvent } from './events.ts'

/** Chromium ends what a crashed page had under way so, before it tells of anything else. */
const aborted = 'net::ERR_ABORTED'

/**
 * Chromium's crashes. No event tells of a crash, and DevTools does not answer until
 * the page is loaded again; but each request that the page had under way is aborted, and by then the tab's status
 * is `unloaded` (measured in Chromium 156). A page with nothing under way crashes unseen: nothing of it is missed.
 */
export class TabCrash implements CrashWatch {
  readonly #tabId: number
  readonly #handlers: CrashHandlers
  #isCrashed = false
  #isAsking = false
  /** When the tab was heard to have another page, where its request has not been told yet. */
  #anotherAt: number | null = null

  constructor(tabId: number, handlers: CrashHandlers) {
    this.#tabId = tabId
    this.#handlers = handlers
  }

  take(events: readonly CaptureEvent[]): void {
    for (const event of events) {
      if (event.kind === 'error' && event.error === aborted) this.#suspect(event.time)
      if (event.kind === 'request' && event.resourceType === 'main_frame') this.#requested(event.time)
    }
  }

  /** The tab has another page: of a crash nothing is told so. */
  navigated(_page: string, time: number): void {
    if (this.#isCrashed) this.#anotherAt = time
    this.#reloaded(time)
  }

  /** On a busy machine it is told after the page that it led to. */
  #requested(time: number): void {
    const isLate = this.#anotherAt !== null && time < this.#anotherAt
    this.#anotherAt = null
    if (isLate) this.#handlers.onReload(time)
    else this.#reloaded(time)
  }

  #reloaded(time: number): void {
    if (!this.#isCrashed) return
    this.#isCrashed = false
    this.#handlers.onReload(time)
  }

  #suspect(time: number): void {
    if (this.#isCrashed || this.#isAsking) return
    this.#isAsking = true
    browser.tabs
      .get(this.#tabId)
      .then(({ status, discarded }) => {
        if (status !== 'unloaded' || discarded === true) return
        this.#isCrashed = true
        this.#handlers.onCrash(time)
      }, this.#handlers.onError)
      .finally(() => {
        this.#isAsking = false
      })
  }
}
