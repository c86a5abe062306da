import type { Frame } from 'playwright'
import { expect, test } from 'playwright/test'
import type { LogEntry } from '../../src/panel/session.ts'
import { openPanel } from '../browser/devtools.ts'
import { launch, type RunningBrowser } from '../browser/launch.ts'
import { killServiceWorker } from '../browser/worker.ts'
import { clearLog, cookiesOf, linesOf, readStatus, settledLog } from './capture-log.ts'
import { type Site, startSite } from './capture-site.ts'

/** The service worker may end at any time, and nothing is lost by it. */

const noIcon = '<link rel="icon" href="data:,">'

let site: Site
let running: RunningBrowser
let panel: Frame

test.beforeAll(async () => {
  site = await startSite({
    '/': { body: `${noIcon}<form method="post" action="/login"><button>Log in</button></form>` },
    '/login': { status: 302, headers: { 'Set-Cookie': ['sid=1', 'bad=1; SameSite=None'], Location: '/sso' } },
    // The first value lives for one hop: only who was there has seen it.
    '/sso': { status: 303, headers: { 'Set-Cookie': 'sid=2', Location: 'https://www.shop.test/home' } },
    '/home': {
      body: `${noIcon}<iframe src="https://other.test/frame"></iframe>`,
      headers: { 'Set-Cookie': 'www=1' },
    },
    '/frame': { body: '<img src="/image">', headers: { 'Set-Cookie': 'tp=1; Secure; SameSite=None' } },
    '/image': { headers: { 'Content-Type': 'image/png' } },
  })
  running = await launch({
    thirdPartyCookies: 'allowed',
    servers: site.servers,
    extension: 'dist/chromium',
    devtools: true,
  })
  panel = (await openPanel(running)).panel
})
test.afterAll(async () => {
  await running?.close()
  await site?.close()
})

/** What the log says, without what differs from one run to the next. */
const told = (entry: LogEntry) => {
  const { exchange, state, error } = entry
  const { url, method, resourceType, initiator, frames, redirectChain, status } = exchange
  const sent = exchange.requestHeaders.find(({ name }) => name === 'Cookie')?.value
  return {
    url,
    method,
    resourceType,
    initiator,
    frames,
    redirectChain,
    status,
    state,
    error,
    sent,
    lines: linesOf(entry),
    cookies: cookiesOf(entry),
  }
}

const logIn = async () => {
  const { page, context } = running
  await page.goto('about:blank')
  await context.clearCookies()
  await clearLog(panel)
  await page.goto('https://app.shop.test/')
  await page.getByRole('button').click()
  await page.waitForURL('https://www.shop.test/home')
  return (await settledLog(panel, 6)).map(told)
}

test('a login is the same with the worker killed at any of its requests', async () => {
  // Seven logins, each with the time that the store is given.
  test.slow()
  const undisturbed = await logIn()
  expect(undisturbed.map(({ url }) => url)).toEqual([
    'https://app.shop.test/',
    'https://app.shop.test/login',
    'https://app.shop.test/sso',
    'https://www.shop.test/home',
    'https://other.test/frame',
    'https://other.test/image',
  ])
  for (const path of ['/', '/login', '/sso', '/home', '/frame', '/image']) {
    let kills = 0
    site.interrupt(path, async () => {
      await killServiceWorker(running)
      kills++
    })
    expect({ path, log: await logIn() }).toEqual({ path, log: undisturbed })
    expect(kills).toBe(1)
  }
})

test('a new worker goes on telling about access', async () => {
  await running.page.goto('https://app.shop.test/')
  await expect.poll(async () => (await readStatus(panel)).hostAccess).toBe('granted')
  await running.page.goto('about:blank')
  await expect.poll(async () => (await readStatus(panel)).hostAccess).toBe('unknown')
  await killServiceWorker(running)
  await running.page.goto('https://app.shop.test/')
  await expect.poll(async () => (await readStatus(panel)).hostAccess).toBe('granted')
  expect(await readStatus(panel)).toMatchObject({ connection: 'connected', recording: true })
})
