/** Takes the README's pictures: the real panel in the real DevTools. Run by hand: `npx tsx scripts/readme-pictures.ts`. */
import path from 'node:path'
import { openPanel, setTheme } from '../e2e/browser/devtools.ts'
import { launch } from '../e2e/browser/launch.ts'
import { panelReader } from '../e2e/browser/panel.ts'
import { logIn } from '../e2e/sites/robot.ts'
import { scenarioOf } from '../e2e/sites/scenarios.ts'
import { startShop } from '../e2e/sites/shop.ts'

const scenario = 'cross-site-lax'
const shop = await startShop({ scenario })
const running = await launch({
  thirdPartyCookies: 'allowed',
  servers: shop.servers,
  extension: path.resolve('dist/chromium'),
  devtools: true,
})
try {
  const opened = await openPanel(running)
  const reader = panelReader(opened)
  await opened.devtools.setViewportSize({ width: 1200, height: 640 })
  await logIn(running.page, shop)
  const { allowed: loss } = scenarioOf(scenario).expected
  if (loss === null) throw new Error(`Nothing is flagged in ${scenario}.`)
  await reader.open(reader.flagged(loss.request))
  await opened.panel
    .getByText(/^confirmed/)
    .first()
    .waitFor()
  for (const theme of ['light', 'dark'] as const) {
    await setTheme(opened.devtools, theme)
    await opened.panel.locator(`html[data-theme="${theme}"]`).waitFor()
    await opened.devtools.screenshot({ path: `docs/panel-${theme}.png` })
  }
} finally {
  await running.close()
  await shop.close()
}
