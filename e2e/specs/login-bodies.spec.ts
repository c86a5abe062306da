import { expect, test } from 'playwright/test'
import { openPanel } from '../browser/devtools.ts'
import { launch, type RunningBrowser } from '../browser/launch.ts'
import { type PanelReader, panelReader } from '../browser/panel.ts'
import { type Site, startSite } from './capture-site.ts'

/** A login that answers with a token in JSON: the panel knows what the token says, and nobody sees the token. */

const now = Math.floor(Date.now() / 1000)
const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')
const token = `${part({ alg: 'HS256' })}.${part({ iss: 'https://issuer.test/', exp: now + 900 })}.c2lnbmF0dXJl`
const secrets = { password: 'correct-horse-battery', refresh: 'opaque-refresh-9f31c77e' }

let site: Site
let running: RunningBrowser
let reader: PanelReader
let panel: Awaited<ReturnType<typeof openPanel>>['panel']

test.beforeAll(async () => {
  site = await startSite({
    '/': { body: '<link rel="icon" href="data:,"><h1>Log in</h1>' },
    'POST /api/login': {
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ data: { access_token: token }, refresh_token: secrets.refresh }),
    },
    '/api/me': { headers: { 'Content-Type': 'application/json' }, body: '{}' },
  })
  running = await launch({
    ...{ thirdPartyCookies: 'allowed', servers: site.servers, extension: 'dist/chromium', devtools: true },
  })
  const opened = await openPanel(running)
  panel = opened.panel
  reader = panelReader(opened)
})
test.afterAll(async () => {
  await running?.close()
  await site?.close()
})

test('tells the token’s issuer and its end, and never the token', async () => {
  const { page } = running
  await page.goto('https://app.test/')
  await page.evaluate(async (password) => {
    const answer = await fetch('/api/login', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ user: 'ada', password }),
    })
    const { data } = await answer.json()
    await fetch('/api/me', { headers: { Authorization: `Bearer ${data.access_token}` } })
  }, secrets.password)

  await panel.getByRole('tab', { name: 'Story' }).click()
  const tokens = panel.getByRole('region', { name: 'Tokens' })
  await expect(tokens).toContainText('data.access_token in the answer')
  await expect(tokens).toContainText('https://issuer.test/')
  await expect(tokens).toContainText(/Expires15 minutes after the request/)

  const html = await panel.content()
  const json = await reader.exportJson()
  const markdown = await reader.exportMarkdown()
  for (const secret of [token, token.slice(0, 60), 'c2lnbmF0dXJl', secrets.password, secrets.refresh]) {
    for (const [where, text] of Object.entries({ html, json, markdown })) expect(text, where).not.toContain(secret)
  }
})
