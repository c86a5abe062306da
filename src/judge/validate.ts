import type { Exchange, JudgeOptions } from '../contract.ts'

type Check = (value: unknown) => boolean

const isString: Check = (value) => typeof value === 'string'
const isNumber: Check = (value) => typeof value === 'number' && !Number.isNaN(value)
const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
const isList =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check)
const isHeader: Check = (value) => isObject(value) && isString(value['name']) && isString(value['value'])
const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value)
const oneOf =
  (...values: unknown[]): Check =>
  (value) =>
    values.includes(value)

const exchangeShape: Record<keyof Exchange, [Check, string]> = {
  url: [(value) => typeof value === 'string' && URL.canParse(value), 'an absolute URL'],
  method: [isString, 'a string'],
  resourceType: [isString, 'a string (webRequest.ResourceType)'],
  initiator: [(value) => value === null || isString(value), 'an origin or null'],
  frames: [isList(isString), 'an array of URLs'],
  redirectChain: [optional(isList(isString)), 'an array of URLs'],
  credentials: [optional(oneOf('include', 'omit', 'unknown')), "'include', 'omit' or 'unknown'"],
  requestHeaders: [isList(isHeader), 'an array of { name, value }'],
  status: [isNumber, 'a number'],
  responseHeaders: [isList(isHeader), 'an array of { name, value }'],
  time: [isNumber, 'a number (epoch milliseconds)'],
}

const cookieShape: Record<string, Check> = {
  name: isString,
  value: isString,
  domain: isString,
  hostOnly: oneOf(true, false),
  path: isString,
  secure: oneOf(true, false),
  httpOnly: oneOf(true, false),
  sameSite: oneOf('no_restriction', 'lax', 'strict', 'unspecified'),
  expirationDate: optional(isNumber),
  creation: optional(isNumber),
  partitionKey: optional((value) => isObject(value) && isString(value['topLevelSite'])),
}

/** @throws {TypeError} naming the first field that is not of the contract's shape. */
export const validateInput = (exchange: Exchange, options: JudgeOptions): void => {
  if (!isObject(exchange)) throw new TypeError('exchange: expected an object')
  for (const [field, [check, expected]] of Object.entries(exchangeShape)) {
    if (!check((exchange as unknown as Record<string, unknown>)[field])) {
      throw new TypeError(`exchange.${field}: expected ${expected}`)
    }
  }
  if (!isObject(options)) throw new TypeError('options: expected an object')
  if (!Array.isArray(options.jar)) throw new TypeError('options.jar: expected an array of cookies')
  options.jar.forEach(validateCookie)
  if (!oneOf(undefined, 'allowed', 'blocked', 'partitioned', 'unknown')(options.thirdPartyCookies)) {
    throw new TypeError("options.thirdPartyCookies: expected 'allowed', 'blocked', 'partitioned' or 'unknown'")
  }
}

const validateCookie = (cookie: unknown, index: number): void => {
  if (!isObject(cookie)) throw new TypeError(`options.jar[${index}]: expected a cookie`)
  for (const [field, check] of Object.entries(cookieShape)) {
    if (!check(cookie[field])) throw new TypeError(`options.jar[${index}].${field}: not as cookies.Cookie has it`)
  }
}
