import browser, { type Runtime, type WebRequest } from 'webextension-polyfill'
import { type BodyOutline, LONGEST_BODY, outlineOfForm, outlineOfText } from './body-outline.ts'
import type { RequestKey } from './request-bodies.ts'

/** Name of the port over which the background page tells a DevTools page what POSTs of its tab have in their bodies. */
export const requestBodiesPort = 'request-bodies'

/** What the DevTools page says over it, once. */
interface BodiesRequest {
  tabId: number
}

/** What is said over it: never a body. */
export interface SentBody extends RequestKey {
  readonly outline: BodyOutline
}

type Details = WebRequest.OnBeforeRequestDetailsType

/** The body itself ends here. */
export const outlineOfRequest = ({ requestBody }: Pick<Details, 'requestBody'>): BodyOutline | null => {
  const { formData, raw } = requestBody ?? {}
  if (formData) return outlineOfForm(formData as unknown as Record<string, unknown[]>)
  const parts = (raw ?? []).map(({ bytes }) => bytes as ArrayBuffer | undefined)
  if (parts.length === 0 || !parts.every((part) => part !== undefined)) return null
  // A character is three bytes at most for each UTF-16 unit of it.
  if (parts.reduce((size, { byteLength }) => size + byteLength, 0) > 3 * LONGEST_BODY) return null
  const decoder = new TextDecoder()
  return outlineOfText(parts.map((part) => decoder.decode(part, { stream: true })).join('') + decoder.decode())
}

/** Background page: watches the POSTs of a tab for one DevTools page, for as long as its port is open. */
export const serveRequestBodies = (port: Runtime.Port): void => {
  const { onBeforeRequest } = browser.webRequest
  const onRequest = (details: Details): undefined => {
    const { url, method, timeStamp } = details
    const outline = method === 'POST' ? outlineOfRequest(details) : null
    if (outline !== null) port.postMessage({ url, method, started: timeStamp, outline } satisfies SentBody)
  }
  port.onMessage.addListener((message) => {
    const { tabId } = message as BodiesRequest
    const types: WebRequest.ResourceType[] = ['main_frame', 'sub_frame', 'xmlhttprequest']
    onBeforeRequest.addListener(onRequest, { urls: ['<all_urls>'], tabId, types }, ['requestBody'])
  })
  port.onDisconnect.addListener(() => onBeforeRequest.removeListener(onRequest))
}

/** A background page that ended as soon as it was asked is not started again without a pause: milliseconds. */
const pause = 1_000

/** DevTools page: tells what POSTs of the tab have in their bodies, until the function that it returns is called. */
export const remoteRequestBodies = (tabId: number, onSent: (body: SentBody) => void): (() => void) => {
  let port: Runtime.Port | null = null
  let reopening: ReturnType<typeof setTimeout> | undefined
  const open = () => {
    const opened = Date.now()
    port = browser.runtime.connect({ name: requestBodiesPort })
    port.onMessage.addListener((message) => onSent(message as SentBody))
    // Not told of a port that is closed from here.
    port.onDisconnect.addListener(() => {
      reopening = setTimeout(open, Date.now() - opened > pause ? 0 : pause)
    })
    port.postMessage({ tabId } satisfies BodiesRequest)
  }
  open()
  return () => {
    clearTimeout(reopening)
    port?.disconnect()
  }
}
