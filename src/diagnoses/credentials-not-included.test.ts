import rule from './credentials-not-included.ts'
import { testDiagnosis } from './testing.ts'

const app = 'https://app.shop.test'
const api = 'https://api.shop.test'
const other = 'https://api.other.test'
const page = `${app}/login`
const cors = { 'Access-Control-Allow-Origin': app, 'Access-Control-Allow-Credentials': 'true' }
const lax = 'sid=hush-1; Path=/; Secure; HttpOnly; SameSite=Lax'
const none = 'sid=hush-1; Path=/; Secure; HttpOnly; SameSite=None'
const logsIn = (at: string, more: object = {}) => ({
  request: `POST ${at}/login`,
  from: page,
  set: none,
  responseHeaders: cors,
  body: { password: true },
  ...more,
})
const asks = (at: string, more: object = {}) => ({
  request: `GET ${at}/me`,
  from: page,
  responseHeaders: cors,
  ...more,
})
const omit = { credentials: 'omit' } as const

testDiagnosis(rule, {
  finds: [
    {
      name: 'a login to another site',
      rows: [`GET ${page}`, logsIn(other, omit), asks(other, { ...omit, status: 401 })],
      rank: 'blocks-now',
      confidence: 'seen',
      says: ['`sid`', '`https://app.shop.test`', '`api.other.test`', 'nothing was stored'],
      fix: ['include-credentials'],
      shownBy: '2',
    },
    {
      name: 'a login within the site, which the store tells',
      rows: [`GET ${page}`, logsIn(api, omit), asks(api, { status: 401 })],
      rank: 'blocks-now',
      confidence: 'likely',
      fix: ['include-credentials'],
    },
    {
      name: 'a login whose answer would not allow credentials',
      rows: [
        `GET ${page}`,
        logsIn(api, { ...omit, responseHeaders: { 'Access-Control-Allow-Origin': '*' } }),
        asks(api, { status: 401 }),
      ],
      rank: 'blocks-now',
      confidence: 'likely',
      fix: ['include-credentials', 'allow-credentials'],
    },
    { name: 'a login alone', rows: [`GET ${page}`, logsIn(other, omit)], rank: 'blocks-now', confidence: 'seen' },
    {
      name: 'a later request within the site',
      rows: [`GET ${page}`, logsIn(api, { set: lax }), asks(api, { ...omit, status: 401 })],
      rank: 'blocks-now',
      confidence: 'likely',
      says: ['`GET /me`', 'went without cookies'],
      fix: ['include-credentials'],
      shownBy: '3',
    },
    {
      name: 'a later request to another site',
      rows: [`GET ${page}`, logsIn(other), asks(other, { ...omit, status: 401 })],
      rank: 'blocks-now',
      confidence: 'seen',
    },
    {
      name: 'Firefox, where it may be the setting as well',
      rows: [`GET ${page}`, logsIn(other, omit), asks(other, { ...omit, status: 401 })],
      options: { browser: 'firefox', thirdPartyCookies: 'unknown' },
      rank: 'blocks-now',
      confidence: 'possible',
      says: ['may send', 'may have asked', 'can\u2019t be told apart'],
    },
    {
      name: 'a login whose answer was not looked at, and nothing after it',
      rows: [`GET ${page}`, { request: `POST ${other}/login`, from: page, set: none, responseHeaders: cors, ...omit }],
      rank: 'blocks-next',
      confidence: 'seen',
    },
  ],
  passes: [
    {
      name: 'a later request that is public',
      rows: [`GET ${page}`, logsIn(api, { set: lax }), asks(api), { ...asks(api, omit), request: `GET ${api}/public` }],
    },
    {
      name: 'a token in the answer',
      rows: [
        `GET ${page}`,
        logsIn(other, { ...omit, body: { password: true, opaqueTokens: ['token'] } }),
        asks(other, { ...omit, requestHeaders: { Authorization: 'Bearer hush' } }),
      ],
    },
    {
      name: 'a form',
      rows: [
        `GET ${page}`,
        { request: `POST ${page}`, status: 303, location: '/account', set: 'sid=hush; Path=/; SameSite=None' },
        `GET ${app}/account 401`,
      ],
    },
    {
      name: 'with credentials, blocked for another reason',
      rows: [`GET ${page}`, logsIn(other, { set: lax }), asks(other, { status: 401 })],
    },
    {
      name: 'third-party cookies blocked',
      rows: [`GET ${page}`, logsIn(other), asks(other, { status: 401 })],
      options: { thirdPartyCookies: 'blocked' },
    },
    {
      name: 'the own origin',
      rows: [`GET ${page}`, { ...logsIn(app), responseHeaders: {} }, { ...asks(app), responseHeaders: {} }],
    },
    { name: 'the session sent, and refused', rows: [`GET ${page}`, logsIn(other), asks(other, { status: 401 })] },
  ],
})
