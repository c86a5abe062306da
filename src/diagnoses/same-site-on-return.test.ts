import { expect, it } from 'vitest'
import { evidenceOf } from '../story/evidence-of.ts'
import { tell } from '../story/tell.ts'
import { type Row, recordingOf } from '../story/testing/recording.ts'
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

const correlation = (ending: string) =>
  `.AspNetCore.Correlation.${ending}=N; Path=/signin-oidc; Secure; HttpOnly; SameSite=Lax`
const nonce = (ending: string) =>
  `.AspNetCore.OpenIdConnect.Nonce.${ending}=N; Path=/signin-oidc; Secure; HttpOnly; SameSite=Lax`
const asks = (state: string) =>
  `${idp}/authorize?client_id=shop&redirect_uri=${encodeURIComponent(`${app}/signin-oidc`)}&state=${state}&response_mode=form_post`
/** As ASP.NET Core does it: the provider's form posts the answer. */
const attempt = (state: string, set: readonly string[]) => [
  `GET ${app}/`,
  { request: `GET ${app}/login`, status: 302, location: asks(state), set },
  `GET ${asks(state)}`,
  { request: `POST ${asks(state)}`, initiator: idp },
  { request: `POST ${app}/signin-oidc`, initiator: idp, status: 500, requestHeaders: { origin: idp } },
]
const told = (rows: readonly Row[]) => {
  const evidence = evidenceOf(recordingOf(rows, { browser: 'firefox' }), null)
  const found = diagnose(evidence).map(toDiagnosis)
  return { found, story: tell(evidence, found) }
}
const toTheLogin: Row[] = [
  { request: `GET ${app}/account`, initiator: null, status: 302, location: '/login' },
  { request: `GET ${app}/login`, status: 302, location: asks('hush-c'), set: correlation('cc3') },
  `GET ${asks('hush-c')}`,
]

it('a second attempt: what withheld its own cookie, not the first one’s', () => {
  const { found, story } = told([
    ...attempt('hush-a', [correlation('aa1')]),
    ...attempt('hush-b', [correlation('bb2'), nonce('bb3')]),
    `GET ${app}/`,
  ])
  const [first] = found
  expect(first?.id).toBe('SameSiteOnReturn')
  expect(first?.explanation).toContain(
    '`.AspNetCore.Correlation.bb2` and `.AspNetCore.OpenIdConnect.Nonce.bb3` are `SameSite=Lax` and did not go along',
  )
  expect(first?.changes).toEqual(['Set `SameSite=None` and `Secure` on `.AspNetCore.Correlation.…`.'])
  expect(first?.check).toContain('`.AspNetCore.Correlation.…` and `.AspNetCore.OpenIdConnect.Nonce.…`')
  expect(JSON.stringify(first)).not.toContain('aa1')
  expect(story?.arrows.map(({ label }) => label)).toEqual([
    'GET /',
    'GET /login',
    'GET /authorize',
    'POST /authorize',
    'POST /signin-oidc',
  ])
})

it.each<[string, readonly Row[]]>([
  ['the page is opened again, and sends to the provider', toTheLogin],
  ['the same twice', [...toTheLogin, ...toTheLogin]],
  ['the error page is loaded again', [`GET ${app}/signin-oidc 405`]],
])('a failed attempt stays the story until another is made: %s', (_, after) => {
  const { found, story } = told([...attempt('hush-a', [correlation('aa1')]), ...after])
  expect(found[0]?.id).toBe('SameSiteOnReturn')
  expect(story?.login).toBe('5')
  expect(story?.sentence).toBe(
    'Your login broke at step 2: the provider returns by POST, and SameSite keeps the state cookie at home.',
  )
})

it.each<[string, readonly Row[], string]>([
  ['the login is asked for', toTheLogin.slice(1), '6'],
  ['the provider is told something', [...toTheLogin, { request: `POST ${idp}/interaction/next`, initiator: idp }], '6'],
])('a new attempt is the story: %s', (_, after, login) => {
  const { story } = told([...attempt('hush-a', [correlation('aa1')]), ...after])
  expect(story?.login).toBe(login)
  expect(story?.outcome).not.toBe('healthy')
})
