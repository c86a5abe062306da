import { expect, it } from 'vitest'
import { evidenceOf } from '../story/evidence-of.ts'
import { recordingOf } from '../story/testing/recording.ts'
import { diagnose, toDiagnosis } from './diagnose.ts'
import rule from './same-site-on-return.ts'
import { testDiagnosis } from './testing.ts'

const app = 'https://app.shop.test'
const idp = 'https://id.provider.test'
const page = `${app}/login`
const session = (sameSite: string) => `sid=hush-1; Path=/; Secure; HttpOnly; SameSite=${sameSite}`
const uri = encodeURIComponent(`${app}/auth/callback`)
const authorize = (mode: string) =>
  `${idp}/authorize?client_id=shop&redirect_uri=${uri}&state=hush-s&response_mode=${mode}`
const begins = (state: string, mode = 'form_post') => [
  `GET ${page}`,
  {
    request: `GET ${app}/auth/start`,
    status: 302,
    location: authorize(mode),
    set: `state=hush-s; Path=/; Secure; HttpOnly${state}`,
  },
  `GET ${authorize(mode)}`,
]
const posts = (more: object = {}) => ({ request: `POST ${app}/auth/callback`, initiator: idp, ...more })
const returns = (more: object = {}) => ({
  request: `GET ${app}/auth/callback?code=hush-c&state=hush-s`,
  initiator: idp,
  ...more,
})
const goesOn = { status: 302, location: '/account' }

testDiagnosis(rule, {
  finds: [
    {
      name: 'a Lax state cookie, and the provider posts',
      rows: [...begins('; SameSite=Lax'), posts({ status: 400 })],
      rank: 'blocks-now',
      confidence: 'seen',
      says: ['returns by POST', '`state`', '`SameSite=Lax`', '`id.provider.test`'],
      silent: ['hush'],
      fix: ['set-attribute', 'set-attribute'],
      shownBy: '4',
    },
    {
      name: 'the same, and nothing answers',
      rows: [...begins('; SameSite=Lax'), posts({ status: 0, error: 'net::ERR_CONNECTION_RESET' })],
      rank: 'blocks-now',
      confidence: 'seen',
      says: ['got no answer'],
      silent: ['was 0'],
    },
    {
      name: 'the same, sent back to the login',
      rows: [...begins('; SameSite=Lax'), posts({ status: 302, location: '/login?error=state' })],
      rank: 'blocks-now',
      confidence: 'seen',
    },
    {
      name: 'a state cookie without SameSite, after the two minutes',
      rows: [...begins(''), posts({ status: 400, at: 300 })],
      rank: 'blocks-now',
      confidence: 'seen',
      says: ['has no SameSite'],
    },
    {
      name: 'a Strict state cookie, and the provider redirects',
      rows: [...begins('; SameSite=Strict', 'query'), returns({ status: 403 })],
      rank: 'blocks-now',
      confidence: 'seen',
      says: ['`SameSite=Strict`'],
      fix: ['set-attribute'],
    },
    {
      name: 'a Strict session, on the hop after the return',
      rows: [
        ...begins('; SameSite=Lax', 'query'),
        returns({ ...goesOn, set: session('Strict') }),
        { request: `GET ${app}/account`, status: 302, location: '/login' },
        `GET ${page}`,
      ],
      rank: 'blocks-now',
      confidence: 'seen',
      says: ['The session cookie stays at home', '`sid`', 'until the page is loaded again'],
      fix: ['set-attribute', 'start-on-this-site'],
      shownBy: '5',
    },
    {
      name: 'a Strict session that is there after a reload',
      rows: [
        ...begins('; SameSite=Lax', 'query'),
        returns({ ...goesOn, set: session('Strict') }),
        `GET ${app}/account 401`,
        { request: `GET ${app}/account`, reload: true },
      ],
      rank: 'odd',
      confidence: 'seen',
    },
    {
      name: 'a link from a mail',
      rows: [
        `GET ${page}`,
        { request: `POST ${page}`, status: 303, location: '/account', set: session('Strict') },
        `GET ${app}/account`,
        { request: `GET ${app}/orders/7`, initiator: 'https://mail.other.test', status: 302, location: '/login' },
      ],
      rank: 'blocks-now',
      confidence: 'seen',
      says: ['`mail.other.test`'],
    },
  ],
  passes: [
    {
      name: 'None, and the provider posts',
      rows: [...begins('; SameSite=None'), posts({ ...goesOn, set: session('Lax') }), `GET ${app}/account`],
    },
    {
      name: 'no SameSite, within two minutes',
      rows: [...begins(''), posts({ ...goesOn, set: session('Lax') }), `GET ${app}/account`],
    },
    {
      name: 'no SameSite, in Firefox',
      rows: [...begins(''), posts({ status: 400, at: 300 })],
      options: { browser: 'firefox' },
    },
    {
      name: 'Lax, and the provider redirects',
      rows: [...begins('; SameSite=Lax', 'query'), returns({ ...goesOn, set: session('Lax') }), `GET ${app}/account`],
    },
    {
      name: 'a state cookie that the app can do without',
      rows: [...begins('; SameSite=Lax'), posts({ ...goesOn, set: session('Lax') }), `GET ${app}/account`],
    },
    {
      name: 'a Strict session, and a page that needs none',
      rows: [
        `GET ${page}`,
        { request: `POST ${page}`, status: 303, location: '/account', set: session('Strict') },
        `GET ${app}/account`,
        { request: `GET ${app}/`, initiator: 'https://mail.other.test' },
      ],
    },
    { name: 'refused with the state', rows: [...begins('; SameSite=None'), posts({ status: 400 })] },
  ],
})

it('names the cookie, and SameSite=None together with Secure', () => {
  const rows = [...begins('; SameSite=Lax'), posts({ status: 400 })]
  const [finding] = diagnose(evidenceOf(recordingOf(rows, {}), null), [rule])
  expect(finding && toDiagnosis(finding).changes).toEqual(['Set `SameSite=None` and `Secure` on `state`.'])
})
