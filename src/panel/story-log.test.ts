import { expect, it } from 'vitest'
import { LogEntries } from './log-entries.ts'
import type { Log, LogEntry } from './session.ts'
import { StoryLog } from './story-log.ts'
import { entryOf, setOf, writeOf } from './testing/entries.ts'

const isOfInterest = ({ exchange }: LogEntry) => exchange.resourceType !== 'script'
const asset = { resourceType: 'script' }
const ids = (kept: StoryLog) => kept.seen.map(({ id }) => id)

it('keeps what a story may be told from, in order of request', () => {
  const log = new LogEntries()
  const kept = new StoryLog(isOfInterest)
  log.put([entryOf('b', { started: 2 }), entryOf('a', { started: 1 }), entryOf('js', { exchange: asset })])
  expect(kept.update(log)).toBe(true)
  expect(ids(kept)).toEqual(['a', 'b'])
})

it('tells whether a story may be another by what changed', () => {
  const log = new LogEntries()
  const kept = new StoryLog(isOfInterest)
  kept.update(log)
  expect(kept.update(log)).toBe(false)
  log.put([entryOf('js', { exchange: asset })])
  expect(kept.update(log)).toBe(false)
  log.put([entryOf('a', { state: 'pending' })])
  expect(kept.update(log)).toBe(true)
  log.put([entryOf('a')])
  expect(kept.update(log)).toBe(true)
  expect(kept.seen[0]?.state).toBe('complete')
  log.openGap('not-recording', 1)
  expect(kept.update(log)).toBe(false)
  log.addWrites([writeOf('w', 1)])
  expect(kept.update(log)).toBe(true)
  log.clear()
  expect(kept.update(log)).toBe(true)
  expect(ids(kept)).toEqual([])
})

it('keeps what is needed, of interest or not', () => {
  const log = new LogEntries()
  const kept = new StoryLog(isOfInterest)
  log.put([entryOf('js', { exchange: asset })])
  kept.update(log)
  kept.need(new Set(['js', 'gone']), log)
  expect(ids(kept)).toEqual(['js'])
  log.put([entryOf('js', { exchange: { ...asset, status: 304 } })])
  expect(kept.update(log)).toBe(true)
  expect(kept.seen[0]?.exchange.status).toBe(304)
})

it('is bounded: mere reads are given up first, then what has no problem, never what the story stands on', () => {
  const log = new LogEntries()
  const kept = new StoryLog(isOfInterest, 32)
  log.put([
    entryOf('login', { exchange: { method: 'POST' } }),
    entryOf('needed'),
    entryOf('flagged', { sets: [setOf('sid', 'blocked')] }),
  ])
  kept.update(log)
  kept.need(new Set(['needed']), log)
  log.put(Array.from({ length: 200 }, (_, i) => entryOf(`poll${i}`, { started: i + 1 })))
  kept.update(log)
  expect(kept.seen).toHaveLength(30)
  expect(ids(kept).slice(0, 3).sort()).toEqual(['flagged', 'login', 'needed'])
  expect(ids(kept).at(-1)).toBe('poll199')
  log.put(
    Array.from({ length: 100 }, (_, i) => entryOf(`post${i}`, { started: 300 + i, exchange: { method: 'POST' } })),
  )
  kept.update(log)
  expect(
    ids(kept)
      .filter((id) => !id.startsWith('post'))
      .sort(),
  ).toEqual(['flagged', 'needed'])
})

it('costs an exchange no more in a long log than in a short one', () => {
  const log = new LogEntries()
  let looks = 0
  const counting: Log = {
    ...{ entries: log.entries, writes: log.writes, gaps: log.gaps },
    entry(id) {
      looks++
      return log.entry(id)
    },
    write: (id) => log.write(id),
    gap: (id) => log.gap(id),
    problems(id) {
      looks++
      return log.problems(id)
    },
    get end() {
      return log.end
    },
    since: (number) => log.since(number),
  }
  const kept = new StoryLog((entry) => {
    looks++
    return isOfInterest(entry)
  }, 320)
  kept.update(counting)
  const workFor = (from: number, to: number) => {
    const before = looks
    for (let i = from; i < to; i++) {
      log.put([entryOf(`e${i}`, { started: i, state: 'pending' })])
      log.put([entryOf(`e${i}`, { started: i, exchange: i % 3 === 0 ? asset : {} })])
      kept.update(counting)
    }
    return (looks - before) / (to - from)
  }
  workFor(0, 1_000)
  const early = workFor(1_000, 2_000)
  workFor(2_000, 6_000)
  expect(workFor(6_000, 7_000)).toBeLessThanOrEqual(early * 1.1)
  expect(early).toBeLessThan(20)
})
