import { chromium } from 'playwright'

export interface Target {
  type: string
  url: string
}

/**
 * Waits until the browser has such targets. Playwright drops a DevTools window for good when it sees it being opened,
 * so this is done on a connection of its own, closed before the lasting one is made.
 */
export const waitForTargets = async (
  endpoint: string,
  areThere: (targets: readonly Target[]) => boolean,
  missing: string,
): Promise<void> => {
  const browser = await chromium.connectOverCDP(endpoint)
  try {
    const session = await browser.newBrowserCDPSession()
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(missing)), 15_000)
      // The whole list each time: a target turns from `other` to `page` without an event.
      const check = async () => {
        const { targetInfos } = await session.send('Target.getTargets')
        if (!areThere(targetInfos)) return
        clearTimeout(timer)
        resolve()
      }
      const onEvent = () => void check().catch(reject)
      session.on('Target.targetCreated', onEvent)
      session.on('Target.targetInfoChanged', onEvent)
      session.send('Target.setDiscoverTargets', { discover: true }).catch(reject)
    })
  } finally {
    await browser.close()
  }
}

export const isExtension = ({ url }: Target): boolean => url.startsWith('chrome-extension://')

export const isDevToolsWindow = (url: string): boolean => url.includes('/devtools_app.html')

/** Waits for a DevTools window, and for the extension's DevTools page in it. */
export const waitForDevTools = (endpoint: string, hasExtension: boolean): Promise<void> =>
  waitForTargets(
    endpoint,
    (targets) =>
      targets.some(({ type, url }) => type === 'page' && isDevToolsWindow(url)) &&
      // The extension's DevTools page is an iframe of that window, made when DevTools itself is ready.
      (!hasExtension || targets.some((target) => target.type === 'iframe' && isExtension(target))),
    'DevTools did not open.',
  )
