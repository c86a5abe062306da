import type { Exchange, ExchangeVerdict, JudgeOptions, StoredCookie } from '../contract.ts'
import { parseUrl } from '../cookie/url.ts'

/** What is there is not known before it is checked. */
type Unchecked<T> = { readonly [K in keyof T]?: unknown }

const isString = (value: unknown): value is string => typeof value === 'string'
const isNumber = (value: unknown): boolean => typeof value === 'number' && !Number.isNaN(value)
const isOptionalNumber = (value: unknown): boolean => value === undefined || isNumber(value)

/** 2001-01-01 as Unix time, in seconds. */
const newCentury = 978_307_200
/** Before 2001 in milliseconds, and after it in seconds: nobody judges a login of 1970. Smaller ones are a clock's own, as of a test. */
const isInSeconds = (time: unknown): boolean =>
  typeof time === 'number' && time >= newCentury && time < newCentury * 1000
const isBoolean = (value: unknown): boolean => typeof value === 'boolean'
const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
const isHeader = (value: unknown): boolean => isObject(value) && isString(value['name']) && isString(value['value'])
const isHeaderList = (value: unknown): boolean => {
  if (!Array.isArray(value)) return false
  for (const header of value) if (!isHeader(header)) return false
  return true
}
const isCredentials = (value: unknown): boolean =>
  value === undefined || value === 'include' || value === 'omit' || value === 'unknown'

const sameSites: readonly unknown[] = ['no_restriction', 'lax', 'strict', 'unspecified']
const thirdPartyCookies: readonly unknown[] = [undefined, 'allowed', 'blocked', 'partitioned', 'unknown']

/** Other vocabularies' words (the DevTools protocol, Fetch, automation) for what webRequest calls otherwise. */
const foreignTypes: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'main_frame or sub_frame': ['document', 'Document', 'navigate', 'navigation', 'nested-navigate'],
    sub_frame: ['iframe', 'frame', 'subframe', 'subdocument'],
    main_frame: ['mainframe', 'page'],
    xmlhttprequest: ['fetch', 'Fetch', 'xhr', 'XHR', 'XMLHttpRequest', 'eventsource', 'EventSource', 'empty', 'cors'],
    image: ['img', 'Image'],
    script: ['js', 'Script'],
    stylesheet: ['css', 'style', 'Stylesheet'],
    font: ['Font'],
    media: ['audio', 'video', 'track', 'texttrack', 'TextTrack', 'Media'],
    object: ['embed'],
    websocket: ['ws', 'WebSocket'],
    ping: ['Ping'],
    csp_report: ['cspviolationreport', 'CSPViolationReport'],
    other: ['Other'],
  }).flatMap(([name, words]) => words.map((word) => [word, name] as const)),
)

/** `localhost:3000` parses, as a scheme and a path: nobody means it so. */
const hostAndPort = /^\d+(\/|$)/

const isUrl = (text: unknown): boolean => {
  if (!isString(text)) return false
  const address = parseUrl(text)
  return address !== null && (address.hostname !== '' || !hostAndPort.test(address.pathname))
}
/** What browsers write for a document without an address of its own; with the slash where only its origin was told. */
const opaque: readonly unknown[] = ['null', 'null/']
const isData = (text: unknown): boolean => isString(text) && /^data:/i.test(text)
/** `data:` goes unread: it may be of any length. */
const isDocument = (text: string): boolean => isData(text) || isUrl(text) || opaque.includes(text)

/** What is wrong in a list of documents' URLs, field first; null where nothing is. */
const documentsFault = (field: string, list: unknown): string | null => {
  if (!Array.isArray(list)) return `${field}: expected an array of URLs`
  for (let i = 0; i < list.length; i++) {
    if (!isString(list[i])) return `${field}: expected an array of URLs`
    if (!isDocument(list[i])) return `${field}[${i}]: expected an absolute URL`
  }
  return null
}

// Field by field, not as a table that is walked through: that takes several times as long, and every verdict begins here.

/** The first field that is not of its shape, and what is expected. */
const exchangeFault = (exchange: Unchecked<Exchange>): string | null => {
  const { resourceType, initiator } = exchange
  if (isData(exchange.url)) return 'url: expected the URL of a request; a data: URL asks no server, and has no cookies'
  if (!isUrl(exchange.url)) return 'url: expected an absolute URL'
  if (!isString(exchange.method) || exchange.method === '') return 'method: expected a string such as GET'
  if (!isString(resourceType)) return 'resourceType: expected a string (webRequest.ResourceType)'
  const name = foreignTypes.get(resourceType)
  if (name !== undefined) return `resourceType: webRequest has no "${resourceType}"; its name is ${name}`
  if (isData(initiator)) return 'initiator: expected an origin; that of a data: document is "null", as a text'
  if (initiator !== null && initiator !== 'null' && !isUrl(initiator))
    return 'initiator: expected an origin such as https://shop.example, "null" or null'
  const frames = documentsFault('frames', exchange.frames)
  if (frames !== null) return frames
  const hops = exchange.redirectChain === undefined ? null : documentsFault('redirectChain', exchange.redirectChain)
  if (hops !== null) return hops
  if (!isCredentials(exchange.credentials)) return "credentials: expected 'include', 'omit' or 'unknown'"
  if (!isHeaderList(exchange.requestHeaders)) return 'requestHeaders: expected an array of { name, value }'
  if (!isNumber(exchange.status)) return 'status: expected a number'
  if (!isHeaderList(exchange.responseHeaders)) return 'responseHeaders: expected an array of { name, value }'
  if (!isNumber(exchange.time)) return 'time: expected a number (epoch milliseconds)'
  return isInSeconds(exchange.time) ? `time: ${inSeconds(exchange.time)}` : null
}

