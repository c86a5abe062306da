import { defineBrowser, type Sourced } from './policy.ts'

const measured = <T>(value: T): Sourced<T> => ({ value, source: 'measured, Chromium 156 (Debian), 2026-11' })

export const chromium = defineBrowser('chromium', 'Chromium', {
  bareToken: measured('nameless'),
  namelessCookies: measured(true),
  tabIsControl: measured('everywhere'),
  invalidUtf8Value: measured('kept'),
  maxPairBytes: measured(4096),
  maxAttributeBytes: measured(1024),
  sizeLimitedAttributes: measured('all'),
  maxDefaultPathBytes: measured(null),
  maxAgeForm: measured('signed'),
  cookieDate: measured('standard'),
  keepsCreation: measured('same-value'),
  nonAsciiDomain: measured('punycode'),
  noneNeedsSecure: measured(true),
  laxByDefault: measured(true),
  laxUnsafeSeconds: measured(120),
  prefixes: measured(['__secure-', '__host-', '__http-', '__host-http-']),
  hostPrefixNeedsExplicitPath: measured(true),
  localhostIsSecure: measured(true),
  schemefulSameSite: measured(true),
  crossSiteAncestorCounts: measured('always'),
  redirectsCount: measured(false),
  maxAgeSeconds: measured(400 * 86_400),
  storageAccessHeaderTells: measured('credentials-and-blocking'),
  thirdPartyDefault: measured('unknown'),
  partitionedEscapesBlocking: measured(true),
})
