import type { Row } from '../story/testing/recording.ts'
import rule from './session-changes-every-time.ts'
import { testDiagnosis } from './testing.ts'

const app = 'https://app.shop.test'
const page = `${app}/login`
const sid = (value: number): string => `sid=hush-${value}; Path=/; Secure; HttpOnly`
const form: Row = { request: `POST ${page}`, status: 303, location: '/account', set: sid(1) }
const script: Row = { request: `POST ${app}/api/login`, from: page, set: sid(1), body: { password: true } }
const get = (path: string, value: number | null, status = 200): Row => ({
  request: `GET ${app}${path}`,
  from: page,
  status,
  ...(value !== null && { set: sid(value) }),
})

testDiagnosis(rule, {
  oddOnHealthy: ['a sliding session whose value changes with every answer'],
  finds: [
    {
      name: 'a new session with every answer, and pages send back to the login',
      rows: [
        `GET ${page}`,
        form,
        { request: `GET ${app}/account`, status: 302, location: '/login', set: sid(2) },
        { request: `GET ${page}`, set: sid(3) },
        { request: `GET ${app}/account`, status: 302, location: '/login', set: sid(4) },
        { request: `GET ${page}`, set: sid(5) },
      ],
      rank: 'blocks-now',
      confidence: 'likely',
      says: ['4 answers gave `sid` another value', '`GET /account` was answered a redirect (302) to `/login`'],
      fix: ['share-session'],
      shownBy: '3',
    },
    {
      name: 'a new session with every answer, and scripts get 401',
      rows: [`GET ${page}`, script, get('/api/me', 2, 401), get('/api/cart', 3), get('/api/me', 4, 401)],
      rank: 'blocks-now',
      confidence: 'likely',
    },
    {
      name: 'a sliding session',
      rows: [`GET ${page}`, script, get('/api/me', 2), get('/api/cart', 3), get('/api/me', 4)],
      rank: 'odd',
      confidence: 'likely',
      says: ['and the session holds'],
      fix: [],
    },
  ],
  passes: [
    {
      name: 'the same value with every answer',
      rows: [`GET ${page}`, script, get('/api/me', 1, 401), get('/api/cart', 1), get('/api/me', 1, 401)],
    },
    {
      name: 'a refusal without new values',
      rows: [`GET ${page}`, script, get('/api/me', null, 401), get('/api/me', null, 401)],
    },
    {
      name: 'renewed after a refusal, and good again',
      rows: [`GET ${page}`, script, get('/api/me', 2), get('/api/me', 3, 401), get('/api/me', null)],
    },
    {
      name: 'changed after the logout',
      rows: [
        `GET ${page}`,
        script,
        get('/api/me', null),
        get('/logout', 2),
        get('/api/me', 3, 401),
        get('/api/me', 4, 401),
      ],
    },
    {
      name: 'a cookie of another name',
      rows: [
        `GET ${page}`,
        script,
        ...[1, 2, 3, 4].map((at) => ({ request: `GET ${app}/api/me`, from: page, set: `_track=hush-${at}` })),
      ],
    },
  ],
})
