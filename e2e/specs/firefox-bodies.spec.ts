import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'playwright/test'
import { validateReport } from '../../src/report/validate.ts'
import { launchFirefox, type RunningFirefox } from '../browser/firefox.ts'
import { type FirefoxPanelReader, firefoxPanelReader } from '../browser/firefox-reader.ts'
import type { FirefoxPanel } from '../browser/firefox-toolbox.ts'
import { type Site, startSite } from './capture-site.ts'
import { clearLog, openSession, readState } from './firefox-log.ts'

/** As login-bodies.spec.ts, in Firefox: what is known of a login's two bodies, and that nobody sees them. */

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')
const token = `${part({ alg: 'HS256' })}.${part({ iss: 'https://issuer.test/', exp: 4_102_444_800 })}.c2lnbmF0dXJl`
const secrets = { password: 'correct-horse-battery', refresh: 'opaque-refresh-9f31c77e' }
const json = { 'Content-Type': 'application/json' }
const noIcon = '<link rel="icon" href="data:,">'
const origin = 'https://app.test'

let site: Site
let downloads: string
let running: RunningFirefox
let panel: FirefoxPanel
let reader: FirefoxPanelReader

test.beforeAll(async () => {
  site = await startSite({
    '/': {
      body: `${noIcon}<form method="post" action="/session"><input name="password" value="${secrets.password}"></form>`,
    },
    'POST /graphql': {
      headers: json,
      body: JSON.stringify({ data: { login: { access_token: token, refresh_token: secrets.refresh } } }),
    },
    'POST /login': { headers: json, body: '{}' },
    'POST /session': { status: 302, headers: { Location: '/home' } },
    'OPTIONS /cors/login': {
      status: 204,
      headers: { 'Access-Control-Allow-Origin': origin, 'Access-Control-Allow-Headers': 'content-type' },
    },
    'POST /cors/login': {
      headers: { ...json, 'Access-Control-Allow-Origin': origin },
      body: JSON.stringify({ token: secrets.refresh }),
    },
    '/home': { body: noIcon },
    '/api/me': { headers: json, body: '{}' },
  })
  downloads = await mkdtemp(path.join(tmpdir(), 'cookie-verdict-downloads-'))
  running = await launchFirefox({
    thirdPartyCookies: 'partitioned',
    servers: site.servers,
    extension: 'dist/firefox',
    window: { width: 1200, height: 1000 },
    preferences: {
      'devtools.toolbox.footer.height': 760,
      'browser.download.folderList': 2,
      'browser.download.dir': downloads,
      'browser.download.always_ask_before_handling_new_types': false,
      'browser.download.alwaysOpenPanel': false,
    },
  })
  panel = await openSession(running)
  reader = firefoxPanelReader(running, panel, downloads)
})
test.afterAll(async () => {
  await running?.close()
  await site?.close()
  if (downloads !== undefined) await rm(downloads, { recursive: true, force: true })
})
test.beforeEach(async () => {
  await running.page.goto(`${origin}/`)
  await clearLog(panel)
})

/** A script of the page posts JSON. @returns the token that it is answered with */
const post = (url: string, body: unknown): Promise<string | undefined> =>
  running.page.evaluate(
    async (to, text) => {
      const answer = await fetch(to, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: text })
      const { data } = await answer.json()
      return data?.login?.access_token
    },
    url,
    JSON.stringify(body),
  )

/** What is known of the bodies of the POSTs: whether a password was sent, and which fields of the answer hold a token. */
const known = async () =>
  (await readState(panel)).entries
    .filter(({ exchange }) => exchange.method === 'POST')
    .map(({ exchange, body }) => [
      new URL(exchange.url).pathname,
      body?.password ?? 'unread',
      ...(body?.tokens ?? []).map(({ field }) => field),
      ...(body?.opaqueTokens ?? []),
    ])

test('a login by GraphQL is found, and its token read', async () => {
  const query = 'mutation { login(user: "ada", password: "PASSWORD") { access_token } }'.replace(
    'PASSWORD',
    secrets.password,
  )
  const bearer = await post('/graphql', { query })
  await running.page.evaluate(async (it) => {
    await fetch('/api/me', { headers: { Authorization: `Bearer ${it}` } })
  }, bearer)
  await expect.poll(known).toEqual([['/graphql', true, 'data.login.access_token']])

  await panel.click('[data-view=story]')
  const tokens = () => panel.evaluate(() => document.querySelector('[aria-labelledby=tokens]')?.textContent ?? '', null)
  await expect.poll(tokens).toContain('data.login.access_token in the answer')
  expect(await tokens()).toContain('https://issuer.test/')

  const exported = await reader.exportJson()
  const result = validateReport(JSON.parse(exported))
  expect(result.ok && result.report.story?.why).toContain('It sends a password.')
  const html = await panel.evaluate(() => document.documentElement.outerHTML, null)
  const markdown = await reader.exportMarkdown()
  for (const secret of [token, 'c2lnbmF0dXJl', secrets.password, secrets.refresh])
    for (const [where, text] of Object.entries({ html, exported, markdown })) expect(text, where).not.toContain(secret)
})

test('a GraphQL query is no login, whatever it is answered', async () => {
  await post('/graphql', { query: '{ me { access_token } }' })
  await post('/login', { user: 'ada' })
  // Told in order: of the first one all is known by now.
  await expect.poll(known).toEqual([
    ['/graphql', 'unread'],
    ['/login', false],
  ])
})

test('what a page sent is known that left at once', async () => {
  await running.page.evaluate(
    (body) => {
      const leave = () => location.assign('/home')
      void fetch('/login', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body }).then(leave)
    },
    JSON.stringify({ password: secrets.password }),
  )
  await expect.poll(() => running.page.url()).toBe(`${origin}/home`)
  await expect.poll(known).toEqual([['/login', true]])
})

test('what goes to another site is known, and a form that is answered with a redirect', async () => {
  await post('https://api.test/cors/login', { password: secrets.password })
  await expect.poll(known).toEqual([['/cors/login', true, 'token']])
  await running.page.evaluate(() => document.querySelector('form')?.submit())
  await expect.poll(known).toEqual([
    ['/cors/login', true, 'token'],
    ['/session', true],
  ])
})
