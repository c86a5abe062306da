import type { Frame } from 'playwright'
import type { RunningBrowser } from '../e2e/browser/launch.ts'

/** Bytes of heap, what is garbage left out, of the extension's pages in DevTools: the panel and the recorder share one. */
export const pagesHeap = async ({ context }: RunningBrowser, panel: Frame): Promise<number> => {
  const session = await context.newCDPSession(panel)
  try {
    await session.send('HeapProfiler.collectGarbage')
    return (await session.send('Runtime.getHeapUsage')).usedSize
  } finally {
    await session.detach()
  }
}

interface Answer {
  id?: number
  result?: { usedSize?: number }
}

/** The same of the extension's service worker; null while it sleeps. */
export const workerHeap = async ({ browser }: RunningBrowser): Promise<number | null> => {
  const session = await browser.newBrowserCDPSession()
  try {
    const { targetInfos } = await session.send('Target.getTargets')
    const worker = targetInfos.find(({ type, url }) => type === 'service_worker' && url.startsWith('chrome-extension:'))
    if (worker === undefined) return null
    // Without a session of its own, so that Playwright stays out of it.
    const { sessionId } = await session.send('Target.attachToTarget', { targetId: worker.targetId, flatten: false })
    const ask = (id: number, method: string): Promise<Answer> =>
      new Promise((resolve) => {
        session.on('Target.receivedMessageFromTarget', ({ message }) => {
          const answer = JSON.parse(message) as Answer
          if (answer.id === id) resolve(answer)
        })
        session.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id, method }) })
      })
    await ask(1, 'HeapProfiler.collectGarbage')
    return (await ask(2, 'Runtime.getHeapUsage')).result?.usedSize ?? null
  } finally {
    await session.detach()
  }
}
