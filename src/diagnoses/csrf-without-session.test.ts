import type { Row } from '../story/testing/recording.ts'
import rule from './csrf-without-session.ts'
import { testDiagnosis } from './testing.ts'

const app = 'https://app.shop.test'
const page = `${app}/login`
const session = '_shop_session=hush-s; Path=/; Secure; HttpOnly; SameSite=Lax'
const open = (more: object = {}): Row => ({ request: `GET ${page}`, ...more })
const post = (status: number, more: object = {}): Row => ({ request: `POST ${page}`, status, ...more })
const form = { body: { password: true, csrf: true } }
const plain = { body: { password: true, csrf: false } }
/** As Turbo posts a form. */
const turbo = { from: page, requestHeaders: { Accept: 'text/vnd.turbo-stream.html, text/html' } }
const why = ['trust-proxy', 'forward-proto']

testDiagnosis(rule, {
  finds: [
    {
      name: 'a form of Rails, whose Secure session cookie never came',
      rows: [open(), post(422, form)],
      rank: 'blocks-now',
      confidence: 'likely',
      says: [
        'CSRF protection refused the form',
        'may think it is on http',
        'No answer of `app.shop.test` set a session cookie, that to `GET /login` included',
        '`POST /login` carried a CSRF token and no session cookie, and was answered 422',
        'sets none and says nothing',
        'A cache, a gateway or another extension',
      ],
      fix: why,
      shownBy: '2',
    },
    {
      name: 'the same, where no body was read',
      rows: [open(), post(422)],
      rank: 'blocks-now',
      confidence: 'possible',
      says: ['The login\u2019s form was refused', 'carried no session cookie', 'a wrong password'],
      fix: why,
    },
    { name: 'a form of Express', rows: [open(), post(403, form)], rank: 'blocks-now', confidence: 'likely', fix: why },
    {
      name: 'a form of SvelteKit, which has no token: its Origin is compared',
      rows: [open(), post(403, plain)],
      rank: 'blocks-now',
      confidence: 'possible',
      says: ['expects another Origin'],
      fix: [...why, 'trust-origin'],
    },
    { name: 'a form of Laravel', rows: [open(), post(419)], rank: 'blocks-now', confidence: 'likely' },
    { name: 'a form of Flask-WTF', rows: [open(), post(400, form)], rank: 'blocks-now', confidence: 'likely' },
    {
      name: 'a form that a script posts, with its token in a header',
      rows: [
        open(),
        post(422, { ...turbo, ...plain, requestHeaders: { ...turbo.requestHeaders, 'X-CSRF-Token': 'hush-t' } }),
      ],
      rank: 'blocks-now',
      confidence: 'likely',
    },
    {
      name: 'a form that a script posts, with its token in a field',
      rows: [open(), post(422, { ...turbo, ...form })],
      rank: 'blocks-now',
      confidence: 'likely',
    },
    {
      name: 'a page from a cache',
      rows: [open({ responseHeaders: { Age: '60' } }), post(419, form)],
      rank: 'blocks-now',
      confidence: 'likely',
      says: ['its page came from a cache', '`Age: 60`'],
      fix: ['no-store', ...why],
    },
    {
      name: 'cookies that are no session',
      rows: [
        open({ set: ['locale=en; Path=/', '_ga=hush; Path=/', '__cf_bm=hush; Path=/; Secure; HttpOnly'] }),
        post(422, form),
      ],
      rank: 'blocks-now',
      confidence: 'likely',
    },
    {
      name: 'a cookie whose name tells nothing',
      rows: [open({ set: 'shop=hush; Path=/' }), post(422, form)],
      rank: 'blocks-now',
      confidence: 'possible',
    },
    {
      name: 'the session of another host',
      rows: [
        { request: 'GET https://www.shop.test/', set: 'PHPSESSID=hush; Path=/; HttpOnly; Secure' },
        open(),
        post(422, form),
      ],
      rank: 'blocks-now',
      confidence: 'likely',
    },
    {
      name: 'tried twice',
      rows: [open(), post(422, form), open(), post(422, form)],
      rank: 'blocks-now',
      confidence: 'likely',
      shownBy: '4',
    },
    {
      name: 'tried twice, from the page of the first refusal',
      rows: [open(), post(422, form), post(422, form)],
      rank: 'blocks-now',
      confidence: 'likely',
      shownBy: '3',
    },
    {
      name: 'an old session cookie that the page deletes',
      rows: [open({ set: '_shop_session=; Path=/; Max-Age=0' }), post(422, form)],
      rank: 'blocks-now',
      confidence: 'likely',
    },
  ],
  passes: [
    { name: 'the session cookie was set and sent', rows: [open({ set: session }), post(422, form)] },
    {
      name: 'the session cookie is from before',
      rows: [open(), post(422, form)],
      options: { earlier: [[`${app}/`, session]] },
    },
    {
      name: 'the session cookie stays behind',
      rows: [open({ set: `${session}; Path=/admin` }), post(422, form)],
    },
    {
      name: 'the session cookie was refused',
      rows: [open({ set: '_shop_session=hush; SameSite=None' }), post(422, form)],
    },
    {
      name: 'a cookie of another name, which may be the session',
      rows: [open({ set: 'shop=hush; HttpOnly' }), post(422, form)],
    },
    { name: 'a CSRF cookie', rows: [open({ set: 'csrftoken=hush; Path=/; Secure' }), post(403, form)] },
    {
      name: 'a session that an earlier page began, and that has ended',
      rows: [
        { request: `GET ${app}/`, set: `${session}; Max-Age=1` },
        { request: `GET ${page}`, at: 60 },
        post(422, { at: 61, ...form }),
      ],
    },
    { name: 'the answer sets a session', rows: [open(), post(422, { ...form, set: session })] },
    { name: 'the page was not seen', rows: [post(422, form)] },
    {
      name: 'the page of another origin was seen',
      rows: ['GET https://www.shop.test/', post(422, { ...form, initiator: app })],
    },
    { name: "the page came from the browser's cache", rows: [open({ fromCache: true }), post(422, form)] },
    {
      name: 'all on http',
      rows: ['GET http://app.shop.test/login', { request: 'POST http://app.shop.test/login', status: 422, ...form }],
    },
    { name: 'a wrong password', rows: [open(), post(401, form)] },
    { name: 'a wrong password, as 422, in a form without a token', rows: [open(), post(422, plain)] },
    { name: 'a field that is missing, in a form without a token', rows: [open(), post(400, plain)] },
    {
      name: 'a wrong password, then the right one',
      rows: [open(), post(403), open(), post(303, { location: '/account', set: session })],
    },
    {
      name: 'a wrong password, then the right one, the first picked by hand',
      rows: [open(), post(403), open(), post(303, { location: '/account' })],
      options: { pick: '2' },
    },
    {
      name: 'an API that checks what it gets',
      rows: [open(), { request: `POST ${app}/api/login`, from: page, status: 422, ...plain }],
    },
    {
      name: 'an API of another origin, with a header against forged requests',
      rows: [
        open(),
        {
          request: 'POST https://api.shop.test/login',
          from: page,
          status: 403,
          requestHeaders: { 'X-CSRF-Token': 'hush-t' },
        },
      ],
    },
    {
      name: 'a page that hides where it comes from',
      rows: [open(), post(403, { initiator: null, requestHeaders: { Origin: 'null' } })],
    },
    {
      name: 'a check for robots',
      rows: [open(), post(403, { ...form, responseHeaders: { 'cf-mitigated': 'challenge' } })],
    },
    { name: 'an error of the server', rows: [open(), post(500, form)] },
    { name: 'another form', rows: [open(), { request: `POST ${app}/contact`, status: 422, body: { csrf: true } }] },
  ],
})
