/** Logins that work: no diagnosis may find in any of them what blocks. */
import type { RecordingOptions, Row } from '../story/testing/recording.ts'

export interface Told {
  name: string
  rows: readonly Row[]
  options?: RecordingOptions & { pick?: string }
}

const app = 'https://app.shop.test'
const api = 'https://api.shop.test'
const idp = 'https://id.provider.test'
const page = `${app}/login`
const cors = { 'Access-Control-Allow-Origin': app, 'Access-Control-Allow-Credentials': 'true', Vary: 'Origin' }
const sid = (value: string, more = ''): string =>
  `sid=hush-${value}; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=604800${more}`
const form = (set: string | readonly string[]): Row => ({
  request: `POST ${page}`,
  status: 303,
  location: '/account',
  set,
})
const bearer = { Authorization: 'Bearer hush-opaque' }

export const healthyLogins: readonly Told[] = [
  {
    name: 'a form with a redirect',
    rows: [
      `GET ${page}`,
      form(sid('1')),
      `GET ${app}/account`,
      { request: `GET ${app}/account`, reload: true },
      `GET ${app}/orders`,
    ],
  },
  {
    name: 'a form whose session is a session cookie',
    rows: [`GET ${page}`, form('sid=hush-1; Path=/; Secure; HttpOnly; SameSite=Lax'), `GET ${app}/account`],
  },
  {
    name: 'a form, the session of the visitor renewed at the login',
    rows: [{ request: `GET ${page}`, set: sid('0') }, form(sid('1')), `GET ${app}/account`, `GET ${app}/orders`],
  },
  {
    name: 'a form, the session renewed at the login and once more by the page it leads to',
    rows: [`GET ${page}`, form(sid('1')), { request: `GET ${app}/account`, set: sid('2') }, `GET ${app}/orders`],
  },
  {
    name: 'a sliding session with the same value',
    rows: [
      `GET ${page}`,
      form(sid('1')),
      ...['/account', '/orders', '/cart'].map((path) => ({ request: `GET ${app}${path}`, set: sid('1') })),
    ],
  },
  {
    name: 'a sliding session whose value changes with every answer',
    rows: [
      `GET ${page}`,
      form(sid('1')),
      ...['/account', '/orders', '/cart', '/account'].map((path, at) => ({
        request: `GET ${app}${path}`,
        set: sid(`r${at}`),
      })),
    ],
  },
  {
    name: 'fetch to the own origin',
    rows: [
      `GET ${page}`,
      { request: `POST ${app}/api/login`, from: page, set: sid('1'), body: { password: true } },
      { request: `GET ${app}/api/me`, from: page },
      { request: `GET ${app}/api/me`, from: page, status: 304 },
      `GET ${app}/`,
    ],
  },
  {
    name: 'fetch to the API of the same site',
    rows: [
      `GET ${page}`,
      { request: `GET ${api}/me`, from: page, status: 401, responseHeaders: cors },
      { request: `POST ${api}/login`, from: page, set: sid('1'), responseHeaders: cors, body: { password: true } },
      { request: `GET ${api}/me`, from: page, responseHeaders: cors },
      { request: `GET ${api}/orders`, from: page, responseHeaders: cors },
    ],
  },
  {
    name: 'a wrong password first',
    rows: [
      `GET ${page}`,
      { request: `POST ${api}/login`, from: page, status: 401, responseHeaders: cors, body: { password: true } },
      { request: `POST ${api}/login`, from: page, set: sid('1'), responseHeaders: cors, body: { password: true } },
      { request: `GET ${api}/me`, from: page, responseHeaders: cors },
    ],
  },
  {
    name: 'a page behind the login asked for first',
    rows: [
      { request: `GET ${app}/account`, status: 302, location: '/login' },
      `GET ${page}`,
      form(sid('1')),
      `GET ${app}/account`,
    ],
  },
  {
    name: 'a role that is missing',
    rows: [
      `GET ${page}`,
      form(sid('1')),
      `GET ${app}/account`,
      { request: `GET ${app}/api/admin`, from: `${app}/account`, status: 403 },
      { request: `POST ${app}/api/admin`, from: `${app}/account`, status: 403 },
      { request: `GET ${app}/api/orders`, from: `${app}/account` },
    ],
  },
  {
    name: 'another API that refuses',
    rows: [
      `GET ${page}`,
      form(sid('1')),
      `GET ${app}/account`,
      { request: 'GET https://widgets.other.test/me', from: `${app}/account`, status: 401 },
      { request: `GET ${app}/api/orders`, from: `${app}/account` },
    ],
  },
  {
    name: 'a flash message, an old cookie and a CSRF cookie deleted',
    rows: [
      { request: `GET ${page}`, set: ['csrftoken=hush-c0; Path=/; Secure; SameSite=Lax'] },
      form([
        sid('1'),
        'flash=hush-welcome; Path=/',
        'session=; Path=/; Max-Age=0',
        'sid=; Path=/; Domain=shop.test; Max-Age=0',
      ]),
      {
        request: `GET ${app}/account`,
        set: ['flash=; Path=/; Max-Age=0', 'csrftoken=hush-c1; Path=/; Secure; SameSite=Lax'],
      },
      `GET ${app}/orders`,
    ],
    options: { earlier: [[`${app}/`, 'session=hush-old; Path=/']] },
  },
  {
    name: 'a cookie of the login alone, deleted by the page it leads to',
    rows: [
      `GET ${page}`,
      form([sid('1'), 'login_session=hush-once; Path=/; HttpOnly']),
      { request: `GET ${app}/account`, set: 'login_session=; Path=/; Max-Age=0' },
      `GET ${app}/orders`,
    ],
  },
  {
    name: 'other sites refuse what the page asks of them',
    rows: [
      `GET ${page}`,
      form([sid('1'), 'csrftoken=hush-c; Path=/; Secure']),
      `GET ${app}/account`,
      { request: 'POST https://stats.other.test/event', from: `${app}/account`, status: 403 },
      { request: 'GET https://stats.other.test/me', from: `${app}/account`, status: 431 },
      { request: 'GET https://chat.other.test/me', from: `${app}/account`, status: 401 },
      `GET ${app}/orders`,
    ],
    options: {
      earlier: [
        ['https://stats.other.test/', 'csrftoken=hush-o; Path=/; SameSite=Lax'],
        ['https://chat.other.test/', 'sid=hush-o; Path=/; SameSite=Lax'],
      ],
    },
  },
  {
    name: 'the user logs out',
    rows: [
      `GET ${page}`,
      form(sid('1')),
      `GET ${app}/account`,
      { request: `POST ${app}/logout`, status: 303, location: '/', set: 'sid=; Path=/; Max-Age=0' },
      `GET ${app}/`,
      { request: `GET ${app}/account`, status: 302, location: '/login' },
      `GET ${page}`,
    ],
  },
  {
    name: 'the user logs out, the server forgets the session and leaves the cookie',
    rows: [
      `GET ${page}`,
      { request: `POST ${app}/api/login`, from: page, set: sid('1'), body: { password: true } },
      { request: `GET ${app}/api/me`, from: page },
      { request: `DELETE ${app}/api/session`, from: page, status: 204 },
      { request: `GET ${app}/api/me`, from: page, status: 401 },
    ],
  },
  {
    name: 'a code from the phone as a second step',
    rows: [
      `GET ${page}`,
      { request: `POST ${app}/api/login`, from: page, set: sid('1'), body: { password: true } },
      { request: `GET ${app}/api/me`, from: page, status: 401 },
      { request: `POST ${app}/api/login/otp`, from: page },
      { request: `GET ${app}/api/me`, from: page },
    ],
  },
  {
    name: 'a short access cookie that is renewed',
    rows: [
      `GET ${page}`,
      {
        request: `POST ${app}/api/login`,
        from: page,
        set: [
          'access_token=hush-a1; Path=/; Secure; HttpOnly; Max-Age=900',
          'refresh_token=hush-r1; Path=/api/refresh; Secure; HttpOnly; Max-Age=604800',
        ],
        body: { password: true },
      },
      { request: `GET ${app}/api/me`, from: page },
      { request: `GET ${app}/api/me`, from: page, status: 401, at: 600 },
      {
        request: `POST ${app}/api/refresh`,
        from: page,
        set: [
          'access_token=hush-a2; Path=/; Secure; HttpOnly; Max-Age=900',
          'refresh_token=hush-r2; Path=/api/refresh; Secure; HttpOnly; Max-Age=604800',
        ],
      },
      { request: `GET ${app}/api/me`, from: page },
    ],
  },
  {
    name: 'a token in JSON, sent as Bearer',
    rows: [
      `GET ${page}`,
      {
        request: `POST ${api}/login`,
        from: page,
        responseHeaders: cors,
        body: { password: true, opaqueTokens: ['access_token'] },
      },
      { request: `GET ${api}/me`, from: page, requestHeaders: bearer, responseHeaders: cors },
      { request: `GET ${api}/public`, from: page, responseHeaders: cors },
      { request: `GET ${api}/orders`, from: page, requestHeaders: bearer, responseHeaders: cors },
    ],
  },
  {
    name: 'a token in JSON and a refresh cookie',
    rows: [
      `GET ${page}`,
      {
        request: `POST ${api}/login`,
        from: page,
        responseHeaders: cors,
        set: 'refresh_token=hush-r1; Path=/refresh; Secure; HttpOnly; SameSite=Strict; Max-Age=604800',
        body: { password: true, opaqueTokens: ['access_token'] },
      },
      { request: `GET ${api}/me`, from: page, requestHeaders: bearer, responseHeaders: cors },
      { request: `GET ${api}/me`, from: page, requestHeaders: bearer, responseHeaders: cors, status: 401, at: 1000 },
      { request: `POST ${api}/refresh`, from: page, responseHeaders: cors, body: { opaqueTokens: ['access_token'] } },
      { request: `GET ${api}/me`, from: page, requestHeaders: bearer, responseHeaders: cors },
    ],
  },
  {
    name: 'a token that has ended, refused, renewed and accepted',
    rows: [
      `GET ${page}`,
      {
        request: `POST ${api}/login`,
        from: page,
        responseHeaders: cors,
        body: { password: true, opaqueTokens: ['access_token'] },
      },
      {
        request: `GET ${api}/me`,
        from: page,
        status: 401,
        requestHeaders: bearer,
        responseHeaders: { ...cors, 'WWW-Authenticate': 'Bearer error="invalid_token"' },
      },
      { request: `POST ${api}/refresh`, from: page, responseHeaders: cors, body: { opaqueTokens: ['access_token'] } },
      { request: `GET ${api}/me`, from: page, requestHeaders: bearer, responseHeaders: cors },
    ],
  },
  {
    name: 'a form without a session before the login, a wrong password first',
    rows: [
      `GET ${page}`,
      { request: `POST ${page}`, status: 422, body: { password: true, csrf: false } },
      form(sid('1')),
      `GET ${app}/account`,
      `GET ${app}/orders`,
    ],
  },
  {
    name: 'OAuth by redirect',
    rows: [
      `GET ${page}`,
      {
        request: `GET ${app}/auth/start`,
        status: 302,
        location: `${idp}/authorize?client_id=shop&redirect_uri=${encodeURIComponent(`${app}/auth/callback`)}&state=hush-s&response_type=code`,
        set: 'state=hush-s; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=600',
      },
      `GET ${idp}/authorize?client_id=shop&redirect_uri=${encodeURIComponent(`${app}/auth/callback`)}&state=hush-s&response_type=code`,
      {
        request: `POST ${idp}/authorize`,
        status: 302,
        location: `${app}/auth/callback?code=hush-code&state=hush-s`,
        set: 'idpsession=hush-idp; Path=/; Secure; HttpOnly',
        body: { password: true },
      },
      {
        request: `GET ${app}/auth/callback?code=hush-code&state=hush-s`,
        status: 302,
        location: '/account',
        set: [sid('1'), 'state=; Path=/; Max-Age=0'],
      },
      `GET ${app}/account`,
      `GET ${app}/orders`,
    ],
  },
  {
    name: 'OAuth by form_post',
    rows: [
      `GET ${page}`,
      {
        request: `GET ${app}/auth/start`,
        status: 302,
        location: `${idp}/authorize?redirect_uri=${encodeURIComponent(`${app}/auth/callback`)}&state=hush-s&response_mode=form_post`,
        set: 'state=hush-s; Path=/; Secure; HttpOnly; SameSite=None; Max-Age=600',
      },
      `GET ${idp}/authorize?redirect_uri=${encodeURIComponent(`${app}/auth/callback`)}&state=hush-s&response_mode=form_post`,
      {
        request: `POST ${app}/auth/callback`,
        initiator: idp,
        status: 303,
        location: '/account',
        set: [sid('1'), 'state=; Path=/; Max-Age=0; Secure; SameSite=None'],
      },
      `GET ${app}/account`,
      `GET ${app}/orders`,
    ],
  },
]
