import browser, { type Events, type WebRequest } from 'webextension-polyfill'
import type { ApiCookieChange } from './cookies-api.ts'
import type { CaptureEvent } from './events.ts'
import {
  changeEvent,
  completedEvent,
  errorEvent,
  type FirefoxDetails,
  type FirefoxResponse,
  redirectEvent,
  requestEvent,
  responseEvent,
} from './firefox.ts'
import { FirefoxFrames } from './firefox-frames.ts'
import { FirefoxOrder } from './firefox-order.ts'

/** Firefox's events carry more than the common API says. */
type FirefoxEvent = Events.Event<(details: never) => void> & {
  addListener(listener: (details: never) => void, filter: WebRequest.RequestFilter, extra?: string[]): void
}

export interface FirefoxCapture {
  /** Tells what is waiting for its turn at once. */
  flush(): void
  stop(): void
}

/**
 * Listens to a tab's requests and to all changes of cookie stores. Never blocks or changes a request. Works where Firefox
 * has these APIs: in the background page, not in DevTools.
 */
export const captureFirefox = (tabId: number, emit: (event: CaptureEvent) => void): FirefoxCapture => {
  const filter: WebRequest.RequestFilter = { urls: ['<all_urls>'], tabId }
  const frames = new FirefoxFrames()
  const order = new FirefoxOrder(emit)
  const stops: (() => void)[] = []
  const listenTo = <Details extends FirefoxDetails>(
    event: unknown,
    normalise: (details: Details, frames: string[]) => Parameters<FirefoxOrder['take']>[0],
    extra?: string[],
  ) => {
    const source = event as FirefoxEvent
    const listener = (details: Details) => order.take(normalise(details, frames.of(details)))
    source.addListener(listener, filter, ...(extra === undefined ? [] : [extra]))
    stops.push(() => source.removeListener(listener))
  }
  const { webRequest, cookies } = browser
  listenTo(webRequest.onSendHeaders, requestEvent, ['requestHeaders'])
  listenTo(
    webRequest.onHeadersReceived,
    (details: FirefoxResponse, documents) => {
      frames.answered(details)
      return responseEvent(details, documents)
    },
    ['responseHeaders'],
  )
  listenTo(webRequest.onBeforeRedirect, redirectEvent, ['responseHeaders'])
  listenTo(webRequest.onCompleted, completedEvent)
  listenTo(webRequest.onErrorOccurred, errorEvent)

  const onChanged = (details: unknown) => order.take(changeEvent(details as ApiCookieChange, Date.now()))
  cookies.onChanged.addListener(onChanged)
  stops.push(() => cookies.onChanged.removeListener(onChanged))

  return {
    flush: () => order.flush(),
    stop() {
      order.flush()
      for (const stop of stops) stop()
    },
  }
}
