import { decodeToken } from '../story/decode-token.ts'
import { beginning, type Row } from '../story/testing/recording.ts'
import { tokenWith } from '../story/testing/token.ts'
import type { TokenFacts } from '../story/token.ts'
import { testDiagnosis } from './testing.ts'
import rule from './token-not-valid.ts'

const app = 'https://app.shop.test'
const api = 'https://api.shop.test'
const page = `${app}/login`
const start = beginning / 1000
/** Seconds from the beginning. */
const token = (claims: object): string =>
  tokenWith({ iss: 'https://id.shop.test', aud: 'shop-api', sub: 'hush', ...claims })
const facts = (text: string): TokenFacts => decodeToken(text) as TokenFacts
const hour = token({ iat: start, exp: start + 3600 })
const dated = (seconds: number) => ({ Date: new Date(beginning + seconds * 1000).toUTCString() })
const login = (...texts: string[]): Row => ({
  request: `POST ${api}/login`,
  from: page,
  body: { password: true, tokens: texts.map((text) => ({ field: 'access_token', token: facts(text) })) },
})
const me = (
  text: string,
  status: number,
  more: { at?: number; responseHeaders?: Record<string, string> } = {},
): Row => ({
  request: `GET ${api}/me`,
  from: page,
  status,
  requestHeaders: { Authorization: `Bearer ${text}` },
  ...more,
})
const bornOld = token({ iat: start, exp: start - 3600 })
const duration = token({ iat: start, exp: 3600 })
const early = token({ iat: start, nbf: start + 7200, exp: start + 9000 })
const elsewhere = token({ iss: 'https://staging.shop.test', exp: start + 3600 })
const forApp = token({ aud: 'shop-app', exp: start + 3600 })
const idAndAccess: Row = {
  request: `POST ${api}/login`,
  from: page,
  body: { password: true, opaqueTokens: ['access_token'], tokens: [{ field: 'id_token', token: facts(forApp) }] },
}

testDiagnosis(rule, {
  finds: [
    {
      name: 'expired when it is given',
      rows: [`GET ${page}`, login(bornOld), me(bornOld, 401, { responseHeaders: dated(3) })],
      rank: 'blocks-now',
      confidence: 'seen',
      says: [
        'expired already when it is given',
        '`POST /login` gave it',
        "by the server's Date",
        '`GET /me` carried a token in Authorization',
      ],
      fix: [],
      shownBy: '3',
    },
    {
      name: 'a duration in place of a time',
      rows: [`GET ${page}`, login(duration), me(duration, 401)],
      rank: 'blocks-now',
      confidence: 'likely',
      says: ['near 1970'],
    },
    {
      name: 'an old one, from before',
      rows: [`GET ${page}`, login(hour), me(token({ exp: start - 86_400 }), 401, { responseHeaders: dated(3) })],
      rank: 'blocks-now',
      confidence: 'seen',
      says: ['`exp` passed 1 day ago'],
      fix: ['renew-token'],
    },
    {
      name: 'expired after an hour, and not renewed',
      rows: [`GET ${page}`, login(hour), me(hour, 200), me(hour, 401, { at: 3700, responseHeaders: dated(3700) })],
      rank: 'odd',
      confidence: 'seen',
      fix: ['renew-token'],
    },
    {
      name: 'not valid yet',
      rows: [`GET ${page}`, login(early), me(early, 401, { responseHeaders: dated(3) })],
      rank: 'blocks-now',
      confidence: 'seen',
      says: ['not valid yet', '`nbf` lies'],
    },
    {
      name: 'of another issuer than the one that is accepted',
      rows: [
        `GET ${page}`,
        login(hour),
        { request: `GET ${api}/orders`, from: page, requestHeaders: { Authorization: `Bearer ${hour}` } },
        me(elsewhere, 401),
      ],
      rank: 'blocks-now',
      confidence: 'likely',
      says: ['another issuer', '`https://staging.shop.test`', '`https://id.shop.test`', 'was accepted with'],
      fix: ['match-token'],
    },
    {
      name: "for another audience than the login's",
      rows: [`GET ${page}`, login(hour), me(forApp, 401)],
      rank: 'blocks-now',
      confidence: 'likely',
      says: ['`shop-app`', '`shop-api`'],
    },
    {
      name: 'the ID token',
      rows: [`GET ${page}`, idAndAccess, me(forApp, 401)],
      rank: 'blocks-now',
      confidence: 'likely',
      says: ['ID token', '`access_token`'],
      fix: ['send-authorization'],
    },
    {
      name: 'expired, in the session cookie',
      rows: [
        `GET ${page}`,
        {
          request: `POST ${app}/api/login`,
          from: page,
          set: `token=${bornOld}; Path=/; HttpOnly`,
          body: { password: true },
        },
        { request: `GET ${app}/api/me`, from: page, status: 401 },
      ],
      rank: 'blocks-now',
      confidence: 'likely',
      says: ['a token in its cookie'],
    },
  ],
  passes: [
    { name: 'a token that is good', rows: [`GET ${page}`, login(hour), me(hour, 401)] },
    {
      name: 'expired, and renewed',
      rows: [
        `GET ${page}`,
        login(hour),
        me(hour, 401, { at: 3700 }),
        { request: `POST ${api}/refresh`, from: page },
        me(token({ exp: start + 9999 }), 200),
      ],
    },
    { name: 'expired by this clock, accepted by the server', rows: [`GET ${page}`, login(bornOld), me(bornOld, 200)] },
    {
      name: "good by the server's Date",
      rows: [`GET ${page}`, login(hour), me(hour, 401, { at: 3700, responseHeaders: dated(100) })],
    },
    {
      name: 'no token at all',
      rows: [`GET ${page}`, login(hour), { request: `GET ${api}/me`, from: page, status: 401 }],
    },
    { name: 'an opaque token', rows: [`GET ${page}`, login(), me('hush-opaque', 401)] },
    {
      name: 'a right that is missing',
      rows: [`GET ${page}`, login(bornOld), { ...(me(bornOld, 403) as object), request: `GET ${api}/team` }],
    },
    {
      name: 'a wrong password',
      rows: [`GET ${page}`, { ...(login(bornOld) as { request: string }), status: 401 }, me(bornOld, 401)],
    },
  ],
})
