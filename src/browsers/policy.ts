import type { Browser, ThirdPartyCookies } from '../contract.ts'
import type { StoreLimits } from '../cookie/filling.ts'

/**
 * malformed: no host name can be made of it. public-suffix: no one may set it. other-site: another registrable
 * domain. not-a-parent: the same registrable domain, but neither the host nor a parent of it. no-domain: the host
 * is an IP address, a single label or itself a public suffix, and has no parent.
 */
export type DomainFault = 'malformed' | 'public-suffix' | 'other-site' | 'not-a-parent' | 'no-domain'

/** What differs between browsers. Rules read these values and never ask for a browser's name. */
export interface Policy extends StoreLimits {
  /** A pair without `=`: a nameless cookie with that value, a cookie of that name without value, or dropped. */
  bareToken: 'nameless' | 'named' | 'dropped'
  /** Whether a cookie may have no name (`=x`). */
  namelessCookies: boolean
  /** Where a TAB inside a piece of the line is a control character like the others: everywhere, or in the path alone. */
  tabIsControl: 'everywhere' | 'in-path'
  /** Where a control character is known to make the browser refuse the line. */
  controlsRefused: 'everywhere' | 'in-name-and-value'
  /** Whether quotes, white space and other than ASCII characters in a pair are taken as written, or in a way that is not fully known. */
  oddCharacters: 'as-written' | 'in-its-own-way'
  /** What becomes of a value's bytes that are no UTF-8: kept, or stored and sent as U+FFFD. */
  invalidUtf8Value: 'kept' | 'replaced'
  /** Name and value together, bytes; null: no limit. */
  maxPairBytes: number | null
  /** A longer attribute value is ignored, bytes; null: no limit. */
  maxAttributeBytes: number | null
  /** Which attributes that limit holds for. */
  sizeLimitedAttributes: 'all' | readonly ('path' | 'domain' | 'expires' | 'max-age')[]
  /** A line is refused whose default-path is longer, bytes; null: no limit. */
  maxDefaultPathBytes: number | null
  /** What counts as a Max-Age: digits with a sign, or digits, where whatever begins with `-` is in the past. */
  maxAgeForm: 'signed' | 'digits'
  /** How a cookie-date is read: as the standard says, or by NSPR's more generous parser. */
  cookieDate: 'standard' | 'nspr'
  /** When a cookie that is set anew keeps its place in the Cookie header. */
  keepsCreation: 'same-value' | 'always'
  /** Whether cookies.onChanged tells of a session cookie that is set again as it was. */
  tellsUnchanged: boolean
  /** Whether a Domain with other than ASCII characters is turned into punycode, or refused. */
  nonAsciiDomain: 'punycode' | 'refused'
  /** Which faulty Domain attributes are known to make the browser refuse the line. */
  domainFaultsRefused: 'all' | readonly DomainFault[]
  /** Whether SameSite=None is accepted from lines with Secure only. */
  noneNeedsSecure: boolean
  /** Whether a cookie without SameSite counts as Lax. */
  laxByDefault: boolean
  /** How long a cookie without SameSite is still sent on a cross-site top-level POST, seconds. */
  laxUnsafeSeconds: number
  /** Prefixes that are enforced. */
  prefixes: readonly ('__secure-' | '__host-' | '__http-' | '__host-http-')[]
  /** Whether a prefix counts in any case of letters, or only as it is written in the standard. */
  prefixCase: 'any' | 'exact'
  /** Whether `__Host-` asks for a Path attribute that says `/`, or is content with a default-path of `/`. */
  hostPrefixNeedsExplicitPath: boolean
  /** Which Domain `__Host-` bears: the host's own address, or whichever leaves the cookie to this host alone. */
  hostPrefixTakesDomain: 'own-address' | 'host-only'
  /** Whether plain http on localhost and loopback addresses counts as secure. */
  localhostIsSecure: boolean
  /** Whether http and https of one domain are two sites. */
  schemefulSameSite: boolean
  /** What tells a partition key of a third party's: that it is another site, or that its host is not within the page's domain. */
  partitionAncestorBy: 'site' | 'domain'
  /** Whether a cross-site hop of a redirect chain makes the request cross-site, for what is sent. */
  redirectsCount: boolean
  /** Whether a cross-site response, other than of a top-level navigation, may set SameSite=Strict and Lax. */
  crossSiteResponsesSet: boolean
  /** Whether a document of another site, or of none, between the page and the request is known to make it cross-site. */
  documentsBetweenCount: 'yes' | 'unknown'
  /** Longest life of a cookie, seconds. */
  maxAgeSeconds: number
  /** What a cross-site request's `Sec-Fetch-Storage-Access` tells. */
  storageAccessHeaderTells: 'credentials-and-blocking' | 'partitioning' | 'nothing'
  /** Whether there are frames without credentials, `<iframe credentialless>`. */
  credentiallessFrames: boolean
  /** What becomes of third-party cookies where nobody says otherwise. */
  thirdPartyDefault: 'allowed' | 'blocked' | 'partitioned' | 'unknown'
  /** Whether a partition's bytes are limited in any setting, or only where third-party cookies are partitioned. */
  partitionBytesCount: 'always' | 'where-partitioned'
  /** Whether `Partitioned` cookies survive where third-party cookies are blocked. */
  partitionedEscapesBlocking: boolean
}

/**
 * A value and where it comes from: a standard's section, or what was measured, where and when. Where nobody knows the
 * value, it is the likeliest one, and `orElse` says what else it may be; nothing there: no verdict depends on it.
 */
export interface Sourced<T> {
  value: T
  source: string
  orElse?: readonly T[]
}

/** How much the browser keeps, with what is known of its setting. */
export const limitsIn = (policy: Policy, thirdPartyCookies: ThirdPartyCookies): StoreLimits =>
  policy.partitionBytesCount === 'where-partitioned' &&
  (thirdPartyCookies === 'allowed' || thirdPartyCookies === 'blocked')
    ? { ...policy, maxPartitionBytes: null }
    : policy

export type SourcedPolicy = { [K in keyof Policy]: Sourced<Policy[K]> }

export interface BrowserProfile {
  browser: Browser
  /** As people call it. */
  name: string
  policy: Policy
  sources: { [K in keyof Policy]: string }
  /** The values that nobody knows. */
  unknown: ReadonlySet<string>
  /** What the policy may be instead: one unknown value changed in each, and all of them in the last. Empty where all is known. */
  alternatives: readonly Partial<Policy>[]
  /** Rules that were never seen at work in this browser, by their `key`: what they block is not certain. */
  unverified: ReadonlySet<string>
}

export const defineBrowser = (
  browser: Browser,
  name: string,
  sourced: SourcedPolicy,
  unverified: readonly string[] = [],
): BrowserProfile => {
  const entries: [string, Sourced<unknown>][] = Object.entries(sourced)
  const changes = entries.flatMap(([key, { orElse = [] }]): Partial<Policy>[] =>
    orElse.map((value) => ({ [key]: value })),
  )
  return {
    unverified: new Set(unverified),
    unknown: new Set(entries.filter(([, { orElse }]) => orElse !== undefined).map(([key]) => key)),
    alternatives: changes.length > 1 ? [...changes, Object.assign({}, ...changes) as Partial<Policy>] : changes,
    browser,
    name,
    policy: Object.fromEntries(entries.map(([key, { value }]) => [key, value])) as unknown as Policy,
    sources: Object.fromEntries(entries.map(([key, { source }]) => [key, source])) as BrowserProfile['sources'],
  }
}
