import type { Runtime } from 'webextension-polyfill'
import { afterQueued, createBatch } from './batch.ts'
import { readOtherSites, readStore } from './cookie-store.ts'
import type { CaptureEvent } from './events.ts'
import { captureFirefox, type FirefoxCapture } from './firefox-capture.ts'
import type { CaptureAnswer, CaptureRequest } from './remote-channel.ts'

/** Background page: listens for one DevTools page, from its first word until its port closes. */
export const serveCapture = (port: Runtime.Port): void => {
  let isOpen = true
  const tell = (answer: CaptureAnswer) => {
    if (isOpen) port.postMessage(answer)
  }
  const batch = createBatch<CaptureEvent>((events) => tell({ kind: 'events', events }), afterQueued())
  let capture: FirefoxCapture | null = null
  let tabId = -1

  const read = async (kind: 'store' | 'other-sites'): Promise<CaptureAnswer> => {
    if (kind === 'other-sites') return { kind, sites: [...(await readOtherSites(tabId))] }
    const reading = await readStore(tabId)
    // What the reading shows already is told before it.
    capture?.flush()
    batch.end()
    return { kind, reading }
  }
  port.onMessage.addListener((message) => {
    const request = message as CaptureRequest
    if (request.kind === 'listen') {
      tabId = request.tabId
      capture = captureFirefox(tabId, batch.add)
    } else if (request.kind !== 'stay') {
      const { kind } = request
      read(kind).then(tell, (error: unknown) => tell({ kind: 'problem', of: kind, problem: String(error) }))
    }
  })
  port.onDisconnect.addListener(() => {
    isOpen = false
    capture?.stop()
  })
}
