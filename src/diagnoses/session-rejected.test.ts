import type { Row } from '../story/testing/recording.ts'
import rule from './session-rejected.ts'
import { testDiagnosis } from './testing.ts'

const app = 'https://app.shop.test'
const api = 'https://api.shop.test'
const page = `${app}/login`
const sid = 'sid=hush-1; Path=/; Secure; HttpOnly'
const wide = `${sid}; Domain=shop.test`
const form: Row = { request: `POST ${page}`, status: 303, location: '/account', set: sid }
const script: Row = { request: `POST ${app}/api/login`, from: page, set: sid, body: { password: true } }
const get = (path: string, status = 200, more: object = {}): Row => ({
  request: `GET ${app}${path}`,
  from: page,
  status,
  ...more,
})
const toLogin = (path: string): Row => ({ request: `GET ${app}${path}`, status: 302, location: '/login' })

testDiagnosis(rule, {
  finds: [
    {
      name: 'a page that sends back to the login, with the cookie on the request',
      rows: [`GET ${page}`, form, toLogin('/account'), `GET ${page}`],
      rank: 'blocks-now',
      confidence: 'seen',
      says: ['`POST /login` set `sid`', 'sent it with `GET /account`', '(302) to `/login`', 'The browser did its part'],
      fix: ['share-session'],
      shownBy: '3',
    },
    {
      name: '401 to a script',
      rows: [`GET ${page}`, script, get('/api/me', 401)],
      rank: 'blocks-now',
      confidence: 'seen',
      says: ['`GET /api/me`', '401'],
    },
    {
      name: '403 to the question who is there',
      rows: [`GET ${page}`, script, get('/api/me', 403)],
      rank: 'blocks-now',
      confidence: 'likely',
      says: ['`GET /api/me`', '403'],
    },
    {
      name: '401 of another host that gets the cookie as well',
      rows: [
        `GET ${page}`,
        { request: `POST ${app}/api/login`, from: page, set: wide, body: { password: true } },
        { request: `GET ${api}/me`, from: page, status: 401 },
      ],
      rank: 'blocks-now',
      confidence: 'likely',
      says: ['`GET api.shop.test/me`', 'both need the same secret'],
    },
    {
      name: 'accepted, refused, accepted: instances',
      rows: [`GET ${page}`, script, get('/api/me'), get('/api/me', 401), get('/api/me')],
      rank: 'blocks-now',
      confidence: 'seen',
      says: ['on one request and refuses it on the next'],
    },
    {
      name: 'accepted, then refused a second later',
      rows: [`GET ${page}`, script, get('/api/me'), get('/api/me', 401)],
      rank: 'blocks-now',
      confidence: 'likely',
      says: ['then no longer'],
    },
    {
      name: 'accepted, then refused after half an hour',
      rows: [`GET ${page}`, script, get('/api/me'), get('/api/me', 401, { at: 1810 })],
      rank: 'odd',
      confidence: 'possible',
      says: ['after 30 minutes'],
    },
    {
      name: 'one endpoint refuses, the others accept',
      rows: [`GET ${page}`, script, get('/api/me'), get('/api/reports', 401), get('/api/orders')],
      rank: 'odd',
      confidence: 'possible',
      says: ['`GET /api/reports`'],
    },
    {
      name: 'one page sends back to the login, the one after the login was shown',
      rows: [`GET ${page}`, form, `GET ${app}/account`, toLogin('/admin'), `GET ${page}`],
      rank: 'odd',
      confidence: 'possible',
    },
    {
      name: 'page after page sends back to the login, the one after the login was shown',
      rows: [
        `GET ${page}`,
        form,
        `GET ${app}/account`,
        toLogin('/orders'),
        `GET ${page}`,
        toLogin('/cart'),
        `GET ${page}`,
      ],
      rank: 'blocks-now',
      confidence: 'likely',
    },
    {
      name: 'the session of the visitor, with which the login went on',
      rows: [
        { request: `GET ${page}`, set: sid },
        { request: `POST ${app}/api/login`, from: page, body: { password: true } },
        get('/api/me', 401),
      ],
      rank: 'blocks-now',
      confidence: 'possible',
      says: ['The browser had `sid` at the login'],
    },
    {
      name: 'the return from an identity provider',
      rows: [
        `GET ${page}`,
        { request: `GET ${app}/auth/callback?code=hush-c&state=hush-s`, status: 302, location: '/account', set: sid },
        toLogin('/account'),
        `GET ${page}`,
      ],
      rank: 'blocks-now',
      confidence: 'seen',
      silent: ['code='],
    },
  ],
  passes: [
    {
      name: 'a cookie that the browser refused',
      rows: [`GET ${page}`, { ...(script as object), set: 'sid=hush-1; SameSite=None' } as Row, get('/api/me', 401)],
    },
    {
      name: 'a request without the cookie',
      rows: [`GET ${page}`, script, get('/api/me', 401, { credentials: 'omit' })],
    },
    {
      name: 'another cookie of the name in its place',
      rows: [`GET ${page}`, { ...(script as object), set: 'sid=hush-1; Path=/api/login' } as Row, get('/api/me', 401)],
      options: { earlier: [[`${app}/`, 'sid=hush-old; Path=/']] },
    },
    {
      name: 'a token',
      rows: [`GET ${page}`, script, get('/api/me', 401, { requestHeaders: { Authorization: 'Bearer hush' } })],
    },
    {
      name: 'a wrong password',
      rows: [`GET ${page}`, { ...(script as object), status: 401 } as Row, get('/api/me', 401)],
    },
    {
      name: 'a wrong password in a form',
      rows: [
        `GET ${page}`,
        { request: `POST ${page}`, status: 302, location: '/login?error=1', set: sid },
        `GET ${page}?error=1`,
        toLogin('/account'),
        `GET ${page}`,
      ],
    },
    { name: 'a right that is missing', rows: [`GET ${page}`, script, get('/api/team', 403), get('/api/you', 403)] },
    { name: 'refused once, then accepted', rows: [`GET ${page}`, script, get('/api/me', 401), get('/api/me')] },
    {
      name: 'refused, renewed, accepted',
      rows: [
        `GET ${page}`,
        script,
        get('/api/me'),
        get('/api/me', 401),
        get('/api/refresh', 200, { set: 'sid=hush-2; Path=/' }),
        get('/api/me'),
      ],
    },
    { name: 'no answer', rows: [`GET ${page}`, script, get('/api/me', 0, { error: 'net::ERR_FAILED' })] },
    { name: 'no login', rows: [get('/api/me', 401)] },
  ],
})
