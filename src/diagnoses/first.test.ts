/** All diagnoses together: which one comes first, and that healthy logins have none that blocks. */
import { expect, it } from 'vitest'
import { decodeToken } from '../story/decode-token.ts'
import { beginning, evidenceIn, type RequestRow, type Row } from '../story/testing/recording.ts'
import { tokenWith } from '../story/testing/token.ts'
import type { TokenFacts } from '../story/token.ts'
import { diagnose } from './diagnose.ts'
import { healthyLogins, type Told } from './testing-healthy.ts'
import { amidNoise } from './testing-outside.ts'

const app = 'https://app.shop.test'
const api = 'https://api.shop.test'
const page = `${app}/login`
const rest = 'Path=/; HttpOnly; Secure; SameSite=Lax; Max-Age=86400'
const sid = (value: number): string => `sid=hush-${value}; ${rest}`
const form = (more: Partial<RequestRow> = {}): Row => ({
  request: `POST ${page}`,
  status: 303,
  location: '/account',
  body: { password: true },
  ...more,
})
const away = (path: string, more: Partial<RequestRow> = {}): Row => ({
  request: `GET ${app}${path}`,
  status: 302,
  location: '/login',
  ...more,
})
const dated = (ahead: number) => ({ Date: new Date(beginning + 3000 + ahead * 1000).toUTCString() })
const start = beginning / 1000
const slow = tokenWith({ iat: start - 7200, exp: start - 3600 })
const old = tokenWith({ iat: start, exp: start - 3600 })
const tokenLogin = (text: string, more: Partial<RequestRow> = {}): Row => ({
  request: `POST ${api}/login`,
  from: page,
  body: { password: true, tokens: [{ field: 'access_token', token: decodeToken(text) as TokenFacts }] },
  ...more,
})
const me = (text: string, more: Partial<RequestRow> = {}): Row => ({
  request: `GET ${api}/me`,
  from: page,
  status: 401,
  requestHeaders: { Authorization: `Bearer ${text}` },
  ...more,
})

