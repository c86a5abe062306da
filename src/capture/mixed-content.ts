import { isLocalHost } from '../cookie/site.ts'
import { type FinishedRequest, watchFinished } from './devtools-api.ts'
import type { ErrorEvent } from './events.ts'
import { withoutFragment } from './url.ts'

/** As the debugging protocol calls the reason. */
export const mixedContent = 'mixed-content'

/**
 * Whether the browser stopped it because a page on https asked for http. Measured in Chromium 156 and Firefox ESR 153:
 * webRequest tells nothing of it, DevTools lists it with status 0; localhost and 127.0.0.1 are let through.
 */
export const isStopped = ({ url, status }: FinishedRequest, page: string): boolean => {
  if (status !== 0 || !page.startsWith('https:') || !url.startsWith('http:') || !URL.canParse(url)) return false
  return !isLocalHost(new URL(url).hostname)
}

/** What webRequest would have told. @param number makes it unique */
export const stoppedEvent = (request: FinishedRequest, page: string, number: number): ErrorEvent => ({
  kind: 'error',
  requestId: `${mixedContent}-${number}`,
  url: withoutFragment(request.url),
  method: request.method,
  resourceType: 'xmlhttprequest',
  initiator: new URL(page).origin,
  frame: { frameId: 0, parentFrameId: -1, documentId: null, parentDocumentId: null },
  frames: [withoutFragment(page)],
  time: request.started,
  error: mixedContent,
})

/** DevTools tells of a request some moments later, when its page may have been left: milliseconds. */
const LATE = 5_000

/** Hears of what the browser stops as mixed content, from DevTools: only while a page is open that is worth listening for, and a moment longer. */
export class MixedContent {
  readonly #onStopped: (event: ErrorEvent) => void
  /** The page that was worth listening for last. */
  #page = ''
  /** When it was left; null while it is open. Epoch milliseconds. */
  #left: number | null = null
  #isOn = true
  #number = 0
  #stop: (() => void) | null = null
  #stopTimer: ReturnType<typeof setTimeout> | undefined

  constructor(onStopped: (event: ErrorEvent) => void) {
    this.#onStopped = onStopped
  }

  /** @param isWatched whether to listen while that page is open */
  setPage(page: string, isWatched: boolean): void {
    if (isWatched && page.startsWith('https:')) {
      this.#page = page
      this.#left = null
      this.#listen()
    } else if (this.#stop !== null && this.#left === null) {
      this.#left = Date.now()
      this.#stopTimer = setTimeout(() => this.#end(), LATE)
    }
  }

  /** Whether to listen at all: recording may be off. */
  setOn(on: boolean): void {
    this.#isOn = on
    if (!on) this.#end()
    else if (this.#page !== '' && this.#left === null) this.#listen()
  }

  #listen(): void {
    clearTimeout(this.#stopTimer)
    if (this.#isOn) this.#stop ??= watchFinished((request) => this.#take(request))
  }

  #end(): void {
    clearTimeout(this.#stopTimer)
    this.#stop?.()
    this.#stop = null
  }

  #take(request: FinishedRequest): void {
    if (this.#left !== null && request.started > this.#left) return
    if (isStopped(request, this.#page)) this.#onStopped(stoppedEvent(request, this.#page, this.#number++))
  }
}
