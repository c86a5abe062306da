import { describe, expect, it } from 'vitest'
import { evidenceOf } from './evidence-of.ts'
import { evidenceIn, type RecordingOptions, type RequestRow, type Row, recordingOf } from './testing/recording.ts'

const app = 'https://app.shop.test'
const api = 'https://api.shop.test'
const idp = 'https://id.provider.test'
const sid = 'sid=1; Path=/; HttpOnly; Secure; SameSite=Lax'
const linkToken = '2dbd7fe3fb16bd45aa8713bba7d5ea5c0a87a4e3'
const page = `GET ${app}/login`
const form = { 'Content-Type': 'application/x-www-form-urlencoded' }
const authorize = `${idp}/authorize?client_id=a&response_type=code&state=s&redirect_uri=${encodeURIComponent(`${app}/auth/callback`)}`
const state = 'oauth_state=s; Path=/; HttpOnly; Secure; SameSite=Lax'

const from = (path: string, row: RequestRow): RequestRow => ({ from: app + path, ...row })
/** A server that sets its session anew with each answer; a shop in a language that no list has. */
const anew = (number: number): string => `laravel_session=${number}; Path=/; HttpOnly`
const toCart = (path: string, number: number): RequestRow => ({
  request: `GET ${app}${path}`,
  status: 302,
  location: '/gio-hang',
  set: anew(number),
})
const emptyCart: readonly Row[] = [
  { request: `GET ${app}/`, set: anew(1) },
  toCart('/thanh-toan', 2),
  { request: `GET ${app}/gio-hang`, set: anew(3) },
  toCart('/dat-hang', 4),
  { request: `GET ${app}/gio-hang`, set: anew(5) },
]
const login: Row = { request: `POST ${app}/login`, id: 'login', status: 303, location: '/account', set: sid }

/** Redirected to the provider, logged in there, sent back. */
const trip: readonly Row[] = [
  page,
  { request: `GET ${app}/auth/google`, id: 'start', status: 302, location: authorize, set: state },
  { request: `GET ${authorize}`, id: 'authorize' },
  {
    request: `POST ${idp}/login`,
    status: 302,
    location: `${app}/auth/callback?code=c&state=s`,
    set: 'idp_session=1; Path=/; HttpOnly; Secure',
  },
]
const back: RequestRow = { request: `GET ${app}/auth/callback?code=c&state=s`, id: 'login' }

