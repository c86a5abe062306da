/** What the story's sentence and steps say of logins of other people's, each of which was once told wrongly. */
import { describe, expect, it } from 'vitest'
import type { Story } from '../contract.ts'
import { tell } from '../story/tell.ts'
import { evidenceIn, type RecordingOptions, type Row } from '../story/testing/recording.ts'
import { diagnose, toDiagnosis } from './diagnose.ts'
import type { FoundDiagnosis } from './diagnosis.ts'
import { anyOrigin, api, app, ask, away, bearer, call, form, given, sid, signIn } from './testing-outside.ts'

const page = `${app}/login`
const home = `${app}/home`

const toldOf = (rows: readonly Row[], options: RecordingOptions = {}): { story: Story; found: FoundDiagnosis[] } => {
  const evidence = evidenceIn(rows, options)
  const found = diagnose(evidence)
  const story = tell(evidence, found.map(toDiagnosis))
  if (story === null) throw new Error('no login')
  return { story, found }
}
const stepOf = ({ steps }: Story, id: string) => steps.find((step) => step.id === id)

describe('a page for others than this visitor', () => {
  const before = [
    `GET ${app}/`,
    `GET ${page}`,
    form(page, '/', sid),
    `GET ${app}/`,
    ask(`GET ${app}/`, { reload: true }),
  ]
  const admin = [away(`${app}/admin`, '/login?next=/admin'), `GET ${page}?next=/admin`]
  it('is told beside a login that works, where what was shown before is shown again', () => {
    const { story, found } = toldOf([...before, `GET ${app}/orders`, ...admin, `GET ${app}/orders`])
    expect(story.outcome).toBe('healthy')
    expect(stepOf(story, 'navigation')?.detail).toContain('`GET /admin` alone sent the visitor to the login')
    expect(found.filter(({ id }) => id === 'SessionRejected')).toEqual([])
  })
  it('leaves it open where nothing was shown since', () => {
    const { story, found } = toldOf([...before, `GET ${app}/orders`, ...admin])
    expect(story.outcome).toBe('open')
    expect(story.sentence).toContain('`GET /admin` sent the visitor to the login')
    expect(found.find(({ id }) => id === 'SessionRejected')).toMatchObject({ rank: 'odd', confidence: 'possible' })
  })
  it('is no more than possible where its address does not tell', () => {
    const { found } = toldOf([...before, `GET ${app}/orders`, away(`${app}/billing`), `GET ${page}`])
    expect(found.find(({ id }) => id === 'SessionRejected')?.confidence).toBe('possible')
  })
  it.each([
    ['was shown before', [`GET ${app}/orders`, away(`${app}/orders`), `GET ${page}`]],
    ['comes first', [away(`${app}/orders`), `GET ${page}`]],
    ['asks who is there', [`GET ${app}/orders`, away(`${app}/me`), `GET ${page}`, `GET ${app}/orders`]],
    [
      'is not the only one: a script is refused too',
      [`GET ${app}/orders`, ...admin, call(`GET ${app}/api/me`, home, { status: 401 }), `GET ${app}/orders`],
    ],
  ])('is not meant where the page %s', (_, after) => expect(toldOf([...before, ...after]).story.outcome).toBe('broken'))
})
it('a step that breaks is not named by what it looked like', () => {
  const { story } = toldOf([
    `GET ${page}`,
    form(page, '/', sid),
    `GET ${app}/`,
    call(`GET ${app}/api/me`, home, { status: 401 }),
  ])
  expect(story.outcome).toBe('broken')
  for (const { mark, title } of story.steps) if (mark === 'broken') expect(title).not.toMatch(/accepted: 2\d\d/)
})

