import type { SameSiteStatus } from '../contract.ts'
import { encodeUtf8, exceedsBytes, isAscii, isByteString, isDigit } from '../cookie/bytes.ts'
import { parseCookieDate } from '../cookie/date.ts'
import type { ParsedAttribute, ParsedLine } from '../cookie/parse.ts'
import { parseFirefoxDate } from './firefox-date.ts'
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
    value: named ? '' : policy.invalidUtf8Value === 'kept' ? parsed.value.text : wellFormed(parsed.value.text),
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
    if (isOverlong(attribute, policy)) read.overlong.push(attribute)
    else take(read, attribute)
  }
  if (read.sameSite !== undefined) read.sameSiteStatus = sameSiteStatusOf(read.sameSite.value)
  return read
}

const isOverlong = ({ name, value }: ParsedAttribute, policy: Policy): boolean => {
  const { maxAttributeBytes: limit, sizeLimitedAttributes: limited } = policy
  return (
    limit !== null &&
    exceedsBytes(limit, value) &&
    (limited === 'all' || limited.some((attribute) => attribute === name))
  )
}

const lossyUtf8 = new TextDecoder('utf-8', { ignoreBOM: true })

/** A byte string with U+FFFD for bytes that are no UTF-8. */
const wellFormed = (text: string): string =>
  isAscii(text) || !isByteString(text)
    ? text
    : encodeUtf8(lossyUtf8.decode(Uint8Array.from(text, (char) => char.charCodeAt(0))))

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
 * holds are clipped. Measured: `1.5`, `"60"` and an empty one are no number; in Chromium `+5` is 5 and `-` no number, in
 * Firefox `+5` is no number and whatever begins with `-` is in the past.
 */
export const maxAgeSeconds = (value: string, { maxAgeForm }: Policy): number | null => {
  if (maxAgeForm === 'digits') return value.startsWith('-') ? -1 : unsignedSeconds(value, 0)
  const sign = value.startsWith('+') || value.startsWith('-') ? 1 : 0
  return unsignedSeconds(value, sign)
}

const exactDigits = 15

const unsignedSeconds = (value: string, from: number): number | null => {
  if (value.length === from) return null
  let seconds = 0
  for (let i = from; i < value.length; i++) {
    const code = value.charCodeAt(i)
    if (!isDigit(code)) return null
    seconds = seconds * 10 + code - 0x30
  }
  // More digits than a number holds are rounded as the whole, not one by one.
  if (value.length > exactDigits) return Number(value)
  return value.startsWith('-') ? -seconds : seconds
}

/**
 * @param now epoch ms of the response
 * @param serverDate epoch ms of the response's Date header, null without one: Expires is read on the server's clock
 */
export const readExpiry = (read: ReadLine, policy: Policy, now: number, serverDate: number | null): Expiry => {
  const asked = askedExpiry(read, policy, now, serverDate)
  if (asked === null) return { session: true }
  const latest = now + policy.maxAgeSeconds * 1000
  return { session: false, at: Math.min(asked, latest), capped: asked > latest }
}

/** Epoch milliseconds; null where the browser finds no date in it. */
export const expiresAt = (value: string, { cookieDate }: Policy): number | null =>
  cookieDate === 'nspr' ? parseFirefoxDate(value) : parseCookieDate(value)

const askedExpiry = (read: ReadLine, policy: Policy, now: number, serverDate: number | null): number | null => {
  const seconds = read.maxAge === undefined ? null : maxAgeSeconds(read.maxAge.value, policy)
  if (seconds !== null) return seconds <= 0 ? 0 : now + seconds * 1000
  if (read.expires === undefined || read.expires.value === '') return null
  const date = expiresAt(read.expires.value, policy)
  return date === null ? null : date + (serverDate === null ? 0 : now - serverDate)
}
