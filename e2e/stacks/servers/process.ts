import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'

export interface ServerProcess {
  /** What it has written, for the message of a test that fails. */
  output(): string
  stop(): Promise<void>
}

const startTimeout = 30_000

const accepts = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })

/**
 * Starts a server in a process group of its own, and waits until it accepts connections. It never outlives this process.
 * @throws {Error} with the server's last words when it does not come up; nothing is left behind then
 */
export const startProcess = async (
  [command, ...args]: readonly [string, ...string[]],
  { cwd, env, port }: { cwd: string; env: Readonly<Record<string, string>>; port: number },
): Promise<ServerProcess> => {
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, ...env },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  let isGone = false
  const read = (text: string) => {
    output = (output + text).slice(-10_000)
  }
  child.stdout.setEncoding('utf8').on('data', read)
  child.stderr.setEncoding('utf8').on('data', read)
  child.once('error', (error) => {
    read(error.message)
    isGone = true
  })
  const exited = once(child, 'exit').then(
    () => undefined,
    () => undefined,
  )
  void exited.then(() => {
    isGone = true
  })
  const kill = () => {
    if (child.pid === undefined) return
    try {
      process.kill(-child.pid, 'SIGKILL')
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
    }
  }
  process.once('exit', kill)
  const stop = async () => {
    kill()
    await exited
    process.off('exit', kill)
  }
  const end = performance.now() + startTimeout
  while (!(await accepts(port))) {
    if (isGone || performance.now() > end) {
      await stop()
      throw new Error(`${command} ${isGone ? 'ended' : 'does not listen'}:\n${output.trim().slice(-2_000)}`)
    }
    // A port that is opened makes no event that another process could wait for.
    await delay(25)
  }
  return { output: () => output, stop }
}

/** Listens on a free loopback port. */
export const listen = (server: Server): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
  })

export const stopListening = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })

/** Ports that were free a moment ago, all different. */
export const freePorts = async (count: number): Promise<number[]> => {
  const servers = Array.from({ length: count }, () => createServer())
  const ports = await Promise.all(servers.map(listen))
  await Promise.all(servers.map(stopListening))
  return ports
}