describe('which exchange is the login', () => {
  it.each<[string, readonly Row[], string?]>([
    ['a form', [page, login, `GET ${app}/account`]],
    ['a form without a cookie', [page, { ...login, set: [] } as Row, `GET ${app}/account`]],
    ['a script', [page, from('/login', { request: `POST ${api}/login`, id: 'login', set: sid })]],
    [
      'a script, with a token',
      [from('/', { request: `POST ${api}/api/v1/auth`, id: 'login', body: { opaqueTokens: ['access_token'] } })],
    ],
    [
      'by its password, on any path',
      [from('/', { request: `POST ${api}/graphql`, id: 'login', body: { password: true } })],
    ],
    [
      'by what it sets, on any path',
      [from('/', { request: `POST ${api}/graphql`, id: 'login', set: 'auth-token=1; Path=/' })],
    ],
    [
      'by what was refused before it, and answered after it',
      [
        from('/', { request: `GET ${api}/me`, status: 401 }),
        from('/', { request: `POST ${api}/graphql`, id: 'login', set: 'x=1; Path=/; HttpOnly' }),
        from('/', { request: `GET ${api}/me` }),
      ],
    ],
    [
      'a form of PHP',
      [{ request: `POST ${app}/wp-login.php`, id: 'login', requestHeaders: form, status: 302, location: '/wp-admin/' }],
    ],
    [
      'a form of Spring',
      [{ request: `POST ${app}/j_spring_security_check`, id: 'login', set: 'JSESSIONID=1; Path=/' }],
    ],
    [
      'a form of Devise',
      [
        {
          request: `POST ${app}/users/sign_in`,
          id: 'login',
          status: 303,
          location: '/',
          set: '_shop_session=1; Path=/',
        },
      ],
    ],
    ['camel case', [from('/', { request: `POST ${api}/doLogin`, id: 'login' })]],
    ['Auth.js', [from('/', { request: `POST ${app}/api/auth/callback/credentials`, id: 'login' })]],
    ['a password grant', [from('/', { request: `POST ${api}/auth/v1/token?grant_type=password`, id: 'login' })]],
    [
      'a refused one, if there is no other',
      [page, from('/login', { request: `POST ${api}/login`, id: 'login', status: 401 })],
    ],
    [
      'not the wrong password, but the right one',
      [
        page,
        from('/login', { request: `POST ${api}/login`, status: 401, set: 'sid=0; Path=/' }),
        from('/login', { request: `POST ${api}/login`, id: 'login', set: sid }),
      ],
    ],
    [
      'nor a wrong one later',
      [page, login, `GET ${app}/account`, from('/login', { request: `POST ${api}/login`, status: 401 })],
    ],
    [
      'not the form shown again',
      [
        page,
        login,
        `GET ${app}/account`,
        page,
        { request: `POST ${app}/login`, status: 302, location: '/login?error=1' },
      ],
    ],
    ['the last', [page, { ...(login as RequestRow), id: 'first' }, `GET ${app}/account`, page, login]],
    [
      'one that CSRF protection refused',
      [page, { ...(login as RequestRow), id: 'first' }, { request: `POST ${app}/login`, id: 'login', status: 419 }],
    ],
    [
      'one whose preflight failed',
      [page, from('/login', { request: `POST ${api}/login`, id: 'login', status: 0, error: 'net::ERR_FAILED' })],
    ],
    [
      'the way back from a provider',
      [...trip, { ...back, status: 302, location: '/account', set: sid }, `GET ${app}/account`],
    ],
    [
      'a way back that is refused',
      [...trip, { ...back, status: 302, location: '/login?error=state' }, `GET ${app}/login?error=state`],
    ],
    [
      'a way back that fails after a login that worked',
      [page, { ...(login as RequestRow), id: 'first' }, `GET ${app}/account`, ...trip, { ...back, status: 403 }],
    ],
    [
      'a form_post',
      [
        ...trip.slice(0, 3),
        {
          request: `POST ${app}/signin-oidc`,
          initiator: idp,
          id: 'login',
          status: 302,
          location: '/',
          set: '.AspNetCore.Cookies=1; Path=/',
        },
      ],
    ],
    ['SAML', [{ request: `POST ${app}/saml/acs`, initiator: idp, id: 'login', status: 302, location: '/', set: sid }]],
    [
      'a chain of providers ends in the app',
      [
        ...trip.slice(0, 3),
        {
          request: `GET ${idp}/login/callback?code=g&state=g`,
          initiator: 'https://accounts.other.test',
          status: 302,
          location: `${app}/auth/callback?code=c&state=s`,
          set: 'idp_session=1; Path=/; HttpOnly',
        },
        { ...back, status: 302, location: '/account', set: sid },
      ],
    ],
    [
      'the call for tokens after the way back',
      [
        ...trip.slice(2),
        { ...back, id: 'back' },
        from('/auth/callback', {
          request: `POST ${idp}/oauth/token`,
          id: 'login',
          body: { opaqueTokens: ['access_token'] },
        }),
        from('/auth/callback', { request: `GET ${api}/me`, requestHeaders: { Authorization: 'Bearer x' } }),
      ],
    ],
    [
      'a trip that nobody came back from',
      [
        page,
        { request: `GET ${app}/auth/google`, id: 'login', status: 302, location: authorize },
        `GET ${authorize} 400`,
      ],
    ],
    [
      'a link from a mail',
      [{ request: `GET ${app}/auth/verify?token=t`, id: 'login', status: 302, location: '/', set: sid }, `GET ${app}/`],
    ],
    [
      'the second factor that makes the session',
      [
        page,
        { request: `POST ${app}/login`, status: 302, location: '/2fa', set: 'pre_auth=1; Path=/; HttpOnly' },
        `GET ${app}/2fa`,
        { request: `POST ${app}/2fa`, id: 'login', status: 302, location: '/account', set: sid },
      ],
    ],
    [
      'the login, where the second factor sets nothing',
      [
        page,
        { ...(login as RequestRow), location: '/2fa' },
        `GET ${app}/2fa`,
        { request: `POST ${app}/2fa`, status: 302, location: '/account' },
        `GET ${app}/account`,
      ],
    ],
    [
      'a German one whose cookie is dropped',
      [
        `GET ${app}/anmelden`,
        {
          request: `POST ${app}/anmelden`,
          id: 'login',
          status: 302,
          location: '/dashboard',
          set: 'connect.sid=1; Path=/; HttpOnly; Domain=api.other.test',
        },
        { request: `GET ${app}/dashboard`, status: 302, location: '/anmelden' },
        `GET ${app}/anmelden`,
      ],
    ],
    ['one without a cookie, in Spanish', [{ request: `POST ${app}/iniciar-sesi%C3%B3n`, id: 'login', status: 302 }]],
    [
      'by the page that others send strangers to, whatever it is called',
      [
        { request: `GET ${app}/dashboard`, status: 302, location: '/einlass?next=%2Fdashboard' },
        `GET ${app}/einlass?next=%2Fdashboard`,
        {
          request: `POST ${app}/einlass`,
          id: 'login',
          status: 302,
          location: '/dashboard',
          set: 'PHPSESSID=1; Path=/',
        },
        `GET ${app}/dashboard`,
      ],
    ],
    [
      'the same, where its cookie is dropped and two pages send the visitor back',
      [
        `GET ${app}/einlass`,
        {
          request: `POST ${app}/pruefen`,
          id: 'login',
          status: 302,
          location: '/dashboard',
          set: 'connect.sid=1; Path=/; Domain=api.other.test',
        },
        { request: `GET ${app}/dashboard`, status: 302, location: '/einlass' },
        `GET ${app}/einlass`,
        { request: `GET ${app}/settings`, status: 302, location: '/einlass' },
        `GET ${app}/einlass`,
      ],
    ],
    [
      'by the page that two parts send strangers to, after a wrong password, where every answer renews the session',
      [
        ...emptyCart,
        { request: `POST ${app}/gio-hang`, status: 302, location: '/gio-hang', set: anew(6) },
        { request: `GET ${app}/gio-hang`, set: anew(7) },
        { request: `POST ${app}/gio-hang`, id: 'login', status: 302, location: '/dat-hang', set: anew(8) },
        { request: `GET ${app}/dat-hang`, set: anew(9) },
      ],
    ],
    [
      'by the page that two parts send strangers to, and that shows the app afterwards',
      [
        { request: `GET ${app}/thanh-toan`, status: 302, location: '/gio-hang', set: anew(1) },
        `GET ${app}/gio-hang`,
        { request: `GET ${app}/dat-hang`, status: 302, location: '/gio-hang' },
        `GET ${app}/gio-hang`,
        { request: `POST ${app}/vao`, id: 'login', status: 302, location: '/gio-hang', set: anew(2) },
        `GET ${app}/gio-hang`,
        `GET ${app}/dat-hang`,
      ],
    ],
    [
      'by the page that two parts send strangers to, once more after the session was lost',
      [
        ...emptyCart,
        { request: `POST ${app}/gio-hang`, status: 302, location: '/dat-hang', set: anew(6) },
        { request: `GET ${app}/dat-hang`, set: anew(7) },
        toCart('/dat-hang', 8),
        { request: `GET ${app}/gio-hang`, set: anew(9) },
        { request: `POST ${app}/gio-hang`, id: 'login', status: 302, location: '/dat-hang', set: anew(10) },
        { request: `GET ${app}/dat-hang`, set: anew(11) },
      ],
    ],
    [
      'a link from a mail, after a login that sets none',
      [
        page,
        `POST ${app}/login`,
        { request: `GET ${app}/v/${linkToken}`, id: 'login', status: 302, location: '/account', set: sid },
        `GET ${app}/account`,
      ],
    ],
    [
      'the same, whose cookie is dropped',
      [
        page,
        `POST ${app}/login`,
        {
          request: `GET ${app}/verify/${linkToken}?email=a`,
          id: 'login',
          status: 302,
          location: '/account',
          set: 'connect.sid=1; Path=/; Domain=app.shop.test.',
        },
        { request: `GET ${app}/account`, status: 302, location: '/login' },
        page,
      ],
    ],
    [
      'a link whose token is in the query',
      [
        `POST ${app}/login/magic-link`,
        { request: `GET ${app}/welcome?t=${linkToken}`, id: 'login', set: sid },
        `GET ${app}/account`,
      ],
    ],
    [
      'a link alone, which proves an address',
      [
        {
          request: `GET ${app}/confirm-email/${linkToken}`,
          initiator: null,
          id: 'login',
          status: 302,
          location: '/',
          set: sid,
        },
        `GET ${app}/`,
      ],
    ],
    [
      'a code, after a login that sets none',
      [
        page,
        { request: `POST ${app}/login`, status: 302, location: '/verify' },
        `GET ${app}/verify`,
        { request: `POST ${app}/verify`, id: 'login', status: 302, location: '/account', set: sid },
        `GET ${app}/account`,
      ],
    ],
    [
      'the login that failed, not the link to a new password',
      [
        page,
        { request: `POST ${app}/login`, id: 'login' },
        { request: `GET ${app}/password/reset/${linkToken}`, set: sid },
      ],
    ],
    [
      'the login that failed, not a page with a long name nor one from a campaign',
      [
        page,
        { request: `POST ${app}/login`, id: 'login' },
        { request: `GET ${app}/blog/a-look-at-the-mp3player-of-2026`, set: sid },
        { request: `GET ${app}/?gclid=${linkToken}`, set: 'PHPSESSID=1; Path=/' },
      ],
    ],
    [
      'a login with a session of its own, not the link that follows',
      [page, login, { request: `GET ${app}/invoice/${linkToken}`, set: 'sid=2; Path=/; HttpOnly' }],
    ],
    [
      'not a renewal of the token',
      [
        from('/', { request: `POST ${api}/oauth/token`, id: 'login', body: { opaqueTokens: ['access_token'] } }),
        from('/', { request: `GET ${api}/me` }),
        from('/', { request: `POST ${api}/oauth/token`, body: { opaqueTokens: ['access_token'] } }),
        from('/', { request: `POST ${api}/auth/refresh`, body: { opaqueTokens: ['access_token'] }, set: sid }),
      ],
    ],
  ])('%s', (_, rows, id = 'login') => expect(evidenceIn(rows).login?.request.id ?? null).toBe(id))

  it.each<[string, readonly Row[]]>([
    ['nothing', []],
    ['pages', [page, `GET ${app}/account 401`]],
    [
      'analytics',
      [
        from('/', { request: 'POST https://stats.test/collect', set: '_ga=1; Path=/' }),
        from('/', { request: 'POST https://stats.test/session', set: 'sid=1; Path=/; SameSite=None; Secure' }),
      ],
    ],
    [
      'a cart',
      [
        { request: `POST ${app}/cart`, status: 303, location: '/cart', set: 'PHPSESSID=1; Path=/' },
        from('/', { request: `POST ${api}/cart/items`, set: sid }),
      ],
    ],
    [
      'a cart that a stranger has a session for, which is dropped',
      [
        `GET ${app}/product/1`,
        {
          request: `POST ${app}/cart/add`,
          status: 303,
          location: '/cart',
          set: 'PHPSESSID=1; Path=/; Domain=api.other.test',
        },
        `GET ${app}/cart`,
      ],
    ],
    [
      'a basket of any name that an empty checkout leads back to',
      [
        { request: `GET ${app}/zur-kasse`, status: 302, location: '/einkauf' },
        `GET ${app}/einkauf`,
        { request: `POST ${app}/einkauf`, status: 303, location: '/zur-kasse', set: 'PHPSESSID=1; Path=/' },
        `GET ${app}/zur-kasse`,
      ],
    ],
    [
      'a cart that two parts lead to, where every answer renews the session: its count is changed',
      [
        ...emptyCart,
        { request: `POST ${app}/gio-hang`, status: 302, location: '/gio-hang', set: anew(6) },
        { request: `GET ${app}/gio-hang`, set: anew(7) },
        { request: `GET ${app}/thanh-toan`, set: anew(8) },
      ],
    ],
    [
      'the same: it was filled from another page',
      [
        ...emptyCart,
        { request: `GET ${app}/san-pham/1`, set: anew(6) },
        { request: `POST ${app}/them`, status: 302, location: '/san-pham/1', set: anew(7) },
        { request: `GET ${app}/san-pham/1`, set: anew(8) },
        { request: `GET ${app}/gio-hang`, set: anew(9) },
        { request: `POST ${app}/gio-hang`, status: 302, location: '/thanh-toan', set: anew(10) },
        { request: `GET ${app}/thanh-toan`, set: anew(11) },
      ],
    ],
    [
      'the same: a script filled it',
      [
        ...emptyCart,
        { request: `GET ${app}/san-pham/1`, set: anew(6) },
        from('/san-pham/1', { request: `POST ${app}/them`, set: anew(7) }),
        { request: `GET ${app}/gio-hang`, set: anew(9) },
        { request: `POST ${app}/gio-hang`, status: 302, location: '/thanh-toan', set: anew(10) },
        { request: `GET ${app}/thanh-toan`, set: anew(11) },
      ],
    ],
    [
      'the same: the checkout was open before',
      [
        ...emptyCart,
        { request: `GET ${app}/thanh-toan`, set: anew(6) },
        { request: `GET ${app}/gio-hang`, set: anew(7) },
        { request: `POST ${app}/gio-hang`, status: 302, location: '/thanh-toan', set: anew(8) },
        { request: `GET ${app}/thanh-toan`, set: anew(9) },
      ],
    ],
    [
      'a form on a start page that old addresses lead to',
      [
        { request: `GET ${app}/`, status: 302, location: '/start' },
        { request: `GET ${app}/alt`, status: 302, location: '/start' },
        { request: `GET ${app}/neu`, status: 302, location: '/start' },
        `GET ${app}/start`,
        { request: `POST ${app}/wahl`, status: 303, location: '/', set: 'PHPSESSID=1; Path=/' },
        { request: `GET ${app}/`, status: 302, location: '/start' },
        `GET ${app}/start`,
      ],
    ],
    [
      'a form on a page that others lead to, which sets no session',
      [
        { request: `GET ${app}/`, status: 302, location: '/start' },
        { request: `GET ${app}/alt`, status: 302, location: '/start' },
        `GET ${app}/start`,
        { request: `POST ${app}/wahl`, status: 303, location: '/start', set: 'lang=de; Path=/' },
        `GET ${app}/start`,
      ],
    ],
    [
      'a newsletter',
      [
        `GET ${app}/`,
        { request: `POST ${app}/newsletter/anmelden`, status: 303, location: '/danke', set: 'PHPSESSID=1; Path=/' },
        `GET ${app}/danke`,
      ],
    ],
    ['a search', [`GET ${app}/`, { request: `POST ${app}/suche`, set: 'PHPSESSID=1; Path=/' }]],
    [
      'a page with an id, or from a campaign, that gives a stranger a session',
      [
        { request: `GET ${app}/share/${linkToken}`, set: sid },
        { request: `GET ${app}/?gclid=${linkToken}`, status: 302, location: '/', set: 'PHPSESSID=1; Path=/' },
      ],
    ],
    [
      'an address that is proven, before the login',
      [{ request: `GET ${app}/confirm/${linkToken}`, status: 302, location: '/login', set: sid }, page],
    ],
    [
      'the same, by way of the account',
      [
        { request: `GET ${app}/confirm/${linkToken}`, status: 302, location: '/account', set: sid },
        { request: `GET ${app}/account`, status: 302, location: '/login' },
        page,
      ],
    ],
    [
      'an order that is confirmed, by a server that renews each session',
      [
        { request: `GET ${app}/`, set: sid },
        { request: `GET ${app}/confirm/${linkToken}`, status: 302, location: '/', set: 'sid=2; Path=/' },
      ],
    ],
    [
      'a link for a new password',
      [{ request: `GET ${app}/reset/confirm/${linkToken}`, status: 302, location: '/new', set: sid }],
    ],
    ['a logout', [{ request: `POST ${app}/logout`, status: 303, location: '/login', set: 'sid=; Path=/; Max-Age=0' }]],
    ['a logout by DELETE', [from('/', { request: `DELETE ${api}/session`, set: 'sid=; Path=/; Max-Age=0' })]],
    [
      'a CSRF token',
      [
        from('/', {
          request: `GET ${api}/sanctum/csrf-cookie`,
          set: ['XSRF-TOKEN=1; Path=/', 'laravel_session=1; Path=/; HttpOnly'],
        }),
        from('/', { request: `POST ${api}/csrf-token`, set: sid }),
      ],
    ],
    [
      'a renewal',
      [from('/', { request: `POST ${api}/auth/refresh`, set: sid, body: { opaqueTokens: ['access_token'] } })],
    ],
    [
      'a renewal between a refusal and an answer',
      [
        from('/', { request: `GET ${api}/me`, status: 401 }),
        from('/', { request: `GET ${api}/prefs`, set: 'x=1; Path=/; HttpOnly' }),
        from('/', { request: `POST ${api}/auth/refresh`, set: 'access_token=1; Path=/; HttpOnly' }),
        from('/', { request: `GET ${api}/me` }),
      ],
    ],
    [
      'a poll',
      [
        from('/', { request: `GET ${api}/session`, set: sid }),
        from('/', { request: `POST ${api}/session/ping`, set: sid }),
      ],
    ],
    [
      'a session that every answer sets',
      [from('/', { request: `POST ${api}/items`, set: sid }), from('/', { request: `POST ${api}/items`, set: sid })],
    ],
    [
      'a preflight',
      [from('/', { request: `OPTIONS ${api}/login`, requestHeaders: { 'Access-Control-Request-Method': 'POST' } })],
    ],
    ['a beacon', [from('/', { request: `POST ${api}/login`, type: 'ping', set: sid })]],
    ['a code that is a voucher', [`GET ${app}/shop?code=SAVE10&state=CA`]],
    [
      'a forgotten password',
      [{ request: `POST ${app}/users/password/reset`, status: 303, location: '/login', set: sid }],
    ],
    ['a word in a word', [from('/', { request: `POST ${api}/blogindex/plugin`, set: sid })]],
  ])('%s is none', (_, rows) => expect(evidenceIn(rows).login).toBeNull())
})

