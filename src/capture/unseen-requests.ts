import type { Browser } from '../contract.ts'
import { type FinishedRequest, watchFinished } from './devtools-api.ts'
import { webPage } from './host-access.ts'
import type { SiteAccess } from './site-access.ts'

/** A request of which webRequest told nothing. */
export interface UnseenRequest {
  /** The host without access that is the reason. */
  host: string
  /** Epoch milliseconds, both. */
  from: number
  to: number
}

/**
 * The host to which there is no access, where that kept a request from being seen; null where it was seen. Measured in
 * Chromium 156: a navigation is seen where its own host is accessible, any other request where the document is that asks.
 * In Firefox 153, the page's own navigation likewise, any other request, a frame's too, where both are.
 * @param page URL of the inspected page, which counts as the one that asks where nothing else tells
 */
export const unseenHost = (
  request: FinishedRequest,
  mayAccess: (host: string) => boolean,
  page: string,
  browser: Browser,
): string | null => {
  const url = webPage(request.url.replace(/^ws/, 'http'))
  if (url === null) return null
  const asking = webPage(request.initiator ?? page)
  const needed = request.isDocument ? [url] : browser === 'firefox' ? [url, asking] : [asking]
  return needed.find((one) => one !== null && !mayAccess(one.hostname))?.hostname ?? null
}

/**
 * Hears of the requests that the extension may not see, from DevTools, which sees all: only while it has no access to some
 * sites.
 */
export class UnseenRequests {
  readonly #browser: Browser
  readonly #onUnseen: (request: UnseenRequest) => void
  readonly #page: () => string
  #access: SiteAccess = null
  #isOn = true
  #stop: (() => void) | null = null

  constructor(browser: Browser, page: () => string, onUnseen: (request: UnseenRequest) => void) {
    this.#browser = browser
    this.#page = page
    this.#onUnseen = onUnseen
  }

  /** What may be seen from now on. */
  setAccess(access: SiteAccess): void {
    this.#access = access
    this.#update()
  }

  /** Whether to listen at all: recording may be off. */
  setOn(on: boolean): void {
    this.#isOn = on
    this.#update()
  }

  #update(): void {
    const isWanted = this.#isOn && this.#access !== null
    if (isWanted) this.#stop ??= watchFinished((request) => this.#take(request))
    else {
      this.#stop?.()
      this.#stop = null
    }
  }

  #take(request: FinishedRequest): void {
    const host = this.#access === null ? null : unseenHost(request, this.#access, this.#page(), this.#browser)
    if (host !== null) this.#onUnseen({ host, from: request.started, to: request.started + request.duration })
  }
}
