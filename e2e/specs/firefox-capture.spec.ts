import { expect, test } from 'playwright/test'
import { launchFirefox, type RunningFirefox } from '../browser/firefox.ts'
import type { ChromeWindow } from '../browser/firefox-chrome.ts'
import type { FirefoxPanel } from '../browser/firefox-toolbox.ts'
import { cookiesOf, linesOf } from './capture-log.ts'
import { type Site, startSite } from './capture-site.ts'
import { beginOn, openSession, readState, restingLog } from './firefox-log.ts'

/** What the background page hears for a DevTools page in the real Firefox. */

const noIcon = '<link rel="icon" href="data:,">'

let site: Site
let running: RunningFirefox
let panel: FirefoxPanel

test.beforeAll(async () => {
  let count = 0
  site = await startSite({
    '/': { body: `${noIcon}<form method="post" action="/login"><button>Log in</button></form>` },
    '/login': { status: 302, headers: { 'Set-Cookie': ['sid=1; HttpOnly', 'bad=1; SameSite=None'], Location: '/sso' } },
    '/sso': { status: 303, headers: { 'Set-Cookie': 'sid=2; HttpOnly', Location: 'https://www.shop.test/home' } },
    '/home': { body: `${noIcon}home`, headers: { 'Set-Cookie': 'www=1' } },
    '/frames': { body: `${noIcon}<iframe src="https://other.test/outer"></iframe>` },
    '/outer': {
      body: '<iframe src="https://www.shop.test/inner"></iframe>',
      headers: { 'Set-Cookie': ['tp=1; Secure; SameSite=None', 'plain=1', 'lax=1; SameSite=Lax'] },
    },
    '/inner': { body: '<iframe srcdoc="<img src=/image>"></iframe>' },
    '/image': { headers: { 'Content-Type': 'image/png' } },
    '/worker': { body: `${noIcon}<script>new Worker('/worker.js')</script>` },
    '/worker.js': { body: "fetch('/image')", headers: { 'Content-Type': 'text/javascript' } },
    '/bytes': { body: noIcon, headers: { 'Set-Cookie': ['raw=a\xffb', 'text=\xc3\xbc'] } },
    '/same': { body: noIcon, headers: { 'Set-Cookie': 'same=1; Path=/' } },
    '/count': {
      body: noIcon,
      get headers() {
        return { 'Set-Cookie': `count=${++count}; Path=/` }
      },
    },
    '/gone': { body: noIcon, headers: { 'Set-Cookie': 'same=; Max-Age=0; Path=/' } },
  })
  running = await launchFirefox({
    thirdPartyCookies: 'partitioned',
    servers: site.servers,
    extension: 'dist/firefox',
    preferences: { 'extensions.background.idle.timeout': 5_500 },
  })
  panel = await openSession(running)
})
test.afterAll(async () => {
  await running?.close()
  await site?.close()
})
test.beforeEach(async () => {
  await beginOn(running, panel, 'https://app.shop.test/')
  await running.page.goto('about:blank')
})

test('a login is recorded hop by hop, over its navigations', async () => {
  const { page } = running
  await page.goto('https://app.shop.test/')
  await Promise.all([page.waitForNavigation(), page.click('button')])
  const log = await restingLog(panel, 4)
  expect(log.map(({ exchange: { method, url, status } }) => `${method} ${url} ${status}`)).toEqual([
    'GET https://app.shop.test/ 200',
    'POST https://app.shop.test/login 302',
    'GET https://app.shop.test/sso 303',
    'GET https://www.shop.test/home 200',
  ])
  expect(log.map(({ exchange }) => exchange.initiator)).toEqual([null, ...Array(3).fill('https://app.shop.test')])
  expect(log.at(-1)?.exchange.redirectChain).toEqual(['https://app.shop.test/login', 'https://app.shop.test/sso'])
  expect(log.map(linesOf)).toEqual([
    [],
    ['sid stored confirmed', 'bad blocked SameSiteNoneInsecure confirmed'],
    ['sid stored confirmed'],
    ['www stored confirmed'],
  ])
  expect(log.map(cookiesOf)).toEqual([[], [], ['sid=1 sent confirmed'], ['sid=2 blocked DomainMismatch confirmed']])
})

