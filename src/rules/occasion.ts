import type { Policy } from '../browsers/policy.ts'
import type { ReadLine } from '../browsers/read.ts'
import type { DomainResult } from '../browsers/resolve-domain.ts'
import type { StoredCookie, ThirdPartyCookies } from '../contract.ts'
import { exceedsBytes, hasControl } from '../cookie/bytes.ts'
import type { RequestContext } from '../cookie/context.ts'
import { isSecureUrl } from '../cookie/site.ts'

/**
 * What must be the case for a rule to have a say. A rule names it, need not ask for it again, and is not asked
 * otherwise: nearly every line comes over https to a page of its own site, and concerns few rules. As bits, so that one
 * look tells which.
 */
export const occasion = {
  // Of the request.
  /** A CORS preflight. */
  preflight: 1 << 0,
  /** The request carried no credentials, or may have carried none. */
  credentials: 1 << 1,
  /** The setting for third-party cookies concerns the request, or may do, and does not let them pass. */
  thirdParty: 1 << 2,
  /** The browser keeps this request's cookies apart by page, whatever their lines say. */
  keptApart: 1 << 3,
  /** Secure cookies do not travel on the request's URL. */
  insecure: 1 << 4,
  /** The response is that of a cross-site request and of no top-level navigation, or may be. */
  crossSiteResponse: 1 << 5,
  /** The URL's path is longer than this browser lets a cookie's be. */
  longAddress: 1 << 6,
  /** The browser reads some lines in a way of its own. */
  ownReading: 1 << 7,

  // Of the line.
  /** It makes a cookie without a name. */
  nameless: 1 << 8,
  /** Its name begins as prefixes do, or its value where it has no name. */
  underscores: 1 << 9,
  /** Name and value are longer together than this browser takes them. */
  longPair: 1 << 10,
  /** A control character stands in it somewhere. */
  control: 1 << 11,
  /** A comma stands in it somewhere. */
  comma: 1 << 12,
  /** An attribute is ignored because of its length. */
  overlong: 1 << 13,
  /** A Domain that is faulty, has other than ASCII characters, or leaves the cookie to its host. */
  domain: 1 << 14,
  /** A Path other than `/`. */
  path: 1 << 15,
  partitioned: 1 << 16,
  sameSiteNone: 1 << 17,
  /** A SameSite that none of the known values is. */
  sameSiteUnknown: 1 << 18,
  /** A Max-Age, or an Expires that makes no more than a session cookie. */
  expiry: 1 << 19,
  /** It asks for a longer life than the browser grants. */
  capped: 1 << 20,
  /** Secure, HttpOnly or Partitioned with a value. */
  flagValue: 1 << 21,
  /** The store may have no room for its cookie. */
  crowded: 1 << 22,
} as const

export type Occasion = (typeof occasion)[keyof typeof occasion]

interface Settled {
  preflight: boolean
  credentials: 'include' | 'omit' | 'unknown'
  thirdPartyCookies: ThirdPartyCookies
}

/** Those of the request, or of all that the browser is asked. */
export const requestOccasions = (
  context: RequestContext,
  { preflight, credentials, thirdPartyCookies }: Settled,
  policy: Policy,
): number => {
  const { url, thirdParty, setting, missing } = context
  const passes = thirdParty === false || thirdPartyCookies === 'allowed' || thirdPartyCookies === 'partitioned'
  const sameSite = setting !== 'cross-site' && missing.length === 0
  const { maxDefaultPathBytes } = policy
  return (
    (preflight ? occasion.preflight : 0) |
    (credentials === 'include' ? 0 : occasion.credentials) |
    (passes ? 0 : occasion.thirdParty) |
    (thirdParty === true && thirdPartyCookies === 'partitioned' ? occasion.keptApart : 0) |
    (isSecureUrl(url, policy.localhostIsSecure) ? 0 : occasion.insecure) |
    (sameSite || policy.crossSiteResponsesSet ? 0 : occasion.crossSiteResponse) |
    (maxDefaultPathBytes !== null && exceedsBytes(maxDefaultPathBytes, url.pathname) ? occasion.longAddress : 0) |
    (policy.oddCharacters === 'as-written' ? 0 : occasion.ownReading)
  )
}

/** Those of the line alone. `stored`: how many cookies of the site there are. */
export const lineOccasions = (
  read: ReadLine,
  domain: DomainResult,
  cookie: StoredCookie,
  capped: boolean,
  stored: number,
  policy: Policy,
): number => {
  const { parsed, name, value, path, sameSite, sameSiteStatus } = read
  const { maxPairBytes, maxSiteCookies, maxPartitionBytes } = policy
  const unread = read.maxAge !== undefined || (read.expires !== undefined && cookie.session)
  const flagValue = hasValue(read.secure) || hasValue(read.httpOnly) || hasValue(read.partitioned)
  const partitionFull = stored > 0 || (maxPartitionBytes !== null && exceedsBytes(maxPartitionBytes, name, value))
  const full =
    cookie.partitionKey === undefined ? stored >= (maxSiteCookies ?? Number.POSITIVE_INFINITY) : partitionFull
  return (
    (name === '' ? occasion.nameless : 0) |
    ((name === '' ? value : name).startsWith('__') ? occasion.underscores : 0) |
    (maxPairBytes !== null && exceedsBytes(maxPairBytes, name, value) ? occasion.longPair : 0) |
    (hasControl(parsed.line) ? occasion.control : 0) |
    (parsed.line.includes(',') ? occasion.comma : 0) |
    (read.overlong.length > 0 ? occasion.overlong : 0) |
    (read.domain !== undefined && (!domain.ok || domain.nonAscii || domain.hostOnly) ? occasion.domain : 0) |
    (path !== undefined && path.value !== '/' ? occasion.path : 0) |
    (read.partitioned !== undefined ? occasion.partitioned : 0) |
    (sameSiteStatus === 'no_restriction' ? occasion.sameSiteNone : 0) |
    (sameSite !== undefined && sameSiteStatus === 'unspecified' ? occasion.sameSiteUnknown : 0) |
    (unread ? occasion.expiry : 0) |
    (capped ? occasion.capped : 0) |
    (flagValue ? occasion.flagValue : 0) |
    (maxSiteCookies !== null && full ? occasion.crowded : 0)
  )
}

const hasValue = (flag: ReadLine['secure']): boolean => flag !== undefined && flag.value !== ''
