import { createHash } from 'node:crypto'
import { createServer as createHttpServer, type IncomingMessage, type RequestListener } from 'node:http'
import { createSecureServer } from 'node:http2'
import { createServer as createHttpsServer } from 'node:https'
import type { AddressInfo, Server, Socket } from 'node:net'
import { generate } from 'selfsigned'

/** What a path answers. Header values are byte strings, sent as they are. */
export interface Answer {
  status?: number
  headers?: Record<string, string | string[]>
  body?: string
  /** Headers of a 103 response before it. */
  earlyHints?: Record<string, string>
}

export interface Site {
  /** For `launch({ servers })`: every host name leads here. */
  readonly servers: { https: number; http: number }
  /** What has been asked for, as `METHOD url`, in order. */
  readonly requests: readonly string[]
  /** Done once, after a request for this path has come and before it is answered. */
  interrupt(path: string, action: () => Promise<void>): void
  /** Holds the next request for each of these paths until all have come: they are answered at once. */
  together(...paths: string[]): void
  close(): Promise<void>
}

const listen = (server: Server): Promise<number> =>
  new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)))

/** A server that ends with all its connections, upgraded ones too. */
const stoppable = (server: Server): { server: Server; stop(): Promise<void> } => {
  const open = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    open.add(socket)
    socket.on('close', () => open.delete(socket))
  })
  return {
    server,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of open) socket.destroy()
      }),
  }
}

const withResolvers = (): { promise: Promise<void>; resolve: () => void } => {
  let resolve: () => void = () => undefined
  const promise = new Promise<void>((done) => {
    resolve = done
  })
  return { promise, resolve }
}

const listOf = (value: string | string[]): string[] => (Array.isArray(value) ? value : [value])

/** Answers a WebSocket's handshake (RFC 6455 1.3); nothing is said afterwards. */
const upgrade = ({ headers }: IncomingMessage, socket: NodeJS.WritableStream, more: Answer['headers'] = {}): void => {
  const key = `${headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`
  const lines = [
    'HTTP/1.1 101 Switching Protocols',
    'Upgrade: websocket',
    'Connection: Upgrade',
    `Sec-WebSocket-Accept: ${createHash('sha1').update(key).digest('base64')}`,
    ...Object.entries(more).flatMap(([name, value]) => listOf(value).map((one) => `${name}: ${one}`)),
  ]
  socket.write(`${lines.join('\r\n')}\r\n\r\n`)
}

/**
 * A site that answers by `METHOD /path` or `/path`, the same on every host; 404 elsewhere.
 * @param http2 whether https speaks HTTP/2; with `earlyHints` in an answer, that comes before it
 */
export const startSite = async (answers: Record<string, Answer>, { http2 = false } = {}): Promise<Site> => {
  const interruptions = new Map<string, () => Promise<void>>()
  const requests: string[] = []
  const listener: RequestListener = async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://any.test')
    const host = request.headers.host ?? request.headers[':authority']
    requests.push(`${request.method} ${'encrypted' in request.socket ? 'https' : 'http'}://${host}${pathname}`)
    const interruption = interruptions.get(pathname)
    interruptions.delete(pathname)
    await interruption?.()
    const {
      status = 200,
      headers = {},
      body = '',
      earlyHints,
    } = answers[`${request.method} ${pathname}`] ?? answers[pathname] ?? ({ status: 404 } satisfies Answer as Answer)
    if (earlyHints !== undefined) response.writeEarlyHints(earlyHints)
    response.writeHead(status, { 'Cache-Control': 'no-store', 'Content-Type': 'text/html', ...headers })
    response.end(body)
  }
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'app.test' }], { keyType: 'ec' })
  const secure = stoppable(
    http2
      ? createSecureServer({ key, cert, allowHTTP1: true }, listener as never)
      : createHttpsServer({ key, cert }, listener),
  )
  const plain = stoppable(
    createHttpServer(listener).on('upgrade', (request: IncomingMessage, socket: Socket) =>
      upgrade(request, socket, answers[new URL(request.url ?? '/', 'http://any.test').pathname]?.headers),
    ),
  )
  return {
    servers: { https: await listen(secure.server), http: await listen(plain.server) },
    requests,
    interrupt: (path, action) => void interruptions.set(path, action),
    together(...paths) {
      const { promise, resolve } = withResolvers()
      let missing = paths.length
      for (const path of paths) {
        interruptions.set(path, () => {
          if (--missing === 0) resolve()
          return promise
        })
      }
    },
    async close() {
      await Promise.all([secure.stop(), plain.stop()])
    },
  }
}
