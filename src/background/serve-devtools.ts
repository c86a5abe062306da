import browser, { type Runtime } from 'webextension-polyfill'
import { createBatch } from '../capture/batch.ts'
import type { PageMessage, WorkerMessage } from '../capture/channel.ts'
import { readJar, startCapture } from '../capture/chromium-capture.ts'
import type { CaptureEvent } from '../capture/events.ts'
import { originPattern } from '../capture/host-access.ts'

/** Short enough not to be felt, long enough for one message to carry a burst of requests. */
const batchDelay = 16

/** A worker is stopped after 30 s in which it called no API, however many ports are open. */
const keepAliveInterval = 20_000

const describe = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error))

/** Serves one DevTools page for as long as its port is open: nothing is listened to before, nothing after. */
export const serveDevTools = (port: Runtime.Port, tabId: number): void => {
  const send = (message: WorkerMessage) => port.postMessage(message)
  const report = (error: unknown) => send({ kind: 'problem', message: describe(error) })
  const batch = createBatch<CaptureEvent>((events) => send({ kind: 'events', events }), batchDelay)
  let stopCapture: (() => void) | null = null
  let page = ''
  let granted: boolean | null = null

  const sendJar = async () => {
    // Listening began before the store was read, so no change is missed; the page gets the store first.
    batch.hold()
    try {
      const jar = await readJar(tabId)
      if (stopCapture !== null) batch.addFirst(jar)
    } finally {
      batch.release()
    }
  }
  const stop = () => {
    stopCapture?.()
    stopCapture = null
    batch.clear()
  }
  const record = async (on: boolean) => {
    if (on === (stopCapture !== null)) return
    if (!on) return stop()
    stopCapture = startCapture(tabId, batch.add, report)
    await sendJar()
  }
  const checkAccess = async () => {
    const url = page
    const origin = originPattern(url)
    const answer = origin === null ? null : await browser.permissions.contains({ origins: [origin] })
    if (url !== page) return
    const newlyGranted = granted === false && answer === true
    granted = answer
    send({ kind: 'access', url, granted })
    // What could not be read before.
    if (newlyGranted && stopCapture !== null) await sendJar()
  }
  const onMessage = (message: PageMessage) => {
    if (message.kind === 'record') {
      record(message.on).catch(report)
    } else {
      page = message.url
      checkAccess().catch(report)
    }
  }
  const onPermissions = () => void checkAccess().catch(report)
  const onWorkerError = (event: ErrorEvent) => report(event.error ?? event.message)
  const onWorkerRejection = (event: PromiseRejectionEvent) => report(event.reason)
  const keepAlive = setInterval(() => void browser.runtime.getPlatformInfo().catch(report), keepAliveInterval)

  port.onMessage.addListener((message) => onMessage(message as PageMessage))
  browser.permissions.onAdded.addListener(onPermissions)
  browser.permissions.onRemoved.addListener(onPermissions)
  self.addEventListener('error', onWorkerError)
  self.addEventListener('unhandledrejection', onWorkerRejection)
  port.onDisconnect.addListener(() => {
    stop()
    clearInterval(keepAlive)
    browser.permissions.onAdded.removeListener(onPermissions)
    browser.permissions.onRemoved.removeListener(onPermissions)
    self.removeEventListener('error', onWorkerError)
    self.removeEventListener('unhandledrejection', onWorkerRejection)
  })
}
