import type { RunningBrowser } from './launch.ts'
import { isExtension, type Target } from './targets.ts'

/** What runs of the extension: its worker, and its pages in DevTools. */
export const extensionTargets = async ({ browser }: RunningBrowser): Promise<Target[]> => {
  const session = await browser.newBrowserCDPSession()
  try {
    const { targetInfos } = await session.send('Target.getTargets')
    return targetInfos.filter(isExtension).map(({ type, url }) => ({ type, url }))
  } finally {
    await session.detach()
  }
}

/**
 * Kills the extension's service worker, as the browser does when it needs the memory.
 * Resolves when that worker is gone; what the extension listens to, or a new port, may have started another by then.
 * @throws {Error} when no extension worker is running
 */
export const killServiceWorker = async ({ browser }: RunningBrowser): Promise<void> => {
  const session = await browser.newBrowserCDPSession()
  try {
    const { targetInfos } = await session.send('Target.getTargets')
    const worker = targetInfos.find(
      ({ type, url }) => type === 'service_worker' && url.startsWith('chrome-extension://'),
    )
    if (worker === undefined) throw new Error('No extension service worker is running.')
    // Its target lives on, for the worker that comes next; only the session to it is told of the end.
    const { sessionId } = await session.send('Target.attachToTarget', { targetId: worker.targetId, flatten: false })
    const gone = new Promise<void>((resolve) => {
      session.on('Target.receivedMessageFromTarget', (event) => {
        if (event.sessionId === sessionId && event.message.includes('"Inspector.targetCrashed"')) resolve()
      })
    })
    await session.send('Target.sendMessageToTarget', {
      sessionId,
      message: JSON.stringify({ id: 1, method: 'Inspector.enable' }),
    })
    await session.send('Target.closeTarget', { targetId: worker.targetId })
    await gone
  } finally {
    await session.detach()
  }
}
