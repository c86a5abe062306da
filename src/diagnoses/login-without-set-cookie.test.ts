import rule from './login-without-set-cookie.ts'
import { testDiagnosis } from './testing.ts'

const app = 'https://app.shop.test'
const page = `${app}/login`
const form = (more: object = {}) => ({ request: `POST ${page}`, status: 303, location: '/account', ...more })
const script = (more: object = {}) => ({
  request: `POST ${app}/api/login`,
  from: page,
  body: { password: true },
  ...more,
})
const lost = { request: `GET ${app}/account`, status: 302, location: '/login' }
const noUser = { request: `GET ${app}/api/me`, from: page, status: 401 }
const old = [`${app}/`, 'sid=hush-0; Path=/; Secure; HttpOnly'] as const
const behindProxy = ['trust-proxy', 'forward-proto', 'pass-on-set-cookie']

testDiagnosis(rule, {
  finds: [
    {
      name: 'cookies of a load balancer alone',
      rows: [`GET ${page}`, form({ set: ['AWSALB=hush; Path=/', 'sid=; Path=/; Max-Age=0'] }), lost],
      rank: 'blocks-now',
      confidence: 'seen',
      says: ['no answer sets a session cookie', 'sets `AWSALB` only, of a load balancer or a tool'],
      silent: ['`sid`'],
    },
    {
      name: 'a form that leads on, and is a stranger there',
      rows: [`GET ${page}`, form(), lost],
      rank: 'blocks-now',
      confidence: 'seen',
      says: ['`POST /login`', 'without a Set-Cookie line', '`GET /account`', 'behind a proxy'],
      fix: behindProxy,
      shownBy: '2',
    },
    {
      name: 'the same, and the page answers 401',
      rows: [`GET ${page}`, form(), `GET ${app}/account 401`],
      rank: 'blocks-now',
      confidence: 'seen',
    },
    {
      name: 'a script\u2019s login',
      rows: [`GET ${page}`, script(), noUser],
      rank: 'blocks-now',
      confidence: 'likely',
      fix: behindProxy,
    },
    {
      name: 'a script\u2019s login answered 204',
      rows: [`GET ${page}`, script({ status: 204 }), noUser],
      rank: 'blocks-now',
      confidence: 'likely',
    },
    {
      name: 'the form again, which may be a wrong password',
      rows: [`GET ${page}`, `POST ${page}`, lost],
      rank: 'blocks-now',
      confidence: 'possible',
      says: ['a wrong password'],
    },
    {
      name: 'an old session that is not renewed, and refused',
      rows: [`GET ${page}`, form(), lost],
      options: { earlier: [old] },
      rank: 'blocks-now',
      confidence: 'possible',
      says: ['stays as it was'],
    },
    {
      name: 'an e-mail address alone, whose link has not been followed',
      rows: [`GET ${page}`, form({ status: 200, location: undefined, body: { password: false } }), lost],
      rank: 'blocks-now',
      confidence: 'possible',
      says: ['a link or a code comes by mail'],
    },
    {
      name: 'nothing that says how it went on',
      rows: [`GET ${page}`, script(), `GET ${app}/`],
      rank: 'odd',
      confidence: 'possible',
    },
    {
      name: 'an answer with marks of a cache',
      rows: [`GET ${page}`, form({ responseHeaders: { 'X-Cache': 'HIT from edge', Age: '20' } }), lost],
      rank: 'blocks-now',
      confidence: 'seen',
      says: ['marks of a cache'],
      fix: ['no-store', ...behindProxy],
    },
    {
      name: 'plain http',
      rows: [
        'GET http://app.shop.test/login',
        { request: 'POST http://app.shop.test/login', status: 303, location: '/account' },
        'GET http://app.shop.test/account 401',
      ],
      rank: 'blocks-now',
      confidence: 'seen',
      says: ['plain http'],
      fix: ['use-https', 'pass-on-set-cookie'],
    },
    {
      name: 'an answer that only deletes',
      rows: [`GET ${page}`, form({ set: 'flash=; Path=/; Max-Age=0' }), lost],
      rank: 'blocks-now',
      confidence: 'seen',
    },
  ],
  passes: [
    {
      name: 'an e-mail address alone, and a page for anybody after it',
      rows: [`GET ${page}`, form({ status: 200, location: undefined, body: { password: false } }), `GET ${app}/help`],
    },
    {
      name: 'a link from a mail that sets the session',
      rows: [
        `GET ${page}`,
        `POST ${page}`,
        {
          request: `GET ${app}/verify/2dbd7fe3fb16bd45aa8713bba7d5ea5c`,
          status: 302,
          location: '/account',
          set: old[1],
        },
        `GET ${app}/account`,
      ],
    },
    {
      name: 'a link from a mail whose cookie is refused',
      rows: [
        `GET ${page}`,
        `POST ${page}`,
        {
          request: `GET ${app}/verify/2dbd7fe3fb16bd45aa8713bba7d5ea5c`,
          status: 302,
          location: '/account',
          set: 'sid=hush; Domain=app.shop.test.',
        },
        lost,
      ],
    },
    {
      name: 'a wrong password: back to the form',
      rows: [`GET ${page}`, form({ location: '/login?error=1' }), `GET ${app}/login?error=1`],
    },
    { name: 'a wrong password: 401', rows: [`GET ${page}`, script({ status: 401 }), noUser] },
    { name: 'the form again, and nothing after it', rows: [`GET ${page}`, `POST ${page}`] },
    {
      name: 'the session that the visitor had goes on',
      rows: [`GET ${page}`, form(), `GET ${app}/account`],
      options: { earlier: [old] },
    },
    {
      name: 'a token in the answer',
      rows: [`GET ${page}`, script({ body: { password: true, opaqueTokens: ['access_token'] } }), noUser],
    },
    {
      name: 'a token in Authorization',
      rows: [`GET ${page}`, script(), { ...noUser, status: 200, requestHeaders: { Authorization: 'Bearer hush' } }],
    },
    {
      name: 'a script writes the cookie',
      rows: [
        `GET ${page}`,
        script(),
        { script: page, write: 'session=hush; Path=/; Secure' },
        { ...noUser, status: 200 },
      ],
    },
    {
      name: 'the page it leads to sets the cookie',
      rows: [
        `GET ${page}`,
        form(),
        { request: `GET ${app}/account`, set: 'sid=hush; Path=/; Secure; HttpOnly' },
        `GET ${app}/orders`,
      ],
    },
    {
      name: 'a cookie that is refused is another matter',
      rows: [`GET ${page}`, form({ set: 'sid=hush; Path=/; SameSite=None' }), lost],
    },
    {
      name: 'on the way to a provider',
      rows: [
        `GET ${page}`,
        {
          request: `GET ${app}/auth`,
          status: 302,
          location: 'https://id.other.test/authorize?client_id=shop&redirect_uri=x',
        },
        'GET https://id.other.test/authorize?client_id=shop&redirect_uri=x',
      ],
    },
    { name: '204 and nothing after it', rows: [`GET ${page}`, script({ status: 204 })] },
    { name: 'from the cache', rows: [`GET ${page}`, form({ fromCache: true }), lost] },
  ],
})
