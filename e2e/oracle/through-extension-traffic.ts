import type { Protocol } from 'devtools-protocol'
import type { CDPSession } from 'playwright'
import { type Traffic, trafficOf } from './traffic.ts'

/** One request, one hop of a redirect chain, as CDP tells of it. */
export interface BrowserHop {
  method: string
  /** Without fragment. */
  url: string
  traffic: Traffic
}

interface Told {
  hops: Pick<BrowserHop, 'method' | 'url'>[]
  sent: Protocol.Network.RequestWillBeSentExtraInfoEvent[]
  received: { event: Protocol.Network.ResponseReceivedExtraInfoEvent; time: number }[]
}

/**
 * Takes down all that CDP says of a page's requests, those of its frames too.
 * @returns so far: the hops that were sent and answered, those of one URL in order
 */
export const watchHops = (cdp: CDPSession): (() => BrowserHop[]) => {
  const requests = new Map<string, Told>()
  const of = (requestId: string): Told => {
    const told = requests.get(requestId) ?? { hops: [], sent: [], received: [] }
    requests.set(requestId, told)
    return told
  }
  cdp.on('Network.requestWillBeSent', ({ requestId, request: { method, url } }) => {
    of(requestId).hops.push({ method, url })
  })
  cdp.on('Network.requestWillBeSentExtraInfo', (event) => {
    of(event.requestId).sent.push(event)
  })
  cdp.on('Network.responseReceivedExtraInfo', (event) => {
    of(event.requestId).received.push({ event, time: Date.now() })
  })
  return () =>
    [...requests.values()].flatMap(({ hops, sent, received }) =>
      hops.flatMap((hop, index) => {
        const request = sent[index]
        const response = received[index]
        if (request === undefined || response === undefined) return []
        return [{ ...hop, traffic: { ...trafficOf(request, response.event), time: response.time } }]
      }),
    )
}
