import type { Row } from '../story/testing/recording.ts'
import rule from './session-lifetime.ts'
import { testDiagnosis } from './testing.ts'

const app = 'https://app.shop.test'
const page = `${app}/login`
const script = (attributes: string, more: string[] = []): Row => ({
  request: `POST ${app}/api/login`,
  from: page,
  set: [`sid=hush-1; Path=/; Secure; HttpOnly${attributes}`, ...more],
  body: { password: true },
})
const me = (more: object = {}): Row => ({ request: `GET ${app}/api/me`, from: page, ...more })

testDiagnosis(rule, {
  finds: [
    {
      name: 'a minute, where minutes were meant',
      rows: [`GET ${page}`, script('; Max-Age=60'), me()],
      rank: 'blocks-next',
      confidence: 'likely',
      says: ['1 minute only', '`Max-Age=60` counts seconds'],
    },
    {
      name: 'half an hour, in the wrong unit',
      rows: [`GET ${page}`, script('; Max-Age=30'), me()],
      rank: 'blocks-next',
      confidence: 'likely',
      says: ['30 seconds'],
    },
    {
      name: 'three minutes by Expires',
      rows: [`GET ${page}`, script('; Expires=Sat, 21 Nov 2026 09:03:02 GMT'), me()],
      rank: 'blocks-next',
      confidence: 'possible',
      says: ['3 minutes'],
    },
    {
      name: 'a day in milliseconds',
      rows: [`GET ${page}`, script('; Max-Age=86400000'), me()],
      rank: 'odd',
      confidence: 'likely',
      says: ['1000 days', '`Max-Age=86400000`', '1 day'],
    },
    {
      name: 'a minute, and refused after it',
      rows: [`GET ${page}`, script('; Max-Age=60'), me(), me({ status: 401, at: 90 })],
      rank: 'blocks-now',
      confidence: 'seen',
      says: ['expired after 1 minute', '`GET /api/me` came later'],
      shownBy: '4',
    },
    {
      name: 'a quarter of an hour, and refused after it',
      rows: [`GET ${page}`, script('; Max-Age=900'), me(), me({ status: 401, at: 1000 })],
      rank: 'odd',
      confidence: 'seen',
      says: ['15 minutes'],
    },
  ],
  passes: [
    // The story's checks name it.
    { name: 'a session cookie', rows: [`GET ${page}`, script(''), me()] },
    {
      name: 'a session cookie beside one of a minute',
      rows: [`GET ${page}`, script('', ['access_token=hush-a; Path=/; Secure; Max-Age=60']), me()],
    },
    {
      name: 'what waits for the second step, for five minutes',
      rows: [
        `GET ${page}`,
        {
          request: `POST ${page}`,
          status: 303,
          location: '/2fa',
          set: 'mfa_pending=hush-1; Path=/login; Secure; HttpOnly; SameSite=Lax; Max-Age=300',
        },
        { request: `GET ${app}/2fa`, status: 303, location: '/login' },
        `GET ${page}`,
      ],
    },
    { name: 'a day', rows: [`GET ${page}`, script('; Max-Age=86400'), me()] },
    { name: 'a year', rows: [`GET ${page}`, script('; Max-Age=31536000'), me()] },
    {
      name: 'a minute, set anew with each answer',
      rows: [`GET ${page}`, script('; Max-Age=60'), me({ set: 'sid=hush-1; Path=/; Max-Age=60; Secure; HttpOnly' })],
    },
    {
      name: 'a minute beside a cookie of a week',
      rows: [
        `GET ${page}`,
        script('; Max-Age=60', ['refresh_token=hush-r; Path=/api/refresh; Secure; Max-Age=604800']),
        me(),
      ],
    },
    {
      name: 'a session cookie beside one of a month',
      rows: [`GET ${page}`, script('', ['remember_me=hush-r; Path=/; Secure; Max-Age=2592000']), me()],
    },
    {
      name: 'another cookie, of a minute',
      rows: [`GET ${page}`, script('; Max-Age=86400', ['flash=hush; Path=/; Max-Age=60']), me()],
    },
    {
      name: 'a cookie that was refused',
      rows: [`GET ${page}`, script('; Max-Age=60; SameSite=None; Domain=other.test'), me()],
    },
    { name: 'a wrong password', rows: [`GET ${page}`, { ...(script('; Max-Age=60') as object), status: 401 } as Row] },
  ],
})
