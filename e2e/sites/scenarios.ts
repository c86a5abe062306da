import type { ThirdPartyMode } from '../browser/profile.ts'

/** What the browser must be found to do with the login's cookie, as its own verdict in CDP's Network domain has it. */
export interface Expectation {
  operation: 'set' | 'send'
  /** The request whose response sets the cookie, or that should have carried it. */
  request: { method: string; host: string; path: string }
  /** The cookie's name. */
  cookie: string
  /** The decisive reason's id. `CredentialsOmitted` is the one of these that CDP has no word for. */
  reason: string
}

export type Login =
  /** An ordinary form: POST to `path`, and a redirect to the account page. */
  | { by: 'form'; path: string }
  /** A script of the page POSTs JSON to the API and then opens the account page. */
  | { by: 'fetch'; path: string; credentials: 'include' | 'same-origin' }
  /** By way of an identity provider on another site, which sends the visitor back to `path`. */
  | { by: 'provider'; path: string }

export interface Scenario {
  id: string
  /** What is wrong, in a few plain words. */
  title: string
  /** What the visitor meets, and why, in a sentence or two. */
  story: string
  /** Origin of the shop's pages. */
  shop: string
  /** Origin that the account page is opened on after the login; the shop's own if left out. */
  landing?: string
  /** Origin of the API, where there is one. */
  api?: string
  login: Login
  /** Who knows whether the visitor is logged in: the page's server, from the page's own request, or the API. */
  state: 'page' | 'api'
  /** The Set-Cookie line of a login, byte for byte. `value` is a fresh session id. */
  line(value: string): string
  /** A cookie that an earlier version of the shop, on https, has left in the visitor's browser. */
  earlier?: { origin: string; set: string; clear: string }
  /** null: the login survives. */
  expected: Record<ThirdPartyMode, Expectation | null>
}

/** The same whatever the browser does with third-party cookies: no other site is involved. */
const either = (expectation: Expectation | null): Scenario['expected'] => ({
  allowed: expectation,
  blocked: expectation,
})

const app = 'https://app.shop.test'
const api = 'https://api.shop.test'
const otherApi = 'https://api.other.test'
const form: Login = { by: 'form', path: '/login' }
const credentialed: Login = { by: 'fetch', path: '/login', credentials: 'include' }

const setAt = (host: string, reason: string, cookie = 'sid'): Expectation => ({
  operation: 'set',
  request: { method: 'POST', host, path: '/login' },
  cookie,
  reason,
})

const notSentTo = (host: string, reason: string): Expectation => ({
  operation: 'send',
  request: { method: 'GET', host, path: '/account' },
  cookie: 'sid',
  reason,
})

/** Looks like a token with a whole profile in it: 4,300 bytes of value, over the limit of 4,096 for name and value. */
const tokenOf = (value: string): string => `eyJhbGciOiJIUzI1NiJ9.${value.repeat(140)}`.slice(0, 4_300)

