import { writeFile } from 'node:fs/promises'
import { expect, test } from 'playwright/test'
import type { RunningFirefox } from '../browser/firefox.ts'
import { removeCookies } from '../browser/firefox-chrome.ts'
import type { FirefoxPanelReader } from '../browser/firefox-reader.ts'
import type { FirefoxPanel } from '../browser/firefox-toolbox.ts'
import { expectedInFirefox } from '../sites/firefox-expected.ts'
import { logIn, survives } from '../sites/firefox-robot.ts'
import { type Expectation, scenarios } from '../sites/scenarios.ts'
import type { Fix } from '../sites/setup.ts'
import { type Shop, startShop } from '../sites/shop.ts'
import { type FirefoxAtShop, openFirefoxAtShop } from './firefox-shop.ts'
import { expectReport, namedChange } from './login-moments.ts'

/** The three moments in Firefox, as it comes: log in with the panel open, click the flagged request, export. */

let shop: Shop
let firefox: FirefoxAtShop
let running: RunningFirefox
let panel: FirefoxPanel
let reader: FirefoxPanelReader

test.beforeAll(async () => {
  shop = await startShop()
  firefox = await openFirefoxAtShop(shop)
  ;({ running, panel, reader } = firefox)
  // As nearly every page does: before that, why a fetch lost its cookies is unclear (see firefox-third-party.spec.ts).
  await running.page.goto(shop.startUrl)
  await running.page.evaluate(() => {
    new Image().src = 'https://images.example/any'
  })
  await expect.poll(() => reader.rowName({ method: 'GET', host: 'images.example', path: '/any' })).not.toBeNull()
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

for (const { id, title } of scenarios) {
  const loss = expectedInFirefox(id)
  test(`${id}: ${title}`, async () => {
    shop.select(id)
    await logIn(running.page, shop)
    if (loss === null) {
      expect(await survives(running.page)).toBe(true)
      await expect.poll(reader.footer).toContain('0 problems')
      expectReport(await reader.exportJson())
      return
    }

    const fix = await readFix(loss)
    expectReport(await reader.exportJson(), { loss, markdown: await reader.exportMarkdown() })

    shop.applyFix(fix)
    await logIn(running.page, shop)
    expect(await survives(running.page), `survives with ${JSON.stringify(fix)}`).toBe(true)
  })
}

test('the panel wears the theme of DevTools', async () => {
  shop.select('none-without-secure')
  await logIn(running.page, shop)
  await readFix(expectedInFirefox('none-without-secure') as Expectation)
  const background = () => panel.evaluate(() => getComputedStyle(document.body).backgroundColor, null)
  for (const [theme, colour] of [
    ['dark', 'rgb(31, 31, 35)'],
    ['light', 'rgb(255, 255, 255)'],
  ] as const) {
    await panel.setTheme(theme)
    await expect.poll(background).toBe(colour)
    await writeFile(test.info().outputPath(`${theme}.png`), await panel.screenshot())
  }
})

/** Clicks the flagged request, checks the verdict, and takes the fix that is shown: the line, or the change named first. */
const readFix = async ({ operation, request, cookie, reason }: Expectation): Promise<Fix> => {
  await expect
    .poll(() => reader.rowName(request))
    .toMatch(operation === 'set' ? /^Cookie not stored/ : /^Cookie not sent/)
  await reader.select(request)
  const text = async () => (await reader.card(cookie))?.text ?? ''
  await expect.poll(text).toMatch(/confirmed/)
  // The line to change is another request's: it is named, once the store has said whose it was.
  if (operation === 'send') await expect.poll(text).toMatch(/The line to change was sent by (GET|POST) /)
  const card = await reader.card(cookie)
  expect(card?.reasons[0]).toBe(reason)
  return card?.hasLine === true
    ? { setCookie: await reader.copyLine(cookie) }
    : { changes: [namedChange(card?.notes ?? [])] }
}
