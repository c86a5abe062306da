import type { CDPSession } from 'playwright'
import type { RunningBrowser } from './launch.ts'
import { isExtension } from './targets.ts'

export interface ExtensionNetwork {
  /** URLs of all that the extension's worker and pages have asked for, its own files too. */
  requests(): readonly string[]
}

interface Message {
  method?: string
  params?: { request?: { url: string } }
}

/** Sends one command to a target that is attached without a session of its own, so that Playwright stays out of it. */
const send = (session: CDPSession, sessionId: string, method: string) =>
  session.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id: 1, method }) })

/** Watches, through CDP's Network domain, what runs of the extension now and whatever of it is started later. */
export const watchExtensionNetwork = async ({ browser }: RunningBrowser): Promise<ExtensionNetwork> => {
  const session = await browser.newBrowserCDPSession()
  const requests: string[] = []
  const watched = new Set<string>()
  session.on('Target.receivedMessageFromTarget', ({ message }) => {
    const { method, params } = JSON.parse(message) as Message
    if (method === 'Network.requestWillBeSent' && params?.request !== undefined) requests.push(params.request.url)
  })
  const watch = async (target: { targetId: string; url: string }) => {
    if (!isExtension({ type: '', ...target }) || watched.has(target.targetId)) return
    watched.add(target.targetId)
    const { sessionId } = await session.send('Target.attachToTarget', { targetId: target.targetId, flatten: false })
    await send(session, sessionId, 'Network.enable')
  }
  const { targetInfos } = await session.send('Target.getTargets')
  await Promise.all(targetInfos.map(watch))
  session.on('Target.targetCreated', ({ targetInfo }) => void watch(targetInfo))
  session.on('Target.targetInfoChanged', ({ targetInfo }) => void watch(targetInfo))
  await session.send('Target.setDiscoverTargets', { discover: true })
  return { requests: () => requests }
}
