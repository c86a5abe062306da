import rule from './host-names-mixed.ts'
import { testDiagnosis } from './testing.ts'

const cors = (page: string) => ({
  'Access-Control-Allow-Origin': new URL(page).origin,
  'Access-Control-Allow-Credentials': 'true',
})
const logsIn = (at: string, from: string, set = 'sid=hush-1; Path=/; HttpOnly; SameSite=Lax') => ({
  request: `POST ${at}/login`,
  from,
  set,
  body: { password: true },
  responseHeaders: cors(from),
})
const me = (at: string, from: string, status = 401) => ({
  request: `GET ${at}/me`,
  from,
  status,
  responseHeaders: cors(from),
})
const local = 'http://localhost:3000/login'
const app = 'https://shop.test'
const www = 'https://www.shop.test'
const sid = 'sid=hush-1; Path=/; Secure; HttpOnly; SameSite=Lax'
const form = (at: string, location: string, set = sid) => ({ request: `POST ${at}/login`, status: 303, location, set })

testDiagnosis(rule, {
  finds: [
    {
      name: 'a page on localhost, its API on 127.0.0.1',
      rows: [`GET ${local}`, logsIn('http://127.0.0.1:8000', local), me('http://127.0.0.1:8000', local)],
      rank: 'blocks-now',
      confidence: 'seen',
      says: ['`localhost`', '`127.0.0.1`', 'another site\u2019s'],
      fix: ['one-host'],
      shownBy: '2',
    },
    {
      name: 'the other way about',
      rows: ['GET http://127.0.0.1:3000/login', logsIn('http://localhost:8000', 'http://127.0.0.1:3000/login')],
      rank: 'blocks-now',
      confidence: 'seen',
    },
    {
      name: 'None without Secure, as people try',
      rows: [`GET ${local}`, logsIn('http://127.0.0.1:8000', local, 'sid=hush-1; Path=/; SameSite=None')],
      rank: 'blocks-now',
      confidence: 'seen',
    },
    {
      name: 'app and app.local',
      rows: ['GET http://app/login', logsIn('http://app.local', 'http://app/login')],
      rank: 'blocks-now',
      confidence: 'seen',
    },
    {
      name: 'a form on www. that leads to the bare name',
      rows: [`GET ${www}/login`, form(www, `${app}/account`), `GET ${app}/account 401`],
      rank: 'blocks-now',
      confidence: 'seen',
      says: ['`sid` belongs to `www.shop.test`', '`shop.test`'],
      fix: ['one-host'],
      shownBy: '3',
    },
    {
      name: 'a form on 127.0.0.1 that leads to localhost',
      rows: [
        'GET http://127.0.0.1/login',
        form('http://127.0.0.1', 'http://localhost/account', 'sid=hush-1; Path=/'),
        { request: 'GET http://localhost/account', status: 302, location: '/login' },
      ],
      rank: 'blocks-now',
      confidence: 'seen',
    },
  ],
  passes: [
    {
      name: 'one name, two ports',
      rows: [`GET ${local}`, logsIn('http://localhost:8000', local), me('http://localhost:8000', local, 200)],
    },
    {
      name: 'one name, and refused',
      rows: [`GET ${local}`, logsIn('http://localhost:8000', local), me('http://localhost:8000', local)],
    },
    {
      name: 'a Domain that covers both',
      rows: [`GET ${www}/login`, form(www, `${app}/account`, `${sid}; Domain=shop.test`), `GET ${app}/account`],
    },
    {
      name: 'www. sends visitors to the bare name before the login',
      rows: [
        { request: `GET ${www}/login`, status: 301, location: `${app}/login` },
        `GET ${app}/login`,
        form(app, '/account'),
        `GET ${app}/account`,
      ],
    },
    {
      name: 'two hosts that are no two names of one',
      rows: [
        'GET https://app.shop.test/login',
        form('https://app.shop.test', 'https://admin.shop.test/'),
        'GET https://admin.shop.test/ 401',
      ],
    },
    {
      name: 'another site altogether',
      rows: [
        'GET https://app.shop.test/login',
        logsIn('https://api.other.test', 'https://app.shop.test/login'),
        me('https://api.other.test', 'https://app.shop.test/login'),
      ],
    },
  ],
})