describe('a further step of the login', () => {
  const start = [away(`${app}/`), `GET ${page}`, form(page, '/', sid)]
  const led = (path: string) => [away(`${app}/`, path), ask(`GET ${app}${path}`, { id: 'asked' })]
  it.each(['/login/verify', '/login/puk', '/login/otp', '/login/ueberpruefen'])('is no refusal: %s', (path) => {
    const { story, found } = toldOf([...start, ...led(path)])
    expect(story.outcome).toBe('open')
    expect(story.sentence).toBe('So far, so good: the login asks for a further step.')
    expect(stepOf(story, 'redirects')).toMatchObject({ mark: 'ok', title: `on to ${path}` })
    expect(found.filter(({ rank }) => rank === 'blocks-now')).toEqual([])
  })
  it('stands beside the login’s own pages, below one address', () => {
    const own = `${app}/login/start`
    const { story, found } = toldOf([away(`${app}/`), `GET ${own}`, form(own, '/', sid), ...led('/login/verify')])
    expect(story.outcome).toBe('open')
    expect(found.filter(({ rank }) => rank === 'blocks-now')).toEqual([])
  })
  it('is none where the login itself leads there with the session that it went on with', () => {
    const { story } = toldOf([ask(`GET ${page}`, { set: sid }), form(page, '/login/verify'), `GET ${app}/login/verify`])
    expect(story.outcome).toBe('open')
  })
  it.each([
    ['the login page', '/login'],
    ['the login page, which says why', '/login/expired'],
    ['the login page in another language', '/login/de'],
    ['another login', '/users/sign_in'],
  ])('is not %s', (_, path) => {
    expect(toldOf([...start, ...led(path)]).story.outcome).toBe('broken')
  })
  it('is not what strangers are shown', () => {
    expect(toldOf([...led('/login/user'), ...start, ...led('/login/user')]).story.outcome).toBe('broken')
  })
  it('is not what is refused', () => {
    const refused = [away(`${app}/`, '/login/verify'), ask(`GET ${app}/login/verify`, { status: 403 })]
    expect(toldOf([...start, ...refused]).story.outcome).toBe('broken')
  })
})
describe('a login that leads straight back to its page', () => {
  const flash = 'flash=hush-f; Path=/; HttpOnly; Secure; SameSite=Lax'
  const wrong = { outcome: 'broken', sentence: expect.stringContaining('sending the visitor back to the login') }
  it.each([
    ['a cookie for the message', flash],
    ['a session that holds the message', sid],
    ['nothing', []],
  ])('was refused, with %s', (_, set) => {
    const { story } = toldOf([`GET ${page}`, form(page, '/login', set), `GET ${page}`])
    expect(story).toMatchObject(wrong)
    expect(stepOf(story, 'request')?.detail).toContain('A wrong name or password looks like that.')
  })
  it('was not where the cookie is lost', () => {
    const { story } = toldOf([`GET ${page}`, form(page, '/login', 'sid=hush-1; Domain=other.test'), `GET ${page}`])
    expect(stepOf(story, 'stored')?.mark).toBe('broken')
  })
  it('was not where the page leads on at once', () => {
    const { story } = toldOf([`GET ${page}`, form(page, '/login', sid), away(page, '/home'), `GET ${home}`])
    expect(story.outcome).toBe('open')
    expect(stepOf(story, 'accepted')?.mark).toBe('ok')
  })
})

describe('CORS', () => {
  const asks = (url: string, allowed: Record<string, string>, headers = 'authorization', method = 'GET'): Row =>
    call(`OPTIONS ${url}`, page, {
      status: 204,
      requestHeaders: { 'Access-Control-Request-Method': method, 'Access-Control-Request-Headers': headers },
      responseHeaders: allowed,
    })
  const unsent = { status: 0, state: 'failed', error: 'net::ERR_FAILED' } as const
  const origin = { 'Access-Control-Allow-Origin': app, 'Access-Control-Allow-Headers': 'Content-Type' }
  const byToken = signIn(`POST ${api}/login`, page, {
    credentials: 'omit',
    responseHeaders: origin,
    body: { password: true, tokens: [given('access_token')] },
  })
  it.each([
    ['without Allow-Credentials', origin],
    ['with it', { ...origin, 'Access-Control-Allow-Credentials': 'true' }],
  ])('names the header that a token needs, %s', (_, allowed) => {
    const { story, found } = toldOf([
      `GET ${page}`,
      byToken,
      asks(`${api}/me`, allowed),
      call(`GET ${api}/me`, page, unsent),
    ])
    expect(story.sentence).toBe(
      'Your login broke at step 4: the preflight does not allow the header `authorization`, so the browser never sends the request itself.',
    )
    expect(stepOf(story, 'request')?.mark).toBe('ok')
    const [first] = found
    expect(`${first?.title} ${first?.seen} ${first?.matters}`).not.toContain('Credentials')
  })
  it('names all that stops a login with cookies', () => {
    const { found } = toldOf([
      `GET ${page}`,
      asks(`${api}/login`, { 'Access-Control-Allow-Origin': app }, 'content-type', 'POST'),
      signIn(`POST ${api}/login`, page, unsent),
    ])
    expect(found[0]?.seen).toMatch(/does not name `content-type`.*has no `Access-Control-Allow-Credentials: true`/)
  })
  it('says that any origin does not count with credentials', () => {
    const { story, found } = toldOf([
      `GET ${page}`,
      asks(`${api}/login`, { ...anyOrigin, 'Access-Control-Allow-Headers': 'content-type' }, 'content-type', 'POST'),
      signIn(`POST ${api}/login`, page, unsent),
    ])
    expect(story.sentence).toContain('CORS allows any origin (`*`), which does not count with credentials')
    expect(found[0]?.matters).not.toContain('with such a')
  })
  it.each(['chromium', 'firefox'] as const)('has nothing against a token without credentials, in %s', (browser) => {
    const other = 'https://api.other.test'
    const balanced = { credentials: 'omit', responseHeaders: anyOrigin, set: 'AWSALB=hush-lb; Path=/' } as const
    const own = call(`GET ${other}/me`, page, { ...balanced, requestHeaders: bearer() })
    const { story, found } = toldOf(
      [
        `GET ${page}`,
        signIn(`POST ${other}/login`, page, { ...balanced, body: { password: true, tokens: [given('access_token')] } }),
        own,
        ask(`GET ${page}`, { reload: true }),
        own,
      ],
      { browser },
    )
    expect(story.outcome).toBe('healthy')
    expect(found).toEqual([])
  })
})

