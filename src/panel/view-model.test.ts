import { signal } from '@preact/signals'
import { expect, it } from 'vitest'
import { LogEntries } from './log-entries.ts'
import type { LogEntry, Session, SessionStatus } from './session.ts'
import { entryOf, setOf } from './testing/entries.ts'
import { createModel } from './view-model.ts'

function setUp(...entries: LogEntry[]) {
  const log = new LogEntries()
  log.put(entries)
  const version = signal(0)
  const status = signal<SessionStatus>({
    recording: true,
    recordingSince: 0,
    hostAccess: 'granted',
    connection: 'connected',
    thirdPartyCookies: 'unknown',
    jarSize: null,
    browser: { name: 'chromium', version: '156' },
    page: '',
  })
  const session: Session = {
    entries: log.list,
    writes: log.writes,
    gaps: log.gaps,
    log,
    version,
    status,
    setRecording: () => {},
    clear: () => {},
    reloadPage: () => {},
    requestHostAccess: async () => {},
  }
  const frames: (() => void)[] = []
  const model = createModel(session, { frame: (work) => frames.push(work), later: (work) => work() })
  const paint = () =>
    frames.splice(0).forEach((work) => {
      work()
    })
  paint()
  return { session, log, version, status, frames, paint, model }
}

it('reads the log at most once a frame', () => {
  const { model, log, version, frames, paint } = setUp()
  log.put([entryOf('a')])
  version.value++
  log.put([entryOf('b')])
  version.value++
  expect(frames).toHaveLength(1)
  expect(model.list.value.rows).toHaveLength(0)
  paint()
  expect(model.list.value.rows).toHaveLength(2)
  version.value++
  expect(frames).toHaveLength(1)
})

it('keeps the selection by id while entries are replaced, filtered and appended', () => {
  const { model, log, version, paint } = setUp(entryOf('a'), entryOf('b', { state: 'pending' }))
  model.select('request-b')
  log.put([entryOf('b', { sets: [setOf('sid', 'blocked')] }), entryOf('c')])
  version.value++
  paint()
  expect(model.selected.value).toMatchObject({ mark: 'blocked' })
  expect(model.position.value).toBe(1)
  model.setFilter({ problemsOnly: true })
  expect(model.position.value).toBe(0)
  model.setFilter({ text: 'nowhere' })
  expect(model.position.value).toBe(-1)
  expect(model.selected.value?.id).toBe('request-b')
  model.setFilter({ text: '', problemsOnly: false })
  expect(model.move('ArrowDown', 10)).toBe(true)
  expect(model.selected.value?.id).toBe('request-c')
  expect(model.move('x', 10)).toBe(false)
})

it('lets go of the selection when the log is cleared', () => {
  const { model, log, version, paint } = setUp(entryOf('a'))
  model.select('request-a')
  model.openDetail(true)
  expect(model.detailOpen.value).toBe(true)
  log.clear()
  version.value++
  paint()
  expect(model.selected.value).toBeNull()
  expect(model.detailOpen.value).toBe(false)
  expect(model.list.value.rows).toEqual([])
})

it('follows the status, and stops when disposed', () => {
  const { model, status, version, frames } = setUp()
  status.value = { ...status.value, recording: false }
  expect(model.status.value.recording).toBe(false)
  model.dispose()
  status.value = { ...status.value, recording: true }
  version.value++
  expect(model.status.value.recording).toBe(false)
  expect(frames).toHaveLength(0)
})
