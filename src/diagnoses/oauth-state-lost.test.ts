import { describe, expect, it } from 'vitest'
import { evidenceIn } from '../story/testing/recording.ts'
import rule from './oauth-state-lost.ts'
import { testDiagnosis } from './testing.ts'

const app = 'https://app.shop.test'
const www = 'https://www.shop.test'
const idp = 'https://id.provider.test'
const authorize = (back: string) =>
  `${idp}/authorize?client_id=shop&redirect_uri=${encodeURIComponent(`${back}/callback`)}&state=hush-s`
const lax = 'state=hush-s; Path=/; Secure; HttpOnly; SameSite=Lax'
const begins = (from: string, back: string, set: string | string[] = lax, more: object = {}) => [
  `GET ${from}/login`,
  { request: `GET ${from}/start`, status: 302, location: authorize(back), set, ...more },
  `GET ${authorize(back)}`,
]
const returns = (back: string, more: object = {}) => ({
  request: `GET ${back}/callback?code=hush-c&state=hush-s`,
  initiator: idp,
  status: 400,
  ...more,
})
const sid = 'sid=hush-1; Path=/; Secure; HttpOnly; SameSite=Lax'
const works = { status: 302, location: '/account', set: sid }

testDiagnosis(rule, {
  finds: [
    {
      name: 'the callback on another host',
      rows: [...begins(www, app), returns(app)],
      rank: 'blocks-now',
      confidence: 'seen',
      says: ['`state`', '`www.shop.test`', '`app.shop.test`', 'state mismatch'],
      fix: ['public-url', 'one-host'],
      shownBy: '4',
    },
    {
      name: 'begun on 127.0.0.1, back on localhost',
      rows: [
        ...begins('http://127.0.0.1:3000', 'http://localhost:3000', 'oauth_state=hush; Path=/; HttpOnly'),
        returns('http://localhost:3000'),
      ],
      rank: 'blocks-now',
      confidence: 'seen',
      fix: ['public-url', 'one-host'],
    },
    {
      name: 'sent back to the login',
      rows: [...begins(www, app), returns(app, { status: 302, location: '/login?error=OAuthCallback' })],
      rank: 'blocks-now',
      confidence: 'seen',
    },
    {
      name: 'another host, and no cookie seen',
      rows: [...begins(www, app, []), returns(app)],
      rank: 'blocks-now',
      confidence: 'likely',
      says: ['began on `www.shop.test`'],
    },
    {
      name: 'a state cookie that was refused',
      rows: [...begins(app, app, 'state=hush; Path=/; SameSite=None'), returns(app)],
      rank: 'blocks-now',
      confidence: 'seen',
      says: ['refused the cookie'],
      fix: ['set-attribute'],
    },
    {
      name: 'a Secure state cookie on http',
      rows: [...begins('http://app.shop.test', 'http://app.shop.test'), returns('http://app.shop.test')],
      rank: 'blocks-now',
      confidence: 'seen',
      fix: ['use-https'],
    },
    {
      name: 'a state cookie for another path',
      rows: [...begins(app, app, 'state=hush; Path=/start; Secure; SameSite=Lax'), returns(app)],
      rank: 'blocks-now',
      confidence: 'seen',
      says: ['`/start`', '`/callback`'],
      fix: ['set-attribute'],
    },
    {
      name: 'a state cookie that is over',
      rows: [...begins(app, app, `${lax}; Max-Age=60`), returns(app, { at: 200 })],
      rank: 'blocks-now',
      confidence: 'seen',
      says: ['for 1 minute'],
      fix: ['session-lifetime'],
    },
    {
      name: 'a Secure state cookie, back on http',
      rows: [...begins('https://app.local', 'http://app.local'), returns('http://app.local')],
      rank: 'blocks-now',
      confidence: 'seen',
      says: ['with Secure', '`http://app.local`'],
      silent: ['second tab'],
      fix: ['public-url', 'use-https'],
    },
    {
      name: 'another host, where nothing answers',
      rows: [...begins(www, app), returns(app, { status: 0, error: 'net::ERR_NAME_NOT_RESOLVED' })],
      rank: 'blocks-now',
      confidence: 'likely',
      says: ['`GET /callback` got no answer'],
      fix: ['public-url', 'one-host'],
    },
    {
      name: 'a state cookie that a script deleted',
      rows: [
        ...begins(app, app, 'state=hush; Path=/; Secure; SameSite=Lax'),
        { script: `${app}/`, write: 'state=; Path=/; Max-Age=0; Secure' },
        returns(app),
      ],
      rank: 'blocks-now',
      confidence: 'likely',
      says: ['did not carry it'],
      fix: [],
    },
  ],
  passes: [
    { name: 'the state comes back', rows: [...begins(app, app), returns(app, works), `GET ${app}/account`] },
    { name: 'the state comes back, and the app refuses', rows: [...begins(app, app), returns(app)] },
    {
      name: 'the state of a domain, on another host of it',
      rows: [...begins(www, app, `${lax}; Domain=shop.test`), returns(app, works), `GET ${app}/account`],
    },
    {
      name: 'another host that needs no cookie',
      rows: [...begins(www, app, []), returns(app, works), `GET ${app}/account`],
    },
    {
      name: 'the visitor says no',
      rows: [
        ...begins(app, app, `${lax}; Max-Age=60`),
        { request: `GET ${app}/callback?error=access_denied&state=hush-s`, initiator: idp, status: 400, at: 300 },
      ],
    },
    {
      name: 'the right host, where nothing answers',
      rows: [
        ...begins(app, app, `${lax}; Max-Age=60`),
        returns(app, { status: 0, error: 'net::ERR_CONNECTION_REFUSED', at: 200 }),
      ],
    },
    {
      name: 'a return of which only the provider was seen',
      rows: [`GET ${idp}/`, { request: `GET ${authorize(app)}`, initiator: idp }, returns(app)],
    },
    { name: 'SameSite withholds it', rows: [...begins(app, app, lax.replace('Lax', 'Strict')), returns(app)] },
    {
      name: 'no trip at all',
      rows: [`GET ${app}/login`, { request: `POST ${app}/login`, ...works, status: 303 }, `GET ${app}/account`],
    },
  ],
})

