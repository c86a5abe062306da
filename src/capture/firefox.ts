import type { Header, ThirdPartyCookies } from '../contract.ts'
import { type ApiCookieChange, cookieEvent } from './cookies-api.ts'
import type {
  CompletedEvent,
  CookieChangeEvent,
  ErrorEvent,
  HopEvent,
  RedirectEvent,
  RequestEvent,
  ResponseEvent,
} from './events.ts'
import { withoutFragment } from './url.ts'

/** webRequest.HttpHeader: a byte string already, one character per byte. */
export interface FirefoxHeader {
  name: string
  value?: string
  binaryValue?: number[]
}

/** What Firefox's webRequest events have in common, as far as it is used here. */
export interface FirefoxDetails {
  requestId: string
  url: string
  method: string
  type: string
  /** A navigation's own frame, else the frame of the document that asked. */
  frameId: number
  parentFrameId: number
  /** Absent for navigations, for workers' requests, and in older releases. */
  documentId?: string
  /** Who asked: absent where the user did, and where it is a document of an opaque origin. */
  originUrl?: string
  /** The document that asked, srcdoc and about:blank by their parent's; a worker by its script's. Absent as `originUrl`. */
  documentUrl?: string
  /** The documents around the one that asked, or around the one that a navigation will make, innermost first. */
  frameAncestors?: { url: string }[]
  /** Whether the request is to another site than the page, or than a frame in between. */
  thirdParty?: boolean
  timeStamp: number
}

export interface FirefoxRequest extends FirefoxDetails {
  requestHeaders?: FirefoxHeader[]
}

export interface FirefoxResponse extends FirefoxDetails {
  statusCode: number
  responseHeaders?: FirefoxHeader[]
}

const byteString = ({ value, binaryValue }: FirefoxHeader): string =>
  value ?? (binaryValue ?? []).map((byte) => String.fromCharCode(byte)).join('')

/** All Set-Cookie lines come as one header, joined by line breaks. */
export const headersOf = (headers: readonly FirefoxHeader[] | undefined): Header[] =>
  (headers ?? []).flatMap((header) => {
    const { name } = header
    const value = byteString(header)
    return name.toLowerCase() === 'set-cookie'
      ? value.split('\n').map((line) => ({ name, value: line }))
      : [{ name, value }]
  })

/** As `Exchange.initiator` has it. */
const initiatorOf = ({ originUrl, type }: FirefoxDetails): string | null => {
  // A document of an opaque origin asks without a name; so does the user, who does nothing but navigate.
  if (originUrl === undefined) return type === 'main_frame' ? null : 'null'
  return URL.canParse(originUrl) ? new URL(originUrl).origin : 'null'
}

const hopOf = (details: FirefoxDetails, frames: string[]): HopEvent => ({
  requestId: details.requestId,
  url: withoutFragment(details.url),
  method: details.method,
  resourceType: details.type,
  initiator: initiatorOf(details),
  frame: {
    frameId: details.frameId,
    parentFrameId: details.parentFrameId,
    documentId: details.documentId ?? null,
    parentDocumentId: null,
  },
  frames,
  time: details.timeStamp,
})

/**
 * Measured: a cross-site request over https that is made with credentials has `Sec-Fetch-Storage-Access`, whatever it says,
 * where third-party cookies are partitioned, and in no other setting.
 */
const thirdPartyOf = ({ url, thirdParty }: FirefoxDetails, headers: readonly Header[]): ThirdPartyCookies => {
  const header = (name: string) => headers.find((one) => one.name.toLowerCase() === name)?.value
  if (header('sec-fetch-storage-access') !== undefined) return 'partitioned'
  const isTelling = thirdParty === true && url.startsWith('https:') && header('sec-fetch-site') === 'cross-site'
  return isTelling && header('cookie') !== undefined ? 'allowed' : 'unknown'
}

/** webRequest.onSendHeaders, with `requestHeaders`. @param frames as `Exchange.frames`, likewise below */
export const requestEvent = (details: FirefoxRequest, frames: string[]): RequestEvent => {
  const headers = headersOf(details.requestHeaders)
  return { kind: 'request', ...hopOf(details, frames), headers, thirdPartyCookies: thirdPartyOf(details, headers) }
}

/** webRequest.onHeadersReceived, with `responseHeaders`. */
export const responseEvent = (details: FirefoxResponse, frames: string[]): ResponseEvent => ({
  kind: 'response',
  ...hopOf(details, frames),
  status: details.statusCode,
  headers: headersOf(details.responseHeaders),
})

/** webRequest.onBeforeRedirect, with `responseHeaders`. */
export const redirectEvent = (details: FirefoxResponse, frames: string[]): RedirectEvent => ({
  kind: 'redirect',
  ...hopOf(details, frames),
  status: details.statusCode,
  headers: headersOf(details.responseHeaders),
})

/** webRequest.onCompleted. */
export const completedEvent = (details: FirefoxDetails & { fromCache: boolean }): CompletedEvent => ({
  kind: 'completed',
  requestId: details.requestId,
  url: withoutFragment(details.url),
  fromCache: details.fromCache,
  time: details.timeStamp,
})

/** webRequest.onErrorOccurred. */
export const errorEvent = (details: FirefoxDetails & { error: string }, frames: string[]): ErrorEvent => ({
  kind: 'error',
  ...hopOf(details, frames),
  error: details.error,
})

/** cookies.onChanged. @param time epoch milliseconds; the API gives none */
export const changeEvent = (change: ApiCookieChange, time: number): CookieChangeEvent => ({
  ...cookieEvent(change, time),
  vague: true,
})
