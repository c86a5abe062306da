import { expect, test } from 'playwright/test'
import { crashPage } from '../browser/crash.ts'
import { openPanel } from '../browser/devtools.ts'
import { launch } from '../browser/launch.ts'
import { clearLog, readLog, settledLog } from './capture-log.ts'
import { startSite } from './capture-site.ts'
import { holdBack, readGaps, theGap } from './faults-log.ts'

/** What the page has under way when it crashes. */
const paths = ['/fetch', '/xhr', '/image', '/frame', '/worker-fetch', '/keepalive', '/beacon']
/** Of these the browser takes care itself. */
const outliving = ['/keepalive', '/beacon']

const answers = {
  '/worker.js': { headers: { 'Content-Type': 'text/javascript' }, body: 'fetch("/worker-fetch")' },
  '/busy': {
    body: `<link rel="icon" href="data:,"><body><script>
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
}

for (const how of ['by itself', 'by its address'] as const) {
  test(`the page crashes ${how}, and is loaded again`, async () => {
    const site = await startSite(answers)
    const running = await launch({
      thirdPartyCookies: 'allowed',
      servers: site.servers,
      extension: 'dist/chromium',
      devtools: true,
    })
    try {
      const { panel } = await openPanel(running)
      const inState = async (...states: string[]) =>
        (await readLog(panel))
          .filter(({ state }) => states.includes(state))
          .map(({ exchange }) => new URL(exchange.url).pathname)
          .sort()

      const { asked, letGo } = holdBack(site, ...paths)
      await running.page.goto('https://app.shop.test/busy', { waitUntil: 'commit' })
      await asked
      const before = Date.now()
      await crashPage(running, how === 'by itself' ? undefined : 'chrome://crash')
      const lasting = await theGap(panel, 'tab-crashed', 'lasts')
      expect(lasting.from).toBeGreaterThanOrEqual(before)
      // What the page waited for has failed; what outlives it goes on, and is told to its end.
      await expect.poll(() => inState('pending')).toEqual([...outliving].sort())
      expect(await inState('failed')).toEqual(paths.filter((path) => !outliving.includes(path)).sort())
      letGo()
      await expect.poll(() => inState('complete')).toEqual(['/busy', '/worker.js', ...outliving].sort())
      expect(await readGaps(panel)).toEqual([lasting])

      await clearLog(panel)
      await panel.evaluate(() => window.cookieVerdictSession?.reloadPage())
      const gap = await theGap(panel, 'tab-crashed', 'is over')
      const log = await settledLog(panel, 2 + paths.length)
      for (const { state, started } of log) {
        expect(state).toBe('complete')
        expect(started).toBeGreaterThanOrEqual(gap.to ?? Number.POSITIVE_INFINITY)
      }
    } finally {
      await running.close()
      await site.close()
    }
  })
}
