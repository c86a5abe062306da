/** Logins of other people's that break, each of which was once called by another name, or whole. */
import { expect, it } from 'vitest'
import { tell } from '../story/tell.ts'
import { evidenceIn, type RecordingOptions, type Row } from '../story/testing/recording.ts'
import { diagnose, toDiagnosis } from './diagnose.ts'
import {
  amidNoise,
  anyOrigin,
  api,
  app,
  ask,
  authorize,
  away,
  bearer,
  call,
  form,
  given,
  good,
  idp,
  jwt,
  password,
  route,
  routedOn,
  sid,
  signIn,
  www,
} from './testing-outside.ts'

const page = `${app}/login`
const signinOidc = authorize('http://app.shop.test/signin-oidc', '&response_mode=form_post')
const localCallback = 'http://localhost:3000/api/auth/callback'
const wsfed = `${idp}/wsfed?wa=wsignin1.0&wtrealm=x&wreply=${encodeURIComponent(`${app}/signin-wsfed`)}`
const partner = 'https://partner.third.test'
const framed = { type: 'sub_frame', from: `${partner}/`, initiator: partner }
const left = { credentials: 'omit', responseHeaders: anyOrigin } as const
const apple = authorize(`${www}/auth/apple/callback`, '&response_mode=form_post')
const csrf = (value: string) => `csrftoken=hush-${value}; Path=/; Secure; SameSite=Lax`
const isCached = { status: 401, fromCache: true, responseHeaders: { 'cache-control': 'max-age=300' } }

