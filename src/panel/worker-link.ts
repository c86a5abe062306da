import browser, { type Runtime } from 'webextension-polyfill'
import { type PageMessage, portName, type WorkerMessage } from '../capture/channel.ts'

export interface WorkerLinkHandlers {
  /** What a new worker has to be told first. */
  lastPage(): string
  onMessage(message: WorkerMessage): void
  /** The extension itself is gone (reloaded, updated, removed): there will be no other worker. */
  onLost(): void
}

export interface WorkerLink {
  /** Lost while no port is open; the next worker is told `lastPage`. */
  send(message: PageMessage): void
}

/** A worker that was ended is back within 50 ms; one that fails as it starts is not tried without pause. */
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
export const connectWorker = ({ lastPage, onMessage, onLost }: WorkerLinkHandlers): WorkerLink => {
  let port: Runtime.Port | null = null
  /** Connections in a row from which nothing came. */
  let failures = 0

  const send = (message: PageMessage) => port?.postMessage(message)
  const open = (): Runtime.Port | null => {
    try {
      return isExtensionThere() ? browser.runtime.connect({ name: portName }) : null
    } catch {
      // "Extension context invalidated": the only reason for which connect throws.
      return null
    }
  }
  const connect = () => {
    port = open()
    if (port === null) {
      onLost()
      return
    }
    port.onMessage.addListener((message) => {
      failures = 0
      onMessage(message as WorkerMessage)
    })
    port.onDisconnect.addListener(() => {
      port = null
      if (failures === 0) connect()
      else setTimeout(connect, Math.min(longestDelay, firstDelay * 2 ** (failures - 1)))
      failures++
    })
    send({ page: lastPage() })
  }
  connect()
  return { send }
}
