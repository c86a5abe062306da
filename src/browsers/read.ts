import type { SameSiteStatus } from '../contract.ts'
import { exceedsBytes, isDigit } from '../cookie/bytes.ts'
import { parseCookieDate } from '../cookie/date.ts'
import type { ParsedAttribute, ParsedLine } from '../cookie/parse.ts'
import type { Policy } from './policy.ts'

/** What one browser reads in a line: which pair is the cookie, and which attributes count. */
export interface ReadLine {
  parsed: ParsedLine
  name: string
  value: string
  /** The attribute that counts of each kind: the last one that is not ignored. */
  domain: ParsedAttribute | undefined
  path: ParsedAttribute | undefined
  expires: ParsedAttribute | undefined
  maxAge: ParsedAttribute | undefined
  sameSite: ParsedAttribute | undefined
  secure: ParsedAttribute | undefined
  httpOnly: ParsedAttribute | undefined
  partitioned: ParsedAttribute | undefined
  /** Ignored because their value is too long. */
  overlong: ParsedAttribute[]
  sameSiteStatus: SameSiteStatus
}

/** Linear in the length of the line. RFC 6265bis 5.6. */
export const readLine = (parsed: ParsedLine, policy: Policy): ReadLine => {
  const named = !parsed.hasEquals && policy.bareToken === 'named'
  const read: ReadLine = {
    parsed,
    name: named ? parsed.value.text : parsed.name.text,
    value: named ? '' : parsed.value.text,
    // All of them from the start: rules read them many times, and objects of one shape are read fastest.
    domain: undefined,
    path: undefined,
    expires: undefined,
    maxAge: undefined,
    sameSite: undefined,
    secure: undefined,
    httpOnly: undefined,
    partitioned: undefined,
    overlong: [],
    sameSiteStatus: 'unspecified',
  }
  for (const attribute of parsed.attributes) {
    if (policy.maxAttributeBytes !== null && exceedsBytes(policy.maxAttributeBytes, attribute.value)) {
      read.overlong.push(attribute)
    } else take(read, attribute)
  }
  if (read.sameSite !== undefined) read.sameSiteStatus = sameSiteStatusOf(read.sameSite.value)
  return read
}

const take = (read: ReadLine, attribute: ParsedAttribute): void => {
  switch (attribute.name) {
    case 'domain':
      read.domain = attribute
      break
    case 'path':
      read.path = attribute
      break
    case 'expires':
      read.expires = attribute
      break
    case 'max-age':
      read.maxAge = attribute
      break
    case 'samesite':
      read.sameSite = attribute
      break
    case 'secure':
      read.secure = attribute
      break
    case 'httponly':
      read.httpOnly = attribute
      break
    case 'partitioned':
      read.partitioned = attribute
      break
  }
}

const sameSiteStatusOf = (value: string): SameSiteStatus => {
  switch (value.toLowerCase()) {
    case 'strict':
      return 'strict'
    case 'lax':
      return 'lax'
    case 'none':
      return 'no_restriction'
    default:
      return 'unspecified'
  }
}

/** When the cookie goes: never known beforehand (session), or at a time; `capped`: the line asked for longer. */
export type Expiry = { session: true } | { session: false; at: number; capped: boolean }

/**
 * A Max-Age value in seconds; null where it is no whole number and Expires stays in force. Values that no clock
 * holds are clipped. Measured: `+5` is 5; `-`, `1.5`, `"60"` and an empty one are no number.
 */
export const maxAgeSeconds = (value: string): number | null => {
  const sign = value.startsWith('+') || value.startsWith('-') ? 1 : 0
  if (value.length === sign) return null
  for (let i = sign; i < value.length; i++) if (!isDigit(value.charCodeAt(i))) return null
  return Number(value)
}

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
