import { createServer as createHttpServer, type RequestListener, type Server } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { generate } from 'selfsigned'

/** What a path answers. Header values are byte strings, sent as they are. */
export interface Answer {
  status?: number
  headers?: Record<string, string | string[]>
  body?: string
}

export interface Site {
  /** For `launch({ servers })`: every host name leads here. */
  readonly servers: { https: number; http: number }
  /** Done once, after a request for this path has come and before it is answered. */
  interrupt(path: string, action: () => Promise<void>): void
  close(): Promise<void>
}

const listen = (server: Server): Promise<number> =>
  new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)))

const stop = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })

/** A site that answers by `METHOD /path` or `/path`, the same on every host; 404 elsewhere. */
export const startSite = async (answers: Record<string, Answer>): Promise<Site> => {
  const interruptions = new Map<string, () => Promise<void>>()
  const listener: RequestListener = async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://any.test')
    const interruption = interruptions.get(pathname)
    interruptions.delete(pathname)
    await interruption?.()
    const {
      status = 200,
      headers = {},
      body = '',
    } = answers[`${request.method} ${pathname}`] ?? answers[pathname] ?? { status: 404 }
    response.writeHead(status, { 'Cache-Control': 'no-store', 'Content-Type': 'text/html', ...headers })
    response.end(body)
  }
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'app.test' }], { keyType: 'ec' })
  const secure = createHttpsServer({ key, cert }, listener)
  const plain = createHttpServer(listener)
  return {
    servers: { https: await listen(secure), http: await listen(plain) },
    interrupt: (path, action) => void interruptions.set(path, action),
    async close() {
      await Promise.all([stop(secure), stop(plain)])
    },
  }
}
