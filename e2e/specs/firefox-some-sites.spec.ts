import { expect, test } from 'playwright/test'
import { launchFirefox, type RunningFirefox } from '../browser/firefox.ts'
import { extensionDocument } from '../browser/firefox-extension.ts'
import { agree } from '../browser/firefox-question.ts'
import { type FirefoxExtensionSettings, firefoxExtensionSettings } from '../browser/firefox-settings.ts'
import type { FirefoxPanel } from '../browser/firefox-toolbox.ts'
import { linesOf } from './capture-log.ts'
import { type Site, startSite } from './capture-site.ts'
import { holdBack } from './faults-log.ts'
import { clearLog, openSession, readState, theGap } from './firefox-log.ts'

/** Firefox's user has let the extension see one site only: whatever goes elsewhere is missing, and the log says so. */

const noIcon = '<link rel="icon" href="data:,">'
const back = 'https://app.shop.test'

let site: Site
let running: RunningFirefox
let panel: FirefoxPanel
let settings: FirefoxExtensionSettings

test.beforeAll(async () => {
  site = await startSite({
    '/': { body: noIcon },
    '/login': { status: 302, headers: { 'Set-Cookie': 'login=1', Location: 'https://idp.test/authorize' } },
    '/authorize': { body: `${noIcon}<img src="${back}/of-idp">`, headers: { 'Set-Cookie': 'idp=1' } },
    '/through': { status: 302, headers: { 'Set-Cookie': 'sid=1', Location: 'https://idp.test/back' } },
    '/back': { status: 302, headers: { 'Set-Cookie': 'idp=1', Location: `${back}/framed` } },
    '/framed': { body: `${noIcon}<iframe src="https://frame.test/frame"></iframe>` },
    '/frame': { body: `<img src="${back}/of-frame"><iframe src="${back}/inner"></iframe>` },
    '/inner': { body: '<img src="/image">' },
    '/api': { headers: { 'Access-Control-Allow-Origin': back, 'Set-Cookie': 'api=1; Secure; SameSite=None' } },
  })
  running = await launchFirefox({
    thirdPartyCookies: 'partitioned',
    servers: site.servers,
    extension: 'dist/firefox',
    hostAccess: false,
  })
  settings = firefoxExtensionSettings(running)
  panel = await openSession(running)
  await settings.grantAccess('*://*.shop.test/*')
  await running.page.goto(`${back}/`)
  // DevTools takes a moment until it tells of requests; they come in order.
  await expect
    .poll(async () => {
      await ask('https://first.test/')
      return missedHosts()
    })
    .toContain('first.test')
  await ask('https://last.test/')
  await expect.poll(missedHosts).toContain('last.test')
})
test.afterAll(async () => {
  await running?.close()
  await site?.close()
})
test.beforeEach(async () => {
  await running.page.goto(`${back}/`)
  await expect.poll(async () => (await readState(panel)).status.page).toBe(`${back}/`)
  await expect.poll(async () => (await readState(panel)).status.hostAccess).toBe('granted')
  await clearLog(panel)
})

/** A script of the page asks for a URL, and reads nothing of it. */
const ask = (url: string) => running.page.evaluate((it) => fetch(it, { mode: 'no-cors' }).then(() => undefined), url)
const missedHosts = async () => (await readState(panel)).gaps.flatMap(({ hosts = [] }) => hosts)
/** The gaps that last. */
const lasting = async () =>
  (await readState(panel)).gaps.filter(({ to }) => to === null).map(({ kind, hosts }) => [kind, hosts])
const summary = async () =>
  (await readState(panel)).entries.map((entry) => [
    new URL(entry.exchange.url).pathname,
    entry.state,
    ...linesOf(entry),
  ])

test('the panel says which site it may see', async () => {
  expect((await readState(panel)).status.onlySites).toEqual(['shop.test'])
  const footer = () => panel.evaluate(() => document.querySelector('footer')?.innerText ?? '', null)
  await expect.poll(footer).toContain('access to shop.test only')
})

