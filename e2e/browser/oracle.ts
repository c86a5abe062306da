import type { CDPSession, Page } from 'playwright'

/** What the browser itself says of one request, one hop of a redirect chain, and its response's cookies. */
export interface BrowserVerdict {
  method: string
  host: string
  path: string
  /** Set-Cookie lines as received, blocked ones included. */
  setCookies: string[]
  /** The lines that were not stored, with every reason CDP reports. */
  blockedSetCookies: { line: string; reasons: string[] }[]
  sent: string[]
  /** Names of the jar's cookies that were withheld, with every reason CDP reports. */
  withheld: { name: string; reasons: string[] }[]
}

/** The events of one request id, each list in order of hop. */
interface Hops {
  requests: { url: string; method: string }[]
  sent: Pick<BrowserVerdict, 'sent' | 'withheld'>[]
  received: Pick<BrowserVerdict, 'setCookies' | 'blockedSetCookies'>[]
}

export interface Oracle {
  /** All requests of the page since the start or the last `clear`, in order of their first event. */
  verdicts(): BrowserVerdict[]
  clear(): void
  /** Deletes every cookie of the profile. */
  clearCookies(): Promise<void>
  /** The jar. */
  cookies(): Promise<{ name: string; domain: string; path: string }[]>
}

/** CDP joins a response's header lines of one name by a line feed. */
const setCookieLines = (headers: Record<string, string>): string[] =>
  Object.entries(headers)
    .filter(([name]) => name.toLowerCase() === 'set-cookie')
    .flatMap(([, value]) => value.split('\n'))

const record = (session: CDPSession, byRequest: Map<string, Hops>): void => {
  const hopsOf = (requestId: string): Hops => {
    const known = byRequest.get(requestId) ?? { requests: [], sent: [], received: [] }
    byRequest.set(requestId, known)
    return known
  }
  session.on('Network.requestWillBeSent', ({ requestId, request }) => {
    hopsOf(requestId).requests.push({ url: request.url, method: request.method })
  })
  session.on('Network.requestWillBeSentExtraInfo', ({ requestId, associatedCookies }) => {
    hopsOf(requestId).sent.push({
      sent: associatedCookies.filter((a) => a.blockedReasons.length === 0).map((a) => a.cookie.name),
      withheld: associatedCookies
        .filter((a) => a.blockedReasons.length > 0)
        .map((a) => ({ name: a.cookie.name, reasons: a.blockedReasons })),
    })
  })
  session.on('Network.responseReceivedExtraInfo', ({ requestId, headers, blockedCookies }) => {
    hopsOf(requestId).received.push({
      setCookies: setCookieLines(headers),
      blockedSetCookies: blockedCookies.map((b) => ({ line: b.cookieLine, reasons: b.blockedReasons })),
    })
  })
}

/**
 * Listens to the browser's own verdicts on a page's cookies, through CDP's Network domain: what ours are held against.
 * It is silent about requests without credentials, `Partitioned` without `Secure`, and `=a=b`.
 */
export const startOracle = async (page: Page): Promise<Oracle> => {
  const session = await page.context().newCDPSession(page)
  const byRequest = new Map<string, Hops>()
  record(session, byRequest)
  await session.send('Network.enable')
  return {
    verdicts: () =>
      [...byRequest.values()].flatMap(({ requests, sent, received }) =>
        requests.map(({ url, method }, hop) => {
          const { host, pathname } = new URL(url)
          return {
            method,
            host,
            path: pathname,
            ...(sent[hop] ?? { sent: [], withheld: [] }),
            ...(received[hop] ?? { setCookies: [], blockedSetCookies: [] }),
          }
        }),
      ),
    clear: () => byRequest.clear(),
    clearCookies: async () => {
      await session.send('Network.clearBrowserCookies')
    },
    cookies: async () => (await session.send('Network.getAllCookies')).cookies,
  }
}
