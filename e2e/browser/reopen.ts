import { chromium } from 'playwright'
import type { RunningBrowser } from './launch.ts'
import { waitForDevTools } from './targets.ts'

/**
 * Opens DevTools again for the page under test, after it was closed.
 * @returns the browser by another connection, which alone shows the new DevTools window: give it to `openPanel`, and close
 * the first as before
 */
export const reopenDevTools = async (running: RunningBrowser): Promise<RunningBrowser> => {
  const { context, page, endpoint } = running
  const session = await context.newCDPSession(page)
  const { targetInfo } = await session.send('Target.getTargetInfo')
  const browserSession = await running.browser.newBrowserCDPSession()
  await browserSession.send('Target.openDevTools', { targetId: targetInfo.targetId })
  await waitForDevTools(endpoint, true)
  const browser = await chromium.connectOverCDP(endpoint)
  const [profile] = browser.contexts()
  if (profile === undefined) throw new Error('The browser has no context.')
  return { ...running, browser, context: profile }
}