describe('by hand', () => {
  const rows: readonly Row[] = [
    page,
    { ...(login as RequestRow), id: 'first' },
    { request: `GET ${app}/account`, id: 'page' },
    login,
  ]

  it('takes what the user picked', () => {
    const picked = evidenceIn(rows, { pick: 'first' }).login
    expect(picked).toMatchObject({ picked: 'by-hand', kind: 'form', request: { id: 'first' }, next: { id: 'login' } })
    expect(picked?.why[0]).toBe('You picked it.')
    expect(picked?.after.map(({ id }) => id)).toEqual(['page'])
  })
  it('takes anything', () => expect(evidenceIn(rows, { pick: 'page' }).login?.request.id).toBe('page'))
  it('falls back on what it finds', () => {
    expect(evidenceIn(rows, { pick: 'gone' }).login).toMatchObject({
      picked: 'found',
      request: { id: 'login' },
      next: null,
    })
  })
})

it('says why', () => {
  const password: Row = { ...(login as RequestRow), body: { password: true } }
  expect(evidenceIn([page, password]).login?.why).toEqual([
    'Its path `/login` is a login’s.',
    'It is a form’s navigation.',
    'It sends a password.',
    'Its answer sets `sid`, which looks like a session.',
  ])
  expect(evidenceIn([...trip, back]).login?.why).toEqual([
    'It comes back from an identity provider, with `code` and `state`.',
    'Its path `/auth/callback` is where an identity provider sends visitors back to.',
  ])
})

