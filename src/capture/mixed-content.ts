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

/** Hears of what the browser stops as mixed content, from DevTools: only while a page is open that is worth listening for. */
export class MixedContent {
  readonly #onStopped: (event: ErrorEvent) => void
  #page = ''
  #isWatched = false
  #isOn = true
  #number = 0
  #stop: (() => void) | null = null

  constructor(onStopped: (event: ErrorEvent) => void) {
    this.#onStopped = onStopped
  }

  /** @param isWatched whether to listen while that page is open */
  setPage(page: string, isWatched: boolean): void {
    this.#page = page
    this.#isWatched = isWatched && page.startsWith('https:')
    this.#update()
  }

  /** Whether to listen at all: recording may be off. */
  setOn(on: boolean): void {
    this.#isOn = on
    this.#update()
  }

  #update(): void {
    if (this.#isOn && this.#isWatched) this.#stop ??= watchFinished((request) => this.#take(request))
    else {
      this.#stop?.()
      this.#stop = null
    }
  }

  #take(request: FinishedRequest): void {
    if (isStopped(request, this.#page)) this.#onStopped(stoppedEvent(request, this.#page, this.#number++))
  }
}
