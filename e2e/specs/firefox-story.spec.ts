import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'playwright/test'
import { launchFirefox, type RunningFirefox } from '../browser/firefox.ts'
import { removeCookies } from '../browser/firefox-chrome.ts'
import { type FirefoxPanelReader, firefoxPanelReader } from '../browser/firefox-reader.ts'
import { openFirefoxPanel } from '../browser/firefox-toolbox.ts'
import { logIn, survives } from '../sites/firefox-robot.ts'
import { play } from '../sites/firefox-story-robot.ts'
import type { ScenarioId } from '../sites/scenarios.ts'
import { type Shop, startShop } from '../sites/shop.ts'
import { stories } from '../sites/stories/table.ts'
import { expectBroken, expectHealthy, expectNamed } from './story-moments.ts'

/** As story.spec.ts, in Firefox as it comes. */

let shop: Shop
let downloads: string
let running: RunningFirefox
let reader: FirefoxPanelReader

test.beforeAll(async () => {
  shop = await startShop()
  downloads = await mkdtemp(path.join(tmpdir(), 'cookie-verdict-downloads-'))
  running = await launchFirefox({
    thirdPartyCookies: 'partitioned',
    servers: shop.servers,
    extension: 'dist/firefox',
    window: { width: 1200, height: 1000 },
    preferences: {
      'devtools.toolbox.footer.height': 760,
      'browser.download.folderList': 2,
      'browser.download.dir': downloads,
      'browser.download.always_ask_before_handling_new_types': false,
      'browser.download.alwaysOpenPanel': false,
    },
  })
  reader = firefoxPanelReader(running, await openFirefoxPanel(running), downloads)
})
test.afterAll(async () => {
  await running?.close()
  await shop?.close()
  await rm(downloads, { recursive: true, force: true })
})
test.beforeEach(async () => {
  await running.page.goto('about:blank')
  await removeCookies(running.evaluateInChrome)
  await reader.clear()
})

const stopped = { method: 'POST', host: 'api.shop.test', path: '/login' }

for (const { id, title, diagnosis, survives } of stories) {
  test(`${id}: ${title}`, async () => {
    shop.tell(id)
    // DevTools tells of what was stopped only while its page is there, and only in the log is that seen.
    const isTold = () => expect.poll(() => reader.rowName(stopped)).not.toBeNull()
    const beforeLeaving = diagnosis === 'MixedContent' ? isTold : undefined
    expect(await play(running.page, shop, beforeLeaving)).toBe(survives === true)
    if (survives === true) await expectNamed(reader, diagnosis)
    else await expectBroken(reader, diagnosis)

    shop.tell(id, true)
    await reader.clear()
    expect(await play(running.page, shop)).toBe(true)
    await expectHealthy(reader)
  })
}

/** Those whose cookie has a reason of its own, and the login a cause besides. */
const causes: Partial<Record<ScenarioId, string>> = {
  'secure-on-http': 'RedirectLeavesHttps',
  'strict-after-return': 'SameSiteOnReturn',
  'credentials-omitted': 'CredentialsNotIncluded',
}
for (const [id, diagnosis] of Object.entries(causes)) {
  test(`${id}: ${diagnosis}`, async () => {
    shop.select(id as ScenarioId)
    await logIn(running.page, shop)
    expect(await survives(running.page)).toBe(false)
    await expectBroken(reader, diagnosis)
  })
}