/** As the broken-login shop has them. */
const broken: readonly (Told & { first: string })[] = [
  {
    name: 'refused',
    first: 'SessionRejected',
    rows: [
      `GET ${page}`,
      form({ set: sid(1) }),
      { request: `GET ${app}/account`, status: 401 },
      away('/cart'),
      `GET ${page}`,
    ],
  },
  {
    name: 'two servers in turns',
    first: 'SessionChangesEveryTime',
    rows: [
      { request: `GET ${app}/`, set: sid(1) },
      { request: `GET ${page}`, set: sid(2) },
      form({ set: sid(3) }),
      away('/account', { set: sid(4) }),
      { request: `GET ${page}`, set: sid(5) },
      away('/cart', { set: sid(6) }),
      { request: `GET ${page}`, set: sid(7) },
    ],
  },
  {
    name: 'deleted by the next answer',
    first: 'SessionDeletedAtOnce',
    rows: [
      `GET ${app}/`,
      `GET ${page}`,
      form({ set: sid(1) }),
      away('/account', { set: 'sid=; Path=/; Max-Age=0' }),
      `GET ${page}`,
      away('/cart'),
      `GET ${page}`,
    ],
  },
  {
    name: 'two of one name',
    first: 'TwoCookiesOfOneName',
    rows: [
      { request: `GET ${app}/`, set: 'sid=hush-left; Path=/account; HttpOnly; Secure' },
      `GET ${page}`,
      form({ set: sid(1) }),
      away('/account'),
      `GET ${page}`,
    ],
  },
  {
    name: 'a CSRF cookie that is HttpOnly',
    first: 'CsrfRefused',
    rows: [
      { request: `GET ${page}`, set: ['XSRF-TOKEN=hush-t; Path=/; Secure; HttpOnly', `shop_session=hush-s; ${rest}`] },
      { request: `POST ${page}`, from: page, status: 419, body: { password: true } },
      away('/account'),
    ],
  },
  {
    name: 'a token lost on a redirect',
    first: 'BearerMissing',
    rows: [
      `GET ${page}`,
      tokenLogin(tokenWith({ iat: start, exp: start + 3600 })),
      me(tokenWith({ iat: start, exp: start + 3600 }), { status: 307, location: 'https://api.other.test/me' }),
      { request: 'GET https://api.other.test/me', from: page, status: 401 },
    ],
  },
  {
    name: 'an expired token',
    first: 'TokenNotValid',
    rows: [`GET ${page}`, tokenLogin(old, { responseHeaders: dated(0) }), me(old, { responseHeaders: dated(0) })],
  },
  {
    name: 'a token that the server does not accept',
    first: 'TokenRefused',
    rows: [
      `GET ${page}`,
      tokenLogin(tokenWith({ iat: start, exp: start + 3600 })),
      me(tokenWith({ iat: start, exp: start + 3600 })),
      me(tokenWith({ iat: start, exp: start + 3600 })),
    ],
  },
  {
    name: 'a form whose session never came',
    first: 'CsrfWithoutSession',
    rows: [
      { request: `GET ${app}/account`, status: 302, location: '/login' },
      `GET ${page}`,
      { request: `POST ${page}`, status: 419, body: { password: true, csrf: true } },
      away('/account'),
      `GET ${page}`,
    ],
  },
  {
    name: 'a slow clock',
    first: 'ClockSkew',
    rows: [`GET ${page}`, tokenLogin(slow, { responseHeaders: dated(-7200) }), me(slow, { responseHeaders: dated(0) })],
  },
  {
    name: 'a minute of life',
    first: 'SessionLifetime',
    rows: [`GET ${page}`, form({ set: `sid=hush-1; ${rest.replace('86400', '60')}` }), `GET ${app}/account`],
  },
  {
    name: 'joined lines',
    first: 'SetCookieFolded',
    rows: [`GET ${page}`, form({ set: `locale=en; Path=/, ${sid(1)}` }), away('/account'), `GET ${page}`],
  },
  {
    name: 'a part over the limit',
    first: 'ChunkMissing',
    rows: [
      `GET ${page}`,
      form({ set: [`session.0=hush; ${rest}`, `session.1=${'x'.repeat(4500)}; ${rest}`] }),
      { request: `GET ${app}/account`, status: 401 },
    ],
  },
  {
    name: 'two prefixes',
    first: 'PrefixFlips',
    rows: [
      { request: `GET ${app}/`, set: `__Secure-session-token=hush-old; ${rest}` },
      `GET ${page}`,
      form({ set: `session-token=hush-1; ${rest}` }),
      { request: `GET ${app}/account`, status: 401 },
    ],
  },
  {
    name: 'a server action',
    first: 'CookieSetServerSide',
    rows: [
      `GET ${page}`,
      {
        request: `POST ${page}`,
        from: page,
        requestHeaders: { 'Next-Action': '7f00c0ffee' },
        body: { password: true },
      },
      away('/account'),
      `GET ${page}`,
    ],
  },
  {
    name: 'a cached login',
    first: 'LoginFromCache',
    rows: [
      `GET ${page}`,
      form({
        responseHeaders: { 'Cache-Control': 'public, max-age=600', Age: '254', 'X-Cache': 'HIT', Via: '1.1 varnish' },
      }),
      away('/account'),
      `GET ${page}`,
    ],
  },
  {
    name: 'too many cookies',
    first: 'HeadersTooLarge',
    rows: [
      { request: `GET ${page}`, set: [1, 2, 3].map((at) => `campaign_${at}=${'c'.repeat(2710)}; Path=/; Secure`) },
      form({ set: sid(1) }),
      { request: `GET ${app}/account`, status: 431 },
    ],
  },
]

const expectFirst = (first: string, rows: readonly Row[], options: Told['options']): void => {
  const found = diagnose(evidenceIn(rows, options)).map(({ id, rank, confidence }) => `${id} ${rank} ${confidence}`)
  expect(found[0]?.split(' ')[0], found.join(', ')).toBe(first)
  // One cause, one diagnosis: what else blocks would be noise.
  expect(found.filter((one) => one.includes(' blocks-now '))).toHaveLength(first === 'SessionLifetime' ? 0 : 1)
}

for (const { name, rows, options, first } of broken) {
  it(`${name}: ${first} comes first`, () => expectFirst(first, rows, options))
  it(`${name}: ${first} comes first amid what else a page asks`, () => expectFirst(first, amidNoise(rows), options))
}

it('healthy logins have none that blocks', () => {
  const found = healthyLogins.flatMap(({ name, rows, options }) =>
    diagnose(evidenceIn(rows, options)).map(({ id, rank }) => `${name}: ${id} ${rank}`),
  )
  expect(found.filter((text) => !text.endsWith(' odd'))).toEqual([])
})

it('nor amid what else a page asks', () => {
  const found = healthyLogins.flatMap(({ name, rows, options }) =>
    diagnose(evidenceIn(amidNoise(rows), options)).map(({ id, rank }) => `${name}: ${id} ${rank}`),
  )
  expect(found.filter((text) => !text.endsWith(' odd'))).toEqual([])
})
