import { signal } from '@preact/signals'
import { LogEntries } from '../../src/panel/log-entries.ts'
import type { LogEntry, Session, SessionStatus } from '../../src/panel/session.ts'
import type { Scene } from './scenes.ts'

/** A session whose log the page writes itself. */
export interface FakeSession extends Session {
  readonly log: LogEntries
  readonly calls: string[]
  /** Appends entries, or replaces those with the same id. */
  put(...entries: LogEntry[]): void
  /** Something was done to `log`. */
  changed(): void
  setStatus(change: Partial<SessionStatus>): void
}

const STATUS: SessionStatus = {
  recording: true,
  recordingSince: new Date(2026, 10, 21, 12, 4, 31).getTime(),
  hostAccess: 'granted',
  connection: 'connected',
  thirdPartyCookies: 'allowed',
  jarSize: 14,
  browser: { name: 'chromium', version: '156.0.0.0' },
  page: 'https://app.shop.test/login',
}

export function fakeSession(scene: Scene, change: Partial<SessionStatus> = {}): FakeSession {
  const { entries, writes = [], gaps = [], bounds } = scene
  const log = new LogEntries(undefined, bounds)
  log.put(entries)
  log.addWrites(writes)
  for (const { kind, from, to } of gaps) {
    log.openGap(kind, from)
    if (to !== null) log.closeGap(kind, to)
  }
  const version = signal(0)
  const status = signal<SessionStatus>({ ...STATUS, ...change })
  const calls: string[] = []
  const changed = () => void version.value++
  const setStatus = (next: Partial<SessionStatus>) => {
    status.value = { ...status.peek(), ...next }
  }
  return {
    entries: log.list,
    writes: log.writes,
    gaps: log.gaps,
    log,
    version,
    status,
    calls,
    put(...entries) {
      log.put(entries)
      changed()
    },
    changed,
    setStatus,
    setRecording(on) {
      calls.push(`setRecording ${on}`)
      setStatus({ recording: on, recordingSince: on ? Date.now() : null })
    },
    clear() {
      calls.push('clear')
      log.clear()
      changed()
    },
    reloadPage() {
      calls.push('reloadPage')
    },
    async requestHostAccess() {
      calls.push('requestHostAccess')
      setStatus({ hostAccess: 'granted' })
    },
  }
}
