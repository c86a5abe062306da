import type { Header, StoredCookie } from '../contract.ts'

/**
 * What the background service worker tells the DevTools page: plain JSON, already normalised, one browser like the
 * other. All times are epoch milliseconds.
 */
export type CaptureEvent =
  | RequestEvent
  | ResponseEvent
  | RedirectEvent
  | CompletedEvent
  | ErrorEvent
  | CookieChangeEvent
  | JarEvent

/** A hop's request left (webRequest.onSendHeaders): the Cookie header here is the one that was sent. */
export interface RequestEvent {
  kind: 'request'
  requestId: string
  url: string
  method: string
  resourceType: string
  initiator: string | null
  /** As `Exchange.frames`. */
  frames: string[]
  headers: Header[]
  time: number
}

/** A hop's response headers arrived (webRequest.onHeadersReceived). */
export interface ResponseEvent {
  kind: 'response'
  requestId: string
  url: string
  status: number
  headers: Header[]
  fromCache: boolean
  time: number
}

/** The hop ended in a redirect (webRequest.onBeforeRedirect); also the browser's own 307 for HSTS, without a response. */
export interface RedirectEvent {
  kind: 'redirect'
  requestId: string
  url: string
  status: number
  redirectUrl: string
  time: number
}

export interface CompletedEvent {
  kind: 'completed'
  requestId: string
  url: string
  status: number
  fromCache: boolean
  time: number
}

export interface ErrorEvent {
  kind: 'error'
  requestId: string
  url: string
  method: string
  resourceType: string
  initiator: string | null
  frames: string[]
  /** The browser's own name: `net::ERR_FAILED`, … */
  error: string
  time: number
}

/** cookies.onChanged. */
export interface CookieChangeEvent {
  kind: 'cookie'
  removed: boolean
  /** `cookies.OnChangedCause`. */
  cause: string
  cookie: StoredCookie
  time: number
}

/** The whole store, partitioned cookies too: on connecting, and after each reconnection. */
export interface JarEvent {
  kind: 'jar'
  cookies: StoredCookie[]
  time: number
}
