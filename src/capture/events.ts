import type { Header, StoredCookie, ThirdPartyCookies } from '../contract.ts'

/**
 * What the browser tells of requests and cookies: plain JSON, already normalised, so that it can be made in one place and
 * used in another. All times are epoch milliseconds, all URLs without fragment. Whatever takes memory
 * (redirect chains, frames, the jar) is not in here: it is worked out from these.
 */
export type CaptureEvent =
  | RequestEvent
  | ResponseEvent
  | RedirectEvent
  | CompletedEvent
  | ErrorEvent
  | CookieChangeEvent
  | JarEvent

/** Where in the tab a request belongs, as webRequest says it. */
export interface FrameRef {
  /** 0 = the tab's main frame. A navigation's own frame, else the frame of the document that asked. */
  frameId: number
  /** -1 = none. */
  parentFrameId: number
  /** The document that asked; null for a navigation, whose document is yet to come. */
  documentId: string | null
  parentDocumentId: string | null
}

/** What each event says of the hop it belongs to: the first one seen makes the hop, whichever it is. */
export interface HopEvent {
  /** Kept over all hops of a redirect chain. */
  requestId: string
  url: string
  method: string
  /** `webRequest.ResourceType`. */
  resourceType: string
  /** As `Exchange.initiator`. */
  initiator: string | null
  frame: FrameRef
  /** As `Exchange.frames`, from a browser that tells; left out, they are worked out from `frame`. */
  frames?: string[]
  time: number
}

/** A hop's request left (webRequest.onSendHeaders): the Cookie header here is the one that was sent. */
export interface RequestEvent extends HopEvent {
  kind: 'request'
  headers: Header[]
  /** What the browser does with third-party cookies, where the request tells; left out, its headers are looked at. */
  thirdPartyCookies?: ThirdPartyCookies
}

/** A hop's response headers arrived (webRequest.onHeadersReceived). */
export interface ResponseEvent extends HopEvent {
  kind: 'response'
  status: number
  headers: Header[]
}

/** The hop ended in a redirect (webRequest.onBeforeRedirect); also the browser's own 307 for HSTS, without a response. */
export interface RedirectEvent extends HopEvent {
  kind: 'redirect'
  status: number
  headers: Header[]
}

export interface CompletedEvent {
  kind: 'completed'
  requestId: string
  url: string
  fromCache: boolean
  time: number
}

export interface ErrorEvent extends HopEvent {
  kind: 'error'
  /** The browser's own name: `net::ERR_FAILED`, `NS_ERROR_NET_RESET`, … */
  error: string
}

/** cookies.onChanged. */
export interface CookieChangeEvent {
  kind: 'cookie'
  removed: boolean
  /** `cookies.OnChangedCause`. */
  cause: string
  /** Which profile's store. */
  storeId: string
  cookie: StoredCookie
  /**
   * The browser tells less than it might: a cookie that is overwritten comes as what it is overwritten by, and whatever
   * deletes one, a Set-Cookie line too, is `explicit`.
   */
  vague?: true
  time: number
}

/** The whole store, partitioned cookies too: before anything else, and again when more of it may be seen. */
export interface JarEvent {
  kind: 'jar'
  cookies: StoredCookie[]
  time: number
}
