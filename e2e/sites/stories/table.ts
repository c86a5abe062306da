/** How the page's script logs in and asks who the visitor is; without one, a form does. */
export interface Client {
  /** Origin of the API. */
  api: string
  credentials: 'include' | 'same-origin'
  /** The login's answer holds a token, which goes along as `Authorization: Bearer`. */
  bearer?: boolean
  /** The page's script sends this cookie back in that header. */
  csrf?: { cookie: string; header: string }
  /** Other headers of the login request. */
  headers?: Record<string, string>
}

/** A login that breaks by what stands around its cookie: a proxy, CORS, a provider, several servers, clocks. */
export interface Story {
  /** What is wrong, in a few plain words. */
  title: string
  /** What the visitor meets, and why, in a sentence or two. */
  story: string
  /** The diagnosis that has to come first. */
  diagnosis: string
  /** Origin that the visitor begins on. */
  start: string
  client?: Client
  /** Logs in by way of the identity provider on another site. */
  provider?: true
  /** The login works all the same: what is named would bite later. */
  survives?: true
}

const app = 'https://app.shop.test'
const sameSiteApi: Client = { api: 'https://api.shop.test', credentials: 'include' }

const table = {
  'proxy-hides-https': {
    title: 'The proxy hides https',
    story: 'The app behind the proxy thinks it is on http: it redirects there, and leaves Secure out.',
    diagnosis: 'ProxyHidesHttps',
    start: app,
  },
  'no-set-cookie': {
    title: 'A login without a cookie',
    story: 'The session library refuses to set its Secure cookie, because the app thinks it is on http.',
    diagnosis: 'LoginWithoutSetCookie',
    start: app,
  },
  'cors-any-origin': {
    title: 'CORS for any origin',
    story: 'The API answers Access-Control-Allow-Origin: *, which no browser accepts where cookies go along.',
    diagnosis: 'CorsBlocksCredentials',
    start: app,
    client: sameSiteApi,
  },
  'cors-preflight': {
    title: 'A preflight that fails',
    story: 'The API does not allow the content type of the login in its answer to the preflight.',
    diagnosis: 'CorsBlocksCredentials',
    start: app,
    client: { ...sameSiteApi, api: 'https://accounts.shop.test' },
  },
  'form-post-lax': {
    title: 'The provider returns by POST',
    story: 'The cookie with the state is SameSite=Lax, and stays at home when the provider’s form posts the answer.',
    diagnosis: 'SameSiteOnReturn',
    start: app,
    provider: true,
  },
  'callback-host': {
    title: 'The callback is on another host',
    story: 'The login begins on www.shop.test and ends on app.shop.test, which does not get the cookie with the state.',
    diagnosis: 'OAuthStateLost',
    start: 'https://www.shop.test',
    provider: true,
  },
  'redirect-uri-http': {
    title: 'redirect_uri is on http',
    story: 'The app thinks it is on http and asks the provider to return there, which the provider refuses.',
    diagnosis: 'OAuthRedirectUriWrong',
    start: app,
    provider: true,
  },
  'session-rejected': {
    title: 'The session is not known',
    story: 'The cookie is stored and sent, but the server that gets it does not share the secret it was signed with.',
    diagnosis: 'SessionRejected',
    start: app,
  },
  'changes-every-time': {
    title: 'Another session each time',
    story: 'Two servers take turns, and each begins a session of its own when it sees the other’s.',
    diagnosis: 'SessionChangesEveryTime',
    start: app,
  },
  'session-replaced': {
    title: 'Another app overwrites the session',
    story:
      'The blog on the same host keeps its own session in a cookie of the same name, and its picture is on the page.',
    diagnosis: 'SessionReplaced',
    start: app,
  },
  'deleted-at-once': {
    title: 'Deleted right away',
    story: 'The next response deletes the cookie that the login set, for the server does not accept its own session.',
    diagnosis: 'SessionDeletedAtOnce',
    start: app,
  },
  'two-of-one-name': {
    title: 'Two cookies of one name',
    story:
      'An old release left a cookie of the same name with another path. It is sent first, and the server reads it.',
    diagnosis: 'TwoCookiesOfOneName',
    start: app,
  },
  'csrf-http-only': {
    title: 'The CSRF cookie can’t be read',
    story: 'The page’s script is to send the CSRF token back, but its cookie is HttpOnly.',
    diagnosis: 'CsrfRefused',
    start: app,
    client: { api: app, credentials: 'same-origin', csrf: { cookie: 'XSRF-TOKEN', header: 'X-XSRF-TOKEN' } },
  },
  'csrf-no-session': {
    title: 'A form without a session',
    story:
      'The app thinks it is on http and keeps its Secure session cookie to itself. The CSRF token of the form belongs to no session then.',
    diagnosis: 'CsrfWithoutSession',
    start: app,
  },
  'bearer-redirect': {
    title: 'The token is lost on a redirect',
    story: 'The API redirects to another origin, and browsers drop Authorization there.',
    diagnosis: 'BearerMissing',
    start: app,
    client: { api: 'https://api.shop.test', credentials: 'same-origin', bearer: true },
  },
  'token-expired': {
    title: 'The token has expired already',
    story: 'The server writes seconds where it means milliseconds, or the other way round: exp is in the past.',
    diagnosis: 'TokenNotValid',
    start: app,
    client: { api: 'https://api.shop.test', credentials: 'same-origin', bearer: true },
  },
  'token-refused': {
    title: 'The API does not accept the token',
    story: 'The token is sent and good by its own claims, but the API expects it to be made for another audience.',
    diagnosis: 'TokenRefused',
    start: app,
    client: { api: 'https://api.shop.test', credentials: 'same-origin', bearer: true },
  },
  'clock-skew': {
    title: 'The server’s clock is slow',
    story:
      'The token expires an hour from now by the clock of the server that issues it: an hour ago by everybody else’s.',
    diagnosis: 'ClockSkew',
    start: app,
    client: { api: 'https://api.shop.test', credentials: 'same-origin', bearer: true },
  },
  'short-life': {
    title: 'Logged out after a minute',
    story: 'Max-Age is 60: seconds, where minutes were meant.',
    diagnosis: 'SessionLifetime',
    start: app,
    survives: true,
  },
  'folded-lines': {
    title: 'Two cookies in one line',
    story: 'A gateway joins the Set-Cookie headers with a comma, and the browser reads one cookie.',
    diagnosis: 'SetCookieFolded',
    start: app,
  },
  'chunk-missing': {
    title: 'A chunk of the session is missing',
    story: 'The session is cut into parts, and one of them is over the limit.',
    diagnosis: 'ChunkMissing',
    start: app,
  },
  'prefix-flips': {
    title: 'The prefix changes with the environment',
    story: 'The login sets session-token, the rest of the app reads __Secure-session-token.',
    diagnosis: 'PrefixFlips',
    start: app,
  },
  'public-suffix-sites': {
    title: 'Two sites that look like one',
    story: 'shop.github.io and api.github.io are two sites, for github.io is a public suffix.',
    diagnosis: 'PublicSuffixSites',
    start: 'https://shop.github.io',
    client: { api: 'https://api.github.io', credentials: 'include' },
  },
  'local-names': {
    title: 'localhost and 127.0.0.1',
    story: 'The page is on localhost and its API on 127.0.0.1: two names of one machine, and two sites.',
    diagnosis: 'HostNamesMixed',
    start: 'http://localhost',
    client: { api: 'http://127.0.0.1', credentials: 'include' },
  },
  'partitioned-session': {
    title: 'A session for another site’s pages alone',
    story:
      'The page’s script logs in at another site with a Partitioned cookie; the account is a page of that site itself.',
    diagnosis: 'SessionInPartition',
    start: app,
    client: { api: 'https://api.other.test', credentials: 'include' },
  },
  'server-side-cookie': {
    title: 'The cookie stays on the server',
    story: 'A server action logs in at the API and keeps the answer’s Set-Cookie to itself.',
    diagnosis: 'CookieSetServerSide',
    start: app,
    client: { api: app, credentials: 'same-origin', headers: { 'Next-Action': '7f00c0ffee' } },
  },
  'cached-login': {
    title: 'An answer from the cache',
    story: 'The CDN answers the login from its cache, without the Set-Cookie line.',
    diagnosis: 'LoginFromCache',
    start: app,
  },
  'headers-too-large': {
    title: 'Too many cookies for the server',
    story: 'Old cookies have piled up, and with the session they are more than the server takes.',
    diagnosis: 'HeadersTooLarge',
    start: app,
  },
  'mixed-content': {
    title: 'An http API on an https page',
    story: 'The page is on https and calls the API on http, which the browser does not do.',
    diagnosis: 'MixedContent',
    start: app,
    client: { api: 'http://api.shop.test', credentials: 'include' },
  },
} satisfies Record<string, Story>

export type StoryId = keyof typeof table

export const stories: readonly (Story & { id: StoryId })[] = Object.entries(table).map(([id, story]) => ({
  id: id as StoryId,
  ...(story as Story),
}))

export const isStoryId = (text: string): text is StoryId => Object.hasOwn(table, text)

export const storyOf = (id: StoryId): Story & { id: StoryId } => ({ id, ...(table[id] as Story) })

/** Where a visitor of a story begins. */
export const storyUrl = (id: StoryId): string => `${storyOf(id).start}/?scenario=${id}`
