import { decodeToken } from '../story/decode-token.ts'
import { beginning, type Row } from '../story/testing/recording.ts'
import { tokenWith } from '../story/testing/token.ts'
import type { TokenFacts } from '../story/token.ts'
import { testDiagnosis } from './testing.ts'
import rule from './token-refused.ts'

const app = 'https://app.shop.test'
const api = 'https://api.shop.test'
const issuer = 'https://id.shop.test'
const page = `${app}/login`
const start = beginning / 1000
/** Seconds from the beginning. */
const token = (claims: object, header: object = {}): string =>
  tokenWith({ iss: issuer, aud: 'shop-api', sub: 'hush', ...claims }, header)
const good = token({ iat: start, exp: start + 3600 })
const asymmetric = token({ iat: start, exp: start + 3600 }, { alg: 'RS256', kid: 'key-7' })
const old = token({ iat: start - 86_400, exp: start + 86_400 })
const opaque = 'hush-opaque-0123456789'
const login = (...texts: string[]): Row => ({
  request: `POST ${api}/login`,
  from: page,
  body: {
    password: true,
    tokens: texts.map((text) => ({ field: 'access_token', token: decodeToken(text) as TokenFacts })),
  },
})
const opaqueLogin: Row = {
  request: `POST ${api}/login`,
  from: page,
  body: { password: true, opaqueTokens: ['access_token'] },
}
interface More {
  from?: string
  at?: number
  responseHeaders?: Record<string, string | string[]>
}
const asks = (url: string, authorization: string, status: number, more: More = {}): Row => ({
  request: `GET ${url}`,
  from: page,
  status,
  requestHeaders: { Authorization: authorization },
  ...more,
})
const me = (text: string, status: number, more: More = {}): Row => asks(`${api}/me`, `Bearer ${text}`, status, more)
const says = (...values: string[]): More => ({ responseHeaders: { 'WWW-Authenticate': values } })
const invalid = (description: string): More =>
  says(`Bearer realm="shop", error="invalid_token", error_description="${description}"`)

