import { expect, test } from 'playwright/test'
import { launchFirefox, type RunningFirefox } from '../browser/firefox.ts'
import { extensionDocument } from '../browser/firefox-extension.ts'
import { agree } from '../browser/firefox-question.ts'
import { type FirefoxPanel, openFirefoxPanel } from '../browser/firefox-toolbox.ts'
import { type Shop, startShop } from '../sites/shop.ts'

/** Firefox gives host permissions only as far as its user agrees: the panel says so and asks. */

let shop: Shop
let running: RunningFirefox
let panel: FirefoxPanel

test.beforeAll(async () => {
  shop = await startShop()
  running = await launchFirefox({
    thirdPartyCookies: 'partitioned',
    servers: shop.servers,
    extension: 'dist/firefox',
    hostAccess: false,
  })
  panel = await openFirefoxPanel(running)
})
test.afterAll(async () => {
  await running?.close()
  await shop?.close()
})

const text = (): Promise<string> => panel.evaluate(() => document.body.innerText, null)

test('without access the panel asks, and records once it has it', async () => {
  const { page } = running
  await page.goto(shop.startUrl)
  await expect.poll(text).toContain('No access to this site')
  expect(await text()).not.toContain('cookies of this site')
  await panel.click('[data-view=story]')
  await expect.poll(text).toContain('No access to this site')

  await panel.click('.button')
  const tab = extensionDocument(running, 'tab')
  const question = () => tab.evaluate(() => document.querySelector('h1')?.textContent ?? '', null).catch(String)
  await expect.poll(question).toBe('Let Cookie Verdict see shop.test?')
  // Firefox asks only in a tab that is shown.
  await expect.poll(() => tab.evaluate(() => document.visibilityState, null)).toBe('visible')
  await tab.click('.actions .button')
  await agree(running)

  await expect.poll(text).not.toContain('No access to this site')
  await panel.click('[data-view=requests]')
  await page.goto(shop.startUrl)
  await expect.poll(text).toContain('app.shop.test')
})
