import type { ReadonlySignal } from '@preact/signals'
import type { Browser, Exchange, ExchangeVerdict, Gap, Observed, StoreWrite, ThirdPartyCookies } from '../contract.ts'
import type { Problem } from '../report/problems.ts'
import type { BodyFacts } from '../story/body-facts.ts'

/** One exchange of the log with its verdict, as the panel shows it and the report carries it. */
export interface LogEntry {
  /** Stable within the session; unique over hops of a redirect. */
  readonly id: string
  readonly exchange: Exchange
  readonly verdict: ExchangeVerdict
  readonly observed: readonly Observed[]
  /** pending: no response yet; unfinished: none was seen, because recording ended before. */
  readonly state: 'pending' | 'complete' | 'failed' | 'unfinished'
  /** The browser's own error name where `state` is failed. */
  readonly error?: string
  readonly fromCache: boolean
  /** When the request was sent, or first heard of. Epoch milliseconds. */
  readonly started: number
  /** What is known of the bodies; left out where they were not looked at. */
  readonly body?: BodyFacts
}

/** Something in the log is new, another object, told otherwise than before, or gone: look it up. */
export interface LogChange {
  readonly kind: 'entry' | 'write' | 'gap'
  readonly id: string
}

/** The log by its parts, for readers that keep up with it at the cost of what changed. */
export interface Log {
  readonly entries: readonly LogEntry[]
  readonly writes: readonly StoreWrite[]
  readonly gaps: readonly Gap[]
  /** Null where it is not there, or no longer. */
  entry(id: string): LogEntry | null
  write(id: string): StoreWrite | null
  gap(id: string): Gap | null
  /** What there is to look at in an entry; the same array until it changes. */
  problems(id: string): readonly Problem[]
  /** Number of the next change. */
  readonly end: number
  /** The changes from that number on, in order; null where they are too many to tell: then read all anew. */
  since(number: number): readonly LogChange[] | null
}

export interface SessionStatus {
  recording: boolean
  /** Epoch ms at which the running recording began; null while off. */
  recordingSince: number | null
  /** Whether the extension may see the inspected page's site; `unknown` until asked. */
  hostAccess: 'granted' | 'missing' | 'unknown'
  /** The sites that the extension may see, where that is not all: what goes elsewhere may be missing. */
  onlySites?: readonly string[] | undefined
  /** connecting: the cookie store is being read; lost: the extension was reloaded and this DevTools must be reopened. */
  connection: 'connecting' | 'connected' | 'lost'
  thirdPartyCookies: ThirdPartyCookies
  /** Number of cookies in the store for the inspected page's registrable domain; null until read. */
  jarSize: number | null
  browser: { name: Browser; version: string }
  /** URL of the inspected page; empty until it is known. */
  page: string
  /** What went wrong last inside the extension, for a footer or a bug report; it holds no cookie value. */
  problem?: string
}

/**
 * The session as the panel sees it. It lives in the DevTools page, which is there as long as DevTools is, shown panel
 * or not; the panel reads it and sends only the commands below.
 */
export interface Session {
  /** In order of request. An entry is replaced, never mutated, when more evidence arrives; the array itself is stable. */
  readonly entries: readonly LogEntry[]
  /** What no response of the tab wrote, in order of time. */
  readonly writes: readonly StoreWrite[]
  /** What is missing of the log, in order of time; a gap is replaced when it ends. */
  readonly gaps: readonly Gap[]
  /** The same three, by their parts. */
  readonly log: Log
  /** Bumped once per batch of changes. Reading it subscribes to `entries`, `writes` and `gaps`. */
  readonly version: ReadonlySignal<number>
  readonly status: ReadonlySignal<SessionStatus>
  setRecording(on: boolean): void
  clear(): void
  reloadPage(): void
  /**
   * Opens the browser's own question for host access; call from a click.
   * @param hosts whose sites are asked for; left out, the inspected page's
   */
  requestHostAccess(hosts?: readonly string[]): Promise<void>
}
