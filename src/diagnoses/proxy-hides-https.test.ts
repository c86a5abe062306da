import { expect, it } from 'vitest'
import { evidenceIn } from '../story/testing/recording.ts'
import rule from './proxy-hides-https.ts'
import { testDiagnosis } from './testing.ts'

const app = 'https://app.shop.test'
const plain = 'http://app.shop.test'
const page = `GET ${app}/login`
const good = 'sid=hush-1; Path=/; Secure; HttpOnly; SameSite=Lax'
const noSecure = 'sid=hush-1; Path=/; HttpOnly; SameSite=Lax'
const none = 'sid=hush-1; Path=/; HttpOnly; SameSite=None'
const lost = { request: `GET ${app}/account`, status: 302, location: '/login' }
const proxy = ['trust-proxy', 'forward-proto']
const logsIn = (set: string, location = '/account', more: object = {}) => ({
  request: `POST ${app}/login`,
  status: 303,
  location,
  set,
  ...more,
})
const authorize = (uri: string) =>
  `https://id.other.test/authorize?client_id=shop&redirect_uri=${encodeURIComponent(uri)}`

testDiagnosis(rule, {
  finds: [
    {
      name: 'a redirect to http and None without Secure',
      rows: [
        page,
        logsIn(none, `${plain}/account`),
        { request: `GET ${plain}/account`, status: 301, location: `${app}/account` },
        lost,
      ],
      rank: 'blocks-now',
      confidence: 'seen',
      says: [
        'thinks that its visitors are on http',
        '`http://app.shop.test/account`',
        '`sid`',
        'leaves out Secure, without which Chromium and Firefox refuse it',
      ],
      fix: [...proxy, 'public-url'],
      shownBy: '2',
    },
    {
      name: 'a redirect to http on which the Secure session is lost',
      rows: [
        page,
        logsIn(good, `${plain}/account`),
        { request: `GET ${plain}/account`, status: 302, location: '/login' },
      ],
      rank: 'blocks-now',
      confidence: 'likely',
      says: ['its base URL says so, or a proxy hides https', 'Either a base URL', 'builds its addresses with http'],
      silent: ['Secure out'],
      fix: [...proxy, 'public-url'],
    },
    {
      name: 'a redirect to http that ends well',
      rows: [
        page,
        logsIn(good, `${plain}/account`),
        { request: `GET ${plain}/account`, status: 301, location: `${app}/account` },
        `GET ${app}/account`,
      ],
      rank: 'odd',
      confidence: 'likely',
    },
    {
      name: 'a redirect of a script to http, which the browser stops',
      rows: [
        page,
        {
          request: `POST ${app}/api/login`,
          from: `${app}/login`,
          status: 307,
          location: `${plain}/api/login/`,
          body: { password: true },
        },
      ],
      rank: 'blocks-now',
      confidence: 'likely',
    },
    {
      name: 'the same, and a proxy that names itself',
      rows: [
        page,
        logsIn(good, `${plain}/account`, { responseHeaders: { Via: '1.1 caddy' } }),
        { request: `GET ${plain}/account`, status: 302, location: '/login' },
      ],
      rank: 'blocks-now',
      confidence: 'likely',
      says: ['thinks that its visitors are on http'],
      silent: ['Secure out'],
      fix: [...proxy, 'public-url'],
    },
    {
      name: 'an app that insists on https and does not see it',
      rows: [
        page,
        ...[1, 2, 3, 4].map(() => ({ request: `GET ${app}/account`, status: 301, location: `${app}/account` })),
      ],
      options: { page: `${app}/account` },
      rank: 'blocks-now',
      confidence: 'likely',
      says: ['again and again'],
    },
    {
      name: 'the same, of the first page there is: the tab shows none',
      rows: [...[1, 2, 3, 4].map(() => ({ request: `GET ${app}/account`, status: 301, location: `${app}/account` }))],
      options: { page: '' },
      rank: 'blocks-now',
      confidence: 'likely',
      says: ['again and again'],
    },
    {
      name: 'redirect_uri on http',
      rows: [
        page,
        { request: `GET ${app}/auth`, status: 302, location: authorize(`${plain}/callback`) },
        `GET ${authorize(`${plain}/callback`)} 400`,
      ],
      rank: 'blocks-now',
      confidence: 'likely',
      says: ['`http://app.shop.test/callback`'],
      fix: [...proxy, 'public-url'],
    },
    {
      name: 'None without Secure alone',
      rows: [page, logsIn(none), lost],
      rank: 'blocks-now',
      confidence: 'possible',
      says: ['may think', 'Either Secure was forgotten'],
      fix: ['set-attribute', ...proxy],
    },
    {
      name: 'None without Secure, and a proxy that names itself',
      rows: [page, logsIn(none, '/account', { responseHeaders: { Via: '1.1 caddy' } }), lost],
      rank: 'blocks-now',
      confidence: 'likely',
      fix: proxy,
    },
    {
      name: 'no Secure on a session that works',
      rows: [page, logsIn(noSecure), `GET ${app}/account`],
      rank: 'odd',
      confidence: 'possible',
      says: ['without Secure', 'others can read it'],
      fix: ['set-attribute', ...proxy],
    },
    {
      name: 'no Secure on a session that is refused: another thing',
      rows: [page, logsIn(noSecure), lost],
      rank: 'odd',
      confidence: 'possible',
    },
    {
      name: 'no Secure, beside a Secure cookie of a CDN',
      rows: [
        page,
        logsIn(noSecure, '/account', { set: [noSecure, '__cf_bm=hush-2; Path=/; Secure; HttpOnly'] }),
        `GET ${app}/account`,
      ],
      rank: 'odd',
      confidence: 'possible',
    },
  ],
  passes: [
    {
      name: 'https that leads to a login on http, as on a staging server',
      rows: [
        { request: `GET ${app}/`, status: 303, location: `${plain}/login`, set: good },
        `GET ${plain}/login`,
        { request: `POST ${plain}/login`, status: 303, location: '/account', set: noSecure },
        `GET ${plain}/account 401`,
      ],
    },
    {
      name: 'all on http',
      rows: [
        `GET ${plain}/login`,
        { request: `POST ${plain}/login`, status: 303, location: '/account', set: noSecure },
        `GET ${plain}/account`,
      ],
    },
    {
      name: 'http to https',
      rows: [
        { request: `GET ${plain}/login`, status: 301, location: `${app}/login` },
        page,
        logsIn(good),
        `GET ${app}/account`,
      ],
    },
    {
      name: 'localhost',
      rows: [
        'GET http://localhost:3000/login',
        { request: 'POST http://localhost:3000/login', status: 303, location: '/account', set: noSecure },
        'GET http://localhost:3000/account',
      ],
    },
    {
      name: 'https on localhost',
      rows: [
        'GET https://localhost/login',
        { request: 'POST https://localhost/login', status: 303, location: '/account', set: noSecure },
        'GET https://localhost/account',
      ],
    },
    {
      name: 'to another host on http',
      rows: [page, logsIn(good, 'http://old.other.test/'), 'GET http://old.other.test/', `GET ${app}/account`],
    },
    {
      name: 'None without Secure where another cookie of the app is Secure',
      rows: [page, logsIn(none, '/account', { set: [none, 'cart=hush-c; Path=/; Secure'] }), lost],
    },
    {
      name: 'one redirect to the same address, to see whether cookies are taken',
      rows: [
        page,
        { request: `GET ${app}/account`, status: 302, location: `${app}/account`, set: 'seen=hush; Path=/; Secure' },
        `GET ${app}/account`,
        logsIn(good),
        `GET ${app}/account`,
      ],
    },
    {
      name: 'a provider that is on http by itself',
      rows: [
        page,
        logsIn(good),
        `GET ${app}/account`,
        { request: 'GET https://widgets.other.test/x', status: 302, location: 'http://widgets.other.test/y' },
      ],
    },
  ],
})

it('ProxyHidesHttps names the app by the port that visitors use, not by the one behind the proxy', () => {
  const uri = `${plain}:8080/callback`
  const rows = [
    page,
    { request: `GET ${app}/start`, status: 302, location: authorize(uri) },
    { request: `GET ${authorize(uri)}`, status: 400 },
  ]
  const [finding] = rule.find(evidenceIn(rows))
  expect(finding?.actions.at(-1)).toEqual({ action: 'public-url', url: app, callbackPath: '/callback' })
})
