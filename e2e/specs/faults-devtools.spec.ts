import { expect, test } from 'playwright/test'
import { type OpenPanel, openPanel } from '../browser/devtools.ts'
import { openExtensionSettings } from '../browser/extension.ts'
import { launch, type RunningBrowser } from '../browser/launch.ts'
import { reopenDevTools } from '../browser/reopen.ts'
import { extensionTargets, killServiceWorker } from '../browser/worker.ts'
import { linesOf, readLog, readStatus, settledLog } from './capture-log.ts'
import { type Site, startSite } from './capture-site.ts'
import { readGaps, theGap } from './faults-log.ts'

/** DevTools goes, and the extension goes: nothing of the old log lingers, and the new one says since when it records. */

let site: Site
test.beforeAll(async () => {
  site = await startSite({
    '/': { body: '<link rel="icon" href="data:,">' },
    '/login': { headers: { 'Set-Cookie': 'sid=1' } },
  })
})
test.afterAll(() => site?.close())

const start = (dock: 'undocked' | 'bottom') =>
  launch({ thirdPartyCookies: 'allowed', servers: site.servers, extension: 'dist/chromium', devtools: true, dock })

const load = ({ page }: RunningBrowser, path: string) => page.evaluate((url) => fetch(url).then(() => undefined), path)

/** What ends a log: Chromium closes DevTools with any extension that has a page in it. */
const endings = {
  'DevTools is closed': (_current: RunningBrowser, { devtools }: OpenPanel) => devtools.close(),
  'the extension reloads itself': async ({ context }: RunningBrowser) => {
    const reload = context.serviceWorkers()[0]?.evaluate(() => {
      const { chrome } = globalThis as unknown as { chrome: { runtime: { reload(): void } } }
      chrome.runtime.reload()
    })
    // The worker is gone before it can answer.
    reload?.catch(() => undefined)
  },
  'its user reloads the extension': async (current: RunningBrowser, { panel }: OpenPanel) => {
    const settings = await openExtensionSettings(current, new URL(panel.url()).host)
    await settings.reload()
    await settings.close()
  },
  'its user switches the extension off and on': async (current: RunningBrowser, { panel }: OpenPanel) => {
    const settings = await openExtensionSettings(current, new URL(panel.url()).host)
    await settings.setEnabled(false)
    await expect.poll(() => extensionTargets(current)).toEqual([])
    await settings.setEnabled(true)
    await settings.close()
  },
}

// Each way in one of the two places: measured in both, Chromium 156 makes no difference.
const plans = {
  undocked: ['DevTools is closed', 'the extension reloads itself'],
  bottom: ['its user reloads the extension', 'its user switches the extension off and on'],
} as const

for (const dock of ['undocked', 'bottom'] as const) {
  test(`whatever ends the log, DevTools begins afresh when it is opened again: ${dock}`, async () => {
    // A browser with three DevTools, one after the other.
    test.slow()
    const running = await start(dock)
    try {
      let current = running
      let opened = await openPanel(running)
      await running.page.goto('https://app.shop.test/')
      for (const how of plans[dock]) {
        await test.step(how, async () => {
          await load(running, '/login')
          await expect.poll(async () => (await readLog(opened.panel)).length).toBeGreaterThan(0)
          const closed = opened.devtools.waitForEvent('close')
          await endings[how](current, opened)
          await closed
          // Nobody is there who could remember.
          await expect
            .poll(async () => (await extensionTargets(running)).map(({ type }) => type))
            .toEqual(['service_worker'])
          await load(running, '/missed')

          const before = Date.now()
          current = await reopenDevTools(running)
          opened = await openPanel(current)
          const { panel } = opened
          expect(await readLog(panel)).toEqual([])
          expect(await readGaps(panel)).toEqual([])
          await expect.poll(async () => (await readStatus(panel)).connection).toBe('connected')
          expect((await readStatus(panel)).recordingSince).toBeGreaterThanOrEqual(before)
          await expect(panel.locator('footer')).toContainText('recording since')
          await load(running, '/login')
          const [entry] = await settledLog(panel, 1)
          expect(entry && linesOf(entry)).toEqual(['sid stored confirmed'])
        })
      }
    } finally {
      await running.close()
    }
  })
}

test('where DevTools outlives its extension, the panel says so and how to go on', async () => {
  const running = await start('undocked')
  try {
    const { devtools, panel } = await openPanel(running)
    await running.page.goto('https://app.shop.test/')
    await settledLog(panel, 1)
    // Chromium closes it. A page would see that its port closes, and that it cannot open another.
    const page = devtools.frames().find((frame) => frame.url().endsWith('/devtools.html'))
    await page?.evaluate(() => {
      const { chrome } = globalThis as unknown as { chrome: { runtime: { connect(): void } } }
      chrome.runtime.connect = () => {
        throw new Error('Extension context invalidated.')
      }
    })
    const before = Date.now()
    await killServiceWorker(running)
    const gap = await theGap(panel, 'connection-lost', 'lasts')
    expect(gap.from).toBeGreaterThanOrEqual(before)
    expect(await readStatus(panel)).toMatchObject({ connection: 'lost', recording: false, recordingSince: null })
    await expect(panel.getByText('Close DevTools and open it again to go on')).toBeVisible()
    await load(running, '/login')
    await expect(panel.getByRole('option', { name: '/login' })).toHaveCount(0)
    expect(await readLog(panel)).toHaveLength(1)
  } finally {
    await running.close()
  }
})
