import type { Row } from '../story/testing/recording.ts'
import rule from './bearer-missing.ts'
import { testDiagnosis } from './testing.ts'

const app = 'https://app.shop.test'
const api = 'https://api.shop.test'
const page = `${app}/login`
const login = (more: object = {}): Row => ({
  request: `POST ${api}/login`,
  from: page,
  body: { password: true, opaqueTokens: ['access_token'] },
  ...more,
})
const bearer = { requestHeaders: { Authorization: 'Bearer hush-token' } }
const me = (status: number, more: object = {}): Row => ({ request: `GET ${api}/me`, from: page, status, ...more })

testDiagnosis(rule, {
  finds: [
    {
      name: 'a token that no request carries',
      rows: [`GET ${page}`, login(), me(401)],
      rank: 'blocks-now',
      confidence: 'likely',
      says: ['with a token (`access_token`)', '`GET /me` carried neither'],
      fix: ['send-authorization'],
      shownBy: '3',
    },
    {
      name: 'a token that another host of the site does not get',
      rows: [`GET ${page}`, login(), { request: 'GET https://orders.shop.test/list', from: page, status: 401 }],
      rank: 'blocks-now',
      confidence: 'possible',
      says: ['`GET orders.shop.test/list`'],
    },
    {
      name: 'one request without the token that the others carry',
      rows: [`GET ${page}`, login(), me(200, bearer), { request: `GET ${api}/orders`, from: page, status: 401 }],
      rank: 'odd',
      confidence: 'likely',
      says: ['`GET /me` carried Authorization and was accepted'],
    },
    {
      name: 'a cookie in its place',
      rows: [`GET ${page}`, login({ set: 'sid=hush-1; Path=/' }), me(401)],
      rank: 'blocks-now',
      confidence: 'possible',
      says: ['carries a cookie only', '`sid`'],
    },
    {
      name: 'lost on a redirect to another origin',
      rows: [
        `GET ${page}`,
        login(),
        me(307, { ...bearer, location: 'https://api.other.test/me' }),
        { request: 'GET https://api.other.test/me', from: page, status: 401 },
      ],
      rank: 'blocks-now',
      confidence: 'seen',
      says: ['from `api.shop.test` to `api.other.test`', 'another origin'],
      fix: ['send-authorization'],
      shownBy: '4',
    },
    {
      name: 'lost on a redirect from http to https, with no login in the log',
      rows: [
        {
          request: 'GET http://api.shop.test/me',
          from: 'http://app.shop.test/',
          status: 301,
          location: `${api}/me`,
          ...bearer,
        },
        { request: `GET ${api}/me`, from: 'http://app.shop.test/', status: 401 },
      ],
      rank: 'blocks-now',
      confidence: 'seen',
    },
  ],
  passes: [
    { name: 'a token that is sent and refused', rows: [`GET ${page}`, login(), me(401, bearer)] },
    { name: 'refused, then sent', rows: [`GET ${page}`, login(), me(401), me(200, bearer)] },
    {
      name: 'a token beside a cookie that the server takes',
      rows: [
        `GET ${page}`,
        login({ set: 'sid=hush-1; Path=/' }),
        me(200),
        { request: `GET ${api}/orders`, from: page, status: 401 },
      ],
    },
    {
      name: 'a redirect within the origin',
      rows: [
        `GET ${page}`,
        login(),
        me(307, { ...bearer, location: '/me/' }),
        { request: `GET ${api}/me/`, from: page, status: 401, ...bearer },
      ],
    },
    {
      name: 'another site that refuses',
      rows: [
        `GET ${page}`,
        login(),
        me(200, bearer),
        { request: 'GET https://widgets.other.test/x', from: page, status: 401 },
      ],
    },
    {
      name: 'no token',
      rows: [`GET ${page}`, login({ body: { password: true }, set: 'sid=hush-1; Path=/' }), me(401)],
    },
    {
      name: 'a refresh without a cookie',
      rows: [`GET ${page}`, login(), me(200, bearer), { request: `POST ${api}/refresh`, from: page, status: 401 }],
    },
    { name: 'a wrong password', rows: [`GET ${page}`, login({ status: 401 }), me(401)] },
  ],
})
