import type { Header, StoredCookie } from '../contract.ts'
import { encodeUtf8 } from '../cookie/bytes.ts'
import type {
  CompletedEvent,
  CookieChangeEvent,
  ErrorEvent,
  FrameRef,
  HopEvent,
  RedirectEvent,
  RequestEvent,
  ResponseEvent,
} from './events.ts'
import { withoutFragment } from './url.ts'

/** webRequest.HttpHeader: decoded where the bytes are UTF-8, else an array of bytes. */
export interface ChromiumHeader {
  name: string
  value?: string
  binaryValue?: number[]
}

/** What Chromium's webRequest events have in common, as far as it is used here. */
export interface ChromiumDetails {
  requestId: string
  url: string
  method: string
  type: string
  frameId: number
  parentFrameId: number
  documentId?: string
  parentDocumentId?: string
  /** Absent where the user started a navigation. */
  initiator?: string
  timeStamp: number
}

export interface ChromiumRequest extends ChromiumDetails {
  requestHeaders?: ChromiumHeader[]
}

export interface ChromiumResponse extends ChromiumDetails {
  statusCode: number
  responseHeaders?: ChromiumHeader[]
}

/** cookies.Cookie. */
export interface ChromiumCookie extends StoredCookie {
  storeId: string
}

export interface ChromiumCookieChange {
  removed: boolean
  cause: string
  cookie: ChromiumCookie
}

const byteString = (bytes: readonly number[]): string => {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return text
}

/** Byte strings, as the contract has them: what Chromium decoded is encoded again. */
export const headersOf = (headers: readonly ChromiumHeader[] | undefined): Header[] =>
  (headers ?? []).map(({ name, value, binaryValue }) => ({
    name,
    value: value === undefined ? byteString(binaryValue ?? []) : encodeUtf8(value),
  }))

const frameOf = ({ frameId, parentFrameId, documentId, parentDocumentId }: ChromiumDetails): FrameRef => ({
  frameId,
  parentFrameId,
  documentId: documentId ?? null,
  parentDocumentId: parentDocumentId ?? null,
})

const hopOf = (details: ChromiumDetails): HopEvent => ({
  requestId: details.requestId,
  url: withoutFragment(details.url),
  method: details.method,
  resourceType: details.type,
  initiator: details.initiator ?? null,
  frame: frameOf(details),
  time: details.timeStamp,
})

/** webRequest.onSendHeaders, with `requestHeaders` and `extraHeaders`. */
export const requestEvent = (details: ChromiumRequest): RequestEvent => ({
  kind: 'request',
  ...hopOf(details),
  headers: headersOf(details.requestHeaders),
})

/** webRequest.onHeadersReceived, with `responseHeaders` and `extraHeaders`. */
export const responseEvent = (details: ChromiumResponse): ResponseEvent => ({
  kind: 'response',
  ...hopOf(details),
  status: details.statusCode,
  headers: headersOf(details.responseHeaders),
})

/** webRequest.onBeforeRedirect, with `responseHeaders`. */
export const redirectEvent = (details: ChromiumResponse): RedirectEvent => ({
  kind: 'redirect',
  ...hopOf(details),
  status: details.statusCode,
  headers: headersOf(details.responseHeaders),
})

/** webRequest.onCompleted. */
export const completedEvent = (details: ChromiumDetails & { fromCache: boolean }): CompletedEvent => ({
  kind: 'completed',
  requestId: details.requestId,
  url: withoutFragment(details.url),
  fromCache: details.fromCache,
  time: details.timeStamp,
})

/** webRequest.onErrorOccurred. */
export const errorEvent = (details: ChromiumDetails & { error: string }): ErrorEvent => ({
  kind: 'error',
  ...hopOf(details),
  error: details.error,
})

/**
 * A cookie of the cookies API, its name, value and path as byte strings like those of the headers. Chromium replaces
 * bytes that are no UTF-8 by U+FFFD before it shows them, so such a value never equals the one that was sent.
 */
export const storedCookie = (cookie: ChromiumCookie): StoredCookie => {
  const { name, value, domain, hostOnly, path, secure, httpOnly, sameSite, session, expirationDate, partitionKey } =
    cookie
  return {
    name: encodeUtf8(name),
    value: encodeUtf8(value),
    domain,
    hostOnly,
    path: encodeUtf8(path),
    secure,
    httpOnly,
    sameSite,
    session,
    ...(expirationDate === undefined ? {} : { expirationDate }),
    ...(partitionKey === undefined || partitionKey === null ? {} : { partitionKey }),
  }
}

/** cookies.onChanged. @param time epoch milliseconds; the API gives none */
export const cookieEvent = (change: ChromiumCookieChange, time: number): CookieChangeEvent => ({
  kind: 'cookie',
  removed: change.removed,
  cause: change.cause,
  storeId: change.cookie.storeId,
  cookie: storedCookie(change.cookie),
  time,
})
