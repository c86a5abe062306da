import type { Header } from '../contract.ts'
import { encodeUtf8 } from '../cookie/bytes.ts'
import type {
  CompletedEvent,
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
