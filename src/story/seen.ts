import type { Browser, Exchange, ExchangeVerdict, Observed, StoreWrite, ThirdPartyCookies } from '../contract.ts'
import type { BodyFacts } from './body-facts.ts'

/** One exchange as a story reads it; a `LogEntry` of the panel is one as it stands. */
export interface Seen {
  readonly id: string
  readonly exchange: Exchange
  readonly verdict: ExchangeVerdict
  readonly observed: readonly Observed[]
  readonly fromCache: boolean
  /** When the request was sent, or first heard of. Epoch milliseconds. */
  readonly started: number
  readonly state: 'pending' | 'complete' | 'failed' | 'unfinished'
  /** The browser's own error name where `state` is failed. */
  readonly error?: string
  /** What is known of the bodies; left out where they were not looked at. */
  readonly body?: BodyFacts
  /** Whither a router's script went on by this answer, where the log tells (router-redirects.ts): an address of a page. Never shown whole. */
  readonly routedTo?: string
}

/** All that a story is told from. */
export interface Recording {
  readonly browser: Browser
  /** URL of the inspected page. */
  readonly page: string
  /** In order of request. */
  readonly seen: readonly Seen[]
  /** In order of time. */
  readonly storeWrites: readonly StoreWrite[]
  readonly thirdPartyCookies: ThirdPartyCookies
}
