import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { removeProfile } from './profile.ts'

/** Waits for the end of its standard input, which comes when its parent is gone, then ends the browser for it. */
const guard = `
  const { rmSync } = require('node:fs')
  const [pid, profile] = process.argv.slice(1)
  process.stdin.resume()
  process.stdin.on('end', () => {
    try { process.kill(process.platform === 'win32' ? Number(pid) : -Number(pid), 'SIGKILL') } catch {}
    rmSync(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
    process.exit()
  })
`

const kill = (child: ChildProcess): void => {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return
  try {
    if (process.platform === 'win32') child.kill('SIGKILL')
    else process.kill(-child.pid, 'SIGKILL')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

export interface GuardedBrowser {
  /** Resolves when the browser is gone, whoever ended it. */
  readonly exited: Promise<void>
  /** Ends the browser with all its processes and removes its profile. May be called twice. */
  stop(): Promise<void>
}

/**
 * Sees to it that a Firefox never outlives this process, even when this is killed outright: unlike Chromium, Firefox does
 * not quit when nobody talks to it any more.
 */
export const guardBrowser = (browser: ChildProcess, profile: string): GuardedBrowser => {
  // `once` would reject on 'error', which comes instead of 'exit' when there is no such file.
  const exited =
    browser.exitCode !== null || browser.signalCode !== null
      ? Promise.resolve()
      : once(browser, 'exit').then(
          () => undefined,
          () => undefined,
        )
  const watcher = spawn(process.execPath, ['-e', guard, String(browser.pid), profile], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  watcher.stdin?.on('error', () => undefined)
  watcher.unref()
  return {
    exited,
    stop: async () => {
      kill(browser)
      await exited
      watcher.kill('SIGKILL')
      await removeProfile(profile)
    },
  }
}
