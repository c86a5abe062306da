import { testDiagnosis } from './testing.ts'
import rule from './third-party-cookies-blocked.ts'

const app = 'https://app.shop.test'
const api = 'https://api.other.test'
const page = `${app}/login`
const cors = { 'Access-Control-Allow-Origin': app, 'Access-Control-Allow-Credentials': 'true' }
const sid = 'sid=hush-1; Path=/; Secure; HttpOnly; SameSite=None'
const logsIn = (more: object = {}) => ({
  request: `POST ${api}/login`,
  from: page,
  set: sid,
  body: { password: true },
  responseHeaders: cors,
  ...more,
})
const me = { request: `GET ${api}/me`, from: page, status: 401, responseHeaders: cors }
const blocked = { thirdPartyCookies: 'blocked' } as const
const inFirefox = ['share-a-site', 'allow-third-party']
const fix = ['set-attribute', 'allow-third-party', 'share-a-site']

testDiagnosis(rule, {
  finds: [
    {
      name: 'the login\u2019s line',
      rows: [`GET ${page}`, logsIn(), me],
      options: blocked,
      rank: 'blocks-now',
      confidence: 'seen',
      says: ['`sid`', '`api.other.test`', 'a page of `shop.test`', 'not a mistake of the server', 'Incognito'],
      silent: ['rivate window'],
      fix,
      shownBy: '2',
    },
    {
      name: 'the line alone',
      rows: [`GET ${page}`, logsIn()],
      options: blocked,
      rank: 'blocks-now',
      confidence: 'seen',
    },
    {
      name: 'a cookie from a visit of its own',
      rows: [
        `GET ${api}/login`,
        { request: `POST ${api}/login`, status: 303, location: `${app}/`, set: sid },
        `GET ${app}/`,
        { ...me, from: `${app}/` },
      ],
      options: blocked,
      rank: 'blocks-now',
      confidence: 'seen',
      says: ['is in the store'],
      shownBy: '4',
    },
    {
      name: 'a setting that is not known',
      rows: [`GET ${page}`, logsIn({ resourceType: 'xmlhttprequest', requestHeaders: {} }), me],
      options: { browser: 'firefox', thirdPartyCookies: 'unknown' },
      rank: 'blocks-now',
      confidence: 'possible',
      says: ['A request without credentials would look the same'],
      fix: inFirefox,
    },
    ...[sid, `${sid}; Partitioned`].map((set) => ({
      name: `in Firefox, which no line escapes: ${set}`,
      rows: [`GET ${page}`, logsIn({ set, resourceType: 'xmlhttprequest', requestHeaders: {} }), me],
      options: { browser: 'firefox', thirdPartyCookies: 'blocked' } as const,
      rank: 'blocks-now' as const,
      confidence: 'seen' as const,
      says: ['Safari has it by default'],
      silent: ['rivate window', 'without credentials', ...(set === sid ? [] : ['Incognito'])],
      fix: inFirefox,
    })),
    {
      name: 'a line that another site may not set either',
      rows: [`GET ${page}`, logsIn({ set: 'sid=hush-1; Path=/; SameSite=Lax' }), me],
      options: blocked,
      rank: 'blocks-now',
      confidence: 'seen',
      fix: ['set-attribute', 'set-attribute', ...fix],
    },
    {
      name: 'behind missing credentials',
      rows: [`GET ${page}`, logsIn({ credentials: 'omit' }), { ...me, credentials: 'omit' }],
      options: blocked,
      rank: 'blocks-next',
      confidence: 'possible',
    },
  ],
  passes: [
    { name: 'allowed', rows: [`GET ${page}`, logsIn(), { ...me, status: 200 }] },
    {
      name: 'partitioned by the line',
      rows: [`GET ${page}`, logsIn({ set: `${sid}; Partitioned` }), { ...me, status: 200 }],
      options: blocked,
    },
    {
      name: 'one site',
      rows: [
        `GET ${page}`,
        { ...logsIn(), request: 'POST https://api.shop.test/login' },
        { ...me, request: 'GET https://api.shop.test/me', status: 200 },
      ],
      options: blocked,
    },
    {
      name: 'partitioned by Firefox',
      rows: [`GET ${page}`, logsIn(), { ...me, status: 200 }],
      options: { browser: 'firefox', thirdPartyCookies: 'partitioned' },
    },
    {
      name: 'a token',
      rows: [
        `GET ${page}`,
        logsIn({ body: { password: true, opaqueTokens: ['token'] } }),
        { ...me, status: 200, requestHeaders: { Authorization: 'Bearer hush' } },
      ],
      options: blocked,
    },
    {
      name: 'an image of another site',
      rows: [
        `GET ${app}/login`,
        { request: `POST ${app}/login`, status: 303, location: '/account', set: 'sid=hush; Path=/; Secure' },
        { request: 'GET https://ads.other.test/p', from: page, type: 'image', set: 'id=hush; SameSite=None; Secure' },
        `GET ${app}/account`,
      ],
      options: blocked,
    },
  ],
})