test('frames know their place; third-party cookies are stored apart', async () => {
  await running.page.goto('https://www.shop.test/frames')
  const log = await restingLog(panel, 4)
  const [top, outer, inner] = [
    'https://www.shop.test/frames',
    'https://other.test/outer',
    'https://www.shop.test/inner',
  ]
  expect(log.map(({ exchange }) => [exchange.resourceType, exchange.initiator, exchange.frames])).toEqual([
    ['main_frame', null, []],
    ['sub_frame', 'https://www.shop.test', [top]],
    ['sub_frame', 'https://other.test', [outer, top]],
    ['image', 'https://www.shop.test', [inner, inner, outer, top]],
  ])
  expect(log.flatMap(linesOf)).toEqual([
    'tp stored confirmed',
    'plain stored confirmed',
    'lax blocked SchemefulSameSiteLax confirmed',
  ])
  expect((await readState(panel)).status.thirdPartyCookies).toBe('partitioned')
})

test('a worker’s request belongs to its page', async () => {
  await running.page.goto('https://www.shop.test/worker')
  const log = await restingLog(panel, 3)
  expect(log.map(({ exchange }) => exchange.frames)).toEqual([
    [],
    ['https://www.shop.test/worker'],
    ['https://www.shop.test/worker'],
  ])
})

test('a value that changes, one that stays and one that is deleted are each confirmed', async () => {
  const { page } = running
  for (const path of ['count', 'count', 'same', 'same', 'gone', 'home'])
    await page.goto(`https://app.shop.test/${path}`)
  const log = await restingLog(panel, 6)
  expect(log.flatMap(linesOf)).toEqual([
    'count stored confirmed',
    'count stored confirmed',
    'same stored confirmed',
    // Firefox does not tell of a write that changes nothing.
    'same stored predicted',
    'same removed confirmed',
    'www stored confirmed',
  ])
  expect(log.map(cookiesOf)).toEqual([
    [],
    ['count=1 sent confirmed'],
    ['count=2 sent confirmed'],
    ['count=2 sent confirmed', 'same=1 sent confirmed'],
    ['count=2 sent confirmed', 'same=1 sent confirmed'],
    ['count=2 sent confirmed'],
  ])
  expect((await readState(panel)).writes).toEqual([])
})

test('headers are byte strings; what Firefox makes of bytes that are no UTF-8 is foreseen', async () => {
  await running.page.goto('https://app.shop.test/bytes')
  await running.page.goto('https://app.shop.test/home')
  const log = await restingLog(panel, 2)
  expect(log[0]?.verdict.setCookies.map(({ line }) => line)).toEqual(['raw=a\xffb', 'text=\xc3\xbc'])
  expect(log.flatMap(cookiesOf)).toEqual(['raw=a\xef\xbf\xbdb sent confirmed', 'text=\xc3\xbc sent confirmed'])
})

interface ExtensionWindow extends ChromeWindow {
  readonly WebExtensionPolicy: {
    getByID(id: string): {
      extension: { terminateBackground(): Promise<void>; backgroundState: string }
    }
  }
}

const backgroundState = (): Promise<string> =>
  running.evaluateInChrome(
    (chrome, id) => (chrome as ExtensionWindow).WebExtensionPolicy.getByID(id).extension.backgroundState,
    running.extensionId ?? '',
  )

test('a background page that is ended leaves a gap, and goes on', async () => {
  await running.page.goto('https://app.shop.test/same')
  await restingLog(panel, 1)
  await running.evaluateInChrome(
    (chrome, id) => (chrome as ExtensionWindow).WebExtensionPolicy.getByID(id).extension.terminateBackground(),
    running.extensionId ?? '',
  )
  await expect
    .poll(async () => (await readState(panel)).gaps.map(({ kind, to }) => [kind, to !== null]))
    .toEqual([['interrupted', true]])
  await running.page.goto('https://app.shop.test/home')
  const log = await restingLog(panel, 2)
  expect(log.flatMap(linesOf)).toEqual(['same stored confirmed', 'www stored confirmed'])
  expect(log.flatMap(cookiesOf)).toEqual(['same=1 sent confirmed'])
})

test('the background page stays as long as DevTools listens', async () => {
  // Longer than the time after which Firefox would end it (see above).
  const since = Date.now()
  await expect.poll(() => Date.now() - since, { timeout: 20_000, intervals: [1_000] }).toBeGreaterThan(8_000)
  await running.page.goto('https://app.shop.test/home')
  await restingLog(panel, 1)
  expect((await readState(panel)).gaps).toEqual([])
})

test('the browser has its name', async () => {
  await expect
    .poll(async () => (await readState(panel)).status)
    .toMatchObject({ recording: true, connection: 'connected', browser: { name: 'firefox', version: running.version } })
})

test('with DevTools closed nothing runs, and no request wakes it', async () => {
  await panel.close()
  await expect.poll(backgroundState, { timeout: 20_000 }).toBe('stopped')
  await running.page.goto('https://app.shop.test/count')
  await running.page.goto('https://app.shop.test/count')
  expect(await backgroundState()).toBe('stopped')
})
