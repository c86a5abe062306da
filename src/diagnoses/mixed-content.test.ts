import rule from './mixed-content.ts'
import { testDiagnosis } from './testing.ts'

const app = 'https://app.shop.test'
const api = 'https://api.shop.test'
const plain = 'http://api.shop.test'
const page = `${app}/login`
const cors = { 'Access-Control-Allow-Origin': app, 'Access-Control-Allow-Credentials': 'true' }
const sid = 'sid=hush-1; Path=/; Secure; HttpOnly; SameSite=Lax'
const logsIn = (more: object = {}) => ({
  request: `POST ${api}/login`,
  from: page,
  set: sid,
  body: { password: true },
  responseHeaders: cors,
  ...more,
})
const policy = (text: string) => ({ request: `GET ${page}`, responseHeaders: { 'Content-Security-Policy': text } })

testDiagnosis(rule, {
  finds: [
    {
      name: 'a login that the browser stopped, as DevTools tells',
      rows: [
        `GET ${page}`,
        { request: `POST ${plain}/login`, from: page, status: 0, state: 'failed', error: 'mixed-content' },
      ],
      rank: 'blocks-now',
      confidence: 'seen',
      says: ['`http://api.shop.test/login`', 'did not send it'],
      fix: ['use-https'],
      shownBy: '2',
    },
    {
      name: 'a redirect whose next hop Firefox tells of as failed',
      rows: [
        `GET ${page}`,
        logsIn({ status: 307, location: `${plain}/login/`, set: [] }),
        {
          request: `POST ${plain}/login/`,
          from: page,
          status: 0,
          state: 'failed',
          error: 'NS_ERROR_NET_ON_RECEIVING_FROM',
        },
      ],
      options: { browser: 'firefox', thirdPartyCookies: 'partitioned' },
      rank: 'blocks-now',
      confidence: 'likely',
      shownBy: '2',
    },
    {
      name: 'a login that is redirected to http',
      rows: [`GET ${page}`, logsIn({ status: 307, location: `${plain}/login/`, set: [] })],
      rank: 'blocks-now',
      confidence: 'likely',
      says: ['`http://api.shop.test/login/`', 'No answer from there was seen'],
      fix: ['use-https'],
      shownBy: '2',
    },
    {
      name: 'what comes after it is',
      rows: [
        `GET ${page}`,
        logsIn(),
        { request: `GET ${api}/me`, from: page, status: 301, location: `${plain}/me/`, responseHeaders: cors },
      ],
      rank: 'blocks-now',
      confidence: 'likely',
      shownBy: '3',
    },
    {
      name: 'a form to http that its user insisted on',
      rows: [
        `GET ${page}`,
        { request: 'POST http://app.shop.test/login', status: 303, location: '/account', set: 'sid=hush; Path=/' },
        'GET http://app.shop.test/account',
      ],
      rank: 'odd',
      confidence: 'seen',
    },
    {
      name: 'a script to http, where insecure content is allowed',
      rows: [
        `GET ${page}`,
        logsIn({ request: `POST ${plain}/login` }),
        { request: `GET ${plain}/me`, from: page, status: 401, responseHeaders: cors },
      ],
      rank: 'blocks-next',
      confidence: 'seen',
      says: ['Others stop it'],
    },
    {
      name: 'a policy that names http',
      rows: [policy(`default-src 'self'; connect-src 'self' ${plain}`)],
      rank: 'odd',
      confidence: 'possible',
      says: ['`http://api.shop.test`', 'need not be seen here'],
    },
  ],
  passes: [
    {
      name: 'all on https',
      rows: [`GET ${page}`, logsIn(), { request: `GET ${api}/me`, from: page, responseHeaders: cors }],
    },
    {
      name: 'all on http',
      rows: [
        'GET http://app.shop.test/login',
        { ...logsIn(), request: `POST ${plain}/login`, from: 'http://app.shop.test/login', set: 'sid=hush; Path=/' },
      ],
    },
    {
      name: 'localhost, which is allowed',
      rows: [`GET ${page}`, logsIn({ request: 'POST http://localhost:8000/login' })],
    },
    {
      name: 'a redirect to https',
      rows: [
        `GET ${page}`,
        logsIn({ status: 307, location: `${api}/login/`, set: [] }),
        logsIn({ request: `POST ${api}/login/` }),
      ],
    },
    { name: 'a policy that mends it by itself', rows: [policy(`connect-src ${plain}; upgrade-insecure-requests`)] },
    {
      name: 'a policy, and a login',
      rows: [policy(`connect-src ${plain}`), logsIn(), { request: `GET ${api}/me`, from: page, responseHeaders: cors }],
    },
    {
      name: 'a navigation that is redirected to http',
      rows: [
        `GET ${page}`,
        { request: `POST ${page}`, status: 303, location: 'http://app.shop.test/account', set: sid },
        { request: 'GET http://app.shop.test/account', status: 301, location: `${app}/account` },
        `GET ${app}/account`,
      ],
    },
    {
      name: 'a redirect of something else',
      rows: [
        `GET ${page}`,
        {
          request: 'GET https://metrics.other.test/a',
          from: page,
          status: 301,
          location: 'http://metrics.other.test/b',
        },
        logsIn(),
      ],
    },
  ],
})