/** The diagnosis that comes first; `also`: those that block beside it. */
const logins: readonly [
  first: string,
  name: string,
  rows: readonly Row[],
  options?: RecordingOptions & { also?: string[] },
][] = [
  [
    'ProxyHidesHttps',
    'Spring behind a load balancer: nobody listens on http',
    [
      `GET ${page}`,
      form(page, 'http://app.shop.test/', 'JSESSIONID=hush1; Path=/; HttpOnly'),
      ask('GET http://app.shop.test/', { status: 0, state: 'failed', error: 'net::ERR_CONNECTION_TIMED_OUT' }),
    ],
  ],
  [
    'ProxyHidesHttps',
    'ASP.NET Core: the correlation cookie has None without Secure, and redirect_uri is http',
    [
      away(`${app}/`, signinOidc, { set: '.AspNetCore.Correlation.x=N; Path=/signin-oidc; HttpOnly; SameSite=None' }),
      `GET ${signinOidc} 400`,
    ],
    { also: ['OAuthRedirectUriWrong'] },
  ],
  [
    'LoginWithoutSetCookie',
    'the load balancer alone sets cookies',
    [
      `GET ${page}`,
      form(page, '/home', ['AWSALB=a; Path=/', 'AWSALBCORS=a; Path=/; SameSite=None; Secure']),
      away(`${app}/home`),
      `GET ${page}`,
    ],
  ],
  [
    'SessionRejected',
    'React Router leads back to the login, in an answer that is no redirect by its status',
    [
      `GET ${page}`,
      routedOn(`POST ${page}.data`, page, { body: password, set: sid }),
      routedOn(`GET ${app}/account.data`, page),
      route(`GET ${page}.data`, page),
    ],
  ],
  [
    'CookieSetServerSide',
    'an action of React Router that calls an API and keeps its cookie',
    [
      `GET ${page}`,
      routedOn(`POST ${page}.data`, page, { body: password }),
      routedOn(`GET ${app}/account.data`, page),
      route(`GET ${page}.data`, page),
    ],
  ],
  [
    'SessionRejected',
    'Remix without single fetch',
    [
      `GET ${page}`,
      routedOn(`POST ${page}?_data=routes%2Flogin`, page, {
        status: 204,
        body: password,
        set: sid,
        responseHeaders: { 'x-remix-redirect': '/account', 'x-remix-status': '302' },
      }),
      routedOn(`GET ${app}/account?_data=routes%2Faccount`, page, {
        status: 204,
        responseHeaders: { 'x-remix-redirect': '/login', 'x-remix-status': '302' },
      }),
    ],
  ],
  [
    'SameSiteOnReturn',
    'SAML: the session that holds the request is Lax',
    [
      away(`${app}/`, `${idp}/sso?SAMLRequest=hush&RelayState=x`, { set: `session=hush-0${good}; Max-Age=86400` }),
      `GET ${idp}/sso?SAMLRequest=hush&RelayState=x`,
      ask(`POST ${idp}/sso`, { at: 200 }),
      ask(`POST ${app}/saml/acs`, { initiator: idp, status: 403 }),
    ],
  ],
  [
    'SameSiteOnReturn',
    'OmniAuth and Apple: the answer is a redirect to /auth/failure, with a new session',
    [
      ask(`GET ${www}/login`, { set: `_app_session=hush-0${good}` }),
      ask(`POST ${www}/auth/apple`, { status: 302, location: apple, set: `_app_session=hush-1${good}` }),
      `GET ${apple}`,
      ask(`POST ${idp}/u`),
      ask(`POST ${www}/auth/apple/callback`, {
        initiator: idp,
        status: 302,
        location: '/auth/failure?message=csrf_detected&strategy=apple',
        set: `_app_session=hush-2${good}`,
      }),
      `GET ${www}/auth/failure?message=csrf_detected&strategy=apple`,
    ],
  ],
  [
    'OAuthRedirectUriWrong',
    'the provider returns to localhost, where nothing listens',
    [
      `GET ${app}/`,
      away(`${app}/api/auth/login`, authorize(localCallback), { set: `appSession.txn=hush${good}` }),
      `GET ${authorize(localCallback)}`,
      ask(`POST ${idp}/u`, { status: 302, location: `${localCallback}?code=hush&state=hush-s` }),
      ask(`GET ${localCallback}?code=hush&state=hush-s`, {
        status: 0,
        state: 'failed',
        error: 'net::ERR_CONNECTION_REFUSED',
      }),
    ],
  ],
  [
    'SessionRejected',
    'the home page is shown to anybody, and /api/me says 401',
    [`GET ${page}`, form(page, '/', sid), `GET ${app}/`, call(`GET ${app}/api/me`, `${app}/`, { status: 401 })],
  ],
  [
    'SessionRejected',
    'a process of several has another store: what was answered is refused after a reload',
    [
      `GET ${page}`,
      form(page, '/home', sid),
      `GET ${app}/home`,
      call(`GET ${app}/api/orders`, `${app}/home`),
      ask(`GET ${app}/home`, { reload: true }),
      call(`GET ${app}/api/orders`, `${app}/home`, { status: 401 }),
    ],
  ],
  [
    'SessionRejected',
    'Spring and Django REST framework say 403 to strangers',
    [
      `GET ${page}`,
      signIn(`POST ${app}/api/auth/login`, page, { set: 'JSESSIONID=hush1; Path=/; HttpOnly; Secure' }),
      call(`GET ${app}/api/me`, page, { status: 403 }),
      call(`GET ${app}/api/cart`, page, { status: 403 }),
    ],
  ],
  [
    'CsrfRefused',
    'Django changes the token at the login, and the script keeps the old one',
    [
      ask(`GET ${app}/`, { set: csrf('a') }),
      signIn(`POST ${app}/api/login/`, `${app}/`, {
        requestHeaders: { 'X-CSRFToken': 'hush-a' },
        set: [csrf('b'), `sessionid=hush1${good}`],
      }),
      call(`GET ${app}/api/me/`, `${app}/`),
      call(`POST ${app}/api/cart/`, `${app}/`, { status: 403, requestHeaders: { 'X-CSRFToken': 'hush-a' } }),
    ],
  ],
  [
    'TokenRefused',
    'Bearer undefined',
    [
      `GET ${page}`,
      signIn(`POST ${api}/login`, page, {
        body: { password: true, tokens: [given('token', jwt())] },
        responseHeaders: anyOrigin,
        credentials: 'omit',
      }),
      call(`GET ${api}/me`, page, {
        status: 401,
        requestHeaders: { authorization: 'Bearer undefined' },
        responseHeaders: anyOrigin,
        credentials: 'omit',
      }),
    ],
  ],
  [
    'BearerMissing',
    'the token was in memory alone, and the page is loaded again',
    [
      `GET ${page}`,
      signIn(`POST ${api}/login`, page, { ...left, body: { password: true, tokens: [given('token', jwt())] } }),
      call(`GET ${api}/me`, page, { ...left, requestHeaders: bearer() }),
      ask(`GET ${page}`, { reload: true }),
      call(`GET ${api}/me`, page, { ...left, status: 401 }),
    ],
  ],
  [
    'CsrfRefused',
    'Rails in a frame of another site: the session of its form was refused',
    [
      'GET https://partner.third.test/',
      ask(`GET ${www}/users/sign_in`, {
        ...framed,
        set: '_app_session=hush-0; Path=/; HttpOnly; Secure; SameSite=None',
      }),
      ask(`POST ${www}/users/sign_in`, { ...framed, initiator: www, body: password, status: 422 }),
    ],
    { thirdPartyCookies: 'blocked' },
  ],
  [
    'SameSiteOnReturn',
    'WS-Federation: the correlation cookie is Lax, and the answer comes by POST',
    [
      away(`${app}/`, wsfed, { set: `.AspNetCore.Correlation.x=N${good}` }),
      `GET ${wsfed}`,
      ask(`POST ${idp}/wsfed`),
      ask(`POST ${app}/signin-wsfed`, { initiator: idp, status: 500 }),
    ],
  ],
  [
    'SessionDeletedAtOnce',
    'the link to the logout is fetched ahead by the router',
    [
      `GET ${page}`,
      form(page, '/home', sid),
      `GET ${app}/home`,
      call(`GET ${app}/logout`, `${app}/home`, {
        requestHeaders: { 'Next-Router-Prefetch': '1' },
        status: 302,
        location: '/login',
        set: 'sid=; Path=/; Max-Age=0',
      }),
      away(`${app}/orders`),
      `GET ${page}`,
    ],
  ],
  [
    'SessionChangesEveryTime',
    'Rails with a secret for each instance',
    [
      ask(`GET ${www}/users/sign_in`, { set: `_app_session=hush-0${good}` }),
      form(`${www}/users/sign_in`, `${www}/`, `_app_session=hush-1${good}`),
      away(`${www}/`, '/users/sign_in', { set: `_app_session=hush-2${good}` }),
      ask(`GET ${www}/users/sign_in`, { set: `_app_session=hush-3${good}` }),
    ],
  ],
  [
    'SetCookieFolded',
    'the first line ends with Secure',
    [
      `GET ${page}`,
      signIn(`POST ${page}`, page, {
        status: 204,
        set: 'XSRF-TOKEN=hush-t; Path=/; Secure, laravel_session=hush1; Path=/; HttpOnly; Secure',
      }),
      call(`GET ${app}/api/user`, page, { status: 401 }),
    ],
  ],
  [
    'SessionDeletedAtOnce',
    'Auth.js cannot read its own session, and clears it away with a 200',
    [
      `GET ${page}`,
      signIn(`POST ${app}/api/auth/callback/credentials`, page, {
        set: `__Secure-next-auth.session-token=hush-1${good}`,
      }),
      call(`GET ${app}/api/auth/session`, page, { set: `__Secure-next-auth.session-token=${good}; Max-Age=0` }),
      `GET ${page}`,
    ],
  ],
  [
    'ChunkMissing',
    'the first part of a Supabase session is deleted later',
    [
      `GET ${page}`,
      form(page, '/home', [`sb-xyz-auth-token.0=hush-0${good}`, `sb-xyz-auth-token.1=hush-1${good}`]),
      ask(`GET ${app}/home`, { set: 'sb-xyz-auth-token.0=; Path=/; Max-Age=0' }),
      away(`${app}/private`),
      `GET ${page}`,
    ],
  ],
  [
    'HeadersTooLarge',
    'the server takes no more, though what stands before it does',
    [
      ask(`GET ${page}`, { set: [1, 2, 3].map((at) => `campaign_${at}=${'c'.repeat(3000)}; Path=/; Secure`) }),
      form(page, '/', sid),
      `GET ${app}/ 431`,
      call(`POST ${app}/cdn-cgi/rum`, page, { status: 204 }),
    ],
  ],
  [
    'LoginFromCache',
    'the browser keeps the 401 of /api/me: it had no credentials to send',
    [
      `GET ${page}`,
      call(`GET ${app}/api/me`, page, { status: 401, responseHeaders: { 'cache-control': 'max-age=300' } }),
      signIn(`POST ${app}/api/login`, page, { set: sid }),
      call(`GET ${app}/api/me`, page, isCached),
    ],
  ],
]

