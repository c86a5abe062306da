import browser, { type Runtime } from 'webextension-polyfill'
import type { PageMessage, WorkerMessage } from '../capture/channel.ts'
import { hostPattern } from '../capture/host-access.ts'

const answer = async (page: string): Promise<WorkerMessage> => {
  const host = hostPattern(page)
  try {
    return { page, granted: host === null ? null : await browser.permissions.contains({ origins: [host] }) }
  } catch (error) {
    return { page, granted: null, problem: String(error) }
  }
}

/**
 * Tells one DevTools page whether the extension may see the inspected page's site, for as long as its port is open:
 * nothing is listened to before, nothing after.
 */
export const watchAccess = (port: Runtime.Port): void => {
  let page: string | null = null

  const check = async () => {
    if (page === null) return
    const message = await answer(page)
    if (message.page === page) port.postMessage(message)
  }
  const recheck = () => void check()
  const stop = () => {
    page = null
    browser.permissions.onAdded.removeListener(recheck)
    browser.permissions.onRemoved.removeListener(recheck)
  }
  port.onMessage.addListener((message) => {
    page = (message as PageMessage).page
    recheck()
  })
  port.onDisconnect.addListener(stop)
  browser.permissions.onAdded.addListener(recheck)
  browser.permissions.onRemoved.addListener(recheck)
}
