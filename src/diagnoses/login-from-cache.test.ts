import type { Row } from '../story/testing/recording.ts'
import rule from './login-from-cache.ts'
import { testDiagnosis } from './testing.ts'

const app = 'https://app.shop.test'
const page = `${app}/login`
const sid = 'sid=hush-1; Path=/; HttpOnly'
const cached = { 'Cache-Control': 'public, max-age=600', Age: '254', 'X-Cache': 'HIT' }
const form = (more: object): Row => ({ request: `POST ${page}`, status: 303, location: '/account', ...more })
const refused: Row = { request: `GET ${app}/account`, status: 302, location: '/login' }
const me = (status: number, more: object = {}): Row => ({ request: `GET ${app}/api/me`, from: page, status, ...more })
const script: Row = { request: `POST ${app}/api/login`, from: page, set: sid, body: { password: true } }

testDiagnosis(rule, {
  finds: [
    {
      name: "a CDN's answer",
      rows: [`GET ${page}`, form({ responseHeaders: cached }), refused, `GET ${page}`],
      rank: 'blocks-now',
      confidence: 'likely',
      says: ['`POST /login`', '`Age: 254`'],
      fix: ['no-store'],
      shownBy: '2',
    },
    {
      name: 'a hit without Age',
      rows: [`GET ${page}`, form({ responseHeaders: { 'CF-Cache-Status': 'HIT' } }), refused, `GET ${page}`],
      rank: 'blocks-now',
      confidence: 'likely',
      says: ['`cf-cache-status` says `HIT`'],
    },
    {
      name: "a callback out of the browser's own cache",
      rows: [
        `GET ${page}`,
        {
          request: `GET ${app}/auth/callback?code=hush-c&state=hush-s`,
          status: 302,
          location: '/account',
          fromCache: true,
        },
        refused,
        `GET ${page}`,
      ],
      rank: 'blocks-now',
      confidence: 'seen',
      silent: ['code='],
    },
    {
      name: 'the 401 from before the login',
      rows: [`GET ${page}`, me(401), script, me(401, { fromCache: true })],
      rank: 'blocks-now',
      confidence: 'seen',
      says: ['as before the login'],
    },
    {
      name: 'a session in a public answer',
      rows: [
        `GET ${page}`,
        {
          request: `GET ${app}/auth/callback?code=hush-c&state=hush-s`,
          status: 302,
          location: '/account',
          set: sid,
          responseHeaders: { 'Cache-Control': 'public, max-age=60' },
        },
        `GET ${app}/account`,
      ],
      rank: 'odd',
      confidence: 'possible',
    },
  ],
  passes: [
    {
      name: 'an answer of its own',
      rows: [`GET ${page}`, form({ set: sid, responseHeaders: { 'Cache-Control': 'no-store' } }), `GET ${app}/account`],
    },
    {
      name: 'Age: 0 and a miss',
      rows: [`GET ${page}`, form({ responseHeaders: { Age: '0', 'X-Cache': 'MISS' } }), refused, `GET ${page}`],
    },
    {
      name: 'a cached page after the login',
      rows: [
        `GET ${page}`,
        form({ set: sid }),
        { request: `GET ${app}/account`, responseHeaders: cached },
        { request: `GET ${app}/`, fromCache: true },
      ],
    },
    {
      name: 'a 401 from a cache, then the answer',
      rows: [`GET ${page}`, me(401), script, me(401, { fromCache: true }), me(200)],
    },
    {
      name: 'a token in a cached answer',
      rows: [
        `GET ${page}`,
        {
          request: `POST ${app}/api/login`,
          from: page,
          responseHeaders: cached,
          body: { password: true, opaqueTokens: ['token'] },
        },
        me(401),
      ],
    },
  ],
})
