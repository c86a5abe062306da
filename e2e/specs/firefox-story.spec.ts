import { expect, test } from 'playwright/test'
import type { RunningFirefox } from '../browser/firefox.ts'
import { removeCookies } from '../browser/firefox-chrome.ts'
import type { FirefoxPanelReader } from '../browser/firefox-reader.ts'
import { logIn, survives } from '../sites/firefox-robot.ts'
import { play } from '../sites/firefox-story-robot.ts'
import type { ScenarioId } from '../sites/scenarios.ts'
import { type Shop, startShop } from '../sites/shop.ts'
import { stories } from '../sites/stories/table.ts'
import { type FirefoxAtShop, openFirefoxAtShop } from './firefox-shop.ts'
import { expectBroken, expectHealthy, expectNamed } from './story-moments.ts'

/** As story.spec.ts, in Firefox as it comes. */

let shop: Shop
let firefox: FirefoxAtShop
let running: RunningFirefox
let reader: FirefoxPanelReader

test.beforeAll(async () => {
  shop = await startShop()
  firefox = await openFirefoxAtShop(shop)
  ;({ running, reader } = firefox)
})
test.afterAll(async () => {
  await firefox?.close()
  await shop?.close()
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
  'secure-on-http': 'ProxyHidesHttps',
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
