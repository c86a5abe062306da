import { expect, test } from 'playwright/test'
import { launchFirefox, type RunningFirefox } from '../browser/firefox.ts'
import { crashFirefoxPage } from '../browser/firefox-crash.ts'
import type { FirefoxPanel } from '../browser/firefox-toolbox.ts'
import { type Site, startSite } from './capture-site.ts'
import { holdBack } from './faults-log.ts'
import { clearLog, openSession, readState, restingLog, theGap } from './firefox-log.ts'

/** As faults-crash.spec.ts, in Firefox. */

const noIcon = '<link rel="icon" href="data:,">'
/** What the page has under way when it crashes. */
const paths = ['/fetch', '/xhr', '/image', '/frame', '/worker-fetch', '/keepalive', '/beacon']

let site: Site
let running: RunningFirefox
let panel: FirefoxPanel
test.beforeEach(async () => {
  site = await startSite({
    '/': { body: noIcon },
    '/idle': { body: noIcon },
    '/worker.js': { headers: { 'Content-Type': 'text/javascript' }, body: 'fetch("/worker-fetch")' },
    '/busy': {
      body: `${noIcon}<body><script>
        fetch('/fetch')
        const xhr = new XMLHttpRequest()
        xhr.open('GET', '/xhr')
        xhr.send()
        new Image().src = '/image'
        document.body.append(Object.assign(document.createElement('iframe'), { src: 'https://other.test/frame' }))
        new Worker('/worker.js')
        fetch('/keepalive', { method: 'POST', keepalive: true })
        navigator.sendBeacon('/beacon', 'x')
      </script>`,
    },
  })
  running = await launchFirefox({
    thirdPartyCookies: 'partitioned',
    servers: site.servers,
    extension: 'dist/firefox',
    // As those of Mozilla are.
    preferences: { 'extensions.webextensions.restrictedDomains': 'kept.test' },
  })
  panel = await openSession(running)
})
test.afterEach(async () => {
  await running?.close()
  await site?.close()
})

const reload = () => panel.evaluate(() => window.cookieVerdictSession?.reloadPage(), null)
const states = async () =>
  Object.fromEntries(
    (await readState(panel)).entries.map(({ exchange, state }) => [new URL(exchange.url).pathname, state]),
  )

test('the page crashes with requests under way, and is loaded again', async () => {
  const { asked, letGo } = holdBack(site, ...paths)
  await running.page.goto('https://app.shop.test/busy', { waitUntil: [] })
  await asked
  await expect.poll(states).toMatchObject(Object.fromEntries(paths.map((path) => [path, 'pending'])))
  const before = Date.now()
  await crashFirefoxPage(running)
  const lasting = await theGap(panel, 'tab-crashed', 'lasts')
  expect(lasting.from).toBeGreaterThanOrEqual(before)
  letGo()
  // What the page waited for fails when its answer comes, if not before; what outlives it goes on.
  await expect.poll(async () => Object.values(await states())).not.toContain('pending')
  expect(await states()).toMatchObject({ '/fetch': 'failed', '/frame': 'failed', '/keepalive': 'complete' })
  expect((await readState(panel)).gaps).toEqual([lasting])

  await clearLog(panel)
  await reload()
  const gap = await theGap(panel, 'tab-crashed', 'is over')
  for (const { state, started } of await restingLog(panel, 2 + paths.length)) {
    expect(state).toBe('complete')
    expect(started).toBeGreaterThanOrEqual(gap.to ?? Number.POSITIVE_INFINITY)
  }
})

test('a page crashes that has nothing under way, of an address that its script has made', async () => {
  await running.page.goto('https://app.shop.test/')
  await running.page.evaluate(() => history.pushState(null, '', '/of-script'))
  await restingLog(panel, 1)
  await crashFirefoxPage(running)
  await theGap(panel, 'tab-crashed', 'lasts')
  await running.page.goto('https://app.shop.test/idle')
  await theGap(panel, 'tab-crashed', 'is over')
})

test('pages that fail to load, come back as they were left, or are kept from extensions, have not crashed', async () => {
  await running.page.goto('https://app.shop.test/')
  await running.page.goto('https://app.shop.test/idle')
  await running.page.goBack()
  await expect.poll(async () => (await readState(panel)).status.page).toBe('https://app.shop.test/')
  await running.page.goto('https://kept.test/')
  await expect.poll(async () => (await readState(panel)).status.page).toBe('https://kept.test/')
  await running.page.goto('https://app.shop.test/')
  const setOffline = (isOffline: boolean) =>
    running.evaluateInChrome(({ Services }, offline) => {
      ;(Services.io as unknown as { offline: boolean }).offline = offline
    }, isOffline)
  await setOffline(true)
  await reload()
  await expect.poll(async () => (await readState(panel)).entries.map(({ state }) => state)).toContain('failed')
  await setOffline(false)
  await running.page.goto('https://www.shop.test/')
  await expect.poll(async () => (await readState(panel)).status.page).toBe('https://www.shop.test/')
  expect((await readState(panel)).gaps).toEqual([])
})
