import type { Frame } from 'playwright'
import { expect, test } from 'playwright/test'
import type { RunningBrowser } from '../browser/launch.ts'
import { launchRecorded, type Recorded } from '../browser/recorded.ts'
import { clearLog, cookiesOf, linesOf, readLog, readStatus, setRecording, settledLog } from './capture-log.ts'
import { type Site, startSite } from './capture-site.ts'

/** What the DevTools page hears of requests and cookies in a real browser. */

const noIcon = '<link rel="icon" href="data:,">'
const cors = {
  'Access-Control-Allow-Origin': 'https://www.shop.test',
  'Access-Control-Allow-Credentials': 'true',
  'Access-Control-Allow-Methods': 'PUT',
}

let recorded: Recorded<Site>
let site: Site
let running: RunningBrowser
let panel: Frame

test.beforeAll(async () => {
  recorded = await launchRecorded(
    startSite({
      '/': { body: `${noIcon}<form method="post" action="/login"><button>Log in</button></form>` },
      '/login': {
        status: 302,
        headers: { 'Set-Cookie': ['sid=1; HttpOnly', 'bad=1; SameSite=None'], Location: '/sso' },
      },
      '/sso': { status: 303, headers: { 'Set-Cookie': 'sid=2; HttpOnly', Location: 'https://www.shop.test/home' } },
      '/home': { body: `${noIcon}home`, headers: { 'Set-Cookie': 'www=1' } },
      '/frames': { body: `${noIcon}<iframe src="https://other.test/outer"></iframe>` },
      '/outer': {
        body: '<iframe src="https://www.shop.test/inner"></iframe>',
        headers: { 'Set-Cookie': ['tp=1; Secure; SameSite=None', 'lax=1'] },
      },
      '/inner': { body: '<iframe srcdoc="<img src=/image>"></iframe>' },
      '/image': { headers: { 'Content-Type': 'image/png' } },
      'OPTIONS /cart': { status: 204, headers: cors },
      'PUT /cart': { headers: { ...cors, 'Set-Cookie': 'cart=1' } },
      'OPTIONS /refused': { status: 204, headers: cors },
      'PUT /refused': { headers: { 'Set-Cookie': 'kept=1' } },
      '/bytes': { body: noIcon, headers: { 'Set-Cookie': ['raw=a\xffb', 'text=\xc3\xbc'] } },
      '/partitioned': {
        body: noIcon,
        headers: { 'Set-Cookie': ['part=1; Secure; SameSite=None; Partitioned; Path=/', 'plain=1; Path=/'] },
      },
      '/gone': { body: noIcon, headers: { 'Set-Cookie': 'plain=; Max-Age=0; Path=/' } },
    }),
  )
  ;({ site, running, panel } = recorded)
})
test.afterAll(() => recorded?.close())
test.beforeEach(async () => {
  await running.page.goto('about:blank')
  await running.context.clearCookies()
  await clearLog(panel)
})

test('a login is recorded hop by hop, over its navigations', async () => {
  const { page } = running
  await page.goto('https://app.shop.test/')
  await page.getByRole('button').click()
  await page.waitForURL('https://www.shop.test/home')
  const log = await settledLog(panel, 4)
  expect(log.map(({ exchange: { method, url, status } }) => `${method} ${url} ${status}`)).toEqual([
    'GET https://app.shop.test/ 200',
    'POST https://app.shop.test/login 302',
    'GET https://app.shop.test/sso 303',
    'GET https://www.shop.test/home 200',
  ])
  expect(log.map(({ exchange }) => exchange.initiator)).toEqual([null, ...Array(3).fill('https://app.shop.test')])
  expect(log.map(({ exchange }) => exchange.redirectChain ?? [])).toEqual([
    [],
    [],
    ['https://app.shop.test/login'],
    ['https://app.shop.test/login', 'https://app.shop.test/sso'],
  ])
  expect(new Set(log.map(({ id }) => id)).size).toBe(4)
  expect(log.map(linesOf)).toEqual([
    [],
    ['sid stored confirmed', 'bad blocked SameSiteNoneInsecure confirmed'],
    ['sid stored confirmed'],
    ['www stored confirmed'],
  ])
  // The store before each request: the first value of sid was there for one hop only.
  expect(log.map(cookiesOf)).toEqual([[], [], ['sid=1 sent confirmed'], ['sid=2 blocked DomainMismatch confirmed']])
})

