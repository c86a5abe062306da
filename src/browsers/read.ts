import type { SameSiteStatus } from '../contract.ts'
import { byteLength } from '../cookie/bytes.ts'
import { parseCookieDate } from '../cookie/date.ts'
import type { ParsedAttribute, ParsedLine } from '../cookie/parse.ts'
import type { Policy } from './policy.ts'

/** What one browser reads in a line: which pair is the cookie, and which attributes count. */
export interface ReadLine {
  parsed: ParsedLine
  name: string
  value: string
  /** The attribute that counts of each kind: the last one that is not ignored. */
  domain?: ParsedAttribute
  path?: ParsedAttribute
  expires?: ParsedAttribute
  maxAge?: ParsedAttribute
  sameSite?: ParsedAttribute
  secure?: ParsedAttribute
  httpOnly?: ParsedAttribute
  partitioned?: ParsedAttribute
  /** Ignored because their value is too long. */
  overlong: ParsedAttribute[]
  sameSiteStatus: SameSiteStatus
}

const keyOf: Readonly<
  Record<string, Exclude<keyof ReadLine, 'parsed' | 'name' | 'value' | 'overlong' | 'sameSiteStatus'>>
> = {
  domain: 'domain',
  path: 'path',
  expires: 'expires',
  'max-age': 'maxAge',
  samesite: 'sameSite',
  secure: 'secure',
  httponly: 'httpOnly',
  partitioned: 'partitioned',
}

const sameSiteStatuses: Readonly<Record<string, SameSiteStatus>> = {
  strict: 'strict',
  lax: 'lax',
  none: 'no_restriction',
}

/** Linear in the length of the line. RFC 6265bis 5.6. */
export const readLine = (parsed: ParsedLine, policy: Policy): ReadLine => {
  const named = !parsed.hasEquals && policy.bareToken === 'named'
  const read: ReadLine = {
    parsed,
    name: named ? parsed.value.text : parsed.name.text,
    value: named ? '' : parsed.value.text,
    overlong: [],
    sameSiteStatus: 'unspecified',
  }
  for (const attribute of parsed.attributes) {
    if (policy.maxAttributeBytes !== null && byteLength(attribute.value) > policy.maxAttributeBytes) {
      read.overlong.push(attribute)
    } else if (Object.hasOwn(keyOf, attribute.name)) {
      const key = keyOf[attribute.name]
      if (key !== undefined) read[key] = attribute
    }
  }
  const sameSite = read.sameSite?.value.toLowerCase() ?? ''
  if (Object.hasOwn(sameSiteStatuses, sameSite)) read.sameSiteStatus = sameSiteStatuses[sameSite] ?? 'unspecified'
  return read
}

/** When the cookie goes: never known beforehand (session), or at a time; `capped`: the line asked for longer. */
export type Expiry = { session: true } | { session: false; at: number; capped: boolean }

const wholeNumber = /^[+-]?\d+$/

/**
 * A Max-Age value in seconds; null where it is no whole number and Expires stays in force. Values that no clock
 * holds are clipped. Measured: `+5` is 5; `-`, `1.5`, `"60"` and an empty one are no number.
 */
export const maxAgeSeconds = (value: string): number | null => (wholeNumber.test(value) ? Number(value) : null)

/**
 * @param now epoch ms of the response
 * @param serverDate epoch ms of the response's Date header, null without one: Expires is read on the server's clock
 */
export const readExpiry = (read: ReadLine, policy: Policy, now: number, serverDate: number | null): Expiry => {
  const asked = askedExpiry(read, now, serverDate)
  if (asked === null) return { session: true }
  const latest = now + policy.maxAgeSeconds * 1000
  return { session: false, at: Math.min(asked, latest), capped: asked > latest }
}

const askedExpiry = (read: ReadLine, now: number, serverDate: number | null): number | null => {
  const seconds = read.maxAge === undefined ? null : maxAgeSeconds(read.maxAge.value)
  if (seconds !== null) return seconds <= 0 ? 0 : now + seconds * 1000
  if (read.expires === undefined || read.expires.value === '') return null
  const date = parseCookieDate(read.expires.value)
  return date === null ? null : date + (serverDate === null ? 0 : now - serverDate)
}
