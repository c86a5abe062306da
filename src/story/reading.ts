import type { Exchange, Header, SetCookieVerdict } from '../contract.ts'
import { parseLine } from '../cookie/parse.ts'
import type { Seen } from './seen.ts'

/** Parts of an exchange that are read over and over, taken out once. */
export interface Reading {
  /** Null for what is no URL. */
  readonly url: URL | null
  /** Empty where there is none. */
  readonly origin: string
  /** The path's segments, lower-case, words apart, no accents: `/api/doLogin.php` → `api`, `do-login.php`. At most 40, of 200 characters. */
  readonly segments: readonly string[]
  /** Names of the query's parameters, and the short values. */
  readonly query: ReadonlyMap<string, string>
  /** Whither a redirect leads; null where it is none. */
  readonly location: URL | null
}

const readings = new WeakMap<Exchange, Reading>()

/** Exchanges are replaced, never changed. */
export const readingOf = ({ exchange }: Seen): Reading => {
  let reading = readings.get(exchange)
  if (reading === undefined) {
    reading = read(exchange)
    readings.set(exchange, reading)
  }
  return reading
}

/** Longer addresses (a `data:` one) are cut: what tells a login stands in front. */
const LONGEST_URL = 16_384

export const urlOf = (text: string, base?: string): URL | null =>
  text.length <= LONGEST_URL && URL.canParse(text, base) ? new URL(text, base) : null

const read = (exchange: Exchange): Reading => {
  const url = urlOf(exchange.url)
  return {
    url,
    origin: url === null || url.origin === 'null' ? '' : url.origin,
    segments: url === null ? [] : segmentsOf(url.pathname),
    query: new Map(url === null ? [] : [...url.searchParams].slice(0, 60)),
    location: locationOf(exchange, url),
  }
}

export const segmentsOf = (path: string): string[] =>
  path
    .split('/', 60)
    .filter((segment) => segment !== '')
    .slice(0, 40)
    .map((segment) =>
      segment
        .slice(0, 200)
        .replace(/(?:%[89a-f][0-9a-f])+/gi, unaccented)
        .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
        .toLowerCase(),
    )

/** Escaped letters beyond ASCII as they are read, without accents: `giri%C5%9F` is `giris`. */
const unaccented = (escaped: string): string => {
  try {
    return decodeURIComponent(escaped).normalize('NFD').replace(/\p{M}/gu, '').replaceAll('ı', 'i')
  } catch {
    return escaped
  }
}

const locationOf = ({ status, responseHeaders }: Exchange, url: URL | null): URL | null => {
  const location = status >= 300 && status < 400 ? headerOf(responseHeaders, 'location') : null
  return location === null || url === null ? null : urlOf(location, url.href)
}

/** The value of the first header of a name, which is given in lower case; null without one. */
export const headerOf = (headers: readonly Header[], name: string): string | null => {
  for (const header of headers) {
    if (header.name.length === name.length && header.name.toLowerCase() === name) return header.value
  }
  return null
}

/** The name that a Set-Cookie line gives its cookie, whatever became of it; empty where it gives none. */
export const nameOfLine = ({ cookie, line }: SetCookieVerdict): string => {
  if (cookie !== null) return cookie.name
  return parseLine(line.slice(0, 8_192)).name.text
}

/** A segment that is a token, a link's secret or an id: long, of letters and digits; or a parameter that holds one. */
const isSecretive = (segment: string): boolean =>
  segment.startsWith('eyJ') ||
  segment.includes(';') ||
  (segment.length >= 20 && /\d/.test(segment) && /[a-z]/i.test(segment))

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Whether a text looks drawn at random, as a token does: long, digits and letters mixed within its words. A title's words are not. */
export const isRandom = (text: string): boolean => {
  if (text.length < 20 || text.length > 2_000 || !/^[\w.~=+-]+$/.test(text)) return false
  return (
    UUID.test(text) || text.split(/[-_.~]/).some((part) => part.length >= 10 && /\d/.test(part) && /[a-z]/i.test(part))
  )
}

/** An address's path as it may be shown: without query, and with `…` for what may be secret. Of other schemes nothing but the scheme. */
export const shownPath = (url: URL | null): string => {
  if (url === null) return '…'
  if (!/^(?:https?|wss?):$/.test(url.protocol)) return `${url.protocol}…`
  return url.pathname
    .split('/')
    .map((segment) => (isSecretive(segment) ? '…' : segment))
    .join('/')
}

export const withoutFragment = (url: string): string => {
  const at = url.indexOf('#')
  return at < 0 ? url : url.slice(0, at)
}

/** A document of the tab or of a frame in it. */
export const isDocument = ({ exchange: { resourceType } }: Seen): boolean =>
  resourceType === 'main_frame' || resourceType === 'sub_frame'

export const isPreflight = ({ exchange }: Seen): boolean =>
  exchange.method === 'OPTIONS' && headerOf(exchange.requestHeaders, 'access-control-request-method') !== null

const CARRIERS = new Set(['main_frame', 'sub_frame', 'xmlhttprequest', 'websocket', 'other'])

/**
 * Whether a story or a diagnosis may need it: documents, scripts' requests, sockets; of the assets those that set a cookie or
 * were refused for their size. So that whoever keeps a log can hand in these alone.
 */
export const isOfInterest = ({ exchange, verdict }: Pick<Seen, 'exchange' | 'verdict'>): boolean =>
  CARRIERS.has(exchange.resourceType) ||
  verdict.setCookies.length > 0 ||
  exchange.status === 400 ||
  exchange.status === 431