it.each(['null', 'undefined', '', '[object Object]'])('a token that is none was not sent: Bearer %s', (word) => {
  const header = `Bearer ${word}`.trim()
  const { story, found } = toldOf([
    `GET ${page}`,
    signIn(`POST ${app}/api/login`, page, { body: { password: true, tokens: [given('access_token')] } }),
    call(`GET ${app}/api/me`, page, { status: 401, requestHeaders: { authorization: header } }),
  ])
  expect(found[0]?.id).toBe('TokenRefused')
  expect(found[0]?.seen).toContain(`\`Authorization: ${header}\``)
  expect(story.sentence).toBe('Your login broke at step 4: Authorization is sent without a token in it.')
  expect(stepOf(story, 'sent')).toMatchObject({ mark: 'broken', title: 'no token sent' })
  expect(stepOf(story, 'sent')?.detail).toContain(`\`Authorization: ${header}\``)
  for (const { detail } of story.steps) expect(detail).not.toMatch(/did its part|carries the token/)
})

describe('a session cookie that is kept for another path', () => {
  const on = (path: string, name = 'sid') => `${name}=hush-1; Path=${path}; HttpOnly; Secure; SameSite=Lax`
  const who = call(`GET ${app}/api/session`, `${app}/`)
  const login = (set: string, more = {}) => signIn(`POST ${app}/auth/login`, `${app}/`, { set, ...more })
  it('breaks the login where the server answers as it answers strangers', () => {
    const { story } = toldOf([`GET ${app}/`, who, login(on('/auth')), who, ask(`GET ${app}/`, { reload: true }), who])
    expect(story.sentence).toBe(
      'Your login broke at step 5: `GET /api/session` went without `sid`, because the cookie is kept for another path.',
    )
    expect(stepOf(story, 'sent')?.detail).toContain('every request since the login (3)')
  })
  it.each([
    [
      'is there to renew a token',
      [login(on('/auth', 'refresh_token'), { body: { password: true } }), who, `GET ${app}/`],
    ],
    ['goes where it should', [login(on('/api')), who, `GET ${app}/`]],
    ['is not asked for yet', [login(on('/account')), `GET ${app}/`, `GET ${app}/about`]],
    ['stands beside a token', [login(on('/auth')), call(`GET ${app}/api/me`, page, { requestHeaders: bearer() }), who]],
  ])('breaks none that %s', (_, rows) => {
    expect(toldOf([`GET ${app}/`, ...rows]).story.outcome).not.toBe('broken')
  })
  it('is named where a reload fails for want of it', () => {
    const { story } = toldOf([
      `GET ${app}/`,
      signIn(`POST ${app}/api/auth/login`, page, {
        set: on('/auth', 'refresh_token'),
        body: { password: true, tokens: [given('access_token')] },
      }),
      call(`GET ${app}/api/me`, page, { requestHeaders: bearer() }),
      ask(`GET ${app}/`, { reload: true }),
      call(`POST ${app}/api/auth/refresh`, page, { status: 401 }),
    ])
    expect(story.sentence).toContain(
      '`POST /api/auth/refresh` went without `refresh_token`, because the cookie is kept for another path',
    )
    expect(stepOf(story, 'reload')?.detail).toContain('because the cookie is kept for another path')
  })
})

describe('a form that posts to http', () => {
  const plain = 'http://app.shop.test/login'
  it('loses what it sends on a redirect to https: that is no wrong password', () => {
    const { story, found } = toldOf([
      `GET ${page}`,
      form(plain, page, [], { status: 301, initiator: app }),
      ask(`GET ${page}`, { initiator: app }),
    ])
    expect(story.sentence).toBe(
      'Your login broke at step 2: the form posts to http, and the redirect to https loses what it sends.',
    )
    expect(stepOf(story, 'request')?.detail).toContain('the name and the password were lost')
    expect(JSON.stringify(story)).not.toContain('wrong name')
    expect(found[0]).toMatchObject({ id: 'MixedContent', actions: [{ action: 'post-to-https', url: page }] })
  })
  it('does not where the redirect keeps the method', () => {
    const { story } = toldOf([
      `GET ${page}`,
      form(plain, page, [], { status: 308, initiator: app }),
      form(page, '/home', sid, { initiator: app }),
      `GET ${home}`,
    ])
    expect(story.outcome).toBe('open')
  })
})
it.each([
  ['the cookie that is not sent', 'sid=hush-1; Path=/auth; HttpOnly; Secure', 'sent'],
  ['the cookie that is refused', sid, 'accepted'],
])('being led back to the login is told after %s', (_, set, id) => {
  const { story } = toldOf([`GET ${page}`, form(page, '/account', set), away(`${app}/account`), `GET ${page}`])
  const told = story.steps.map((step) => step.id)
  expect(stepOf(story, id)?.mark).toBe('broken')
  expect(told.indexOf('redirects')).toBe(told.indexOf(id as 'sent') + 1)
  expect(stepOf(story, 'redirects')?.title).toBe('back to /login')
})
