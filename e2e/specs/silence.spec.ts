import { readFile } from 'node:fs/promises'
import type { Frame } from 'playwright'
import { expect, test } from 'playwright/test'
import { openPanel } from '../browser/devtools.ts'
import { watchExtensionNetwork } from '../browser/extension-network.ts'
import { launch, type RunningBrowser } from '../browser/launch.ts'
import { panelReader } from '../browser/panel.ts'
import { extensionTargets } from '../browser/worker.ts'
import { settledLog } from './capture-log.ts'
import { type Site, startSite } from './capture-site.ts'

/** The extension asks the network for nothing, keeps nothing, and with DevTools closed nothing of it runs. */

const noIcon = '<link rel="icon" href="data:,">'

let site: Site
let running: RunningBrowser
test.beforeEach(async () => {
  site = await startSite({
    '/': { body: `${noIcon}<form method="post" action="/login"><button>Log in</button></form>` },
    '/login': { status: 303, headers: { 'Set-Cookie': ['sid=1', 'bad=1; SameSite=None'], Location: '/home' } },
    '/home': { body: noIcon },
  })
  running = await launch({
    thirdPartyCookies: 'allowed',
    servers: site.servers,
    extension: 'dist/chromium',
    devtools: true,
  })
})
test.afterEach(async () => {
  await running?.close()
  await site?.close()
})

const logIn = async () => {
  const { page } = running
  await page.goto('https://app.shop.test/')
  await page.getByRole('button').click()
  await page.waitForURL('https://app.shop.test/home')
}
/** The browser's own services, which lead to our servers like every other host. */
const ofBrowser = /^\w+ https?:\/\/[\w.-]+\.(google|googleapis|gstatic|gvt1)\.com\//
const asked = () => site.requests.filter((request) => !ofBrowser.test(request))
const login = ['GET https://app.shop.test/', 'POST https://app.shop.test/login', 'GET https://app.shop.test/home']

/** What a page of the extension finds that was kept from one time to the next. */
const readStores = (page: Frame) =>
  page.evaluate(async () => ({
    extensionStorage: 'storage' in (globalThis as unknown as { chrome: object }).chrome,
    local: Object.keys(localStorage),
    session: Object.keys(sessionStorage),
    databases: await indexedDB.databases(),
    caches: await caches.keys(),
    cookie: document.cookie,
  }))

test('over a whole login and its exports, the extension asks for nothing and keeps nothing', async () => {
  const opened = await openPanel(running)
  const { panel } = opened
  const network = await watchExtensionNetwork(running)
  await logIn()
  await settledLog(panel, 3)
  const reader = panelReader(opened)
  await reader.open(reader.row({ method: 'POST', host: 'app.shop.test', path: '/login' }))
  await reader.exportMarkdown()
  await reader.exportJson()
  // A report that is made is a file of the page's own: it comes from nowhere else.
  const own = /^(blob:)?chrome-extension:|^data:/
  expect(network.requests().filter((url) => !own.test(url))).toEqual([])
  expect(asked()).toEqual(login)
  expect(await readStores(panel)).toEqual({
    extensionStorage: false,
    local: [],
    session: [],
    databases: [],
    caches: [],
    cookie: '',
  })
  const { permissions, optional_permissions: optional } = JSON.parse(
    await readFile('dist/chromium/manifest.json', 'utf8'),
  )
  expect({ permissions, optional }).toEqual({ permissions: ['webRequest', 'cookies'], optional: undefined })

  // Had there been something, both would have seen it.
  const [worker] = running.context.serviceWorkers()
  await panel.evaluate(() => fetch('https://panel.test/', { mode: 'no-cors' }))
  await worker?.evaluate(() => fetch('https://worker.test/', { mode: 'no-cors' }).then(() => undefined))
  const probes = ['https://panel.test/', 'https://worker.test/']
  await expect.poll(() => network.requests().filter((url) => !own.test(url))).toEqual(probes)
  expect(asked().slice(login.length)).toEqual(probes.map((url) => `GET ${url}`))
})

test('with DevTools closed the worker falls asleep, and no page wakes it', async () => {
  test.slow()
  const { devtools, panel } = await openPanel(running)
  await logIn()
  await settledLog(panel, 3)
  await devtools.close()
  await expect.poll(async () => (await extensionTargets(running)).map(({ type }) => type)).toEqual(['service_worker'])
  const { endpoint, page } = running
  await page.goto('https://app.shop.test/')
  // Who is connected to a worker keeps it awake: from here on the browser is only asked what runs.
  await running.browser.close()
  const list = new URL('/json/list', endpoint.replace(/^ws/, 'http'))
  const targets = async (): Promise<{ type: string; url: string; id: string }[]> => (await fetch(list)).json()
  const ofExtension = async () => (await targets()).filter(({ url }) => url.startsWith('chrome-extension://'))
  await expect.poll(ofExtension, { timeout: 60_000, intervals: [1_000] }).toEqual([])

  // A login in a tab without DevTools: its requests and cookies wake nobody.
  const before = asked().length
  await fetch(new URL('/json/new?https://www.shop.test/login', list), { method: 'PUT' })
  await expect.poll(() => asked().length).toBe(before + 2)
  await expect.poll(async () => (await targets()).map(({ url }) => url)).toContain('https://www.shop.test/home')
  expect(await ofExtension()).toEqual([])
})
