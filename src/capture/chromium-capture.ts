import browser, { type Events, type WebRequest } from 'webextension-polyfill'
import {
  type ChromiumCookie,
  type ChromiumCookieChange,
  type ChromiumDetails,
  completedEvent,
  cookieEvent,
  errorEvent,
  redirectEvent,
  requestEvent,
  responseEvent,
  storedCookie,
} from './chromium.ts'
import { CookieTime } from './cookie-time.ts'
import type { CaptureEvent, JarEvent } from './events.ts'
import { siteKeyOf } from './jar.ts'

/** Chromium's events carry more than the common API says, and take `extraHeaders`: without it, no cookie headers. */
type ChromiumEvent = Events.Event<(details: never) => void> & {
  addListener(listener: (details: never) => void, filter: WebRequest.RequestFilter, extra?: string[]): void
}

/** The cookie store of a tab's profile; undefined = the default one, where the browser names none for the tab. */
export const storeIdOf = async (tabId: number): Promise<string | undefined> =>
  (await browser.cookies.getAllCookieStores()).find(({ tabIds }) => tabIds.includes(tabId))?.id

/** The sites of the pages in other tabs. */
export const readOtherSites = async (tabId: number): Promise<ReadonlySet<string>> => {
  const tabs = await browser.tabs.query({})
  const urls = tabs.flatMap(({ id, url, pendingUrl }) => (id === tabId ? [] : [url ?? '', pendingUrl ?? '']))
  return new Set(urls.filter((url) => URL.canParse(url)).map((url) => siteKeyOf(new URL(url).hostname)))
}

/** All cookies of the tab's profile, partitioned ones too (without `partitionKey: {}` they are left out). */
export const readJar = async (storeId: string | undefined): Promise<JarEvent> => {
  const details = { partitionKey: {}, ...(storeId === undefined ? {} : { storeId }) }
  const cookies = (await browser.cookies.getAll(details)) as unknown as ChromiumCookie[]
  return { kind: 'jar', cookies: cookies.map(storedCookie), time: Date.now() }
}

/**
 * Listens to a tab's requests, and to all changes of cookie stores, other profiles' too where the extension may run in
 * private windows, until the function that it returns is called. Never blocks or changes a request.
 */
export const startCapture = (tabId: number, emit: (event: CaptureEvent) => void): (() => void) => {
  const filter: WebRequest.RequestFilter = { urls: ['<all_urls>'], tabId }
  const stops: (() => void)[] = []
  const cookieTime = new CookieTime()
  const listen = <Details extends ChromiumDetails>(
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
  listen(webRequest.onSendHeaders, requestEvent, ['requestHeaders', 'extraHeaders'])
  listen(webRequest.onHeadersReceived, responseEvent, ['responseHeaders', 'extraHeaders'])
  listen(webRequest.onBeforeRedirect, redirectEvent, ['responseHeaders'])
  listen(webRequest.onCompleted, completedEvent)
  listen(webRequest.onErrorOccurred, errorEvent)

  const onChanged = (details: unknown) => emit(cookieEvent(details as ChromiumCookieChange, cookieTime.at(Date.now())))
  cookies.onChanged.addListener(onChanged)
  stops.push(() => cookies.onChanged.removeListener(onChanged))

  return () => {
    for (const stop of stops) stop()
  }
}
