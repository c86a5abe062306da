import type { Row } from '../story/testing/recording.ts'
import rule from './set-cookie-folded.ts'
import { testDiagnosis } from './testing.ts'

const app = 'https://app.shop.test'
const page = `${app}/login`
const form = (set: string | string[]): Row => ({ request: `POST ${page}`, status: 303, location: '/account', set })
const refused: Row = { request: `GET ${app}/account`, status: 302, location: '/login' }

testDiagnosis(rule, {
  finds: [
    {
      name: 'the session behind another cookie',
      rows: [`GET ${page}`, form('locale=en; Path=/, sid=hush-1; Path=/; HttpOnly'), refused, `GET ${page}`],
      rank: 'blocks-now',
      confidence: 'seen',
      says: ['`POST /login`', 'for `locale`', 'with `sid`'],
      fix: ['send-separately'],
      shownBy: '2',
    },
    {
      name: 'the session behind another cookie with a date',
      rows: [
        `GET ${page}`,
        form('locale=en; Expires=Sun, 21 Nov 2027 09:00:00 GMT; Path=/, sid=hush-1; Path=/'),
        refused,
        `GET ${page}`,
      ],
      rank: 'blocks-now',
      confidence: 'seen',
    },
    {
      name: 'in the value',
      rows: [`GET ${page}`, form('locale=en, sid=hush-1; Path=/; HttpOnly'), refused, `GET ${page}`],
      rank: 'blocks-now',
      confidence: 'likely',
      says: ['with `sid`'],
    },
    {
      name: 'the CSRF token behind the session, which holds',
      rows: [`GET ${page}`, form('sid=hush-1; Path=/, csrftoken=hush-c; Path=/'), `GET ${app}/account`],
      rank: 'odd',
      confidence: 'seen',
    },
  ],
  passes: [
    {
      name: 'a line for each',
      rows: [`GET ${page}`, form(['locale=en; Path=/', 'sid=hush-1; Path=/']), refused, `GET ${page}`],
    },
    { name: 'commas in a value', rows: [`GET ${page}`, form('sid=hush,1,2; Path=/'), refused, `GET ${page}`] },
    {
      name: 'pairs in a value that are no session',
      rows: [`GET ${page}`, form(['prefs=a=1, b=2; Path=/', 'sid=hush-1; Path=/']), refused, `GET ${page}`],
    },
    {
      name: 'a date',
      rows: [`GET ${page}`, form('sid=hush-1; Expires=Sun, 21 Nov 2027 09:00:00 GMT; Path=/'), refused, `GET ${page}`],
    },
  ],
})
