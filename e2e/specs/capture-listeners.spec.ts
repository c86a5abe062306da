import type { Frame, Worker } from 'playwright'
import { expect, test } from 'playwright/test'
import { openPanel } from '../browser/devtools.ts'
import { launch, type RunningBrowser } from '../browser/launch.ts'
import { clearLog, readLog, readStatus, setRecording } from './capture-log.ts'
import { type Site, startSite } from './capture-site.ts'

/** Nothing is listened to unless DevTools is open and recording is on. */

let site: Site
let running: RunningBrowser

test.beforeEach(async () => {
  site = await startSite({ '/': { body: '<link rel="icon" href="data:,">' } })
  running = await launch({
    thirdPartyCookies: 'allowed',
    servers: site.servers,
    extension: 'dist/chromium',
    devtools: true,
  })
})
test.afterEach(async () => {
  await running.close()
  await site.close()
})

/** How many of the events that cost something are listened to in an extension's page or worker. */
const countListeners = (context: Frame | Worker): Promise<number> =>
  (context as Frame).evaluate(() => {
    interface Listened {
      hasListeners(): boolean
    }
    const { chrome } = globalThis as unknown as {
      chrome: { webRequest: Record<string, Listened>; cookies: { onChanged: Listened } }
    }
    const requestEvents = Object.keys(chrome.webRequest).filter((name) => name.startsWith('on'))
    return [...requestEvents.map((name) => chrome.webRequest[name]), chrome.cookies.onChanged].filter((event) =>
      event?.hasListeners(),
    ).length
  })

const extensionWorker = (): Worker => {
  const [worker] = running.context.serviceWorkers()
  if (worker === undefined) throw new Error('There is no worker.')
  return worker
}

test('six events while recording, none while it is off', async () => {
  const { devtools, panel } = await openPanel(running)
  const page = devtools.frames().find((frame) => frame.url().endsWith('/devtools.html'))
  if (page === undefined) throw new Error('There is no DevTools page.')
  expect(await countListeners(page)).toBe(6)
  await setRecording(panel, false)
  expect(await countListeners(page)).toBe(0)
  await running.page.goto('https://app.shop.test/')
  await setRecording(panel, true)
  expect(await countListeners(page)).toBe(6)
  expect(await readLog(panel)).toEqual([])
  await clearLog(panel)
})

test('no event in the worker, and no page of the extension once DevTools is closed', async () => {
  const { devtools } = await openPanel(running)
  expect(await countListeners(extensionWorker())).toBe(0)
  await devtools.close()
  await running.page.goto('https://app.shop.test/')
  expect(await countListeners(extensionWorker())).toBe(0)
  const session = await running.browser.newBrowserCDPSession()
  const { targetInfos } = await session.send('Target.getTargets')
  const pages = targetInfos.filter(
    ({ type, url }) => url.startsWith('chrome-extension://') && type !== 'service_worker',
  )
  expect(pages).toEqual([])
})

test('access to the page that the user withholds is missed, and taken up when it is given', async () => {
  const { panel } = await openPanel(running)
  const id = new URL(panel.url()).host
  const settings = await running.context.newPage()
  await settings.goto('chrome://extensions/')
  const manage = (action: 'withhold' | 'grant', origin: string) =>
    settings.evaluate(
      async ([action, id, origin]) => {
        interface Management {
          updateExtensionConfiguration(update: { extensionId: string; hostAccess: 'ON_CLICK' }): Promise<void>
          addHostPermission(id: string, origin: string): Promise<void>
        }
        const { developerPrivate } = (globalThis as unknown as { chrome: { developerPrivate: Management } }).chrome
        if (action === 'withhold')
          await developerPrivate.updateExtensionConfiguration({ extensionId: id, hostAccess: 'ON_CLICK' })
        else await developerPrivate.addHostPermission(id, origin)
      },
      [action, id, origin] as const,
    )
  const expectAccess = (access: string) => expect.poll(async () => (await readStatus(panel)).hostAccess).toBe(access)

  await running.page.goto('https://app.shop.test/')
  await expectAccess('granted')
  await running.context.addCookies([{ name: 'sid', value: '1', domain: 'app.shop.test', path: '/' }])
  await manage('withhold', '')
  await expectAccess('missing')
  await clearLog(panel)
  await running.page.goto('https://app.shop.test/')
  await manage('grant', '*://*.shop.test/*')
  await expectAccess('granted')
  expect(await readLog(panel)).toEqual([])
  await running.page.goto('https://app.shop.test/')
  await expect
    .poll(async () => (await readLog(panel)).map(({ exchange }) => exchange.url))
    .toEqual(['https://app.shop.test/'])
  await expect.poll(async () => (await readStatus(panel)).jarSize).toBe(1)
})
