import { fileURLToPath } from 'node:url'
import { test as base } from 'playwright/test'
import { openPanel } from '../browser/devtools.ts'
import { launch, type RunningBrowser } from '../browser/launch.ts'
import { type PanelReader, panelReader } from '../browser/panel.ts'
import { startWorld, type World } from './world.ts'

/** Built by main.mjs, apart from what others build. */
export const extensionFolder = fileURLToPath(new URL('.work/extension', import.meta.url))

/** The browser with the built extension and its panel, open beside the page under test. */
export interface Watched {
  running: RunningBrowser
  reader: PanelReader
}

/** One browser and one set of ports for all tests: stacks come and go behind them. */
export const test = base.extend<{ fresh: Watched }, { world: World; watched: Watched }>({
  world: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from its pattern.
    async ({}, use) => {
      const world = await startWorld()
      await use(world)
      await world.close()
    },
    { scope: 'worker' },
  ],
  watched: [
    async ({ world }, use) => {
      await using running = await launch({
        thirdPartyCookies: 'allowed',
        servers: world.ports,
        extension: extensionFolder,
        devtools: true,
      })
      await use({ running, reader: panelReader(await openPanel(running)) })
    },
    { scope: 'worker' },
  ],
  /** With an empty jar, an empty log and a blank page. */
  fresh: async ({ watched }, use) => {
    const { running, reader } = watched
    await running.page.goto('https://web.shop.test/blank')
    await running.page.evaluate(() => sessionStorage.clear())
    await running.page.goto('about:blank')
    await running.context.clearCookies()
    await reader.clear()
    await use(watched)
  },
})

export { expect } from 'playwright/test'
