import type { Page } from 'puppeteer-core'
import type { RunningFirefox } from './firefox.ts'
import type { ChromeWindow } from './firefox-chrome.ts'

/** What is used here of a browser window beside `ChromeWindow`. */
interface OpeningWindow extends ChromeWindow {
  OpenBrowserWindow(options: { private: boolean }): OpeningWindow
  addEventListener(event: string, listener: () => void, options: { once: boolean }): void
  readonly delayedStartupPromise: Promise<void>
}

/** Opens a private window, as its user does. @returns its tab, on its first page */
export const openPrivateWindow = async ({ browser, evaluateInChrome }: RunningFirefox): Promise<Page> => {
  const before = new Set(await browser.pages())
  await evaluateInChrome(async (window) => {
    const opened = (window as OpeningWindow).OpenBrowserWindow({ private: true })
    await new Promise<void>((resolve) => opened.addEventListener('load', resolve, { once: true }))
    await opened.delayedStartupPromise
  }, null)
  const page = (await browser.pages()).find((one) => !before.has(one))
  if (page === undefined) throw new Error('The private window has no tab.')
  return page
}
