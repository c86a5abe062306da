import type { Row } from '../story/testing/recording.ts'
import rule from './cookie-set-server-side.ts'
import { testDiagnosis } from './testing.ts'

const app = 'https://app.shop.test'
const page = `${app}/login`
const action = (more: object = {}): Row => ({
  request: `POST ${page}`,
  from: page,
  requestHeaders: { 'Next-Action': '7f00c0ffee', Accept: 'text/x-component' },
  body: { password: true },
  ...more,
})
/** As measured with React Router 7.18: a redirect, in the answer to its script. */
const routed = {
  status: 202,
  requestHeaders: {},
  responseHeaders: { 'Content-Type': 'text/x-script', 'X-Remix-Response': 'yes' },
}
const refused: Row = { request: `GET ${app}/account`, status: 302, location: '/login' }

testDiagnosis(rule, {
  finds: [
    {
      name: 'a server action of Next.js',
      rows: [`GET ${page}`, action(), refused, `GET ${page}`],
      rank: 'blocks-now',
      confidence: 'likely',
      says: ['`POST /login` was a Next.js server action', '`GET /account` was answered a redirect'],
      fix: ['pass-on-set-cookie'],
      shownBy: '2',
    },
    {
      name: 'a form action of SvelteKit',
      rows: [
        `GET ${page}`,
        action({ requestHeaders: { 'X-SvelteKit-Action': 'true' } }),
        { request: `GET ${app}/api/me`, from: page, status: 401 },
      ],
      rank: 'blocks-now',
      confidence: 'likely',
    },
    {
      name: 'an action of React Router that leads on, and the page leads back',
      rows: [
        `GET ${page}`,
        action({ ...routed, request: `POST ${page}.data` }),
        { ...routed, request: `GET ${app}/account.data`, from: page },
        { request: `GET ${page}.data`, from: page, responseHeaders: routed.responseHeaders },
      ],
      rank: 'blocks-now',
      confidence: 'likely',
      says: [
        '`POST /login.data` was an action of React Router or Remix',
        'answered 202, a redirect for the page\u2019s router to `/account`',
        '`GET /account.data` was answered 202, a redirect for the page\u2019s router to `/login`',
        '`commitSession`',
      ],
      fix: ['pass-on-set-cookie'],
      shownBy: '2',
    },
    {
      name: 'an action of React Router that answers with data, as of a wrong password',
      rows: [`GET ${page}`, action({ ...routed, status: 200, request: `POST ${page}.data` }), refused, `GET ${page}`],
      rank: 'blocks-now',
      confidence: 'possible',
      silent: ['React Router'],
    },
    {
      name: 'a loader of a framework',
      rows: [
        `GET ${page}`,
        action({ requestHeaders: {}, request: `POST ${page}?_data=routes%2Flogin` }),
        refused,
        `GET ${page}`,
      ],
      rank: 'blocks-now',
      confidence: 'possible',
    },
  ],
  passes: [
    {
      name: 'a server action that sets the cookie',
      rows: [`GET ${page}`, action({ set: 'sid=hush-1; Path=/' }), `GET ${app}/account`],
    },
    { name: 'a server action after which nothing is refused', rows: [`GET ${page}`, action(), `GET ${app}/account`] },
    {
      name: 'a session from before',
      rows: [`GET ${page}`, action(), refused, `GET ${page}`],
      options: { earlier: [[`${app}/`, 'sid=hush-0; Path=/']] },
    },
    {
      name: 'a login of the API itself',
      rows: [`GET ${page}`, action({ requestHeaders: {} }), refused, `GET ${page}`],
    },
    {
      name: 'an action of React Router that sets the cookie',
      rows: [
        `GET ${page}`,
        action({ ...routed, request: `POST ${page}.data`, set: 'sid=hush-1; Path=/' }),
        { ...routed, request: `GET ${app}/account.data`, from: page },
        { request: `GET ${page}.data`, from: page, responseHeaders: routed.responseHeaders },
      ],
    },
    {
      name: 'an action of React Router that leads back to the login: a wrong password',
      rows: [
        `GET ${page}`,
        action({ ...routed, request: `POST ${page}.data` }),
        { request: `GET ${page}.data?error=1`, from: page, responseHeaders: routed.responseHeaders },
        refused,
      ],
    },
    {
      name: 'a token',
      rows: [`GET ${page}`, action({ body: { password: true, opaqueTokens: ['token'] } }), refused, `GET ${page}`],
    },
  ],
})
