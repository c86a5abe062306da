import { expect, it } from 'vitest'
import { evidenceOf } from '../story/evidence-of.ts'
import { recordingOf } from '../story/testing/recording.ts'
import { diagnose } from './diagnose.ts'
import rule from './redirect-leaves-https.ts'
import { testDiagnosis } from './testing.ts'

const app = 'https://app.shop.test'
const plain = 'http://app.shop.test'
const page = `GET ${app}/login`
const secure = 'sid=hush-1; Path=/; Secure; HttpOnly; SameSite=Lax'
const logsIn = (more: object = {}) => ({
  request: `POST ${app}/login`,
  status: 303,
  location: `${plain}/account`,
  set: secure,
  ...more,
})

const toDeadPort = [
  page,
  logsIn({ location: `${plain}:8080/account` }),
  { request: `GET ${plain}:8080/account`, status: 0, error: 'net::ERR_CONNECTION_REFUSED' },
]

testDiagnosis(rule, {
  finds: [
    {
      name: 'a Secure session that stays behind',
      rows: [page, logsIn(), { request: `GET ${plain}/account`, status: 302, location: '/login' }],
      rank: 'blocks-now',
      confidence: 'seen',
      says: ['`http://app.shop.test/account`', '`sid` is Secure'],
      fix: ['trust-proxy', 'forward-proto', 'public-url'],
      shownBy: '2',
    },
    {
      name: 'a Secure session that is set on http',
      rows: [page, logsIn({ set: [] }), { request: `GET ${plain}/account`, set: secure }],
      rank: 'blocks-now',
      confidence: 'seen',
      says: ['set with Secure, and refused'],
    },
    {
      name: 'a port where nothing answers',
      rows: toDeadPort,
      rank: 'blocks-now',
      confidence: 'seen',
      says: ['got no answer'],
      silent: ['was 0'],
    },
    {
      name: 'another host on http',
      rows: [
        page,
        logsIn({ location: 'http://www.shop.test/account', set: `${secure}; Domain=shop.test` }),
        'GET http://www.shop.test/account 401',
      ],
      rank: 'blocks-now',
      confidence: 'seen',
      fix: ['use-https'],
    },
    {
      name: 'and back to https',
      rows: [
        page,
        logsIn(),
        { request: `GET ${plain}/account`, status: 301, location: `${app}/account` },
        `GET ${app}/account`,
      ],
      rank: 'odd',
      confidence: 'seen',
      says: ['sends visitors back'],
    },
    {
      name: 'HSTS',
      rows: [page, logsIn(), { request: `GET ${app}/account`, initiator: app }],
      rank: 'odd',
      confidence: 'seen',
      says: ['made it https again'],
    },
    {
      name: 'a session without Secure goes along',
      rows: [page, logsIn({ set: 'sid=hush-1; Path=/' }), `GET ${plain}/account 500`],
      rank: 'blocks-next',
      confidence: 'seen',
    },
  ],
  passes: [
    { name: 'https throughout', rows: [page, logsIn({ location: '/account' }), `GET ${app}/account`] },
    {
      name: 'http to https',
      rows: [
        { request: `GET ${plain}/login`, status: 301, location: `${app}/login` },
        page,
        logsIn({ location: '/account' }),
        `GET ${app}/account`,
      ],
    },
    {
      name: 'to localhost',
      rows: [page, logsIn({ location: 'http://localhost:3000/' }), 'GET http://localhost:3000/'],
    },
    {
      name: 'a script, which is stopped as mixed content',
      rows: [
        page,
        { request: `POST ${app}/api/login`, from: `${app}/login`, status: 302, location: `${plain}/x`, set: secure },
      ],
    },
  ],
})

it('names the app behind a proxy first, where the host is on https already', () => {
  const rows = [page, logsIn(), { request: `GET ${plain}/account`, status: 302, location: '/login' }]
  const found = diagnose(evidenceOf(recordingOf(rows, {}), null))
  expect(found.filter(({ rank }) => rank === 'blocks-now').map(({ id }) => id)).toEqual(['ProxyHidesHttps'])
  const actions = found[0]?.actions.map(({ action }) => action)
  expect(actions).toEqual(['trust-proxy', 'forward-proto', 'public-url'])
})

it('takes the address that the login was sent to for the public one, not the port of the http address', () => {
  const [finding] = diagnose(evidenceOf(recordingOf(toDeadPort, {}), null), [rule])
  expect(finding?.actions).toContainEqual({ action: 'public-url', url: app, callbackPath: null })
})
