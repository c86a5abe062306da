import { signal } from '@preact/signals'
import { expect, it } from 'vitest'
import { LogEntries } from './log-entries.ts'
import type { Log, LogEntry, Session } from './session.ts'
import { entryOf, sendOf, setOf, writeOf } from './testing/entries.ts'
import { createModel } from './view-model.ts'

/** A list that counts how often one of its items is looked at. */
function counted<Item>(list: readonly Item[], count: () => void): readonly Item[] {
  return new Proxy(list, {
    get(target, key) {
      if (typeof key === 'string' && /^\d+$/.test(key)) count()
      return Reflect.get(target, key, target)
    },
  })
}

/** A log and its panel. `work` counts the panel's looks at entries, writes and gaps, and its filter's at rows. */
function setUp() {
  const log = new LogEntries()
  let work = 0
  const count = () => {
    work++
  }
  const counting: Log = {
    entries: counted(log.entries, count),
    writes: counted(log.writes, count),
    gaps: counted(log.gaps, count),
    entry: (id) => {
      count()
      return log.entry(id)
    },
    write: (id) => {
      count()
      return log.write(id)
    },
    gap: (id) => {
      count()
      return log.gap(id)
    },
    problems: (id) => log.problems(id),
    get end() {
      return log.end
    },
    since: (number) => log.since(number),
  }
  const version = signal(0)
  const session: Session = {
    ...{ entries: counting.entries, writes: counting.writes, gaps: counting.gaps, log: counting, version },
    status: signal({
      ...{
        recording: true,
        recordingSince: 0,
        hostAccess: 'granted',
        connection: 'connected',
        jarSize: null,
        page: '',
      },
      ...{ thirdPartyCookies: 'allowed', browser: { name: 'chromium', version: '156' } },
    }),
    ...{ setRecording() {}, clear() {}, reloadPage() {}, requestHostAccess: async () => {} },
  }
  const frames: (() => void)[] = []
  const model = createModel(session, { frame: (run) => frames.push(run), later: (run) => run() })
  const paint = () => {
    version.value++
    for (const run of frames.splice(0)) run()
  }
  paint()
  /** From now on each look of a filter at that row counts. */
  const watch = (id: string) => {
    const summary = model.exchange(id)?.summary
    const search = summary?.search
    const get = () => {
      count()
      return search
    }
    if (summary !== undefined) Object.defineProperty(summary, 'search', { get })
  }
  const feed = (i: number) => {
    const id = `e${i}`
    const started = i * 100
    log.put([entryOf(id, { started, state: 'pending', exchange: { status: 0 } })])
    paint()
    watch(id)
    const sets = i % 10 === 0 ? [setOf('sid', i % 50 === 0 ? 'blocked' : 'stored')] : []
    log.put([entryOf(id, { started, sets, cookies: [sendOf('sid', 'sent'), sendOf('lax', 'blocked')] })])
    if (i % 7 === 0) log.addWrites([writeOf(`w${i}`, started - 30)])
    if (i % 500 === 0) log.openGap('not-recording', started)
    if (i % 500 === 1) log.closeGap('not-recording', started)
    paint()
    watch(id)
  }
  return {
    log,
    model,
    feed,
    /** Work for the exchanges from..to. */
    workFor(from: number, to: number): number {
      const before = work
      for (let i = from; i < to; i++) feed(i)
      return work - before
    },
  }
}

it.each([
  ['everything', { text: '', problemsOnly: false, differs: false }],
  ['what matches a filter', { text: 'shop e1', problemsOnly: false, differs: false }],
  ['problems only', { text: '', problemsOnly: true, differs: false }],
])('an exchange costs the panel no more after 3,000 others than after 100: %s', (_name, filter) => {
  const { log, model, workFor } = setUp()
  model.setFilter(filter)
  workFor(0, 100)
  const first = workFor(100, 300)
  workFor(300, 3_100)
  const last = workFor(3_100, 3_300)
  expect(log.list).toHaveLength(3_300)
  expect(model.list.value.total.exchange).toBe(3_300)
  expect(last).toBeLessThanOrEqual(first * 1.05)
  // Two batches an exchange, and few looks at each.
  expect(last / 200).toBeLessThan(12)
})

it('making room costs each exchange a fixed share of the log, whatever was given up before', () => {
  const work: number[] = []
  const bounds = { exchanges: 1_600, bytes: 1e12, writes: 100, gaps: 10 }
  let looked = 0
  const log = new LogEntries(undefined, bounds)
  const watched = (i: number): LogEntry => {
    const entry = entryOf(`e${i}`, { started: i, ...(i % 9 === 0 && { sets: [setOf('sid', 'blocked')] }) })
    const get = () => {
      looked++
      return 'complete' as const
    }
    return Object.defineProperty({ ...entry }, 'state', { get, enumerable: true })
  }
  for (let i = 0; i < 16_000; i++) {
    log.put([watched(i)])
    if (i % 1_600 === 1_599) {
      work.push(looked)
      looked = 0
    }
  }
  expect(log.list.length).toBeLessThanOrEqual(1_600)
  expect(log.gap('gap-capacity')?.exchanges).toBe(16_000 - log.list.length)
  const [, second = 0, ...later] = work
  expect(second).toBeLessThan(40 * 1_600)
  for (const one of later) expect(one).toBeLessThan(second * 1.5)
})
