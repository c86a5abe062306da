import { connect, createServer, type Server, type Socket } from 'node:net'

export interface LoopbackProxy {
  /** On 127.0.0.1. */
  readonly port: number
  close(): Promise<void>
}

const version = 5
const noAuthentication = Uint8Array.of(version, 0)
const reply = (code: number): Uint8Array => Uint8Array.of(version, code, 0, 1, 0, 0, 0, 0, 0, 0)
const replies = { granted: reply(0), notAllowed: reply(2), unreachable: reply(4) }

/** How long the address in a SOCKS request is, by its type; a name says its own length. */
const addressBytes = (request: Buffer): number => {
  switch (request[3]) {
    case 1:
      return 4
    case 4:
      return 16
    default:
      return 1 + (request[4] ?? 0)
  }
}

/**
 * A SOCKS 5 proxy (RFC 1928, CONNECT only) on a free loopback port: whatever the host, its ports 443 and 80 lead to these
 * servers, and nothing else leads anywhere. Names need no resolving, ports no privileges, and nothing leaves the machine.
 */
export const startProxy = async (servers: { https: number; http: number }): Promise<LoopbackProxy> => {
  const open = new Set<Socket>()
  const track = (socket: Socket, other?: Socket): void => {
    open.add(socket)
    socket.on('error', () => socket.destroy())
    socket.on('close', () => {
      open.delete(socket)
      other?.destroy()
    })
  }
  const server = createServer((client) => {
    track(client)
    let received = Buffer.alloc(0)
    let greeted = false
    const onData = (chunk: Buffer): void => {
      received = Buffer.concat([received, chunk])
      if (!greeted) {
        const greeting = 2 + (received[1] ?? 0)
        if (received.length < 2 || received.length < greeting) return
        greeted = true
        received = received.subarray(greeting)
        client.write(noAuthentication)
      }
      if (received.length < 5) return
      const portAt = 4 + addressBytes(received)
      if (received.length < portAt + 2) return
      client.off('data', onData)
      const port = received.readUInt16BE(portAt)
      const target = port === 443 ? servers.https : port === 80 ? servers.http : null
      if (target === null) client.end(replies.notAllowed)
      else join(client, target, received.subarray(portAt + 2))
    }
    client.on('data', onData)
  })
  const join = (client: Socket, port: number, early: Buffer): void => {
    client.pause()
    const upstream = connect(port, '127.0.0.1', () => {
      client.write(replies.granted)
      if (early.length > 0) upstream.write(early)
      client.pipe(upstream)
      upstream.pipe(client)
    })
    upstream.once('error', () => client.end(replies.unreachable))
    track(upstream, client)
    client.once('close', () => upstream.destroy())
  }
  const port = await listen(server)
  return {
    port,
    close: async () => {
      for (const socket of open) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
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
