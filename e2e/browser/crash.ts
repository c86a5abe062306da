import type { RunningBrowser } from './launch.ts'

/**
 * Crashes the page under test. Resolves when the browser has noticed; what loads another into the tab is DevTools, for
 * Playwright gives such a page up.
 * @param address chrome://crash and its like: what to visit for it; else it crashes where it is
 */
export const crashPage = async ({ context, page }: RunningBrowser, address?: string): Promise<void> => {
  const crashed = page.waitForEvent('crash')
  const session = await context.newCDPSession(page)
  const order = address === undefined ? session.send('Page.crash') : session.send('Page.navigate', { url: address })
  // A page that is gone does not answer.
  order.catch(() => undefined)
  await crashed
}
