import rule from './cors-blocks-credentials.ts'
import { testDiagnosis } from './testing.ts'

const app = 'https://app.shop.test'
const api = 'https://api.shop.test'
const other = 'https://api.other.test'
const page = `${app}/login`
const sid = 'sid=hush-1; Path=/; Secure; HttpOnly; SameSite=None'
const origin = { 'Access-Control-Allow-Origin': app }
const cors = { ...origin, 'Access-Control-Allow-Credentials': 'true' }
const failed = { state: 'failed', error: 'net::ERR_FAILED' } as const
const logsIn = (responseHeaders: Record<string, string | string[]>, more: object = {}) => ({
  request: `POST ${api}/login`,
  from: page,
  set: sid,
  body: { password: true },
  responseHeaders,
  ...failed,
  ...more,
})
const preflight = (
  status: number,
  responseHeaders: Record<string, string>,
  more: { method?: string; headers?: string; at?: string } = {},
) => ({
  request: `OPTIONS ${more.at ?? api}/login`,
  from: page,
  status,
  requestHeaders: {
    'Access-Control-Request-Method': more.method ?? 'POST',
    'Access-Control-Request-Headers': more.headers ?? 'content-type',
  },
  responseHeaders,
})
const me = { request: `GET ${api}/me`, from: page, status: 401, responseHeaders: cors }
const now = { rank: 'blocks-now', confidence: 'seen', fix: ['allow-credentials'] } as const
const firefox = { browser: 'firefox', thirdPartyCookies: 'partitioned' } as const
const quiet = { state: 'complete', error: undefined } as const
const allows = { ...cors, 'Access-Control-Allow-Headers': 'Content-Type' }

