import type { Frame, Page } from 'playwright'
import { devToolsWindow, type RunningBrowser } from './launch.ts'

export { sizes } from './launch.ts'

import { type Theme, themeSetting } from './profile.ts'

export interface OpenPanel {
  /** The DevTools window: `screenshot`, `keyboard` and `setViewportSize` are this page's. */
  readonly devtools: Page
  /** The panel's own document in it. */
  readonly panel: Frame
}

/**
 * Opens our panel in the DevTools window of the first tab.
 * @param name the panel's tab, as its user reads it
 * @throws {Error} when DevTools shows no such tab within Playwright's timeout
 */
export const openPanel = async (running: RunningBrowser, name = 'Cookie Verdict'): Promise<OpenPanel> => {
  const devtools = await devToolsWindow(running)
  await devtools.getByRole('tab', { name }).click()
  // The other extension frame is the invisible DevTools page.
  const iframe = await devtools.locator('iframe[src^="chrome-extension://"][src*="panel.html"]').elementHandle()
  const panel = await iframe?.contentFrame()
  if (panel === null || panel === undefined) throw new Error(`The ${name} tab shows no panel.`)
  await panel.waitForLoadState()
  return { devtools, panel }
}

/** Switches DevTools' theme while it is open, as its settings page does: panels hear of it. */
export const setTheme = async (devtools: Page, theme: Theme): Promise<void> => {
  // A text, not a function: the module lives in DevTools' own bundle, where no compiler should follow the import.
  await devtools.evaluate(
    `import('devtools://devtools/bundled/core/common/common.js').then(({ Settings }) =>
       Settings.Settings.instance().moduleSetting('ui-theme').set('${themeSetting(theme)}'))`,
  )
}
