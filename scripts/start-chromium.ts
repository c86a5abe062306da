import path from 'node:path'
import { openPanel } from '../e2e/browser/devtools.ts'
import { launch } from '../e2e/browser/launch.ts'
import { panelReader } from '../e2e/browser/panel.ts'
import { logIn, survives } from '../e2e/sites/robot.ts'
import { scenarioOf } from '../e2e/sites/scenarios.ts'
import type { Shop } from '../e2e/sites/shop.ts'
import { storyOf } from '../e2e/sites/stories/table.ts'
import { play } from '../e2e/sites/story-robot.ts'
import { type Demo, sayPlayed, sayPlaying, sayShown, TOLD } from './start-demo.ts'

export const launchDemo = async (shop: Shop, headless: boolean): Promise<Demo> => {
  const { title, expected } = scenarioOf(shop.scenario)
  // Some logins break only there.
  const thirdPartyCookies = expected.allowed === null && expected.blocked !== null ? 'blocked' : 'allowed'
  const running = await launch({
    thirdPartyCookies,
    servers: shop.servers,
    extension: path.resolve('dist/chromium'),
    devtools: true,
    headless,
    ...(headless ? {} : { dock: 'bottom', theme: 'system', window: { width: 1400, height: 960 } }),
  })
  return {
    async show() {
      await openPanel(running)
      await running.page.goto(shop.startUrl)
      await running.page.bringToFront()
      // Nothing of ours stays attached to their browser.
      await running.browser.close()
      sayShown()
      await running.exited
    },
    async play() {
      const { story } = shop
      sayPlaying(story === null ? title : storyOf(story).title)
      const opened = await openPanel(running)
      const reader = panelReader(opened)
      const loss = story === null ? expected[thirdPartyCookies] : null
      if (story !== null) await play(running.page, shop)
      else {
        await logIn(running.page, shop)
        if (loss === null) await survives(running.page)
      }
      if (loss === null) await opened.panel.getByRole('tab', { name: 'Story' }).click()
      else await reader.open(reader.row(loss.request))
      // The store's answer comes a moment after the response.
      await opened.panel
        .getByText(loss === null ? TOLD : /confirmed/)
        .first()
        .waitFor()
      const image = await opened.devtools.screenshot()
      await sayPlayed(await reader.exportMarkdown(), image)
    },
    close: () => running.close(),
  }
}
