import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { removeProfile } from './profile.ts'

export interface BrowserProcess {
  /** The `ws://` address of the browser's CDP endpoint; its port was free. */
  readonly endpoint: string
  /** Resolves when the browser is gone, whoever ended it. */
  readonly exited: Promise<void>
  /** Ends the browser with all its processes and removes its profile. May be called twice. */
  stop(): Promise<void>
}

const startTimeout = 30_000

/** Ends the browser with its children: they share its process group, except on Windows, which has none. */
const kill = (child: ChildProcess): void => {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return
  try {
    if (process.platform === 'win32') child.kill('SIGKILL')
    else process.kill(-child.pid, 'SIGKILL')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

/** Waits for the line in which Chromium says where its CDP endpoint listens. */
const readEndpoint = (child: ChildProcess, executable: string): Promise<string> =>
  new Promise((resolve, reject) => {
    let output = ''
    const fail = (why: string) => {
      const last = output.trim().split('\n').slice(-3).join('\n')
      reject(new Error(`${executable} did not start: ${why}${last === '' ? '' : `\n${last}`}`))
    }
    const timer = setTimeout(() => fail(`no DevTools endpoint within ${startTimeout / 1000} s`), startTimeout)
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      // Read on after the line was found, so that the pipe never fills.
      if (output.length < 100_000) output += text
      const endpoint = /DevTools listening on (ws:\S+)/.exec(output)?.[1]
      if (endpoint === undefined) return
      clearTimeout(timer)
      resolve(endpoint)
    })
    child.once('error', (error) => {
      clearTimeout(timer)
      fail(error.message)
    })
    child.once('exit', (code, signal) => {
      clearTimeout(timer)
      fail(`it ended with ${signal ?? `code ${code}`}`)
    })
  })

/**
 * Starts a browser on a profile and waits for its CDP endpoint. The browser never outlives this process: it is ended
 * when Node exits, and its profile removed, too.
 * @throws {Error} with the browser's last words when it does not come up; nothing is left behind then
 */
export const startBrowserProcess = async (
  executable: string,
  flags: readonly string[],
  profile: string,
): Promise<BrowserProcess> => {
  // The pipes are for their end only: a browser whose debugging pipe closes quits, so that none is left over even when
  // this process is killed outright. The conversation goes through the port.
  const child = spawn(
    executable,
    [`--user-data-dir=${profile}`, '--remote-debugging-port=0', '--remote-debugging-pipe', ...flags],
    { detached: process.platform !== 'win32', stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'] },
  )
  // Writing to a browser that has gone would be an error here; nobody writes.
  for (const pipe of child.stdio.slice(3)) pipe?.on('error', () => undefined)
  // `once` would reject on 'error', which spawn emits instead of 'exit' when there is no such file.
  const exited = once(child, 'exit').then(
    () => undefined,
    () => undefined,
  )
  const onExit = () => {
    kill(child)
    rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
  }
  process.once('exit', onExit)
  const stop = async () => {
    kill(child)
    await exited
    await removeProfile(profile)
    process.off('exit', onExit)
  }
  try {
    return { endpoint: await readEndpoint(child, executable), exited, stop }
  } catch (error) {
    await stop()
    throw error
  }
}
