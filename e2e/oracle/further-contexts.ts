import { createHash } from 'node:crypto'
import type { Frame } from 'playwright'
import type { Case, Context } from './cases.ts'
import type { Traffic } from './traffic.ts'

/** Requests of which CDP tells a page's session nothing: the server tells their Cookie header, and the store the rest. */
const silentKinds: ReadonlySet<Context['kind']> = new Set(['websocket', 'worker', 'shared-worker'])

export const isSilent = ({ context: { kind } }: Case): boolean => silentKinds.has(kind)

/** How long such a request may take to arrive, milliseconds. */
const patience = 3000

export interface Arrival {
  /** Null where it never comes. */
  traffic: Promise<Traffic | null>
  arrived(headers: readonly string[]): void
}

/** Waits for a request at the server. */
export const awaitArrival = (): Arrival => {
  let arrived: Arrival['arrived'] = () => undefined
  const traffic = new Promise<Traffic | null>((resolve) => {
    const timer = setTimeout(() => resolve(null), patience)
    arrived = (headers) => {
      clearTimeout(timer)
      const requestHeaders = headers.map((line) => {
        const colon = line.indexOf(':')
        return { name: line.slice(0, colon), value: line.slice(colon + 1).trim() }
      })
      resolve({ requestHeaders, time: Date.now(), blockedLines: [], associated: [], dateHeader: null })
    }
  })
  return { traffic, arrived }
}

/** The first lines of the answer to a WebSocket handshake (RFC 6455 4.2.2); null to any other request. */
export const handshake = (headers: readonly string[]): string[] | null => {
  const key = headers.map((line) => /^sec-websocket-key:\s*(.+)$/i.exec(line)?.[1]).find((value) => value !== undefined)
  if (key === undefined) return null
  const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64')
  return [
    'HTTP/1.1 101 Switching Protocols',
    'Upgrade: websocket',
    'Connection: Upgrade',
    `Sec-WebSocket-Accept: ${accept}`,
  ]
}

/** What both kinds of workers run: they ask for the URL that they are sent, and say when it is answered. */
export const workerScript = `const ask = (url, port) =>
  fetch(url, { credentials: 'include', cache: 'no-store' }).catch(() => undefined).then(() => port.postMessage('done'))
onmessage = ({ data }) => ask(data, self)
onconnect = ({ ports: [port] }) => { port.onmessage = ({ data }) => ask(data, port) }`

export const openSocket = (origin: Frame, url: string): Promise<void> =>
  origin.evaluate(
    (target) =>
      new Promise<void>((resolve) => {
        const socket = new WebSocket(target)
        socket.onclose = () => resolve()
      }),
    url,
  )

/** @param token part of the script's URL, so that each case has a worker of its own */
export const askByWorker = (origin: Frame, url: string, shared: boolean, token: string): Promise<void> =>
  origin.evaluate(
    ([target, script, isShared]) =>
      new Promise<void>((resolve) => {
        if (isShared) {
          const { port } = new SharedWorker(script)
          port.onmessage = () => resolve()
          port.postMessage(target)
          return
        }
        const worker = new Worker(script)
        worker.onmessage = () => resolve()
        worker.onerror = () => resolve()
        worker.postMessage(target)
      }),
    [url, `/?worker=${token}`, shared] as const,
  )