testDiagnosis(rule, {
  finds: [
    {
      name: 'the token that the login gave, good by its claims',
      rows: [
        `GET ${page}`,
        login(good),
        me(good, 401, { responseHeaders: { Date: new Date(beginning + 3000).toUTCString() } }),
      ],
      rank: 'blocks-now',
      confidence: 'likely',
      says: [
        'the server does not accept it',
        '`GET /me` carried the token that `POST /login` gave, and was answered 401',
        'The token\u2019s `iss` is `https://id.shop.test`',
        '`aud` is `shop-api`',
        '`alg` is `HS256`',
        'by the server\u2019s Date it is good for another 1 hour',
        'The browser did its part',
      ],
      fix: ['share-session', 'match-token', 'match-token'],
      shownBy: '3',
    },
    {
      name: 'the server says why',
      rows: [`GET ${page}`, login(asymmetric), me(asymmetric, 401, invalid("The audience 'shop-api' is invalid"))],
      rank: 'blocks-now',
      confidence: 'seen',
      says: [
        "The server says `invalid_token`: `The audience 'shop-api' is invalid`",
        'is invalid`. The token\u2019s `iss` is',
        '`kid` is `key-7`',
        'expects another `aud`',
      ],
      fix: ['match-token'],
    },
    {
      name: 'the server says that it is the key',
      rows: [`GET ${page}`, login(asymmetric), me(asymmetric, 401, invalid('The signature key was not found'))],
      rank: 'blocks-now',
      confidence: 'seen',
      says: ['signed with another key'],
      fix: [],
    },
    {
      name: 'the server says that it was ended',
      rows: [`GET ${page}`, opaqueLogin, me(opaque, 401, invalid('The token was revoked'))],
      rank: 'blocks-now',
      confidence: 'seen',
      says: ['the server has ended it'],
      fix: ['renew-token'],
    },
    {
      name: 'the server says why, among several challenges, without quotation marks',
      rows: [
        `GET ${page}`,
        login(asymmetric),
        me(asymmetric, 401, says('Basic realm="x"', 'Bearer error=invalid_token')),
      ],
      rank: 'blocks-now',
      confidence: 'seen',
      says: ['The server says `invalid_token`.'],
      fix: ['match-token', 'match-token'],
    },
    {
      name: 'the server quotes the token, and more than there is room for',
      rows: [
        `GET ${page}`,
        opaqueLogin,
        me(
          opaque,
          401,
          invalid(`no session for ${opaque} (hush-opaque) or aB3${'x9'.repeat(30)}, ${'so '.repeat(90)}`),
        ),
      ],
      rank: 'blocks-now',
      confidence: 'seen',
      says: ['`invalid_token`: `no session for … (…) or …, so so', '…`'],
      silent: ['x9x9'],
    },
    {
      name: 'the server says something hostile',
      rows: [`GET ${page}`, opaqueLogin, me(opaque, 401, invalid('`<img src=x>\u202e'))],
      rank: 'blocks-now',
      confidence: 'seen',
    },
    {
      name: 'an opaque one',
      rows: [`GET ${page}`, opaqueLogin, me(opaque, 401)],
      rank: 'blocks-now',
      confidence: 'likely',
      says: ['What the token says can\u2019t be read'],
      fix: ['share-session', 'renew-token'],
    },
    {
      name: 'where no body was read',
      rows: [`GET ${page}`, { request: `POST ${api}/login`, from: page }, me(good, 401)],
      rank: 'blocks-now',
      confidence: 'likely',
      says: ['`GET /me` carried a token in Authorization'],
    },
    {
      name: 'accepted by another server',
      rows: [`GET ${page}`, login(good), asks(`${issuer}/userinfo`, `Bearer ${good}`, 200), me(good, 401)],
      rank: 'blocks-now',
      confidence: 'likely',
      says: ['`GET id.shop.test/userinfo` carried the same token, and was accepted', 'The token is alive'],
      fix: ['match-token', 'match-token'],
    },
    {
      name: 'an older one than the login gave',
      rows: [`GET ${page}`, login(good), me(old, 401)],
      rank: 'blocks-now',
      confidence: 'likely',
      says: ['older token', 'made 1 day before the one that `POST /login` gave'],
      fix: ['send-authorization'],
    },
    {
      name: 'refused again after a refresh',
      rows: [
        `GET ${page}`,
        opaqueLogin,
        me(opaque, 401),
        { request: `POST ${api}/refresh`, from: page, body: { opaqueTokens: ['access_token'] } },
        me('hush-second', 401),
      ],
      rank: 'blocks-now',
      confidence: 'likely',
      shownBy: '5',
    },
    {
      name: 'one request of several',
      rows: [`GET ${page}`, opaqueLogin, me(opaque, 200), asks(`${api}/admin`, `Bearer ${opaque}`, 401)],
      rank: 'odd',
      confidence: 'possible',
      says: ['One request was refused'],
    },
    {
      name: 'accepted before, then no longer',
      rows: [`GET ${page}`, opaqueLogin, me(opaque, 200), me(opaque, 401, { at: 3_000 })],
      rank: 'odd',
      confidence: 'possible',
    },
    {
      name: 'a login by cookie, and a chat beside it that takes a token',
      rows: [
        `GET ${page}`,
        { request: `POST ${page}`, status: 303, location: '/account', set: 'sid=hush-1; Path=/; Secure; HttpOnly' },
        `GET ${app}/account`,
        asks('https://chat.shop.test/rooms', `Bearer ${opaque}`, 401, { from: `${app}/account` }),
      ],
      rank: 'odd',
      confidence: 'possible',
    },
    {
      name: 'no token: the word undefined',
      rows: [`GET ${page}`, opaqueLogin, me('undefined', 401)],
      rank: 'blocks-now',
      confidence: 'seen',
      says: ['without a token in it'],
      fix: ['send-authorization'],
    },
    {
      name: 'no token: an empty one',
      rows: [`GET ${page}`, opaqueLogin, asks(`${api}/me`, 'Bearer ', 401)],
      rank: 'blocks-now',
      confidence: 'seen',
    },
    {
      name: 'a token in quotation marks',
      rows: [`GET ${page}`, login(good), me(`"${good}"`, 401)],
      rank: 'blocks-now',
      confidence: 'likely',
      says: ['quotation marks'],
    },
    {
      name: 'Bearer twice',
      rows: [`GET ${page}`, login(good), me(`Bearer ${good}`, 401)],
      rank: 'blocks-now',
      confidence: 'likely',
      says: ['Bearer twice'],
    },
    {
      name: 'no Bearer, where the server asks for it',
      rows: [`GET ${page}`, opaqueLogin, asks(`${api}/me`, opaque, 401, says('Bearer'))],
      rank: 'blocks-now',
      confidence: 'likely',
      says: ['without the word Bearer'],
    },
    {
      name: 'no Bearer, where nobody asks for it',
      rows: [`GET ${page}`, opaqueLogin, asks(`${api}/me`, opaque, 401)],
      rank: 'blocks-now',
      confidence: 'likely',
      says: ['the server does not accept it'],
    },
    {
      name: 'a server that asks for a password',
      rows: [`GET ${page}`, opaqueLogin, me(opaque, 401, says('Basic realm="staging"'))],
      rank: 'blocks-now',
      confidence: 'likely',
      says: ['asks for `basic`'],
    },
  ],
  passes: [
    { name: 'an expired one', rows: [`GET ${page}`, login(), me(token({ iat: start - 60, exp: start - 30 }), 401)] },
    { name: 'one that is not valid yet', rows: [`GET ${page}`, login(), me(token({ nbf: start + 7200 }), 401)] },
    { name: 'one from the future', rows: [`GET ${page}`, login(), me(token({ iat: start + 7200 }), 401)] },
    { name: 'a right that is missing', rows: [`GET ${page}`, login(good), me(good, 403)] },
    {
      name: 'a scope that is missing',
      rows: [`GET ${page}`, login(good), me(good, 401, says('Bearer error="insufficient_scope"'))],
    },
    {
      name: 'a refresh, and a success',
      rows: [
        `GET ${page}`,
        opaqueLogin,
        me(opaque, 401),
        { request: `POST ${api}/refresh`, from: page },
        me('hush-second', 200),
      ],
    },
    {
      name: 'a refresh, and nothing since',
      rows: [`GET ${page}`, opaqueLogin, me(opaque, 401), { request: `POST ${api}/refresh`, from: page }],
    },
    {
      name: 'a token from before the login, and the login',
      rows: [`GET ${page}`, me(opaque, 401), opaqueLogin, me('hush-second', 200)],
    },
    {
      name: 'a token from before, refused while the new one was on its way',
      rows: [
        `GET ${page}`,
        { request: `POST ${app}/api/login`, from: page, body: { password: true } },
        me(opaque, 401),
        { request: `POST ${api}/oauth/token`, from: page, body: { opaqueTokens: ['access_token'] } },
      ],
    },
    {
      name: 'the same, accepted the second time',
      rows: [`GET ${page}`, opaqueLogin, me(opaque, 401, says('DPoP error="use_dpop_nonce"')), me(opaque, 200)],
    },
    {
      name: "a third party's API",
      rows: [`GET ${page}`, opaqueLogin, asks('https://maps.other.test/tiles', 'Bearer hush-maps', 401)],
    },
    {
      name: 'a name and a password',
      rows: [`GET ${page}`, opaqueLogin, asks(`${api}/me`, 'Basic aHVzaDpodXNo', 401)],
    },
    {
      name: 'a signature',
      rows: [`GET ${page}`, opaqueLogin, asks(`${api}/me`, 'AWS4-HMAC-SHA256 Credential=x', 401)],
    },
    {
      name: 'no token at all',
      rows: [`GET ${page}`, opaqueLogin, { request: `GET ${api}/me`, from: page, status: 401 }],
    },
    {
      name: 'a refresh token that has ended',
      rows: [`GET ${page}`, opaqueLogin, asks(`${api}/refresh`, `Bearer ${opaque}`, 401)],
    },
    {
      name: 'a wrong password',
      rows: [`GET ${page}`, { ...(opaqueLogin as { request: string }), status: 401 }, me(opaque, 401)],
    },
    {
      name: 'no login in the log',
      rows: [`GET ${app}/`, asks(`${api}/me`, `Bearer ${opaque}`, 401, { from: `${app}/` })],
    },
    {
      name: 'after the logout',
      rows: [`GET ${page}`, opaqueLogin, { request: `POST ${api}/logout`, from: page, status: 204 }, me(opaque, 401)],
    },
  ],
})
