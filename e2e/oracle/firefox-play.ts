import type { ChromeWindow, ConsoleMessage, HttpChannel } from '../browser/firefox-chrome.ts'
import type { CookieToAdd, FirefoxCookie } from './firefox-store.ts'

/** One case for the browser's own window: the jar, and what to open. */
export interface Stageplay {
  /** What the address bar opens. */
  start: string
  /** The request that the case is about; a WebSocket's handshake goes by the name of http as well. */
  urls: string[]
  jar: CookieToAdd[]
  /** Last of the response's lines, refused in any case: its message is the last one. Null where no line gets a message. */
  lastLine: string | null
  /** How long that request may take until its end, milliseconds. */
  patience: number
}

export interface Seen {
  before: FirefoxCookie[]
  after: FirefoxCookie[]
  messages: { category: string; text: string }[]
}

/**
 * Plays a case. Runs in the browser's window, whose process stores and sends all cookies: when a request is at its end
 * there, the lines of its response are stored or refused.
 * @returns null where the request never came to an end
 */
export const playInChrome = async (
  { Services, Ci, gBrowser, setTimeout, clearTimeout }: ChromeWindow,
  { start, urls, jar, lastLine, patience }: Stageplay,
): Promise<Seen | null> => {
  const store = (): FirefoxCookie[] =>
    Services.cookies.cookies.map((cookie) => ({
      name: cookie.name,
      value: cookie.value,
      host: cookie.host,
      path: cookie.path,
      expiry: cookie.expiry,
      isSession: cookie.isSession,
      isDomain: cookie.isDomain,
      isSecure: cookie.isSecure,
      isHttpOnly: cookie.isHttpOnly,
      sameSite: cookie.sameSite,
      schemeMap: cookie.schemeMap,
      isPartitioned: cookie.isPartitioned,
      creationTime: cookie.creationTime,
      partitionKey: cookie.originAttributes.partitionKey,
    }))
  Services.cookies.removeAll()
  for (const cookie of jar) {
    const { host, path, name, value, isSecure, isHttpOnly, isSession, expiry, partitionKey, sameSite } = cookie
    const jarOf = { partitionKey }
    Services.cookies.add(
      host,
      path,
      name,
      value,
      isSecure,
      isHttpOnly,
      isSession,
      expiry,
      jarOf,
      sameSite,
      cookie.schemeMap,
      cookie.isPartitioned,
    )
  }
  const before = store()

  const messages: Seen['messages'] = []
  let onLast: () => void = () => undefined
  const onMessage = {
    observe: (message: ConsoleMessage): void => {
      if (!(message instanceof Ci.nsIScriptError)) return
      if (!message.category.startsWith('cookie') || !urls.includes(message.sourceName)) return
      if (lastLine !== null && message.errorMessage.includes(lastLine)) onLast()
      else messages.push({ category: message.category, text: message.errorMessage })
    },
  }
  const last = new Promise<void>((resolve) => {
    onLast = resolve
  })
  Services.console.registerListener(onMessage)
  const topics = ['http-on-stop-request', 'http-on-failed-opening-request']
  let onEnd: (subject: HttpChannel) => void = () => undefined
  let timer = 0
  let tellTimer = 0
  try {
    const ended = await new Promise<boolean>((resolve) => {
      onEnd = (subject) => {
        if (urls.includes(subject.QueryInterface(Ci.nsIHttpChannel).URI.spec)) resolve(true)
      }
      for (const topic of topics) Services.obs.addObserver(onEnd, topic)
      timer = setTimeout(() => resolve(false), patience)
      gBrowser.selectedBrowser.loadURI(Services.io.newURI(start), {
        triggeringPrincipal: Services.scriptSecurityManager.getSystemPrincipal(),
      })
    })
    if (!ended) return null
    const after = store()
    // The console hears of a response's lines later, some with its document only.
    const told = new Promise<void>((resolve) => {
      tellTimer = setTimeout(resolve, patience)
    })
    if (lastLine !== null) await Promise.race([last, told])
    return { before, after, messages }
  } finally {
    clearTimeout(timer)
    clearTimeout(tellTimer)
    for (const topic of topics) Services.obs.removeObserver(onEnd, topic)
    Services.console.unregisterListener(onMessage)
  }
}
