import type { Row } from '../story/testing/recording.ts'
import rule from './prefix-flips.ts'
import { testDiagnosis } from './testing.ts'

const app = 'https://app.shop.test'
const page = `${app}/login`
const rest = 'Path=/; HttpOnly; Secure; SameSite=Lax'
const form = (...set: string[]): Row => ({ request: `POST ${page}`, status: 303, location: '/account', set })
const refused: Row = { request: `GET ${app}/account`, status: 302, location: '/login' }
const left = { earlier: [[`${app}/`, `__Secure-session-token=hush-old; ${rest}`] as const] }

testDiagnosis(rule, {
  finds: [
    {
      name: 'the plain name set, the other one left, and refused',
      rows: [`GET ${page}`, form(`session-token=hush-1; ${rest}`), refused, `GET ${page}`],
      options: left,
      rank: 'blocks-now',
      confidence: 'likely',
      says: ['`POST /login` set `session-token`', '`__Secure-session-token` as well'],
      fix: ['public-url'],
    },
    {
      name: 'the other way round',
      rows: [`GET ${page}`, form(`__Secure-session-token=hush-1; ${rest}`), refused, `GET ${page}`],
      options: { earlier: [[`${app}/`, `session-token=hush-old; ${rest}`]] },
      rank: 'blocks-now',
      confidence: 'likely',
    },
    {
      name: 'a leftover that does no harm',
      rows: [`GET ${page}`, form(`session-token=hush-1; ${rest}`), `GET ${app}/account`],
      options: left,
      rank: 'odd',
      confidence: 'possible',
    },
  ],
  passes: [
    {
      name: 'one name',
      rows: [`GET ${page}`, form(`__Secure-session-token=hush-1; ${rest}`), refused, `GET ${page}`],
      options: left,
    },
    {
      name: 'the old name deleted at the login',
      rows: [
        `GET ${page}`,
        form(`session-token=hush-1; ${rest}`, `__Secure-session-token=; ${rest}; Max-Age=0`),
        refused,
        `GET ${page}`,
      ],
      options: left,
    },
    {
      name: 'another name with a prefix',
      rows: [`GET ${page}`, form(`session-token=hush-1; ${rest}`), refused, `GET ${page}`],
      options: { earlier: [[`${app}/`, `__Secure-theme=hush-old; ${rest}`]] },
    },
  ],
})
