import type { CrashHandlers, CrashWatch } from './crash-watch.ts'
import type { CaptureEvent } from './events.ts'
import { webPage } from './host-access.ts'

/** So many times a page is asked for that goes while it is asked. */
const mostAttempts = 3

/**
 * Firefox's crashes. Measured in Firefox 153: the page that says so instead is told as a navigation to the page's own URL, some
 * 0.3 s later; the tab keeps its URL and is `complete`. So each navigation is the occasion to see whether a page is there.
 */
export class FirefoxTabCrash implements CrashWatch {
  readonly #isThere: () => Promise<boolean>
  readonly #handlers: CrashHandlers
  #isCrashed = false

  /** @param isThere whether the tab shows a page of its URL, be it one that says why that can't be had */
  constructor(isThere: () => Promise<boolean>, handlers: CrashHandlers) {
    this.#isThere = isThere
    this.#handlers = handlers
  }

  take(events: readonly CaptureEvent[]): void {
    for (const event of events)
      if (event.kind === 'request' && event.resourceType === 'main_frame') this.#reloaded(event.time)
  }

  navigated(page: string, time: number): void {
    // The browser's own pages are no pages of a site.
    if (webPage(page) === null) this.#reloaded(time)
    else this.#check(time).catch(this.#handlers.onError)
  }

  /** The browser answers with an error where the page is replaced in that moment (seen on an overloaded machine): so it is asked again. */
  async #askAgain(attempts: number): Promise<boolean> {
    try {
      return await this.#isThere()
    } catch (error) {
      if (attempts <= 1) throw error
      return this.#askAgain(attempts - 1)
    }
  }

  async #check(time: number): Promise<void> {
    if (await this.#askAgain(mostAttempts)) this.#reloaded(time)
    else if (!this.#isCrashed) {
      this.#isCrashed = true
      this.#handlers.onCrash(time)
    }
  }

  #reloaded(time: number): void {
    if (!this.#isCrashed) return
    this.#isCrashed = false
    this.#handlers.onReload(time)
  }
}
