/** Which request is the login, where others look like one. The wanted one has the id `login`. */
import { expect, it } from 'vitest'
import { tell } from '../story/tell.ts'
import { evidenceIn, type RecordingOptions, type Row } from '../story/testing/recording.ts'
import { diagnose, toDiagnosis } from './diagnose.ts'
import {
  amidNoise,
  anyOrigin,
  api,
  app,
  ask,
  authorize,
  away,
  bearer,
  call,
  form,
  given,
  good,
  idp,
  jwt,
  password,
  sid,
  signIn,
} from './testing-outside.ts'

const page = `${app}/login`
const home = `${app}/home`
const byForm = [`GET ${page}`, form(page, '/home', sid, { id: 'login' }), `GET ${home}`]
const byScript = [
  `GET ${page}`,
  signIn(`POST ${app}/api/login`, page, { id: 'login', set: sid }),
  call(`GET ${app}/api/me`, page),
]
const left = { credentials: 'omit', responseHeaders: anyOrigin } as const
const session = (value: number) => `__Secure-next-auth.session-token=hush-${value}${good}`
const callback = `${app}/callback?code=hush&state=hush-s`
const start = (exp: number) => jwt({ exp: Date.UTC(2026, 10, 21, 9) / 1000 + exp })
const old = { requestHeaders: bearer(start(200)), ...left }

const logins: readonly [name: string, rows: readonly Row[], options?: RecordingOptions][] = [
  [
    'not the checkout',
    [...byForm, call(`POST ${app}/api/checkout/session`, home, { set: `checkout_session=hush${good}` })],
  ],
  [
    'not a device that asks for pushes',
    [...byScript, call(`POST ${app}/api/devices/register`, page, { body: { opaqueTokens: ['token'] } })],
  ],
  [
    'not a token for the chat',
    [
      ...byScript,
      call(`POST ${app}/api/chat/token`, page, { body: { tokens: [given('token')] } }),
      call('POST https://chat.third.test/auth', page, { ...left, body: { opaqueTokens: ['session_token'] } }),
      `GET ${home}`,
    ],
  ],
  [
    'not a challenge that robots fail',
    [...byForm, call('POST https://captcha.third.test/session', home, { ...left, body: { opaqueTokens: ['token'] } })],
  ],
  [
    'not a session that is written anew',
    [
      `GET ${page}`,
      signIn(`POST ${app}/api/auth/callback/credentials`, page, { id: 'login', set: session(1) }),
      call(`POST ${app}/api/auth/session`, page, { set: session(2) }),
      `GET ${home}`,
    ],
  ],
  [
    'not a widget\u2019s own login',
    [
      ...byForm,
      ask('POST https://talk.third.test/login', {
        type: 'sub_frame',
        from: home,
        initiator: 'https://talk.third.test',
        body: password,
        set: 'sessionid=hush; Path=/; Secure; SameSite=None',
      }),
      `GET ${app}/orders`,
    ],
  ],
  [
    'not the end of the account',
    [...byForm, form(`${app}/account/delete`, '/', 'sid=; Path=/; Max-Age=0'), away(home)],
  ],
  [
    'not the password of the mail server, good or not',
    [
      ...byForm,
      signIn(`PUT ${app}/api/settings/smtp`, home, { status: 401 }),
      signIn(`PUT ${app}/api/settings/smtp`, home),
      `GET ${app}/orders`,
    ],
  ],
  [
    'not a new password, the old one of which was wrong',
    [...byForm, call(`PUT ${app}/api/account/password`, home, { status: 401 }), `GET ${app}/orders`],
  ],
  [
    'not the question for the password once more',
    [...byForm, form(`${app}/confirm-password`, '/keys', sid), `GET ${app}/keys`],
  ],
  [
    'not the sign-up before it',
    [`GET ${app}/signup`, signIn(`POST ${app}/api/register`, `${app}/signup`, { status: 201 }), ...byScript],
  ],
  [
    'the call for the token, and not the opaque key of another service',
    [
      `GET ${authorize(`${app}/callback`)}`,
      ask(`POST ${idp}/u`, { body: password, status: 302, location: callback }),
      `GET ${callback}`,
      call(`POST ${idp}/oauth/token`, callback, { ...left, id: 'login', body: { opaqueTokens: ['access_token'] } }),
      call(`GET ${api}/me`, home, { ...left, requestHeaders: { authorization: 'Bearer hush-opaque' } }),
      call('GET https://flags.third.test/x', home, {
        ...left,
        status: 401,
        requestHeaders: { authorization: 'hush-key' },
      }),
    ],
  ],
  [
    'whose token ends, and is renewed for something else',
    [
      `GET ${page}`,
      signIn(`POST ${api}/login`, page, {
        ...left,
        id: 'login',
        body: { password: true, tokens: [given('access', start(200))] },
      }),
      call(`GET ${api}/me`, page, old),
      call(`GET ${api}/orders`, page, { ...old, at: 400, status: 401 }),
      call(`POST ${api}/token/refresh`, page, {
        ...left,
        body: { renews: true, tokens: [given('access', start(900))] },
      }),
      call(`GET ${api}/cart`, page, { ...left, requestHeaders: bearer(start(900)) }),
    ],
  ],
]

const expectFound = (rows: readonly Row[], options: RecordingOptions): void => {
  const evidence = evidenceIn(rows, options)
  const found = diagnose(evidence)
  expect(evidence.login?.request.id).toBe('login')
  expect(found.filter(({ rank }) => rank === 'blocks-now').map(({ id }) => id)).toEqual([])
  expect(tell(evidence, found.map(toDiagnosis))?.outcome).toMatch(/^(?:healthy|open)$/)
}

it.each(logins)('%s', (_, rows, options = {}) => expectFound(rows, options))
it.each(logins)('%s, amid noise', (_, rows, options = {}) => expectFound(amidNoise(rows), options))

it.each<[string, readonly Row[]]>([
  [
    'a sign-up that waits for a mail is no login',
    [
      `GET ${app}/register`,
      form(`${app}/register`, '/check-mail'),
      `GET ${app}/check-mail`,
      away(`${app}/account`),
      `GET ${page}`,
    ],
  ],
])('%s', (_, rows) => {
  const evidence = evidenceIn(rows)
  expect(evidence.login).toBe(null)
  expect(diagnose(evidence).filter(({ rank }) => rank === 'blocks-now')).toEqual([])
})
