import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect } from 'playwright/test'
import { launchFirefox } from '../e2e/browser/firefox.ts'
import { firefoxPanelReader } from '../e2e/browser/firefox-reader.ts'
import { openFirefoxPanel } from '../e2e/browser/firefox-toolbox.ts'
import { expectedInFirefox, noDefectInFirefox } from '../e2e/sites/firefox-expected.ts'
import { logIn, survives } from '../e2e/sites/firefox-robot.ts'
import { play } from '../e2e/sites/firefox-story-robot.ts'
import { scenarioOf } from '../e2e/sites/scenarios.ts'
import type { Shop } from '../e2e/sites/shop.ts'
import { storyOf } from '../e2e/sites/stories/table.ts'
import { type Demo, sayPlayed, sayPlaying, sayShown, TOLD } from './start-demo.ts'

export const launchDemo = async (shop: Shop, headless: boolean): Promise<Demo> => {
  const running = await launchFirefox({
    thirdPartyCookies: 'partitioned',
    servers: shop.servers,
    extension: path.resolve('dist/firefox'),
    headless,
    window: { width: 1400, height: 960 },
    preferences: { 'devtools.toolbox.footer.height': 420 },
  })
  return {
    async show() {
      await openFirefoxPanel(running)
      await running.page.goto(shop.startUrl)
      sayShown()
      // We stay attached: without us, Firefox would not accept the shop's certificate.
      await running.exited
    },
    async play() {
      const { scenario, story } = shop
      if (story === null) sayPlaying(scenarioOf(scenario).title, noDefectInFirefox[scenario])
      else sayPlaying(storyOf(story).title)
      const panel = await openFirefoxPanel(running)
      const reader = firefoxPanelReader(running, panel, tmpdir())
      const loss = story === null ? expectedInFirefox(scenario) : null
      if (story !== null) await play(running.page, shop)
      else {
        await logIn(running.page, shop)
        if (loss === null) await survives(running.page)
      }
      if (loss !== null) {
        await expect.poll(() => reader.rowName(loss.request)).toMatch(/^Cookie not/)
        await reader.select(loss.request)
        // The store's answer comes a moment after the response.
        await expect.poll(async () => (await reader.card(loss.cookie))?.text ?? '').toMatch(/confirmed/)
      } else {
        await panel.evaluate(() => {
          const tabs = document.querySelectorAll<HTMLElement>('[role=tab]')
          for (const tab of tabs) if (tab.textContent === 'Story') tab.click()
        }, null)
        await expect.poll(() => panel.evaluate(() => document.body.innerText, null)).toMatch(TOLD)
      }
      const image = await panel.screenshot()
      await sayPlayed(await reader.exportMarkdown(), image)
    },
    close: () => running.close(),
  }
}
