import type { Exchange, JudgeOptions, StoredCookie } from '../contract.ts'
import { parseUrl } from '../cookie/url.ts'

/** What is there is not known before it is checked. */
type Unchecked<T> = { readonly [K in keyof T]?: unknown }

const isString = (value: unknown): value is string => typeof value === 'string'
const isNumber = (value: unknown): boolean => typeof value === 'number' && !Number.isNaN(value)
const isOptionalNumber = (value: unknown): boolean => value === undefined || isNumber(value)
const isBoolean = (value: unknown): boolean => typeof value === 'boolean'
const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
const isUrl = (value: unknown): boolean => isString(value) && parseUrl(value) !== null
const isHeader = (value: unknown): boolean => isObject(value) && isString(value['name']) && isString(value['value'])
const isListOf = (value: unknown, check: (item: unknown) => boolean): boolean =>
  Array.isArray(value) && value.every(check)

const credentials: readonly unknown[] = [undefined, 'include', 'omit', 'unknown']
const sameSites: readonly unknown[] = ['no_restriction', 'lax', 'strict', 'unspecified']
const thirdPartyCookies: readonly unknown[] = [undefined, 'allowed', 'blocked', 'partitioned', 'unknown']

// Each check reads its own field: by name in a loop over names takes several times as long.

const exchangeShape: Record<keyof Exchange, [(exchange: Unchecked<Exchange>) => boolean, string]> = {
  url: [({ url }) => isUrl(url), 'an absolute URL'],
  method: [({ method }) => isString(method), 'a string'],
  resourceType: [({ resourceType }) => isString(resourceType), 'a string (webRequest.ResourceType)'],
  initiator: [({ initiator }) => initiator === null || isString(initiator), 'an origin or null'],
  frames: [({ frames }) => isListOf(frames, isString), 'an array of URLs'],
  redirectChain: [
    ({ redirectChain }) => redirectChain === undefined || isListOf(redirectChain, isString),
    'an array of URLs',
  ],
  credentials: [(exchange) => credentials.includes(exchange.credentials), "'include', 'omit' or 'unknown'"],
  requestHeaders: [({ requestHeaders }) => isListOf(requestHeaders, isHeader), 'an array of { name, value }'],
  status: [({ status }) => isNumber(status), 'a number'],
  responseHeaders: [({ responseHeaders }) => isListOf(responseHeaders, isHeader), 'an array of { name, value }'],
  time: [({ time }) => isNumber(time), 'a number (epoch milliseconds)'],
}
const exchangeChecks = Object.entries(exchangeShape)

/** `session` says what `expirationDate` says, and is not looked at. */
const cookieShape: Record<Exclude<keyof StoredCookie, 'session'>, (cookie: Unchecked<StoredCookie>) => boolean> = {
  name: ({ name }) => isString(name),
  value: ({ value }) => isString(value),
  domain: ({ domain }) => isString(domain),
  hostOnly: ({ hostOnly }) => isBoolean(hostOnly),
  path: ({ path }) => isString(path),
  secure: ({ secure }) => isBoolean(secure),
  httpOnly: ({ httpOnly }) => isBoolean(httpOnly),
  sameSite: ({ sameSite }) => sameSites.includes(sameSite),
  expirationDate: ({ expirationDate }) => isOptionalNumber(expirationDate),
  creation: ({ creation }) => isOptionalNumber(creation),
  partitionKey: ({ partitionKey }) =>
    partitionKey === undefined || (isObject(partitionKey) && isString(partitionKey['topLevelSite'])),
}
const cookieChecks = Object.entries(cookieShape)

/** @throws {TypeError} naming the first field that is not of the contract's shape. */
export const validateInput = (exchange: Exchange, options: JudgeOptions): void => {
  if (!isObject(exchange)) throw new TypeError('exchange: expected an object')
  for (const [field, [isSound, expected]] of exchangeChecks) {
    if (!isSound(exchange)) throw new TypeError(`exchange.${field}: expected ${expected}`)
  }
  if (!isObject(options)) throw new TypeError('options: expected an object')
  if (!Array.isArray(options.jar)) throw new TypeError('options.jar: expected an array of cookies')
  options.jar.forEach(validateCookie)
  if (!thirdPartyCookies.includes(options.thirdPartyCookies)) {
    throw new TypeError("options.thirdPartyCookies: expected 'allowed', 'blocked', 'partitioned' or 'unknown'")
  }
}

const validateCookie = (cookie: StoredCookie, index: number): void => {
  if (!isObject(cookie)) throw new TypeError(`options.jar[${index}]: expected a cookie`)
  for (const [field, isSound] of cookieChecks) {
    if (!isSound(cookie)) throw new TypeError(`options.jar[${index}].${field}: not as cookies.Cookie has it`)
  }
}
