import { decodeToken } from '../story/decode-token.ts'
import { beginning, type Row } from '../story/testing/recording.ts'
import { tokenWith } from '../story/testing/token.ts'
import type { TokenFacts } from '../story/token.ts'
import rule from './clock-skew.ts'
import { testDiagnosis } from './testing.ts'

const app = 'https://app.shop.test'
const api = 'https://api.shop.test'
const page = `${app}/login`
const start = beginning / 1000
/** As if the clock were so many seconds ahead, at so many seconds after the beginning. */
const dated = (ahead: number, at: number) => ({
  responseHeaders: { Date: new Date(beginning + (at + ahead) * 1000).toUTCString() },
})
const token = (ahead: number, life = 3600, more: object = {}): string =>
  tokenWith({ iat: start + 2 + ahead, exp: start + 2 + ahead + life, sub: 'hush', ...more })
const login = (text: string, more: object = {}): Row => ({
  request: `POST ${api}/login`,
  from: page,
  body: { password: true, tokens: [{ field: 'access_token', token: decodeToken(text) as TokenFacts }] },
  ...more,
})
const me = (text: string, status: number, more: object = {}): Row => ({
  request: `GET ${api}/me`,
  from: page,
  status,
  requestHeaders: { Authorization: `Bearer ${text}` },
  ...more,
})
const slow = token(-7200)
const fast = token(600, 3600, { nbf: start + 602 })
const session = (more: object): Row => ({
  request: `POST ${page}`,
  status: 303,
  location: '/account',
  set: 'sid=hush-1; Path=/; HttpOnly',
  ...more,
})

testDiagnosis(rule, {
  finds: [
    {
      name: 'a token of a slow clock, refused by a right one',
      rows: [`GET ${page}`, login(slow, dated(-7200, 2)), me(slow, 401, dated(0, 3))],
      rank: 'blocks-now',
      confidence: 'likely',
      says: [
        'off by 2 hours',
        'counts as expired',
        '`POST /login` gave a token',
        '2 hours behind',
        'there the clock is right',
      ],
      fix: ['sync-clock'],
      shownBy: '3',
    },
    {
      name: 'a slow clock, known by the token alone',
      rows: [`GET ${page}`, login(slow), me(slow, 401)],
      rank: 'blocks-now',
      confidence: 'likely',
    },
    {
      name: 'a slow clock, the body of the login not read',
      rows: [`GET ${page}`, login(slow, { ...dated(-7200, 2), body: { password: true } }), me(slow, 401, dated(0, 3))],
      rank: 'blocks-now',
      confidence: 'likely',
    },
    {
      name: 'a token of a fast clock, not valid yet',
      rows: [`GET ${page}`, login(fast, dated(600, 2)), me(fast, 401, dated(0, 3))],
      rank: 'blocks-now',
      confidence: 'likely',
      says: ['not valid yet', '10 minutes ahead of'],
    },
    {
      name: 'a fast clock that checks the tokens of a right one',
      rows: [`GET ${page}`, login(token(0), dated(0, 2)), me(token(0), 401, dated(5000, 3))],
      rank: 'blocks-now',
      confidence: 'likely',
      says: ['counts as expired', '83 minutes'],
    },
    {
      name: 'a slow clock that nobody minds',
      rows: [`GET ${page}`, session(dated(-300, 2)), `GET ${app}/account`],
      rank: 'odd',
      confidence: 'seen',
      says: ['5 minutes behind', '`app.shop.test`'],
      fix: ['sync-clock'],
    },
    {
      name: "this computer's clock",
      rows: [
        { request: 'GET https://other.test/', ...dated(-300, 1) },
        { request: `GET ${page}`, ...dated(-300, 2) },
        session(dated(-300, 3)),
        `GET ${app}/account`,
      ],
      rank: 'odd',
      confidence: 'likely',
      says: ["This computer's clock"],
      fix: [],
    },
  ],
  passes: [
    {
      name: 'clocks that agree',
      rows: [`GET ${page}`, session(dated(0, 2)), { request: `GET ${app}/account`, ...dated(0, 3) }],
    },
    {
      name: 'half a minute',
      rows: [`GET ${page}`, session(dated(-30, 2)), { request: `GET ${app}/account`, ...dated(30, 3) }],
    },
    {
      name: 'a token that is over by every clock',
      rows: [`GET ${page}`, login(token(-7200), dated(0, 2)), me(token(-9000), 401, dated(0, 3))],
    },
    {
      name: 'an answer from a cache',
      rows: [
        `GET ${page}`,
        session({}),
        {
          request: `GET ${app}/account`,
          status: 302,
          location: '/x',
          responseHeaders: { ...dated(-3600, 3).responseHeaders, Age: '3600' },
        },
      ],
    },
    {
      name: 'a page that a cache may have kept',
      rows: [`GET ${page}`, session({}), { request: `GET ${app}/account`, ...dated(-3600, 3) }],
    },
    { name: 'a Date that is none', rows: [`GET ${page}`, session({ responseHeaders: { Date: 'yesterday' } })] },
  ],
})