test('what a redirect and a frame of another site did is missing, and the log says so', async () => {
  const start = Date.now()
  await running.page.goto(`${back}/through`)
  await expect.poll(missedHosts).toEqual(['idp.test', 'frame.test'])
  const gap = await theGap(panel, 'no-host-access', 'is over')
  // What DevTools tells is a few milliseconds early.
  expect(gap.from).toBeGreaterThanOrEqual(start - 50)
  expect(gap.to).toBeLessThanOrEqual(Date.now())
  // Of the frame's own, what a frame of the site in it asks of the site is seen; the way there is not.
  await expect.poll(summary).toEqual([
    ['/through', 'complete', 'sid stored confirmed'],
    ['/framed', 'complete'],
    ['/image', 'complete'],
  ])
})

test('what the page asks of another site is missing, and the log says so', async () => {
  await ask('https://api.test/api')
  await expect.poll(missedHosts).toEqual(['api.test'])
  expect(await summary()).toEqual([])
})

test('what the page asks of its own site leaves no gap', async () => {
  await ask('/api')
  // Told after it.
  await ask('https://last.test/')
  await expect.poll(missedHosts).toEqual(['last.test'])
  await expect.poll(summary).toEqual([['/api', 'complete', 'api stored confirmed']])
})

test('a page that a login leads to is missing, with all that it asks for', async () => {
  const start = Date.now()
  const { asked, letGo } = holdBack(site, '/authorize')
  const arrived = running.page.goto(`${back}/login`)
  await asked
  const arrival = Date.now()
  letGo()
  await arrived
  // DevTools may not say for some seconds when the page began: then what it heard of the page's request is marked by itself.
  await expect.poll(lasting).toEqual([['no-host-access', undefined]])
  const from = Math.min(...(await readState(panel)).gaps.map((gap) => gap.from))
  // The page's own request is in it, which was sent before anybody knew where it leads.
  expect(from).toBeGreaterThanOrEqual(start)
  expect(from).toBeLessThanOrEqual(arrival)
  await expect.poll(summary).toEqual([['/login', 'complete', 'login stored confirmed']])
  await running.page.goto(`${back}/`)
  await expect.poll(lasting).toEqual([])
})

test('access to all that was missed is asked for at once, and then nothing is missed', async () => {
  await running.page.goto(`${back}/through`)
  await expect.poll(missedHosts).toEqual(['idp.test', 'frame.test'])
  await panel.click('[role=option][aria-label^="No access to idp.test and frame.test"]')
  const words = () => panel.evaluate(() => document.body.innerText, null)
  await expect.poll(words).toContain('all that was asked of these hosts')
  // A login may have gone by them.
  await panel.click('[data-view=story]')
  await expect.poll(words).toContain('What goes to idp.test, frame.test the browser keeps from Cookie Verdict')
  await panel.click('[data-view=requests]')
  await panel.click('.facts ~ .button')
  const tab = extensionDocument(running, 'tab')
  const question = () => tab.evaluate(() => document.querySelector('main')?.innerText ?? '', null).catch(String)
  await expect.poll(question).toMatch(/see 2 sites\?\s+idp\.test\s+frame\.test/)
  // Firefox asks only in a tab that is shown.
  await expect.poll(() => tab.evaluate(() => document.visibilityState, null)).toBe('visible')
  await tab.click('.actions .button')
  await agree(running)
  await expect
    .poll(async () => (await readState(panel)).status.onlySites)
    .toEqual(['shop.test', 'idp.test', 'frame.test'])
  await running.page.bringToFront()
  await clearLog(panel)
  await running.page.goto(`${back}/through`)
  await expect
    .poll(async () => (await summary()).map(([path]) => path).sort())
    .toEqual(['/back', '/frame', '/framed', '/image', '/inner', '/of-frame', '/through'])
  expect(await missedHosts()).toEqual([])

  await settings.grantAccess('<all_urls>')
  await expect.poll(async () => (await readState(panel)).status.onlySites).toBeUndefined()
})
