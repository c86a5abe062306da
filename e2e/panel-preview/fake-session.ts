import { signal } from '@preact/signals'
import type { LogEntry, Session, SessionStatus } from '../../src/panel/session.ts'

/** A session whose log the page writes itself. */
export interface FakeSession extends Session {
  readonly entries: LogEntry[]
  readonly calls: string[]
  /** Appends entries, or replaces those with the same id. */
  put(...entries: LogEntry[]): void
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

export function fakeSession(initial: readonly LogEntry[], change: Partial<SessionStatus> = {}): FakeSession {
  const entries: LogEntry[] = [...initial]
  const version = signal(0)
  const status = signal<SessionStatus>({ ...STATUS, ...change })
  const calls: string[] = []
  const setStatus = (next: Partial<SessionStatus>) => {
    status.value = { ...status.peek(), ...next }
  }
  return {
    entries,
    writes: [],
    gaps: [],
    version,
    status,
    calls,
    put(...changed) {
      for (const entry of changed) {
        const at = entries.findIndex(({ id }) => id === entry.id)
        if (at === -1) entries.push(entry)
        else entries[at] = entry
      }
      version.value++
    },
    setStatus,
    setRecording(on) {
      calls.push(`setRecording ${on}`)
      setStatus({ recording: on, recordingSince: on ? Date.now() : null })
    },
    clear() {
      calls.push('clear')
      entries.length = 0
      version.value++
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