type Options = NonNullable<(typeof logins)[number][3]>

const expectFirst = (first: string, rows: readonly Row[], { also = [], ...options }: Options): void => {
  const evidence = evidenceIn(rows, options)
  const found = diagnose(evidence)
  const blocking = found.filter(({ rank }) => rank === 'blocks-now').map(({ id }) => id)
  expect(blocking).toEqual([first, ...also])
  const story = tell(evidence, found.map(toDiagnosis))
  expect(story?.outcome).toBe('broken')
}

it.each(logins)('%s comes first: %s', (first, _, rows, options = {}) => expectFirst(first, rows, options))
it.each(logins)('%s comes first amid noise: %s', (first, _, rows, options = {}) =>
  expectFirst(first, amidNoise(rows), options),
)

it.each([
  ['by what the router asks for next', { request: `POST ${page}.data` }, [route(`GET ${page}.data?error=1`, page)]],
  ['by its body', { request: `POST ${page}.data`, body: { ...password, toLogin: true } }, []],
  [
    'by a header',
    { request: `POST ${page}?_data=x`, status: 204, responseHeaders: { 'x-remix-redirect': '/login?error=1' } },
    [],
  ],
])('a wrong password that an action of React Router answers is told so, %s', (_, login, more) => {
  const evidence = evidenceIn([`GET ${page}`, routedOn(login.request, page, { body: password, ...login }), ...more])
  const found = diagnose(evidence)
  expect(found.map(({ id }) => id)).toEqual([])
  expect(tell(evidence, [])?.sentence).toContain('by sending the visitor back to the login')
})

it('a wrong password after a logout is told, not the login before it', () => {
  const evidence = evidenceIn([
    `GET ${page}`,
    form(page, '/home', sid),
    `GET ${app}/home`,
    ask(`POST ${app}/logout`, { status: 302, location: '/login', set: 'sid=; Path=/; Max-Age=0' }),
    `GET ${page}`,
    form(page, '/login?error', [], { id: 'wrong' }),
    `GET ${page}?error`,
  ])
  expect(evidence.login?.request.id).toBe('wrong')
  expect(tell(evidence, [])?.outcome).toBe('broken')
})