const table = {
  healthy: {
    title: 'Nothing is broken',
    story: 'The healthy shop: the session cookie arrives, is stored and comes back with the next request.',
    shop: app,
    login: form,
    state: 'page',
    line: (value) => `sid=${value}; Path=/; HttpOnly; Secure; SameSite=Lax`,
    expected: either(null),
  },
  'none-without-secure': {
    title: 'SameSite=None without Secure',
    story: 'The session cookie asks to be sent from other sites too, and forgets the Secure that this needs.',
    shop: app,
    login: form,
    state: 'page',
    line: (value) => `sid=${value}; Path=/; HttpOnly; SameSite=None`,
    expected: either(setAt('app.shop.test', 'SameSiteNoneInsecure')),
  },
  'domain-mismatch': {
    title: 'A Domain that is not this host’s',
    story: 'The API on api.shop.test still sets its cookie for the old domain, shop.example.',
    shop: app,
    api,
    login: credentialed,
    state: 'api',
    line: (value) => `sid=${value}; Domain=shop.example; Path=/; HttpOnly; Secure; SameSite=Lax`,
    expected: either(setAt('api.shop.test', 'InvalidDomain')),
  },
  'public-suffix': {
    title: 'Domain is a public suffix',
    story: 'The shop lives on me.github.io and sets its cookie for all of github.io, which nobody may.',
    shop: 'https://me.github.io',
    login: form,
    state: 'page',
    line: (value) => `sid=${value}; Domain=github.io; Path=/; HttpOnly; Secure; SameSite=Lax`,
    expected: either(setAt('me.github.io', 'InvalidDomain')),
  },
  'secure-over-http': {
    title: 'Secure over plain http',
    story: 'The staging server speaks plain http, and its cookie is Secure.',
    shop: 'http://staging.shop.test',
    login: form,
    state: 'page',
    line: (value) => `sid=${value}; Path=/; HttpOnly; Secure; SameSite=Lax`,
    expected: either(setAt('staging.shop.test', 'SecureOnly')),
  },
  'host-prefix': {
    title: '__Host- with a Domain',
    story: 'A name that starts with __Host- promises a cookie of one host only; the Domain breaks that promise.',
    shop: app,
    login: form,
    state: 'page',
    line: (value) => `__Host-sid=${value}; Domain=shop.test; Path=/; HttpOnly; Secure; SameSite=Lax`,
    expected: either(setAt('app.shop.test', 'InvalidPrefix', '__Host-sid')),
  },
  'too-large': {
    title: 'More than 4,096 bytes',
    story: 'The whole user profile is packed into the cookie, and it has grown past what a browser keeps.',
    shop: app,
    login: form,
    state: 'page',
    line: (value) => `sid=${tokenOf(value)}; Path=/; HttpOnly; Secure; SameSite=Lax`,
    expected: either(setAt('app.shop.test', 'NameValuePairExceedsMaxSize')),
  },
  'cross-site-lax': {
    title: 'SameSite=Lax from another site',
    story: 'The page on app.shop.test logs in at api.other.test, another site, whose cookie is SameSite=Lax.',
    shop: app,
    api: otherApi,
    login: credentialed,
    state: 'api',
    line: (value) => `sid=${value}; Path=/; HttpOnly; Secure; SameSite=Lax`,
    expected: {
      allowed: setAt('api.other.test', 'SchemefulSameSiteLax'),
      blocked: setAt('api.other.test', 'UserPreferences'),
    },
  },
  'cross-site-default': {
    title: 'No SameSite from another site',
    story: 'The API on api.other.test, another site, says nothing about SameSite, and that counts as Lax.',
    shop: app,
    api: otherApi,
    login: credentialed,
    state: 'api',
    line: (value) => `sid=${value}; Path=/; HttpOnly; Secure`,
    expected: {
      allowed: setAt('api.other.test', 'SchemefulSameSiteUnspecifiedTreatedAsLax'),
      blocked: setAt('api.other.test', 'UserPreferences'),
    },
  },
  'secure-twin': {
    title: 'A Secure twin is in the way',
    story: 'An earlier visit over https left a Secure cookie of the same name, which plain http may not replace.',
    shop: 'http://staging.shop.test',
    login: form,
    state: 'page',
    line: (value) => `sid=${value}; Path=/; HttpOnly; SameSite=Lax`,
    earlier: {
      origin: 'https://staging.shop.test',
      set: 'sid=left-by-an-earlier-visit; Path=/; HttpOnly; Secure; SameSite=Lax',
      clear: 'sid=; Path=/; HttpOnly; Secure; Max-Age=0',
    },
    expected: either(setAt('staging.shop.test', 'OverwriteSecure')),
  },
  'credentials-omitted': {
    title: 'fetch without credentials',
    story: 'The cookie is right for a cross-site API, but the page’s fetch does not ask for cookies.',
    shop: app,
    api: otherApi,
    login: { by: 'fetch', path: '/login', credentials: 'same-origin' },
    state: 'api',
    line: (value) => `sid=${value}; Path=/; HttpOnly; Secure; SameSite=None`,
    expected: either(setAt('api.other.test', 'CredentialsOmitted')),
  },
  'third-party-blocked': {
    title: 'Third-party cookies are blocked',
    story: 'All is right, yet a browser that blocks third-party cookies drops the one of api.other.test.',
    shop: app,
    api: otherApi,
    login: credentialed,
    state: 'api',
    line: (value) => `sid=${value}; Path=/; HttpOnly; Secure; SameSite=None`,
    expected: { allowed: null, blocked: setAt('api.other.test', 'UserPreferences') },
  },
  'wrong-path': {
    title: 'Stored for the wrong path',
    story: 'The login at /auth/login names no Path, so the cookie is for /auth only and never reaches /account.',
    shop: app,
    login: { by: 'form', path: '/auth/login' },
    state: 'page',
    line: (value) => `sid=${value}; HttpOnly; Secure; SameSite=Lax`,
    expected: either(notSentTo('app.shop.test', 'NotOnPath')),
  },
  'host-only': {
    title: 'Stored for the wrong host',
    story: 'The API on api.shop.test sets the cookie for itself alone; the account page is on app.shop.test.',
    shop: app,
    api,
    login: credentialed,
    state: 'page',
    line: (value) => `sid=${value}; Path=/; HttpOnly; Secure; SameSite=Lax`,
    expected: either(notSentTo('app.shop.test', 'DomainMismatch')),
  },
  'secure-on-http': {
    title: 'The redirect leaves https',
    story: 'The login is on https, but then redirects to a plain http page, where a Secure cookie does not go.',
    shop: 'https://staging.shop.test',
    landing: 'http://staging.shop.test',
    login: form,
    state: 'page',
    line: (value) => `sid=${value}; Path=/; HttpOnly; Secure; SameSite=Lax`,
    expected: either(notSentTo('staging.shop.test', 'SecureOnly')),
  },
  'strict-after-return': {
    title: 'SameSite=Strict after the way back',
    story: 'The visitor comes back from the identity provider, another site, and a Strict cookie stays at home then.',
    shop: app,
    login: { by: 'provider', path: '/callback' },
    state: 'page',
    line: (value) => `sid=${value}; Path=/; HttpOnly; Secure; SameSite=Strict`,
    expected: either(notSentTo('app.shop.test', 'SchemefulSameSiteStrict')),
  },
} satisfies Record<string, Omit<Scenario, 'id'>>

export type ScenarioId = keyof typeof table

/** In the order of the shop's list: the healthy one, what is lost when set, what is lost when sent. */
export const scenarios: readonly (Scenario & { id: ScenarioId })[] = Object.entries(table).map(([id, scenario]) => ({
  id: id as ScenarioId,
  ...scenario,
}))

export const isScenarioId = (text: string): text is ScenarioId => Object.hasOwn(table, text)

export const scenarioOf = (id: ScenarioId): Scenario & { id: ScenarioId } => ({ id, ...table[id] })