describe('the session', () => {
  const names = (set: string | readonly string[], options: RecordingOptions = {}) =>
    evidenceIn([page, { ...(login as RequestRow), set }], options).login?.session.map(({ name }) => name)

  it.each<[string, string[], string[]]>([
    ['by name', ['theme=1; HttpOnly', 'connect.sid=1'], ['connect.sid']],
    ['refused lines too', ['sid=1; Domain=other.test', 'theme=1'], ['sid']],
    ['else what scripts cannot read', ['theme=1', 'x=1; HttpOnly'], ['x']],
    ['else all', ['a=1', 'x=1'], ['a', 'x']],
    ['no tools', ['_ga=1', '__cf_bm=1; HttpOnly', 'XSRF-TOKEN=1', 'x=1'], ['x']],
    ['no deletions', ['sid=; Max-Age=0', 'x=deleted; Max-Age=0', 'y=1'], ['y']],
    ['an expiry that is past by mistake', ['sid=1; Expires=Thu, 01 Jan 2015 00:00:00 GMT'], ['sid']],
    [
      'chunks',
      ['__Secure-next-auth.session-token.0=1; Secure', '__Secure-next-auth.session-token.1=1; Secure', 'x=1'],
      ['__Secure-next-auth.session-token.0', '__Secure-next-auth.session-token.1'],
    ],
  ])('%s', (_, set, expected) => expect(names(set)).toEqual(expected))

  it('of what the login led to', () => {
    const rows: readonly Row[] = [
      page,
      { ...(login as RequestRow), set: [] },
      { request: `GET ${app}/account`, set: sid },
    ]
    expect(evidenceIn(rows).login?.session.map(({ name, seen }) => [name, seen.exchange.url])).toEqual([
      ['sid', `${app}/account`],
    ])
  })
  it('that was there before and stays', () => {
    const rows: readonly Row[] = [
      { request: page, set: '_shop_session=0; Path=/; HttpOnly' },
      { ...(login as RequestRow), set: [] },
      `GET ${app}/account`,
    ]
    const found = evidenceIn(rows).login
    expect(found?.session).toEqual([])
    expect(found?.kept.map(({ name }) => name)).toEqual(['_shop_session'])
  })
})

