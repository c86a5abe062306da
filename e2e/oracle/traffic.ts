import type { Protocol } from 'devtools-protocol'
import type { CDPSession } from 'playwright'
import type { StoredCookie } from '../../src/contract.ts'
import { fromCdp } from './store.ts'

/** What CDP told of one hop. */
export interface Traffic {
  requestHeaders: { name: string; value: string }[]
  /** Epoch milliseconds. */
  time: number
  blockedLines: { line: string; reasons: string[] }[]
  associated: { cookie: StoredCookie; reasons: string[] }[]
  dateHeader: string | null
}

/** How long a request may take to be told of, milliseconds; one that is blocked before it leaves is never told of. */
const patience = 1500

/** Watches for the hop whose URL carries the token; its response is null where it never comes. */
export const watchTraffic = (
  cdp: CDPSession,
  token: string,
): { response: Promise<Traffic | null>; fail(error: unknown): void; stop(): void } => {
  const requests = new Map<string, Protocol.Network.RequestWillBeSentExtraInfoEvent[]>()
  const responses = new Map<string, Protocol.Network.ResponseReceivedExtraInfoEvent[]>()
  const hops = new Map<string, number>()
  let found: { requestId: string; hop: number } | null = null
  let settle: (traffic: Traffic | null) => void = () => undefined
  let fail: (error: unknown) => void = () => undefined
  const response = new Promise<Traffic | null>((resolve, reject) => {
    settle = resolve
    fail = reject
  })
  response.catch(() => undefined)
  const timer = setTimeout(() => settle(null), patience)

  const check = (): void => {
    if (found === null) return
    const request = requests.get(found.requestId)?.[found.hop]
    const answer = responses.get(found.requestId)?.[found.hop]
    if (request !== undefined && answer !== undefined) settle(trafficOf(request, answer))
  }
  const onRequest = ({ requestId, request }: Protocol.Network.RequestWillBeSentEvent): void => {
    const hop = hops.get(requestId) ?? 0
    hops.set(requestId, hop + 1)
    const url = new URL(request.url)
    if (url.searchParams.get('t') === token) found = { requestId, hop }
    check()
  }
  const onRequestExtra = (event: Protocol.Network.RequestWillBeSentExtraInfoEvent): void => {
    requests.set(event.requestId, [...(requests.get(event.requestId) ?? []), event])
    check()
  }
  const onResponseExtra = (event: Protocol.Network.ResponseReceivedExtraInfoEvent): void => {
    responses.set(event.requestId, [...(responses.get(event.requestId) ?? []), event])
    check()
  }
  cdp.on('Network.requestWillBeSent', onRequest)
  cdp.on('Network.requestWillBeSentExtraInfo', onRequestExtra)
  cdp.on('Network.responseReceivedExtraInfo', onResponseExtra)
  return {
    response,
    fail,
    stop: () => {
      clearTimeout(timer)
      cdp.off('Network.requestWillBeSent', onRequest)
      cdp.off('Network.requestWillBeSentExtraInfo', onRequestExtra)
      cdp.off('Network.responseReceivedExtraInfo', onResponseExtra)
    },
  }
}

/** What CDP's two events say of a hop that is just over. */
export const trafficOf = (
  request: Protocol.Network.RequestWillBeSentExtraInfoEvent,
  response: Protocol.Network.ResponseReceivedExtraInfoEvent,
): Traffic => ({
  requestHeaders: Object.entries(request.headers).map(([name, value]) => ({ name, value })),
  time: Date.now(),
  blockedLines: response.blockedCookies.map(({ cookieLine, blockedReasons }) => ({
    line: cookieLine,
    reasons: blockedReasons,
  })),
  associated: request.associatedCookies.map(({ cookie, blockedReasons }) => ({
    cookie: fromCdp(cookie),
    reasons: blockedReasons,
  })),
  dateHeader: Object.entries(response.headers).find(([name]) => name.toLowerCase() === 'date')?.[1] ?? null,
})
