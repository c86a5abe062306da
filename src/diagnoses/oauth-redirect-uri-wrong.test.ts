import rule from './oauth-redirect-uri-wrong.ts'
import { testDiagnosis } from './testing.ts'

const app = 'https://app.shop.test'
const plain = 'http://app.shop.test'
const idp = 'https://id.provider.test'
const authorize = (back: string) =>
  `${idp}/authorize?client_id=shop&redirect_uri=${encodeURIComponent(`${back}/callback`)}&state=hush-s`
const state = 'state=hush-s; Path=/; Secure; HttpOnly; SameSite=Lax'
const begins = (back: string, status = 200, from = app) => [
  `GET ${from}/login`,
  { request: `GET ${from}/start`, status: 302, location: authorize(back), set: state },
  `GET ${authorize(back)} ${status}`,
]
const returns = (back: string, more: object = {}) => ({
  request: `GET ${back}/callback?code=hush-c&state=hush-s`,
  initiator: idp,
  ...more,
})
const works = { status: 302, location: '/account', set: 'sid=hush-1; Path=/; Secure; HttpOnly; SameSite=Lax' }
const fix = ['public-url', 'trust-proxy', 'forward-proto']

testDiagnosis(rule, {
  finds: [
    {
      name: 'http, which the provider refuses',
      rows: begins(plain, 400),
      rank: 'blocks-now',
      confidence: 'seen',
      says: ['`redirect_uri=http://app.shop.test/callback`', 'The provider answered 400'],
      silent: ['hush'],
      fix,
      shownBy: '3',
    },
    {
      name: 'http, and nobody comes back',
      rows: begins(plain),
      rank: 'blocks-now',
      confidence: 'likely',
      says: ['Nobody has come back'],
    },
    {
      name: 'http, and the state is lost there',
      rows: [...begins(plain), returns(plain, { status: 400 })],
      rank: 'blocks-now',
      confidence: 'seen',
    },
    {
      name: 'http, and the proxy leads back to https',
      rows: [
        ...begins(plain),
        returns(plain, { status: 301, location: `${app}/callback?code=hush-c&state=hush-s` }),
        returns(app, works),
        `GET ${app}/account`,
      ],
      rank: 'odd',
      confidence: 'seen',
    },
    {
      name: 'localhost',
      rows: begins('http://localhost:3000'),
      rank: 'blocks-now',
      confidence: 'likely',
      says: ['a development machine', '`redirect_uri=http://localhost:3000/callback`'],
      fix,
    },
    {
      name: 'localhost, where nothing answers',
      rows: [
        ...begins('http://localhost:3000'),
        returns('http://localhost:3000', { status: 0, error: 'net::ERR_CONNECTION_REFUSED' }),
      ],
      rank: 'blocks-now',
      confidence: 'seen',
      says: ['`GET localhost:3000/callback` got no answer'],
      silent: ['was 0'],
      fix,
    },
    {
      name: 'localhost, where a tool takes the answer',
      rows: [...begins('http://localhost:3000'), returns('http://localhost:3000')],
      rank: 'odd',
      confidence: 'seen',
    },
    {
      name: 'http, by a form of the provider that posts to its own address',
      rows: [
        ...begins(plain),
        { request: `POST ${authorize(plain)}`, initiator: idp, status: 302, location: `${plain}/callback?code=hush-c` },
        { request: `GET ${plain}/callback?code=hush-c`, status: 302, location: '/login?error=state' },
      ],
      rank: 'blocks-now',
      confidence: 'seen',
      shownBy: '3',
    },
    {
      name: 'https on an address of the own network',
      rows: begins('https://10.0.0.5'),
      rank: 'blocks-now',
      confidence: 'likely',
      says: ['a development machine'],
    },
    {
      name: 'the name of a container',
      rows: begins('http://backend:8000'),
      rank: 'blocks-now',
      confidence: 'likely',
      says: ['a development machine'],
    },
  ],
  passes: [
    { name: 'https', rows: [...begins(app), returns(app, works), `GET ${app}/account`] },
    { name: 'https, and refused', rows: begins(app, 400) },
    {
      name: 'all on localhost, and nothing answers',
      rows: [
        ...begins('http://localhost:3000', 200, 'http://localhost:3000'),
        returns('http://localhost:3000', { status: 0, error: 'net::ERR_CONNECTION_REFUSED' }),
      ],
    },
    {
      name: 'a provider’s page that was opened by hand, for a tool on this machine',
      rows: [`GET ${authorize('http://localhost:8085')}`, returns('http://localhost:8085')],
    },
    { name: 'all on localhost', rows: begins('http://localhost:3000', 200, 'http://localhost:3000') },
    {
      name: 'localhost with https, back to localhost',
      rows: begins('https://localhost:3000', 200, 'https://localhost'),
    },
    { name: 'all on http', rows: begins(plain, 200, plain) },
    { name: 'an app on a phone', rows: begins('shop-app:/') },
    { name: 'another public host', rows: begins('https://auth.shop.test') },
  ],
})
