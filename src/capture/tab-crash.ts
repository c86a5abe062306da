import browser from 'webextension-polyfill'
import type { CaptureEvent } from './events.ts'

export interface TabCrashHandlers {
  /** The tab's page has crashed. @param time epoch milliseconds, like all times */
  onCrash(time: number): void
  /** A page is loaded into it again. */
  onReload(time: number): void
  onError(error: unknown): void
}

/** Chromium ends what a crashed page had under way so, before it tells of anything else. */
const aborted = 'net::ERR_ABORTED'

/**
 * Tells when the page of a tab crashes and when it is back. No event tells of a crash, and DevTools does not answer until
 * the page is loaded again; but each request that the page had under way is aborted, and by then the tab's status
 * is `unloaded` (measured in Chromium 156). A page with nothing under way crashes unseen: nothing of it is missed.
 */
export class TabCrash {
  readonly #tabId: number
  readonly #handlers: TabCrashHandlers
  #isCrashed = false
  #isAsking = false

  constructor(tabId: number, handlers: TabCrashHandlers) {
    this.#tabId = tabId
    this.#handlers = handlers
  }

  take(events: readonly CaptureEvent[]): void {
    for (const event of events) {
      if (event.kind === 'error' && event.error === aborted) this.#suspect(event.time)
      if (event.kind === 'request' && event.resourceType === 'main_frame') this.reloaded(event.time)
    }
  }

  /** The tab has another page. */
  reloaded(time: number): void {
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
