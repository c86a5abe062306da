import type { OpenDocument } from './documents.ts'
import { within } from './within.ts'

/**
 * The part of `chrome.devtools` that is used, in its callback form: it is the one that every browser has, whether the
 * polyfill wraps the namespace or finds a `browser` of the browser's own.
 */
interface DevToolsApi {
  inspectedWindow: {
    tabId: number
    eval(
      expression: string,
      options: { frameURL?: string },
      callback: (result: unknown, problem: unknown) => void,
    ): void
    getResources(callback: (resources: { url: string; type: string }[]) => void): void
    reload(): void
  }
  panels: {
    create(
      title: string,
      icon: string,
      page: string,
      callback: (panel: { onShown: DevToolsEvent<Window> }) => void,
    ): void
  }
  network: {
    onNavigated: DevToolsEvent<string | null>
    onRequestFinished: DevToolsEvent<HarEntry>
  }
}

interface DevToolsEvent<Value> {
  addListener(listener: (value: Value) => void): void
  removeListener(listener: (value: Value) => void): void
}

/** As HAR 1.2 has it, with what Chromium adds; Firefox has none of that. */
interface HarEntry {
  startedDateTime: string
  /** Milliseconds. */
  time: number
  request: { url: string; method: string; headers: { name: string; value: string }[] }
  /** Status 0: no answer came. */
  response: { status: number }
  _resourceType?: string
  _initiator?: { url?: string }
}

/** A request that DevTools has seen end. */
export interface FinishedRequest {
  url: string
  method: string
  /** 0: no answer came. */
  status: number
  /** A navigation, of the page or, in Chromium, of a frame. */
  isDocument: boolean
  /** URL or origin of what asked for it; null where nothing tells. */
  initiator: string | null
  /** Epoch milliseconds. */
  started: number
  /** Milliseconds. */
  duration: number
}

const devtools = (globalThis as unknown as { chrome: { devtools: DevToolsApi } }).chrome?.devtools

export const inspectedTabId = (): number => devtools.inspectedWindow.tabId

export const reloadInspectedPage = (): void => devtools.inspectedWindow.reload()

/**
 * Adds a panel to DevTools.
 * @param page path of its page in the extension, from a slash: without one, Firefox looks beside the DevTools page
 * @param onShown given the panel's window, which has loaded, each time it is shown
 */
export const createPanel = (title: string, icon: string, page: string, onShown: (panel: Window) => void): void =>
  devtools.panels.create(title, icon, page, (panel) => panel.onShown.addListener(onShown))

/** Told the URL of each navigation of the inspected page; null where the browser keeps it to itself. */
export const onNavigated = (listener: (url: string | null) => void): void =>
  devtools.network.onNavigated.addListener(listener)

const headerOf = ({ request }: HarEntry, wanted: string): string | undefined =>
  request.headers.find(({ name }) => name.toLowerCase() === wanted)?.value

const initiatorOf = (entry: HarEntry): string | null =>
  [headerOf(entry, 'origin'), headerOf(entry, 'referer'), entry._initiator?.url].find(
    (url) => url && URL.canParse(url),
  ) ?? null

/** Over http to another machine, Firefox sends no Sec-Fetch-Dest: there a frame's navigation is like the page's. */
const isDocument = (entry: HarEntry): boolean =>
  entry._resourceType === undefined
    ? (headerOf(entry, 'sec-fetch-dest') ?? (headerOf(entry, 'upgrade-insecure-requests') && 'document')) === 'document'
    : entry._resourceType === 'document'

/** Told each request of the tab that ends, whatever the extension may see. @returns what stops it */
export const watchFinished = (listener: (request: FinishedRequest) => void): (() => void) => {
  const { onRequestFinished } = devtools.network
  const onFinished = (entry: HarEntry) =>
    listener({
      url: entry.request.url,
      method: entry.request.method,
      status: entry.response.status,
      isDocument: isDocument(entry),
      initiator: initiatorOf(entry),
      started: Date.parse(entry.startedDateTime),
      duration: entry.time,
    })
  onRequestFinished.addListener(onFinished)
  return () => onRequestFinished.removeListener(onFinished)
}

/** The value of a constant expression in a document of the page; undefined where it cannot be had. */
const inPage = (expression: string, frameURL?: string): Promise<unknown> =>
  new Promise((resolve) => {
    devtools.inspectedWindow.eval(expression, frameURL === undefined ? {} : { frameURL }, (result, problem) =>
      resolve(problem === undefined ? result : undefined),
    )
  })

/** URL of the inspected page; empty where it cannot be had (a paused or crashed page never answers). */
export const inspectedUrl = async (): Promise<string> => {
  const url = await inPage('location.href')
  return typeof url === 'string' ? url : ''
}

/** Milliseconds that a page has to answer, and between two times that it is asked. */
const answerLimit = 5_000
const askAgain = 50

/**
 * When the navigation to the inspected page began, as the page says: epoch milliseconds; null where it does not. A
 * document that is just being made has no answer yet.
 */
export const navigationStart = async (): Promise<number | null> => {
  const until = Date.now() + answerLimit
  while (Date.now() < until) {
    const start = await within(until - Date.now(), inPage('performance.timeOrigin'), null)
    if (typeof start === 'number' && Number.isFinite(start)) return start
    await new Promise((resolve) => setTimeout(resolve, askAgain))
  }
  return null
}

const isStrings = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string')

/** The documents of the page with the origins of their ancestors, which their requests alone do not tell. */
export const openDocuments = async (): Promise<OpenDocument[]> => {
  const resources = await new Promise<{ url: string; type: string }[]>((resolve) =>
    devtools.inspectedWindow.getResources(resolve),
  )
  const urls = new Set(resources.filter(({ type }) => type === 'document').map(({ url }) => url))
  const answers = await Promise.all([...urls].map((url) => inPage('[location.href, ...location.ancestorOrigins]', url)))
  return answers.filter(isStrings).flatMap(([url, ...ancestors]) => (url === undefined ? [] : [{ url, ancestors }]))
}
