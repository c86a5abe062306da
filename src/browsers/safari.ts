import { defineBrowser, type Sourced } from './policy.ts'

// Safari itself was never run. What is known of it is published: the results of web-platform-tests that WebKit keeps beside
// its source (a failing test tells as much as a passing one), MDN's compatibility data, and WebKit's own words.

/** Of WebKit's checked-in results: the test under `cookies/`, and the commit in which the result was read. */
const webkit = <T>(value: T, test: string, commit: string): Sourced<T> => ({
  value,
  source: `web-platform-tests ${test}, as WebKit ${commit} expects it`,
})

/** `http/headers/Set-Cookie.json`, unless another file is named. */
const mdn = <T>(value: T, what: string): Sourced<T> => ({
  value,
  source: `MDN browser-compat-data a0a74f9b2e8b, ${what}`,
})

/** The likeliest value, and what else it may be. */
const unknown = <T>(likeliest: T, ...orElse: readonly T[]): Sourced<T> => ({
  value: likeliest,
  source: 'no source',
  orElse,
})

export const safari = defineBrowser(
  'safari',
  'Safari',
  {
    bareToken: webkit('dropped', 'cookies/name/name', '25c9849ac5c0'),
    namelessCookies: webkit(false, 'cookies/name/name', '25c9849ac5c0'),
    controlsRefused: webkit('in-name-and-value', 'cookies/name/name-ctl and value/value-ctl', '25c9849ac5c0'),
    oddCharacters: webkit('in-its-own-way', 'cookies/value/value and encoding/charset', 'b6072167c14f'),
    tabIsControl: webkit('in-path', 'cookies/name/name-ctl and value/value-ctl', '25c9849ac5c0'),
    // Lines with such bytes are not certain anyway.
    invalidUtf8Value: unknown<'kept' | 'replaced'>('kept'),
    maxPairBytes: webkit(4096, 'cookies/size/name-and-value', '92829e91b168'),
    maxAttributeBytes: webkit(null, 'cookies/size/attributes.www', '6231d53d7ec7'),
    sizeLimitedAttributes: webkit('all', 'cookies/size/attributes.www', '6231d53d7ec7'),
    maxDefaultPathBytes: unknown<number | null>(null, 1024),
    maxAgeForm: unknown<'signed' | 'digits'>('signed', 'digits'),
    cookieDate: unknown<'standard' | 'nspr'>('standard', 'nspr'),
    // Tells of the order in the Cookie header alone.
    keepsCreation: unknown<'same-value' | 'always'>('same-value'),
    tellsUnchanged: unknown(true, false),
    nonAsciiDomain: webkit('punycode', 'cookies/domain/domain-attribute-idn-host', 'd1a0bead6557'),
    domainFaultsRefused: webkit(
      ['other-site', 'not-a-parent'],
      'cookies/domain/domain-attribute-idn-host and size/attributes.www',
      'd1a0bead6557',
    ),
    noneNeedsSecure: webkit(false, 'cookies/samesite-none-secure', '25f472a6b8b0'),
    laxByDefault: webkit(false, 'cookies/samesite/fetch', '49f54741c5d8'),
    laxUnsafeSeconds: webkit(0, 'cookies/samesite/form-post-blank', '49f54741c5d8'),
    prefixes: webkit(['__secure-', '__host-'], 'cookies/prefix/__Http', 'a191d2c6b1f4'),
    prefixCase: webkit('exact', 'cookies/prefix/__host.header and __secure.header', '16f5c84fac57'),
    hostPrefixNeedsExplicitPath: webkit(false, 'cookies/prefix/__host.explicit-path', '7f4b74c9b840'),
    hostPrefixTakesDomain: unknown<'own-address' | 'host-only'>('own-address', 'host-only'),
    localhostIsSecure: mdn(false, 'Set-Cookie (webkit.org/b/281149)'),
    schemefulSameSite: mdn(false, 'Set-Cookie, SameSite, schemeful'),
    partitionAncestorBy: unknown<'site' | 'domain'>('site', 'domain'),
    redirectsCount: webkit(true, 'cookies/samesite/fetch and form-get-blank', '49f54741c5d8'),
    crossSiteResponsesSet: webkit(true, 'cookies/samesite/setcookie-lax', '5ed61c0e9dc2'),
    documentsBetweenCount: { value: 'unknown', source: 'no source', orElse: [] },
    // What a response's cookie may ask for at most is not known; this is about what a Date holds.
    maxAgeSeconds: unknown(8_000_000_000_000),
    credentiallessFrames: mdn(false, 'html/elements/iframe.json'),
    storageAccessHeaderTells: mdn('nothing', 'http/headers/Sec-Fetch-Storage-Access.json'),
    thirdPartyDefault: { value: 'blocked', source: 'WebKit, Full Third-Party Cookie Blocking and More (2020-03)' },
    partitionBytesCount: unknown<'always' | 'where-partitioned'>('always'),
    // Partitioned counts from Safari 26.2 on (MDN): which Safari is meant is not known.
    partitionedEscapesBlocking: unknown(true, false),
    maxSiteCookies: unknown<number | null>(null),
    siteCookiesLeft: unknown(150),
    maxPartitionBytes: unknown<number | null>(null),
    partitionBytesLeft: unknown(10_240),
    maxPartitionCookies: unknown<number | null>(null),
    partitionCookiesLeft: unknown(180),
    roomIsMade: unknown<'after' | 'in-advance'>('after'),
    lastUseSeconds: unknown(0),
  },
  [
    'set/SecureOnly',
    'set/OverwriteSecure',
    'set/InvalidPartitioned',
    'set/CorsPreflight',
    'set/ExpiryCapped',
    'set/AnonymousContext',
    'send/CorsPreflight',
    'send/AnonymousContext',
    'send/PartitionKeyMismatch',
  ],
)
