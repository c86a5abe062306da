/** Logins of other people's that work, each of which was once called broken. */
import { expect, it } from 'vitest'
import { tell } from '../story/tell.ts'
import { evidenceIn, type RecordingOptions, type Row } from '../story/testing/recording.ts'
import { diagnose, toDiagnosis } from './diagnose.ts'
import {
  allows,
  amidNoise,
  anyOrigin,
  api,
  app,
  ask,
  away,
  bearer,
  call,
  form,
  given,
  good,
  jwt,
  password,
  route,
  routedOn,
  sid,
  signIn,
  www,
} from './testing-outside.ts'

const home = `${app}/home`
const page = `${app}/login`
const formLogin = [`GET ${page}`, form(page, '/home', sid), `GET ${home}`]
const tokenIn = (field: string) => ({ body: { password: true, tokens: [given(field)] } })
const shop = 'https://shop.test'
const other = 'https://api.other.test'
const byToken = { credentials: 'omit', responseHeaders: anyOrigin, requestHeaders: bearer() } as const
const byOwnHeader = { ...byToken, requestHeaders: { 'X-Auth-Token': 'hush-token' } }
const wp = 'wordpress_logged_in_0123456789abcdef0123456789abcdef'

const byAction = [
  `GET ${page}`,
  routedOn(`POST ${page}.data`, page, { body: password, set: sid }),
  route(`GET ${app}/account.data`, page),
]

const logins: readonly [name: string, rows: readonly Row[], options?: RecordingOptions][] = [
  [
    'the visitor was logged in already, and one thing wants another right',
    [
      call(`GET ${app}/api/me`, page),
      signIn(`POST ${app}/api/login`, page, { set: sid }),
      call(`GET ${app}/api/me`, home),
      call(`GET ${app}/api/billing`, home, { status: 401 }),
    ],
    { earlier: [[`${app}/`, 'sid=hush-0; Path=/; Secure']] },
  ],
  ['one thing wants another right', [...formLogin, call(`GET ${app}/api/billing`, home, { status: 401 })]],
  [
    'feature flags refuse their own key',
    [
      ...formLogin,
      call('GET https://flags.other.test/eval', home, { ...byToken, status: 401 }),
      call(`GET ${app}/api/me`, home),
    ],
  ],
  [
    'a chat refuses a cookie of its own, which has the name of the session',
    [...formLogin, call('GET https://chat.other.test/me', home, { status: 401, responseHeaders: allows(app) })],
    { earlier: [['https://chat.other.test/', 'sid=hush-chat; Path=/; SameSite=None; Secure']] },
  ],
  [
    'an action of React Router; a stranger was led to it, after a wrong password',
    [
      `GET ${app}/`,
      routedOn(`GET ${app}/account.data`, `${app}/`),
      route(`GET ${page}.data`, `${app}/`),
      routedOn(`POST ${page}.data`, `${app}/`, { body: password }),
      route(`GET ${page}.data?error=1`, `${app}/`),
      ...byAction.slice(1),
      ask(`GET ${app}/account`, { reload: true }),
    ],
  ],
  [
    'React Router leads on from page to page',
    [...byAction, routedOn(`GET ${app}/settings.data`, page), route(`GET ${app}/settings/profile.data`, page)],
  ],
  [
    'the administration, which has a login of its own, behind React Router',
    [...byAction, routedOn(`GET ${app}/admin/users.data`, page), route(`GET ${app}/admin/login.data`, page)],
  ],
  [
    'HEAD is not for visitors',
    [...formLogin, call(`HEAD ${app}/api/health`, home, { status: 401 }), `GET ${app}/orders`],
  ],
  [
    'maps refuse an old token of theirs, beside a session cookie that is a token',
    [
      `GET ${page}`,
      signIn(`POST ${app}/api/auth/login`, page, { set: `access_token=${jwt()}${good}` }),
      call(`GET ${app}/api/me`, page),
      call('GET https://maps.other.test/tiles', home, {
        ...byToken,
        requestHeaders: bearer(jwt({ iss: 'maps', exp: 9e8 })),
        status: 401,
      }),
    ],
  ],
  [
    'the token counts, and the cookie beside it is refused as cross-site',
    [
      `GET ${shop}/login`,
      signIn(`POST ${other}/login`, `${shop}/login`, { set: sid, responseHeaders: allows(shop), ...tokenIn('token') }),
      call(`GET ${other}/me`, `${shop}/`, { requestHeaders: bearer(), responseHeaders: allows(shop) }),
    ],
  ],
  [
    'the token counts, and the cookie beside it is ignored without credentials',
    [
      `GET ${page}`,
      signIn(`POST ${api}/login`, page, {
        credentials: 'omit',
        set: sid,
        responseHeaders: anyOrigin,
        ...tokenIn('token'),
      }),
      call(`GET ${api}/me`, home, byToken),
    ],
  ],
  [
    'the same in Firefox, which reads no bodies',
    [
      `GET ${page}`,
      call(`POST ${api}/login`, page, { credentials: 'omit', set: sid, responseHeaders: anyOrigin }),
      call(`GET ${api}/me`, home, byToken),
    ],
    { browser: 'firefox' },
  ],
  [
    'the token goes in a header of its own, and one thing is not allowed',
    [
      `GET ${page}`,
      signIn(`POST ${api}/authenticate`, page, {
        ...byToken,
        requestHeaders: {},
        body: { password: true, opaqueTokens: ['token'] },
      }),
      call(`GET ${api}/me`, home, byOwnHeader),
      call(`GET ${api}/beta`, home, { ...byOwnHeader, status: 401 }),
      call(`GET ${api}/me`, home, byOwnHeader),
    ],
  ],
  [
    'the administration has a login of its own',
    [...formLogin, `GET ${app}/orders`, away(`${app}/admin/`, '/admin/login'), `GET ${app}/admin/login`],
  ],
  [
    'WordPress wants a nonce for its REST API',
    [
      `GET ${www}/wp-login.php`,
      form(`${www}/wp-login.php`, `${www}/wp-admin/`, `${wp}=hush-1${good}`),
      `GET ${www}/wp-admin/`,
      `GET ${www}/`,
      call(`GET ${www}/wp-json/wp/v2/users/me`, `${www}/`, { status: 401 }),
      ask(`GET ${www}/wp-admin/`),
    ],
  ],
]

const expectWhole = (rows: readonly Row[], options: RecordingOptions): void => {
  const evidence = evidenceIn(rows, options)
  const found = diagnose(evidence)
  const blocking = found.filter(({ rank }) => rank === 'blocks-now').map(({ id, title }) => `${id}: ${title}`)
  expect(blocking).toEqual([])
  const story = tell(evidence, found.map(toDiagnosis))
  expect(story?.sentence).not.toContain('broke')
  expect(story?.outcome).toMatch(/^(?:healthy|open)$/)
}

it.each(logins)('%s: nothing blocks', (_, rows, options = {}) => expectWhole(rows, options))
it.each(logins)('%s: nor amid noise', (_, rows, options = {}) => expectWhole(amidNoise(rows), options))
