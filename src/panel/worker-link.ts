import browser, { type Runtime } from 'webextension-polyfill'
import { type PageMessage, portName, type WorkerMessage } from '../capture/channel.ts'

export interface WorkerLinkHandlers {
  onMessage(message: WorkerMessage): void
  /** A port is open: tell the new worker what it has to know. */
  onConnected(send: WorkerLink['send']): void
  /** The worker is gone; a new one is being started. */
  onDisconnected(): void
  /** The extension itself is gone (reloaded, updated, removed): there will be no other worker. */
  onLost(): void
}

export interface WorkerLink {
  /** Lost while no port is open: `onConnected` is the place to say again what lasts. */
  send(message: PageMessage): void
}

/** A worker that was killed is back within 50 ms; one that fails as it starts is not tried without end. */
const firstDelay = 100
const longestDelay = 5_000

const isExtensionThere = (): boolean => {
  try {
    return browser.runtime.id !== undefined
  } catch {
    return false
  }
}

/** A port to the service worker that is opened again whenever it closes. */
export const connectWorker = (tabId: number, handlers: WorkerLinkHandlers): WorkerLink => {
  let port: Runtime.Port | null = null
  /** Connections in a row from which nothing came. */
  let failures = 0

  const connect = () => {
    if (!isExtensionThere()) return handlers.onLost()
    try {
      port = browser.runtime.connect({ name: portName(tabId) })
    } catch {
      // "Extension context invalidated": the only reason for which connect throws.
      return handlers.onLost()
    }
    port.onMessage.addListener((message) => {
      failures = 0
      handlers.onMessage(message as WorkerMessage)
    })
    port.onDisconnect.addListener(() => {
      port = null
      handlers.onDisconnected()
      if (failures === 0) connect()
      else setTimeout(connect, Math.min(longestDelay, firstDelay * 2 ** (failures - 1)))
      failures++
    })
    handlers.onConnected(send)
  }
  const send = (message: PageMessage) => port?.postMessage(message)
  connect()
  return { send }
}
