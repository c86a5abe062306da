import type { Header } from '../contract.ts'
import { encodeUtf8 } from '../cookie/bytes.ts'
import { headerOf } from './hop.ts'
import { withoutFragment } from './url.ts'

/** A HAR 1.2 entry as `devtools.network` gives it, as far as it is used here; `_` fields are Chromium's own. */
export interface HarEntry {
  startedDateTime: string
  /** Milliseconds. */
  time: number
  _resourceType?: string
  _fromCache?: string
  request: { method: string; url: string; headers: Header[] }
  response: {
    /** 0 while there is none. */
    status: number
    headers: Header[]
    _error?: string | null
    _fetchedViaServiceWorker?: boolean
  }
  timings: { receive?: number }
}

/** One hop as a HAR shows it. */
export interface HarHop {
  url: string
  method: string
  /** `webRequest.ResourceType`; a document is a main_frame unless its request says otherwise. */
  resourceType: string
  requestHeaders: Header[]
  /** 0 where no response arrived. */
  status: number
  responseHeaders: Header[]
  /** When the request began and when its response arrived: epoch milliseconds. */
  start: number
  answered: number
  error: string | null
  fromCache: boolean
}

const networkSchemes = new Set(['http:', 'https:', 'ws:', 'wss:'])

/** DevTools' resource types that webRequest calls otherwise. Measured: a preflight counts as the request it is for. */
const resourceTypes: Record<string, string> = {
  stylesheet: 'stylesheet',
  image: 'image',
  media: 'media',
  font: 'font',
  script: 'script',
  xhr: 'xmlhttprequest',
  fetch: 'xmlhttprequest',
  preflight: 'xmlhttprequest',
  websocket: 'websocket',
  ping: 'ping',
  'csp-violation-report': 'csp_report',
}

const resourceTypeOf = ({ _resourceType, request }: HarEntry): string => {
  if (_resourceType !== 'document') return resourceTypes[_resourceType ?? ''] ?? 'other'
  const destination = headerOf(request.headers, 'sec-fetch-dest')
  return destination === null || destination === 'document' ? 'main_frame' : 'sub_frame'
}

const isByteString = (text: string): boolean => [...text].every((char) => char <= '\xff')

/** Chromium's HAR has byte strings already, one entry for each Set-Cookie line; others join the lines. */
const headersOf = (headers: readonly Header[]): Header[] =>
  headers.flatMap(({ name, value }) => {
    const bytes = isByteString(value) ? value : encodeUtf8(value)
    const lines = name.toLowerCase() === 'set-cookie' ? bytes.split('\n') : [bytes]
    return lines.map((line) => ({ name, value: line }))
  })

/** Null for what never concerned the network or is not over yet: data URLs, the memory cache, a service worker's answers. */
export const harHopOf = (entry: HarEntry): HarHop | null => {
  const { request, response, timings } = entry
  const start = Date.parse(entry.startedDateTime)
  if (!URL.canParse(request.url) || !networkSchemes.has(new URL(request.url).protocol) || Number.isNaN(start))
    return null
  if (entry._fromCache === 'memory' || response._fetchedViaServiceWorker === true) return null
  const error = response._error ?? null
  if (response.status === 0 && error === null) return null
  return {
    url: withoutFragment(request.url),
    method: request.method,
    resourceType: resourceTypeOf(entry),
    requestHeaders: headersOf(request.headers),
    status: response.status,
    responseHeaders: headersOf(response.headers),
    start,
    answered: start + Math.max(0, entry.time - Math.max(0, timings.receive ?? 0)),
    error: error === '' ? null : error,
    fromCache: entry._fromCache !== undefined,
  }
}
