import { describe, expect, it } from 'vitest'
import {
  anew,
  api,
  app,
  authorize,
  back,
  emptyCart,
  form,
  from,
  idp,
  linkToken,
  login,
  page,
  sid,
  toCart,
  trip,
} from './testing/login-rows.ts'
import { evidenceIn, type Row } from './testing/recording.ts'

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
    ['the last', [page, { ...login, id: 'first' }, `GET ${app}/account`, page, login]],
    [
      'one that CSRF protection refused',
      [page, { ...login, id: 'first' }, { request: `POST ${app}/login`, id: 'login', status: 419 }],
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
      [page, { ...login, id: 'first' }, `GET ${app}/account`, ...trip, { ...back, status: 403 }],
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
        { ...login, location: '/2fa' },
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
})
