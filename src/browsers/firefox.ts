import { defineBrowser, type Sourced } from './policy.ts'

const measured = <T>(value: T): Sourced<T> => ({ value, source: 'measured, Firefox ESR 153 (Debian), 2026-11' })
/** Nothing is said of it. */
const unmeasured = <T>(value: T): Sourced<T> => ({ value, source: 'not measured' })

export const firefox = defineBrowser('firefox', 'Firefox', {
  bareToken: measured('named'),
  namelessCookies: measured(false),
  tabIsControl: measured('in-path'),
  controlsRefused: measured('everywhere'),
  oddCharacters: measured('as-written'),
  invalidUtf8Value: measured('replaced'),
  maxPairBytes: measured(4096),
  maxAttributeBytes: measured(1024),
  sizeLimitedAttributes: measured(['path', 'domain', 'expires', 'max-age']),
  maxDefaultPathBytes: measured(1024),
  maxAgeForm: measured('digits'),
  cookieDate: measured('nspr'),
  keepsCreation: measured('always'),
  nonAsciiDomain: measured('refused'),
  domainFaultsRefused: measured('all'),
  noneNeedsSecure: measured(true),
  laxByDefault: measured(false),
  laxUnsafeSeconds: measured(0),
  prefixes: measured(['__secure-', '__host-', '__http-', '__host-http-']),
  prefixCase: measured('any'),
  hostPrefixNeedsExplicitPath: measured(false),
  localhostIsSecure: measured(true),
  schemefulSameSite: measured(false),
  partitionAncestorBy: measured('domain'),
  redirectsCount: measured(true),
  crossSiteResponsesSet: measured(false),
  documentsBetweenCount: measured('yes'),
  maxAgeSeconds: measured(400 * 86_400),
  storageAccessHeaderTells: measured('credentials'),
  thirdPartyDefault: measured('partitioned'),
  partitionedEscapesBlocking: measured(false),
  maxSiteCookies: unmeasured(null),
  siteCookiesLeft: unmeasured(150),
  maxPartitionBytes: unmeasured(null),
  maxPartitionCookies: unmeasured(null),
  lastUseSeconds: unmeasured(0),
})
