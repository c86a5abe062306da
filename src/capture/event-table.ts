/** Events as their tests write them: a session is a list of events, told in order. */

import type { Browser, StoredCookie, StoreWrite } from '../contract.ts'
import { Correlator } from './correlate.ts'
import type { CaptureEvent, HopEvent } from './events.ts'
import type { Hop } from './hop.ts'
import type { News } from './news.ts'

export const start = 1_795_239_376_000

export const cookie = (pair: string, more: Partial<StoredCookie> = {}): StoredCookie => ({
  name: pair.slice(0, pair.indexOf('=')),
  value: pair.slice(pair.indexOf('=') + 1),
  domain: 'app.test',
  hostOnly: true,
  path: '/',
  secure: false,
  httpOnly: false,
  sameSite: 'unspecified',
  session: true,
  ...more,
})

/** A page's fetch unless said otherwise; times are milliseconds after `start`. */
export const hop = (requestId: string, url: string, time: number, more: Partial<HopEvent> = {}): HopEvent => ({
  requestId,
  url,
  method: 'GET',
  resourceType: 'xmlhttprequest',
  initiator: 'https://app.test',
  frame: { frameId: 0, parentFrameId: -1, documentId: 'TOP', parentDocumentId: null },
  time: start + time,
  ...more,
})
export const navigation: Partial<HopEvent> = {
  resourceType: 'main_frame',
  initiator: null,
  frame: { frameId: 0, parentFrameId: -1, documentId: null, parentDocumentId: null },
}

export const request = (
  event: HopEvent,
  sent: string | null = null,
  more: Record<string, string> = {},
): CaptureEvent => ({
  kind: 'request',
  ...event,
  headers: [
    { name: 'Host', value: new URL(event.url).host },
    ...(sent === null ? [] : [{ name: 'Cookie', value: sent }]),
    ...Object.entries(more).map(([name, value]) => ({ name, value })),
  ],
})
export const response = (event: HopEvent, setCookies: string[] = [], location?: string): CaptureEvent => ({
  kind: 'response',
  ...event,
  status: location === undefined ? 200 : 302,
  headers: [
    ...(location === undefined ? [] : [{ name: 'Location', value: location }]),
    ...setCookies.map((value) => ({ name: 'Set-Cookie', value })),
  ],
})
export const redirect = (event: HopEvent, location: string): CaptureEvent => ({
  kind: 'redirect',
  ...event,
  status: 307,
  headers: [
    { name: 'Location', value: location },
    { name: 'Non-Authoritative-Reason', value: 'HSTS' },
  ],
})
export const completed = ({ requestId, url }: HopEvent, time: number, fromCache = false): CaptureEvent => ({
  kind: 'completed',
  requestId,
  url,
  fromCache,
  time: start + time,
})
export const failed = (event: HopEvent, error: string): CaptureEvent => ({ kind: 'error', ...event, error })
export const stored = (changed: StoredCookie, time: number): CaptureEvent => ({
  kind: 'cookie',
  removed: false,
  cause: 'explicit',
  storeId: '0',
  cookie: changed,
  time: start + time,
})
export const removed = (changed: StoredCookie, time: number, cause = 'expired_overwrite'): CaptureEvent => ({
  kind: 'cookie',
  removed: true,
  cause,
  storeId: '0',
  cookie: changed,
  time: start + time,
})
export const jar = (...cookies: StoredCookie[]): CaptureEvent => ({ kind: 'jar', cookies, time: start })

/** The log of a session: each event at the time it carries, then nothing for as long as the store may take. */
export class Session {
  readonly correlator: Correlator
  readonly log: Hop[] = []
  readonly writes: StoreWrite[] = []

  constructor(browser: Browser = 'chromium') {
    this.correlator = new Correlator(browser, (error) => {
      throw error
    })
  }

  take(...events: CaptureEvent[]): this {
    for (const event of events) this.#show(this.correlator.update([event], event.time))
    return this
  }

  takeTogether(...events: CaptureEvent[]): this {
    this.#show(this.correlator.update(events, events.at(-1)?.time ?? start))
    return this
  }

  settle(): this {
    this.#show(this.correlator.settle(this.correlator.nextSettle ?? 0))
    return this
  }

  stop(): this {
    this.#show(this.correlator.stop())
    return this
  }

  #show({ hops, writes, withdrawn }: News): void {
    for (const one of hops) if (!this.log.includes(one)) this.log.push(one)
    this.writes.push(...writes)
    for (const id of withdrawn)
      this.writes.splice(
        this.writes.findIndex((write) => write.id === id),
        1,
      )
  }
}

/** `name outcome reason,reason agreement` of each line. */
export const lines = ({ verdict, observed }: Hop): string[] =>
  verdict.setCookies.map(({ line, outcome, reasons }, index) => {
    const agreement = observed.find((one) => one.operation === 'set' && one.index === index)?.agreement
    return [line.slice(0, line.indexOf('=')), outcome, ...reasons.map(({ id }) => id), agreement].join(' ')
  })
export const sent = ({ verdict, observed }: Hop): string[] =>
  verdict.cookies.map(({ cookie: { name, value }, outcome, reasons }, index) => {
    const agreement = observed.find((one) => one.operation === 'send' && one.index === index)?.agreement
    return [`${name}=${value}`, outcome, ...reasons.map(({ id }) => id), agreement].join(' ')
  })
