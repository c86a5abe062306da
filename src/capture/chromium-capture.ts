import browser, { type Events, type WebRequest } from 'webextension-polyfill'
import {
  type ChromiumDetails,
  completedEvent,
  errorEvent,
  redirectEvent,
  requestEvent,
  responseEvent,
} from './chromium.ts'
import { readOtherSites, readStore } from './cookie-store.ts'
import { CookieTime } from './cookie-time.ts'
import { type ApiCookieChange, cookieEvent } from './cookies-api.ts'
import { openDocuments } from './devtools-api.ts'
import type { CaptureEvent } from './events.ts'
import type { CaptureSource } from './source.ts'

/** Chromium's events carry more than the common API says, and take `extraHeaders`: without it, no cookie headers. */
type ChromiumEvent = Events.Event<(details: never) => void> & {
  addListener(listener: (details: never) => void, filter: WebRequest.RequestFilter, extra?: string[]): void
}

/** `CaptureSource.listen`, with Chromium's own events. */
const listen = (tabId: number, emit: (event: CaptureEvent) => void): (() => void) => {
  const filter: WebRequest.RequestFilter = { urls: ['<all_urls>'], tabId }
  const stops: (() => void)[] = []
  const cookieTime = new CookieTime()
  const listenTo = <Details extends ChromiumDetails>(
    event: unknown,
    normalise: (details: Details) => CaptureEvent,
    extra?: string[],
  ) => {
    const source = event as ChromiumEvent
    const listener = (details: Details) => {
      cookieTime.heard(details.timeStamp, Date.now())
      emit(normalise(details))
    }
    source.addListener(listener, filter, ...(extra === undefined ? [] : [extra]))
    stops.push(() => source.removeListener(listener))
  }
  const { webRequest, cookies } = browser
  listenTo(webRequest.onSendHeaders, requestEvent, ['requestHeaders', 'extraHeaders'])
  listenTo(webRequest.onHeadersReceived, responseEvent, ['responseHeaders', 'extraHeaders'])
  listenTo(webRequest.onBeforeRedirect, redirectEvent, ['responseHeaders'])
  listenTo(webRequest.onCompleted, completedEvent)
  listenTo(webRequest.onErrorOccurred, errorEvent)

  const onChanged = (details: unknown) => emit(cookieEvent(details as ApiCookieChange, cookieTime.at(Date.now())))
  cookies.onChanged.addListener(onChanged)
  stops.push(() => cookies.onChanged.removeListener(onChanged))

  return () => {
    for (const stop of stops) stop()
  }
}

/** The DevTools page has all of these APIs, and lives as long as DevTools. */
export const chromiumSource = (tabId: number): CaptureSource => ({
  listen: ({ onEvent }) => listen(tabId, onEvent),
  readStore: () => readStore(tabId),
  readOtherSites: () => readOtherSites(tabId),
  openDocuments,
})
