import type { Exchange, JudgeOptions, StoredCookie } from '../contract.ts'
import { parseUrl } from '../cookie/url.ts'

/** What is there is not known before it is checked. */
type Unchecked<T> = { readonly [K in keyof T]?: unknown }

const isString = (value: unknown): value is string => typeof value === 'string'
const isNumber = (value: unknown): boolean => typeof value === 'number' && !Number.isNaN(value)
const isOptionalNumber = (value: unknown): boolean => value === undefined || isNumber(value)
const isBoolean = (value: unknown): boolean => typeof value === 'boolean'
const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
const isHeader = (value: unknown): boolean => isObject(value) && isString(value['name']) && isString(value['value'])
const isStringList = (value: unknown): boolean => Array.isArray(value) && value.every(isString)
const isHeaderList = (value: unknown): boolean => {
  if (!Array.isArray(value)) return false
  for (const header of value) if (!isHeader(header)) return false
  return true
}
const isCredentials = (value: unknown): boolean =>
  value === undefined || value === 'include' || value === 'omit' || value === 'unknown'

const sameSites: readonly unknown[] = ['no_restriction', 'lax', 'strict', 'unspecified']
const thirdPartyCookies: readonly unknown[] = [undefined, 'allowed', 'blocked', 'partitioned', 'unknown']

/** A field that is not of its shape, and the shape it should have. */
type Fault<T> = readonly [keyof T, string]

// Field by field, not as a table that is walked through: that takes several times as long, and every verdict begins here.

const exchangeFault = (exchange: Unchecked<Exchange>): Fault<Exchange> | null => {
  if (!isString(exchange.url) || parseUrl(exchange.url) === null) return ['url', 'an absolute URL']
  if (!isString(exchange.method)) return ['method', 'a string']
  if (!isString(exchange.resourceType)) return ['resourceType', 'a string (webRequest.ResourceType)']
  if (exchange.initiator !== null && !isString(exchange.initiator)) return ['initiator', 'an origin or null']
  if (!isStringList(exchange.frames)) return ['frames', 'an array of URLs']
  if (exchange.redirectChain !== undefined && !isStringList(exchange.redirectChain))
    return ['redirectChain', 'an array of URLs']
  if (!isCredentials(exchange.credentials)) return ['credentials', "'include', 'omit' or 'unknown'"]
  if (!isHeaderList(exchange.requestHeaders)) return ['requestHeaders', 'an array of { name, value }']
  if (!isNumber(exchange.status)) return ['status', 'a number']
  if (!isHeaderList(exchange.responseHeaders)) return ['responseHeaders', 'an array of { name, value }']
  if (!isNumber(exchange.time)) return ['time', 'a number (epoch milliseconds)']
  return null
}

/** `session` says what `expirationDate` says, and is not looked at. */
const cookieFault = (cookie: Unchecked<StoredCookie>): keyof StoredCookie | null => {
  if (!isString(cookie.name)) return 'name'
  if (!isString(cookie.value)) return 'value'
  if (!isString(cookie.domain)) return 'domain'
  if (!isBoolean(cookie.hostOnly)) return 'hostOnly'
  if (!isString(cookie.path)) return 'path'
  if (!isBoolean(cookie.secure)) return 'secure'
  if (!isBoolean(cookie.httpOnly)) return 'httpOnly'
  if (!sameSites.includes(cookie.sameSite)) return 'sameSite'
  if (!isOptionalNumber(cookie.expirationDate)) return 'expirationDate'
  if (!isOptionalNumber(cookie.creation)) return 'creation'
  const { partitionKey } = cookie
  const isKey = partitionKey === undefined || (isObject(partitionKey) && isString(partitionKey['topLevelSite']))
  return isKey ? null : 'partitionKey'
}

/** @throws {TypeError} naming the first field that is not of the contract's shape. */
export const validateInput = (exchange: Exchange, options: JudgeOptions): void => {
  if (!isObject(exchange)) throw new TypeError('exchange: expected an object')
  const fault = exchangeFault(exchange)
  if (fault !== null) throw new TypeError(`exchange.${fault[0]}: expected ${fault[1]}`)
  if (!isObject(options)) throw new TypeError('options: expected an object')
  if (!Array.isArray(options.jar)) throw new TypeError('options.jar: expected an array of cookies')
  options.jar.forEach(validateCookie)
  if (!thirdPartyCookies.includes(options.thirdPartyCookies)) {
    throw new TypeError("options.thirdPartyCookies: expected 'allowed', 'blocked', 'partitioned' or 'unknown'")
  }
}

const validateCookie = (cookie: StoredCookie, index: number): void => {
  if (!isObject(cookie)) throw new TypeError(`options.jar[${index}]: expected a cookie`)
  const field = cookieFault(cookie)
  if (field !== null) throw new TypeError(`options.jar[${index}].${field}: not as cookies.Cookie has it`)
}
