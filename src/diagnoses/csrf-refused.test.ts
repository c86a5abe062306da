import type { Row } from '../story/testing/recording.ts'
import rule from './csrf-refused.ts'
import { testDiagnosis } from './testing.ts'

const app = 'https://app.shop.test'
const api = 'https://api.shop.test'
const page = `${app}/login`
const sid = 'sid=hush-1; Path=/; Secure; HttpOnly; Domain=shop.test'
const token = 'XSRF-TOKEN=hush-t1; Path=/; Secure; SameSite=Lax'
const open = (...set: string[]): Row => ({ request: `GET ${page}`, set })
const script = (more: object = {}): Row => ({
  request: `POST ${app}/api/login`,
  from: page,
  set: sid,
  body: { password: true },
  ...more,
})
const form = (): Row => ({ request: `POST ${page}`, status: 303, location: '/account', set: sid })
const order = (status: number, more: object = {}): Row => ({
  request: `POST ${app}/api/orders`,
  from: page,
  status,
  ...more,
})
const header = (value: string, name = 'X-XSRF-TOKEN') => ({ requestHeaders: { [name]: value } })

testDiagnosis(rule, {
  finds: [
    {
      name: 'the login, its token in a cookie that no script can read',
      rows: [open(`${token}; HttpOnly`), script({ status: 419, set: [] })],
      rank: 'blocks-now',
      confidence: 'likely',
      says: ['`XSRF-TOKEN` went along', 'HttpOnly', '`POST /api/login` was answered 419', '`X-XSRF-TOKEN`'],
      fix: ['readable-csrf-cookie'],
      shownBy: '2',
    },
    {
      name: 'a script that does not send the token back',
      rows: [open('csrftoken=hush-t; Path=/; Secure'), script(header('hush-t', 'X-CSRFToken')), order(403)],
      rank: 'blocks-now',
      confidence: 'likely',
      says: ['did not send the CSRF token back in X-CSRFToken'],
      fix: ['send-csrf-token'],
      shownBy: '3',
    },
    {
      name: 'a login whose header went out empty, since no script can read the cookie',
      rows: [open(`${token}; HttpOnly`), script({ ...header(''), status: 403, set: [] })],
      rank: 'blocks-now',
      confidence: 'likely',
      says: ["can't send it back", 'the header `X-XSRF-TOKEN` went out empty'],
      fix: ['readable-csrf-cookie'],
      shownBy: '2',
    },
    {
      name: 'a header of what is no token, the cookie readable',
      rows: [
        open('csrftoken=hush-t; Path=/; Secure'),
        script({ ...header('undefined', 'X-CSRFToken'), status: 403, set: [] }),
      ],
      rank: 'blocks-now',
      confidence: 'likely',
      says: ['did not send the CSRF token back', '`X-CSRFToken` went out empty'],
      fix: ['send-csrf-token'],
    },
    {
      name: 'a cookie with the token that stays behind for its path',
      rows: [
        open('csrftoken=hush-t; Path=/login; Secure'),
        script({ ...header('hush-t', 'X-CSRFToken'), status: 403, set: [] }),
      ],
      rank: 'blocks-now',
      confidence: 'likely',
      says: ['was not sent', '`csrftoken` stayed behind'],
      fix: ['set-attribute'],
    },
    {
      name: 'a cookie with the token that was refused',
      rows: [open('csrftoken=hush-t; Path=/; SameSite=None'), { request: `POST ${page}`, status: 403 }],
      rank: 'blocks-now',
      confidence: 'likely',
      says: ['never stored', '`GET /login`'],
    },
    {
      name: 'a token from before the login',
      rows: [
        open(token),
        script({ ...header('hush-t1'), set: [sid, token.replace('t1', 't2')] }),
        order(419, header('hush-t1')),
      ],
      rank: 'blocks-now',
      confidence: 'likely',
      says: ['an old CSRF token'],
      fix: ['send-csrf-token'],
    },
    {
      name: 'a form that says 419',
      rows: [open('laravel_session=hush-s; Path=/'), { request: `POST ${page}`, status: 419 }],
      rank: 'blocks-now',
      confidence: 'likely',
      says: ['of another session', 'The session cookie went along'],
      fix: ['send-csrf-token'],
    },
    {
      name: 'Auth.js sends back',
      rows: [
        open(),
        { request: `POST ${app}/api/auth/callback/credentials`, status: 302, location: '/api/auth/signin?csrf=true' },
        `GET ${app}/api/auth/signin?csrf=true`,
      ],
      rank: 'blocks-now',
      confidence: 'likely',
      says: ['came without a session'],
    },
    {
      name: 'Origin: null',
      rows: [
        open('csrftoken=hush-t; Path=/; Secure'),
        { request: `POST ${page}`, status: 403, initiator: null, requestHeaders: { Origin: 'null' } },
      ],
      rank: 'blocks-now',
      confidence: 'likely',
      says: ['`null`', 'no-referrer'],
      fix: [],
    },
    {
      name: 'the login from an origin that the API may not know',
      rows: [
        open('csrftoken=hush-t; Path=/; Secure; Domain=shop.test'),
        {
          request: `POST ${api}/login`,
          from: page,
          status: 403,
          ...header('hush-t', 'X-CSRFToken'),
          body: { password: true },
        },
      ],
      rank: 'blocks-now',
      confidence: 'possible',
      says: ['`https://app.shop.test`'],
      fix: ['trust-origin'],
    },
    {
      name: 'no login in the log',
      rows: [`GET ${app}/orders`, { request: `POST ${app}/api/orders`, from: `${app}/orders`, status: 419 }],
      rank: 'blocks-now',
      confidence: 'likely',
    },
  ],
  passes: [
    {
      name: 'a right that is missing, the token in order',
      rows: [open(token), script(header('hush-t1')), order(403, header('hush-t1'))],
    },
    { name: 'a right that is missing, and no token wanted', rows: [open(token), script(), order(403)] },
    {
      name: 'a right that is missing at another origin, and no token anywhere',
      rows: [open(), script(), { request: `POST ${api}/orders`, from: page, status: 403 }],
    },
    { name: 'a wrong password', rows: [open(token), script({ ...header('hush-t1'), status: 401, set: [] })] },
    { name: 'a wrong password, as 422', rows: [open(token), script({ status: 422, set: [] })] },
    {
      name: 'refused, and repeated with a new token',
      rows: [open(token), script(header('hush-t1')), order(419), order(200, header('hush-t1'))],
    },
    {
      name: 'a script of another site, whose CSRF cookie stays behind',
      rows: [`GET ${page}`, form(), { request: 'POST https://stats.other.test/event', from: page, status: 403 }],
      options: { earlier: [['https://stats.other.test/', 'csrftoken=hush-t; Path=/; SameSite=Lax']] },
    },
    {
      name: 'a GET',
      rows: [open(token), script(header('hush-t1')), { request: `GET ${app}/api/orders`, from: page, status: 403 }],
    },
    {
      name: 'a secret beside the token',
      rows: [
        open('_csrf=hush-t; Path=/; HttpOnly'),
        script(header('hush-x', 'X-CSRF-Token')),
        order(403, header('hush-x', 'X-CSRF-Token')),
      ],
    },
  ],
})
