import { createServer as createHttp, type Server, type Socket } from 'node:net'
import { createServer as createTls } from 'node:tls'
import { generate } from 'selfsigned'

/** The answer to a request, as bytes (one character a byte). `headers` are the request's lines as they came. */
export type Answer = (method: string, host: string, target: string, headers: readonly string[]) => string

export interface RawServers {
  http: number
  https: number
  close(): Promise<void>
}

/**
 * Servers that send exactly the bytes they are given: HTTP libraries refuse many of the lines that matter here.
 * One request a connection.
 */
export const startServers = async (answer: Answer): Promise<RawServers> => {
  const open = new Set<Socket>()
  const onConnection = (socket: Socket): void => {
    let received = ''
    open.add(socket)
    socket.on('close', () => open.delete(socket))
    socket.setEncoding('latin1')
    socket.on('error', () => socket.destroy())
    socket.on('data', (chunk: string) => {
      received += chunk
      const end = received.indexOf('\r\n\r\n')
      if (end === -1) return
      const [request = '', ...headers] = received.slice(0, end).split('\r\n')
      const length = Number(/^content-length:\s*(\d+)$/im.exec(headers.join('\n'))?.[1] ?? 0)
      if (received.length < end + 4 + length) return
      received = ''
      const host = /^host:\s*(.+)$/im.exec(headers.join('\n'))?.[1] ?? ''
      const [method = '', target = ''] = request.split(' ')
      socket.end(answer(method, host, target, headers), 'latin1')
    })
  }
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'oracle.test' }], { keySize: 2048 })
  const servers: [Server, Server] = [createHttp(onConnection), createTls({ key, cert }, onConnection) as Server]
  const [http, https] = await Promise.all(servers.map(listen))
  return {
    http: http ?? 0,
    https: https ?? 0,
    close: async () => {
      // Browsers keep connections open that they may need; waiting for those would be waiting for ever.
      for (const socket of open) socket.destroy()
      await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))
    },
  }
}

const listen = (server: Server): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : 0)
    })
  })