describe('around the login', () => {
  const ids = (seen: readonly { id: string }[] | undefined) => seen?.map(({ id }) => id)

  it('page, preflight, redirects', () => {
    const rows: readonly Row[] = [
      `GET ${app}/`,
      { request: page, id: 'page' },
      from('/login', { request: `POST ${api}/login`, id: 'login', set: sid }),
      from('/login', {
        request: `OPTIONS ${api}/login`,
        id: 'preflight',
        requestHeaders: { 'Access-Control-Request-Method': 'POST' },
        at: 3,
      }),
      { request: `GET ${app}/start`, id: 'hop', status: 302, location: '/account' },
      { request: `GET ${app}/account`, id: 'shown' },
      from('/account', { request: `GET ${api}/me`, id: 'me' }),
      from('/account', { request: 'GET https://stats.test/x', id: 'foreign' }),
      from('/account', { request: `GET ${app}/a.png`, type: 'image', id: 'asset' }),
      { request: `GET ${app}/more`, id: 'more' },
    ]
    const found = evidenceIn(rows).login
    expect(found).toMatchObject({ kind: 'script', page: { id: 'page' }, preflight: { id: 'preflight' }, oauth: null })
    expect(ids(found?.redirects)).toEqual(['hop', 'shown'])
    expect(ids(found?.after)).toEqual(['hop', 'shown', 'me', 'more'])
  })

  it('of a form: its hops to the page that is shown', () => {
    const rows: readonly Row[] = [
      page,
      login,
      { request: `GET ${app}/account`, id: 'a', status: 302, location: 'https://www.shop.test/' },
      { request: 'GET https://www.shop.test/', id: 'b' },
      { request: `GET ${app}/c`, id: 'c' },
    ]
    const found = evidenceIn(rows).login
    expect(found?.kind).toBe('form')
    expect(ids(found?.redirects)).toEqual(['a', 'b'])
    expect(ids(found?.after)).toEqual(['a', 'b', 'c'])
  })

  it('ends at a logout', () => {
    const rows: readonly Row[] = [
      page,
      login,
      { request: `GET ${app}/account`, id: 'a' },
      { request: `POST ${app}/logout`, status: 302, location: '/' },
      `GET ${app}/account 401`,
    ]
    expect(ids(evidenceIn(rows).login?.after)).toEqual(['a'])
  })

  it('goes on where the page of a logout is fetched ahead', () => {
    const ahead = from('/account', { request: `GET ${app}/logout?_rsc=1`, id: 'ahead' })
    const rows: readonly Row[] = [page, login, { request: `GET ${app}/account`, id: 'a' }, ahead]
    expect(ids(evidenceIn(rows).login?.after)).toEqual(['a', 'ahead'])
    expect(ids(evidenceIn([...rows.slice(0, 3), { ...ahead, set: 'sid=; Max-Age=0' }]).login?.after)).toEqual(['a'])
  })

  it('goes on where a session is renewed', () => {
    const renewal = from('/', { request: `POST ${api}/graphql`, id: 'renewal', set: 'x=1; Path=/; HttpOnly' })
    const refused = from('/', { request: `GET ${app}/me`, status: 401, id: 'a' })
    const rows: readonly Row[] = [page, login, refused, renewal, { ...refused, status: 200, id: 'b' }]
    expect(ids(evidenceIn(rows).login?.after)).toEqual(['a', 'renewal', 'b'])
  })

  it('the trip to the provider', () => {
    const found = evidenceIn([...trip, { ...back, status: 302, location: '/account', set: sid }]).login
    expect(found).toMatchObject({ kind: 'callback', page: { exchange: { url: `${app}/login` } } })
    expect(found?.oauth).toMatchObject({
      authorize: { id: 'authorize' },
      callback: { id: 'login' },
      responseMode: null,
    })
    expect(found?.oauth?.redirectUri?.href).toBe(`${app}/auth/callback`)
    expect(found?.oauth?.stateLines.map(({ name, seen }) => [name, seen.id])).toEqual([['oauth_state', 'start']])
  })

  it('the trip that has not ended', () => {
    const found = evidenceIn([
      page,
      { request: `GET ${app}/auth/google`, status: 302, location: authorize, set: state },
      { request: `GET ${authorize}`, id: 'authorize', status: 400 },
    ]).login
    expect(found?.oauth).toMatchObject({ authorize: { id: 'authorize' }, callback: null })
    expect(found?.oauth?.stateLines.map(({ name }) => name)).toEqual(['oauth_state'])
  })

  it('no trip of another login', () => {
    const found = evidenceIn([
      ...trip,
      { ...back, id: 'back', status: 302, location: '/account', set: sid },
      `GET ${app}/account`,
      page,
      login,
    ]).login
    expect(found).toMatchObject({ request: { id: 'login' }, oauth: null })
  })
})