describe('OAuthStateLost names the app by its own address', () => {
  const addresses: readonly { name: string; from: string; back: string; status?: number; set?: string; url: string }[] =
    [
      { name: 'https, back on a port of another host', from: www, back: 'https://app.shop.test:8443', url: www },
      { name: 'https, back on http of another host', from: www, back: 'http://app.shop.test', url: www },
      { name: 'https, back on a development machine', from: www, back: 'http://localhost:3000', url: www },
      {
        name: 'https on one’s own machine, back on http',
        from: 'https://localhost:8443',
        back: 'http://127.0.0.1:3000',
        url: 'https://localhost:8443',
      },
      { name: 'on a port of its own', from: `${www}:8443`, back: app, url: `${www}:8443` },
      {
        name: 'on one’s own machine a second server that answers',
        from: 'http://localhost:5173',
        back: 'http://127.0.0.1:3000',
        set: 'oauth_state=hush; Path=/',
        url: 'http://localhost:3000',
      },
      {
        name: 'on one’s own machine a port where nothing answers',
        from: 'http://localhost:5173',
        back: 'http://127.0.0.1:3000',
        set: 'oauth_state=hush; Path=/',
        status: 0,
        url: 'http://localhost:5173',
      },
    ]
  for (const { name, from, back, status = 400, set, url } of addresses)
    it(name, () => {
      const rows = [
        ...begins(from, back, set),
        returns(back, { status, ...(status === 0 && { error: 'net::ERR_CONNECTION_REFUSED' }) }),
      ]
      const [finding] = rule.find(evidenceIn(rows))
      expect(finding?.actions[0]).toEqual({ action: 'public-url', url, callbackPath: '/callback' })
      expect(finding?.confidence).toBe(status === 0 ? 'likely' : 'seen')
      expect(finding?.seen).toContain(status === 0 ? 'got no answer' : 'was 400')
    })
})