test('frames know their place, a srcdoc document that of its parent', async () => {
  await running.page.goto('https://www.shop.test/frames')
  const log = await settledLog(panel, 4)
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
    'lax blocked SchemefulSameSiteUnspecifiedTreatedAsLax confirmed',
  ])
})

test('frames that were there before recording know their place too', async () => {
  await setRecording(panel, false)
  await running.page.goto('https://www.shop.test/frames')
  const inner = running.page.frames().find((frame) => frame.url() === 'https://www.shop.test/inner')
  await setRecording(panel, true)
  await inner?.evaluate(() => fetch('/image'))
  const log = await settledLog(panel, 1)
  expect(log.map(({ exchange }) => exchange.frames)).toEqual([
    ['https://www.shop.test/inner', 'https://other.test/', 'https://www.shop.test/frames'],
  ])
})

test('preflights and failed requests are there', async () => {
  await running.page.goto('https://www.shop.test/home')
  await clearLog(panel)
  await running.page.evaluate(async () => {
    await fetch('https://api.shop.test/cart', { method: 'PUT', credentials: 'include' })
    await fetch('https://api.shop.test/refused', { method: 'PUT', credentials: 'include' }).catch(() => undefined)
  })
  const log = await settledLog(panel, 4)
  expect(log.map(({ exchange: { method, status }, state, error }) => [method, status, state, error])).toEqual([
    ['OPTIONS', 204, 'complete', undefined],
    ['PUT', 200, 'complete', undefined],
    ['OPTIONS', 204, 'complete', undefined],
    ['PUT', 200, 'failed', 'net::ERR_FAILED'],
  ])
  // The script sees an error; the cookie is in the store.
  expect(log.flatMap(linesOf)).toEqual(['cart stored confirmed', 'kept stored confirmed'])
})

test('headers and store are byte strings, whatever the bytes', async () => {
  await running.page.goto('https://app.shop.test/bytes')
  await settledLog(panel, 1)
  await running.page.goto('https://app.shop.test/home')
  const log = await settledLog(panel, 2)
  expect(log[0]?.verdict.setCookies.map(({ line }) => line)).toEqual(['raw=a\xffb', 'text=\xc3\xbc'])
  expect(linesOf(log[0] as (typeof log)[0])).toEqual(['raw stored confirmed', 'text stored confirmed'])
  expect(cookiesOf(log[1] as (typeof log)[0])).toEqual(['raw=a\xffb sent confirmed', 'text=\xc3\xbc sent confirmed'])
})

test('the store is known before the first request, partitioned cookies too', async () => {
  await setRecording(panel, false)
  await running.page.goto('https://app.shop.test/partitioned')
  await setRecording(panel, true)
  await running.page.goto('https://app.shop.test/home')
  const log = await settledLog(panel, 1)
  expect(log.flatMap(cookiesOf).sort()).toEqual(['part=1 sent confirmed', 'plain=1 sent confirmed'])
  await expect.poll(async () => (await readStatus(panel)).jarSize).toBe(3)
})

test('a deletion is seen', async () => {
  await running.page.goto('https://app.shop.test/partitioned')
  await running.page.goto('https://app.shop.test/gone')
  const log = await settledLog(panel, 2)
  expect(linesOf(log[1] as (typeof log)[0])).toEqual(['plain removed confirmed'])
})

test('other tabs are not recorded', async () => {
  const other = await running.context.newPage()
  await other.goto('https://app.shop.test/home')
  await running.page.goto('https://app.shop.test/')
  await settledLog(panel, 1)
  expect((await readLog(panel)).map(({ exchange }) => exchange.url)).toEqual(['https://app.shop.test/'])
  await other.close()
})

test('a request under way when the log is cleared does not come back', async () => {
  await running.page.goto('https://app.shop.test/')
  site.interrupt('/image', () => clearLog(panel))
  await running.page.evaluate(() => fetch('/image'))
  await running.page.evaluate(() => fetch('/home'))
  const log = await settledLog(panel, 1)
  expect(log.map(({ exchange }) => exchange.url)).toEqual(['https://app.shop.test/home'])
})

test('the browser and the page have their names', async () => {
  await running.page.goto('https://app.shop.test/')
  await expect.poll(async () => (await readStatus(panel)).page).toBe('https://app.shop.test/')
  expect(await readStatus(panel)).toMatchObject({
    recording: true,
    connection: 'connected',
    browser: { name: 'chromium', version: running.version },
  })
})