const inSeconds = (time: unknown): string =>
  `expected epoch milliseconds; ${time} is in seconds, so multiply it by 1000`

/** A bare host, of one colon none: an IPv6 address has more, with brackets or without. */
const isHost = (domain: string): boolean => {
  const colon = domain.indexOf(':')
  return !domain.includes('/') && (colon === -1 || domain.includes(':', colon + 1))
}

/** The first field that is not of its shape, and what is expected. `session` says what `expirationDate` says, and is not looked at. */
const cookieFault = (cookie: Unchecked<StoredCookie>): string | null => {
  if (!isString(cookie.name)) return 'name: expected a string'
  if (!isString(cookie.value)) return 'value: expected a string'
  if (!isString(cookie.domain)) return 'domain: expected a string'
  if (!isHost(cookie.domain)) return 'domain: expected a host such as shop.example, without scheme, port and path'
  if (!isBoolean(cookie.hostOnly)) return 'hostOnly: expected a boolean'
  if (!isString(cookie.path)) return 'path: expected a string'
  if (!isBoolean(cookie.secure)) return 'secure: expected a boolean'
  if (!isBoolean(cookie.httpOnly)) return 'httpOnly: expected a boolean'
  if (!sameSites.includes(cookie.sameSite))
    return "sameSite: expected 'no_restriction', 'lax', 'strict' or 'unspecified'"
  if (!isOptionalNumber(cookie.expirationDate))
    return 'expirationDate: expected a number (epoch seconds); left out in a session cookie'
  if (!isOptionalNumber(cookie.creation))
    return 'creation: expected a number (epoch milliseconds); left out where unknown'
  if (isInSeconds(cookie.creation)) return `creation: ${inSeconds(cookie.creation)}`
  const { partitionKey } = cookie
  const isKey = partitionKey === undefined || (isObject(partitionKey) && isString(partitionKey['topLevelSite']))
  return isKey ? null : 'partitionKey: expected { topLevelSite: string }; left out in a cookie without partition'
}

/** @throws {TypeError} naming the first field that is not of the contract's shape. */
export const validateInput = (exchange: Exchange, options: JudgeOptions): void => {
  validateExchange(exchange)
  validateOptions(options)
  validateJar(options.jar, 'options.jar')
  if (!thirdPartyCookies.includes(options.thirdPartyCookies)) {
    throw new TypeError("options.thirdPartyCookies: expected 'allowed', 'blocked', 'partitioned' or 'unknown'")
  }
}

/** @throws {TypeError} as `validateInput` */
export const validateExchange = (exchange: Exchange): void => {
  if (!isObject(exchange)) throw new TypeError('exchange: expected an object')
  const fault = exchangeFault(exchange)
  if (fault !== null) throw new TypeError(`exchange.${fault}`)
}

/** @throws {TypeError} where there are no options at all */
export const validateOptions = (options: object): void => {
  if (!isObject(options)) throw new TypeError('options: expected an object')
}

/** @param field what the jar is called where it is given. @throws {TypeError} naming the cookie and its field */
export const validateJar = (jar: readonly StoredCookie[], field: string): void => {
  if (!Array.isArray(jar)) throw new TypeError(`${field}: expected an array of cookies`)
  for (let i = 0; i < jar.length; i++) {
    const cookie: unknown = jar[i]
    if (!isObject(cookie)) throw new TypeError(`${field}[${i}]: expected a cookie`)
    const fault = cookieFault(cookie)
    if (fault !== null) throw new TypeError(`${field}[${i}].${fault}`)
  }
}

/** @throws {TypeError} */
export const validateLine = (line: string): void => {
  if (!isString(line)) throw new TypeError('line: expected a string')
}

/** @throws {TypeError} naming the field that is not as `judge` gives it */
export const validateVerdict = (verdict: ExchangeVerdict): void => {
  validateLineVerdicts(verdict)
  validateVerdicts(verdict.cookies, 'verdict.cookies', false)
}

/** Of a verdict of which its lines alone are read. @throws {TypeError} as `validateVerdict` */
export const validateLineVerdicts = (verdict: ExchangeVerdict): void => {
  if (!isObject(verdict)) throw new TypeError('verdict: expected an object, as judge gives it')
  validateVerdicts(verdict.setCookies, 'verdict.setCookies', true)
}

const validateVerdicts = (verdicts: unknown, field: string, areLines: boolean): void => {
  if (!Array.isArray(verdicts)) throw new TypeError(`${field}: expected an array`)
  verdicts.forEach((verdict: unknown, index) => {
    const fault = verdictFault(verdict, areLines)
    if (fault !== null) throw new TypeError(`${field}[${index}]${fault}`)
  })
}

const verdictFault = (verdict: unknown, isLine: boolean): string | null => {
  if (!isObject(verdict)) return ': expected an object'
  const { line, cookie, outcome, reasons } = verdict
  if (isLine && !isString(line)) return '.line: expected a string'
  if (!isString(outcome)) return '.outcome: expected a string'
  if (!Array.isArray(reasons) || !reasons.every((reason) => isObject(reason) && isString(reason['id'])))
    return '.reasons: expected an array of reasons'
  if (cookie === null && isLine) return null
  if (!isObject(cookie)) return `.cookie: expected a cookie${isLine ? ' or null' : ''}`
  const fault = cookieFault(cookie)
  return fault === null ? null : `.cookie.${fault}`
}