describe('a refusal', () => {
  it.each<[string, RequestRow, boolean]>([
    ['401', { request: `GET ${app}/a`, status: 401 }, true],
    ['403', { request: `GET ${app}/a`, status: 403 }, true],
    ['419', { request: `POST ${app}/a`, status: 419 }, true],
    ['404', { request: `GET ${app}/a`, status: 404 }, false],
    ['500', { request: `GET ${app}/a`, status: 500 }, false],
    ['to the login', { request: `GET ${app}/a`, status: 302, location: '/users/sign_in' }, true],
    [
      'to the login of another host',
      { request: `GET ${app}/a`, status: 302, location: 'https://id.shop.test/login?next=a' },
      true,
    ],
    ['to the provider', { request: `GET ${app}/a`, status: 302, location: authorize }, true],
    ['to the provider, as asked', { request: `GET ${app}/auth/google`, status: 302, location: authorize }, false],
    ['to the page', { request: `POST ${app}/login`, status: 303, location: '/account' }, false],
    ['to https', { request: 'GET http://app.shop.test/login', status: 301, location: `${app}/login` }, false],
    ['to a blog', { request: `GET ${app}/a`, status: 302, location: '/blogindex' }, false],
    ['nowhere', { request: `GET ${app}/a`, status: 302, location: 'https://[' }, false],
  ])('%s', (_, row, expected) => {
    const recording = recordingOf([row])
    const seen = recording.seen[0]
    expect(seen && evidenceOf(recording).isRefusal(seen)).toBe(expected)
  })
})
