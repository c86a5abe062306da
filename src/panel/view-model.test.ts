import { signal } from '@preact/signals'
import { expect, it } from 'vitest'
import { LogEntries } from './log-entries.ts'
import type { LogEntry, Session, SessionStatus } from './session.ts'
import { entryOf, setOf } from './testing/entries.ts'
import { createModel } from './view-model.ts'

function setUp(...entries: LogEntry[]) {
  const culprits = signal<ReadonlySet<string>>(new Set())
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
  const model = createModel(session, { frame: (work) => frames.push(work), later: (work) => work() }, culprits)
  const paint = () =>
    frames.splice(0).forEach((work) => {
      work()
    })
  paint()
  return { session, log, version, status, frames, paint, model, culprits }
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

it('counts and shows as problems the requests at which a login breaks, each once', () => {
  const lost = entryOf('lost', { sets: [setOf('sid', 'blocked')] })
  const { model, log, version, paint, culprits } = setUp(entryOf('page'), entryOf('login'), lost)
  const shown = () => model.list.value.rows.map(({ id }) => id.replace('request-', ''))
  model.setFilter({ problemsOnly: true })
  expect([shown(), model.list.value.problems]).toEqual([['lost'], 1])
  culprits.value = new Set(['login', 'lost', 'gone'])
  expect([shown(), model.list.value.problems]).toEqual([['login', 'lost'], 2])
  culprits.value = new Set(['page'])
  expect([shown(), model.list.value.problems]).toEqual([['page', 'lost'], 2])
  // Told of before the list has heard of it.
  culprits.value = new Set(['me'])
  log.put([entryOf('me')])
  version.value++
  paint()
  expect([shown(), model.list.value.problems]).toEqual([['lost', 'me'], 2])
  culprits.value = new Set()
  expect([shown(), model.list.value.problems]).toEqual([['lost'], 1])
  model.dispose()
  culprits.value = new Set(['me'])
  expect(shown()).toEqual(['lost'])
})

it('leads to a row that the filter hides by switching that off, and leaves it alone else', () => {
  const { model } = setUp(entryOf('page'), entryOf('me'))
  model.setFilter({ text: 'me' })
  expect(model.reveal('request-me')).toBe(false)
  expect(model.filter.value.text).toBe('me')
  expect(model.reveal('request-page')).toBe(true)
  expect(model.filter.value).toEqual({ text: '', problemsOnly: false, differs: false })
  expect(model.position.value).toBe(0)
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
