import { expect, test } from 'playwright/test'
import { type OpenPanel, openPanel } from '../browser/devtools.ts'
import { launch, type RunningBrowser } from '../browser/launch.ts'
import { type PanelReader, panelReader } from '../browser/panel.ts'
import type { ThirdPartyMode } from '../browser/profile.ts'
import { logIn, survives } from '../sites/robot.ts'
import { type Expectation, type ScenarioId, scenarios } from '../sites/scenarios.ts'
import type { Fix } from '../sites/setup.ts'
import { type Shop, startShop } from '../sites/shop.ts'
import { expectReport, namedChange } from './login-moments.ts'
import { expectBroken, expectHealthy } from './story-moments.ts'

/** The three moments, for every way to lose a login: open the panel and log in, click the flagged request, export. */

let shop: Shop
test.beforeAll(async () => {
  shop = await startShop()
})
test.afterAll(() => shop?.close())

for (const mode of ['allowed', 'blocked'] as const) {
  test.describe(`third-party cookies ${mode}`, () => {
    let running: RunningBrowser
    let opened: OpenPanel
    let reader: PanelReader
    test.beforeAll(async () => {
      running = await launch({
        thirdPartyCookies: mode,
        servers: shop.servers,
        extension: 'dist/chromium',
        devtools: true,
      })
      opened = await openPanel(running)
      reader = panelReader(opened)
    })
    test.afterAll(() => running?.close())
    test.beforeEach(async () => {
      await running.page.goto('about:blank')
      await running.context.clearCookies()
      await reader.clear()
    })

    for (const { id, title, expected } of scenarios) {
      const loss = expected[mode]
      test(`${id}: ${title}`, async () => {
        shop.select(id)
        await logIn(running.page, shop)
        if (loss === null) {
          expect(await survives(running.page)).toBe(true)
          await expect(reader.problems()).toHaveText('0 problems')
          await expectHealthy(reader)
          return
        }

        let fix: Fix = await readFix(reader, loss)
        expectReport(await reader.exportJson(), { loss, markdown: await reader.exportMarkdown() })
        await expectBroken(reader, causeOf(id, mode))

        shop.applyFix(fix)
        await reader.clear()
        await logIn(running.page, shop)
        // A request without credentials does not show whether this browser blocks third-party cookies: the next one does.
        if (mode === 'blocked' && id === 'credentials-omitted') {
          fix = { ...fix, ...(await readFix(reader, { ...loss, reason: 'UserPreferences' })) }
          shop.applyFix({ ...fix, changes: ['include-credentials'] })
          await logIn(running.page, shop)
        }
        expect(await survives(running.page), `survives with ${JSON.stringify(fix)}`).toBe(true)
      })
    }
  })
}

/** Clicks the flagged request, checks the verdict, and takes the fix that is shown: the line, or the change named first. */
const readFix = async (reader: PanelReader, { operation, request, cookie, reason }: Expectation): Promise<Fix> => {
  const row = reader.row(request).first()
  await expect(row).toHaveAccessibleName(operation === 'set' ? /^Cookie not stored/ : /^Cookie not sent/)
  const detail = await reader.open(row)
  const card = detail.locator('.card', { hasText: cookie }).first()
  await expect(card.locator('[data-reason]').first()).toHaveAttribute('data-reason', reason)
  await expect(card).toContainText(/confirmed/)
  // The line to change is another request's: it is named, and a click away.
  if (operation === 'send') await expect(card).toContainText(/The line to change was sent by (GET|POST) /)
  const decisive = card.locator('[data-reason]').first()
  const copy = decisive.getByRole('button', { name: /^Copy the corrected line/ })
  if ((await copy.count()) > 0) {
    // The shop needs the line whole: what is copied holds the value once that is revealed.
    await card.getByRole('button', { name: /^Value of / }).click()
    return { setCookie: await reader.copied(copy) }
  }
  return { changes: [namedChange(await decisive.getByRole('listitem').allTextContents())] }
}

/** The diagnosis to come first, where the login has a cause beside the cookie's own reason. */
const causeOf = (id: ScenarioId, mode: ThirdPartyMode): string | undefined => {
  const causes: Partial<Record<ScenarioId, string>> = {
    'secure-on-http': 'ProxyHidesHttps',
    'strict-after-return': 'SameSiteOnReturn',
    'credentials-omitted': 'CredentialsNotIncluded',
    ...(mode === 'blocked' ? { 'third-party-blocked': 'ThirdPartyCookiesBlocked' } : {}),
  }
  return causes[id]
}