testDiagnosis(rule, {
  finds: [
    {
      ...now,
      name: 'any origin',
      rows: [`GET ${page}`, logsIn({ ...cors, 'Access-Control-Allow-Origin': '*' })],
      says: ['`Access-Control-Allow-Origin: *`', '`https://app.shop.test`', 'the browser stored `sid` all the same'],
      shownBy: '2',
    },
    {
      ...now,
      name: 'no Allow-Origin',
      rows: [`GET ${page}`, logsIn({})],
      says: ['has no `Access-Control-Allow-Origin`'],
    },
    {
      ...now,
      name: 'no Allow-Credentials',
      rows: [`GET ${page}`, logsIn(origin)],
      says: ['has no `Access-Control-Allow-Credentials: true`'],
    },
    {
      ...now,
      name: 'Allow-Credentials: True',
      rows: [`GET ${page}`, logsIn({ ...origin, 'Access-Control-Allow-Credentials': 'True' })],
      says: ['where only `true`'],
    },
    {
      ...now,
      name: 'a slash at the end',
      rows: [`GET ${page}`, logsIn({ ...cors, 'Access-Control-Allow-Origin': `${app}/` })],
      says: ['with a slash at its end'],
    },
    {
      ...now,
      name: 'the other scheme',
      rows: [`GET ${page}`, logsIn({ ...cors, 'Access-Control-Allow-Origin': 'http://app.shop.test' })],
      says: ['with the other scheme'],
    },
    {
      ...now,
      name: 'other letter case',
      rows: [`GET ${page}`, logsIn({ ...cors, 'Access-Control-Allow-Origin': 'https://App.shop.test' })],
      says: ['with other letter case'],
    },
    {
      ...now,
      name: 'another origin',
      rows: [`GET ${page}`, logsIn({ ...cors, 'Access-Control-Allow-Origin': 'http://localhost:3000' })],
      says: ['`Access-Control-Allow-Origin: http://localhost:3000`'],
    },
    {
      ...now,
      name: 'two headers',
      rows: [`GET ${page}`, logsIn({ ...cors, 'Access-Control-Allow-Origin': [app, app] })],
      says: ['more than one value'],
    },
    {
      ...now,
      name: 'two values in one header',
      rows: [`GET ${page}`, logsIn({ ...cors, 'Access-Control-Allow-Origin': `${app}, *` })],
      says: ['more than one value'],
    },
    {
      ...now,
      name: 'a request after the login',
      rows: [
        `GET ${page}`,
        logsIn(cors, quiet),
        { ...me, status: 200, responseHeaders: { 'Access-Control-Allow-Origin': '*' }, ...failed },
      ],
      shownBy: '3',
    },
    {
      ...now,
      name: 'Firefox, where nothing says that it failed, and the cookie was stored',
      rows: [`GET ${page}`, logsIn({ 'Access-Control-Allow-Origin': '*' }, quiet)],
      options: firefox,
    },
    {
      ...now,
      name: 'Firefox, to another site',
      rows: [
        `GET ${page}`,
        {
          ...logsIn(origin, quiet),
          request: `POST ${other}/login`,
          requestHeaders: { 'Sec-Fetch-Storage-Access': 'none' },
        },
      ],
      options: firefox,
    },
    {
      ...now,
      confidence: 'possible',
      rank: 'odd',
      name: 'Firefox, and nothing tells whether there were credentials',
      rows: [`GET ${page}`, logsIn({ 'Access-Control-Allow-Origin': '*' }, { ...quiet, set: [] })],
      options: firefox,
      says: ['can\u2019t be seen'],
    },
    {
      ...now,
      rank: 'blocks-next',
      name: 'without credentials, where it would come next',
      rows: [
        `GET ${page}`,
        logsIn({ 'Access-Control-Allow-Origin': '*' }, { ...quiet, credentials: 'omit' }),
        { ...me, credentials: 'omit', responseHeaders: cors },
      ],
      says: ['once it is made with them'],
      silent: ['all the same'],
    },
    {
      ...now,
      name: 'a preflight that is not found',
      rows: [`GET ${page}`, preflight(404, {})],
      says: ['the status 404', 'the server never sees the request'],
      shownBy: '2',
    },
    {
      ...now,
      name: 'a preflight that wants a login itself',
      rows: [`GET ${page}`, preflight(401, allows)],
      says: ['the status 401'],
    },
    {
      ...now,
      name: 'a preflight that is redirected',
      rows: [`GET ${page}`, preflight(301, { ...allows, Location: `${api}/login/` })],
      says: ['is a redirect (301)'],
    },
    {
      ...now,
      name: 'a preflight without the header',
      rows: [
        `GET ${page}`,
        preflight(
          204,
          { ...cors, 'Access-Control-Allow-Headers': 'X-Requested-With' },
          { headers: 'content-type,x-requested-with' },
        ),
      ],
      says: ['does not name `content-type`'],
    },
    {
      ...now,
      name: 'a preflight with any header',
      rows: [`GET ${page}`, preflight(204, { ...cors, 'Access-Control-Allow-Headers': '*' })],
      says: ['does not stand for `content-type`'],
    },
    {
      ...now,
      name: 'a preflight without the method',
      rows: [
        `GET ${page}`,
        preflight(204, { ...allows, 'Access-Control-Allow-Methods': 'GET, POST' }, { method: 'PUT' }),
      ],
      says: ['does not name `PUT`'],
    },
    {
      ...now,
      name: 'a preflight without credentials',
      rows: [`GET ${page}`, preflight(204, { ...origin, 'Access-Control-Allow-Headers': 'content-type' })],
      says: ['Access-Control-Allow-Credentials'],
    },
    {
      ...now,
      name: 'Firefox, where the request itself stays open',
      rows: [`GET ${page}`, logsIn({}, { status: 0, set: [], state: 'pending', error: undefined }), preflight(404, {})],
      options: firefox,
      shownBy: '3',
    },
    {
      ...now,
      name: 'a preflight of what comes after the login',
      rows: [`GET ${page}`, logsIn(cors, quiet), { ...preflight(404, {}), request: `OPTIONS ${api}/me` }],
      shownBy: '3',
    },
    {
      ...now,
      rank: 'odd',
      name: 'a preflight of something beside a login that works',
      rows: [
        `GET ${page}`,
        logsIn(cors, quiet),
        { ...me, status: 200 },
        { ...preflight(404, {}), request: `OPTIONS ${api}/cart` },
      ],
    },
    {
      ...now,
      name: 'Firefox, no Allow-Origin, with credentials or not',
      rows: [`GET ${page}`, logsIn({}, { ...quiet, set: [] })],
      options: firefox,
      silent: ['be seen'],
    },
    {
      ...now,
      rank: 'odd',
      name: 'another host of the site, and nothing known of the login yet',
      rows: [
        `GET ${page}`,
        logsIn(cors, quiet),
        { ...me, request: 'GET https://metrics.shop.test/hit', status: 200, responseHeaders: {}, ...failed },
      ],
    },
  ],
  passes: [
    {
      name: 'exactly right',
      rows: [`GET ${page}`, preflight(204, allows), logsIn(cors, quiet), { ...me, status: 200 }],
    },
    {
      name: 'a simple method that Allow-Methods leaves out',
      rows: [
        `GET ${page}`,
        preflight(200, { ...allows, 'Access-Control-Allow-Methods': 'GET' }),
        logsIn(cors, quiet),
        { ...me, status: 200 },
      ],
    },
    {
      name: 'a preflight that was let pass, whatever it says',
      rows: [
        `GET ${page}`,
        preflight(204, { ...cors, 'Access-Control-Allow-Headers': '*' }),
        logsIn(cors, quiet),
        { ...me, status: 200 },
      ],
    },
    {
      name: 'failed on the network',
      rows: [`GET ${page}`, logsIn({}, { status: 0, set: [], error: 'net::ERR_CONNECTION_REFUSED' })],
    },
    {
      name: 'failed after a right answer',
      rows: [`GET ${page}`, logsIn(cors, { error: 'net::ERR_CONTENT_LENGTH_MISMATCH' })],
    },
    {
      name: 'the own origin',
      rows: [
        `GET ${page}`,
        { ...logsIn({}, quiet), request: `POST ${app}/login` },
        { request: `GET ${app}/me`, from: page },
      ],
    },
    {
      name: 'no-cors, which is not checked',
      rows: [`GET ${page}`, logsIn({}, { ...quiet, requestHeaders: { 'Sec-Fetch-Mode': 'no-cors' } })],
    },
    {
      name: 'any origin, without credentials and with a token',
      rows: [
        `GET ${page}`,
        logsIn(
          { 'Access-Control-Allow-Origin': '*' },
          { ...quiet, set: [], body: { password: true, opaqueTokens: ['token'] } },
        ),
        {
          ...me,
          status: 200,
          responseHeaders: { 'Access-Control-Allow-Origin': '*' },
          requestHeaders: { Authorization: 'Bearer hush' },
        },
      ],
    },
    {
      name: 'a preflight of another site beside it',
      rows: [
        `GET ${page}`,
        { ...preflight(404, {}), request: 'OPTIONS https://metrics.other.test/collect' },
        logsIn(cors, quiet),
        { ...me, status: 200 },
      ],
    },
    {
      name: 'a preflight of another site, and no login',
      rows: [`GET ${page}`, { ...preflight(404, {}), request: 'OPTIONS https://metrics.other.test/login' }],
    },
  ],
})
