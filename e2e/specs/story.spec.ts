import { expect, test } from 'playwright/test'
import { type OpenPanel, openPanel } from '../browser/devtools.ts'
import { launch, type RunningBrowser } from '../browser/launch.ts'
import { type PanelReader, panelReader } from '../browser/panel.ts'
import { logIn, survives } from '../sites/robot.ts'
import { type ScenarioId, scenarios } from '../sites/scenarios.ts'
import { type Shop, startShop } from '../sites/shop.ts'
import { stories } from '../sites/stories/table.ts'
import { play } from '../sites/story-robot.ts'
import { expectBroken, expectHealthy, expectNamed } from './story-moments.ts'

/** The panel names what stands around the cookie and breaks the login, first of all; and is silent when that is mended. */

let shop: Shop
let running: RunningBrowser
let opened: OpenPanel
let reader: PanelReader

const start = async (thirdPartyCookies: 'allowed' | 'blocked') => {
  running = await launch({ thirdPartyCookies, servers: shop.servers, extension: 'dist/chromium', devtools: true })
  opened = await openPanel(running)
  reader = panelReader(opened)
}

const startAfresh = async () => {
  await running.page.goto('about:blank')
  await running.context.clearCookies()
  await reader.clear()
}

test.beforeAll(async () => {
  shop = await startShop()
})
test.afterAll(() => shop?.close())

test.describe('third-party cookies allowed', () => {
  test.beforeAll(() => start('allowed'))
  test.afterAll(() => running?.close())
  test.beforeEach(startAfresh)

  for (const { id, title, diagnosis, survives: holds } of stories) {
    test(`${id}: ${title}`, async () => {
      shop.tell(id)
      await play(running.page, shop)
      if (holds === true) await expectNamed(reader, diagnosis)
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
  for (const { id, title, expected } of scenarios) {
    test(`${id}: ${title}`, async () => {
      shop.select(id)
      await logIn(running.page, shop)
      const holds = await survives(running.page)
      expect(holds).toBe(expected.allowed === null)
      if (holds) await expectHealthy(reader)
      else await expectBroken(reader, causes[id])
    })
  }
})

test.describe('third-party cookies blocked', () => {
  test.beforeAll(() => start('blocked'))
  test.afterAll(() => running?.close())
  test.beforeEach(startAfresh)

  test('third-party-blocked: the setting is named first', async () => {
    shop.select('third-party-blocked')
    await logIn(running.page, shop)
    await expectBroken(reader, 'ThirdPartyCookiesBlocked')
  })
})
