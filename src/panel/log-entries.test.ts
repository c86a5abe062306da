import { describe, expect, it } from 'vitest'
import { recordingStopped } from '../capture/correlate.ts'
import { createHop, type Hop } from '../capture/hop.ts'
import { type LogBounds, LogEntries } from './log-entries.ts'
import { cookieOf, entryOf, seenOf, sendOf, setOf, writeOf } from './testing/entries.ts'

const hop = (id: string, more: Partial<Hop> = {}): Hop =>
  Object.assign(
    createHop({
      browser: 'chromium',
      id,
      chain: [],
      url: `https://app.test/${id}`,
      method: 'GET',
      resourceType: 'image',
      initiator: null,
      document: null,
      requestTime: 0,
      requestHeaders: [],
    }),
    more,
  )

it.each([
  ['no answer yet', {}, { state: 'pending' }],
  ['an answer', { responseHeaders: [] }, { state: 'complete' }],
  ['none at all', { error: 'net::ERR_NAME_NOT_RESOLVED' }, { state: 'failed', error: 'net::ERR_NAME_NOT_RESOLVED' }],
  ['a refused one', { responseHeaders: [], error: 'net::ERR_FAILED' }, { state: 'failed', error: 'net::ERR_FAILED' }],
  ['one not read to its end', { responseHeaders: [], error: 'net::ERR_ABORTED' }, { state: 'complete' }],
  ['none before recording ended', { error: recordingStopped }, { state: 'unfinished' }],
  ['none, the page was left', { error: 'net::ERR_ABORTED' }, { state: 'failed', error: 'net::ERR_ABORTED' }],
])('a request with %s', (_name, known, expected) => {
  const log = new LogEntries()
  log.apply(new Set([hop('1', known)]))
  const { state, error } = log.list[0] ?? {}
  expect({ state, ...(error === undefined ? {} : { error }) }).toEqual(expected)
})

it('entries keep their place and are replaced, not changed', () => {
  const log = new LogEntries()
  const [first, second] = [hop('1'), hop('2')]
  log.apply(new Set([first, second]))
  const before = [...log.list]
  first.responseHeaders = []
  log.apply(new Set([first]))
  expect(log.list.map(({ id, state }) => [id, state])).toEqual([
    ['1', 'complete'],
    ['2', 'pending'],
  ])
  expect(before[0]?.state).toBe('pending')
  expect(log.list[1]).toBe(before[1])
  log.clear()
  expect(log.list).toEqual([])
})

const small: LogBounds = { exchanges: 32, bytes: 1e9, writes: 16, gaps: 4 }
const range = (n: number, from = 0) => Array.from({ length: n }, (_, i) => i + from)
const idsOf = ({ list }: LogEntries) => list.map(({ id }) => id)
const clean = (i: number) => entryOf(`${i}`, { started: 1000 + i })
const flagged = (i: number) => entryOf(`${i}`, { started: 1000 + i, sets: [setOf('sid', 'blocked')] })
const pending = (i: number) => entryOf(`${i}`, { started: 1000 + i, state: 'pending', exchange: { status: 0 } })

/** A log with what it gave up, in order. */
function bounded(bounds: Partial<LogBounds> = {}) {
  const gone: string[] = []
  const log = new LogEntries((ids) => gone.push(...ids), { ...small, ...bounds })
  return { log, gone }
}

describe('a full log', () => {
  it('keeps all until it is full, 10,000 for sure', () => {
    const log = new LogEntries()
    log.put(range(10_000).map(clean))
    expect(log.list).toHaveLength(10_000)
    expect(log.gaps).toEqual([])
  })

  it('gives up the oldest without a problem, some at once, and says how many', () => {
    const { log, gone } = bounded()
    log.put([flagged(0), ...range(31, 1).map(clean)])
    expect(gone).toEqual([])
    log.put([clean(32)])
    expect(gone).toEqual(['1', '2', '3'])
    expect(idsOf(log)).toEqual(['0', ...range(29, 4).map(String)])
    expect(log.gaps).toEqual([{ id: 'gap-capacity', kind: 'capacity', from: 1001, to: 1003, exchanges: 3 }])
    expect(log.entry('1')).toBeNull()
    expect(log.entry('4')).toBe(log.list[1])
    log.put(range(3, 33).map(clean))
    expect(log.gaps).toMatchObject([{ from: 1001, to: 1006, exchanges: 6 }])
  })

  it('gives up those with a problem when nothing else is left, the oldest first', () => {
    const { log, gone } = bounded()
    log.put([...range(30).map(flagged), ...range(3, 30).map(clean)])
    expect(gone).toEqual(['30', '31', '32'])
    log.put(range(3, 33).map(flagged))
    expect(gone).toEqual(['30', '31', '32', '0', '1', '2'])
  })

  it('keeps what a problem points to as long as that', () => {
    const { log, gone } = bounded()
    const setter = entryOf('setter', { sets: [setOf('sid', 'stored')] })
    const missed = entryOf('missed', { cookies: [sendOf('sid', 'blocked')] })
    log.put([setter, missed, ...range(31).map(clean)])
    expect(log.problems('missed')).toMatchObject([{ setBy: { id: 'setter' } }])
    expect(gone).toEqual(['0', '1', '2'])
  })

  it('gives up no request before it is over, nor one of which the store has still to tell', () => {
    const { log, gone } = bounded()
    const waiting = entryOf('w', {
      sets: [setOf('sid', 'stored')],
      observed: [{ ...seenOf('set', 0, 'predicted'), pending: true }],
    })
    log.put([waiting, ...range(33).map(pending)])
    expect(gone).toEqual([])
    log.put([clean(5), clean(6)])
    expect(gone).toEqual(['5', '6'])
    log.put([clean(1)])
    expect(log.list.map(({ state }) => state)).toContain('complete')
  })

  it('counts bytes, those of shared cookies once', () => {
    const { log, gone } = bounded({ bytes: 100_000 })
    const big = (i: number) =>
      entryOf(`${i}`, { exchange: { responseHeaders: [{ name: 'x', value: 'v'.repeat(20_000) }] } })
    log.put(range(4).map(big))
    expect(gone).toEqual([])
    log.put([big(4)])
    expect(gone).toEqual(['0'])
    expect(log.bytes).toBeLessThan(100_000)
    const cookie = { ...cookieOf('sid'), value: 'v'.repeat(4000) }
    const sharing = bounded({ bytes: 100_000 })
    sharing.log.put(range(30).map((i) => entryOf(`${i}`, { cookies: [{ ...sendOf('sid', 'sent'), cookie }] })))
    expect(sharing.gone).toEqual([])
    sharing.log.put(range(30).map((i) => entryOf(`${i}`, { cookies: [sendOf('sid', 'sent')] })))
    expect(sharing.log.bytes).toBeLessThan(100_000)
    const before = sharing.log.bytes
    sharing.log.clear()
    expect(before).toBeGreaterThan(0)
    expect(sharing.log.bytes).toBe(0)
  })

  it('goes on judging what is left by what was given up', () => {
    const { log } = bounded()
    const setter = entryOf('setter', { sets: [setOf('sid', 'stored')] })
    log.put([setter, ...range(32).map(clean)])
    expect(log.entry('setter')).toBeNull()
    log.put([entryOf('late', { cookies: [sendOf('sid', 'blocked')] })])
    expect(log.problems('late')).toMatchObject([{ kind: 'withheld' }])
  })

  it('bounds writes and gaps as well', () => {
    const { log } = bounded()
    log.addWrites(range(17).map((i) => writeOf(`w${i}`, i)))
    expect(log.writes.map(({ time }) => time)).toEqual(range(15, 2))
    expect(log.write('w0')).toBeNull()
    expect(log.gaps).toEqual([{ id: 'gap-capacity', kind: 'capacity', from: 0, to: 1, exchanges: 0, storeWrites: 2 }])
    for (const i of range(9)) {
      log.openGap('not-recording', 10 * i)
      log.closeGap('not-recording', 10 * i + 5)
    }
    expect(log.gaps).toHaveLength(4)
    expect(log.gaps[0]).toMatchObject({ kind: 'capacity', from: 0, to: 55 })
    expect(log.gaps.slice(1).map(({ from }) => from)).toEqual([60, 70, 80])
  })
})

describe('requests that no access kept from being seen', () => {
  const unseen = (host: string, from: number, to: number) => ({ host, from, to })
  const hostsOf = (log: LogEntries) => log.gaps.map(({ from, to, hosts }) => [from, to, hosts])

  it('are one gap where they follow each other closely', () => {
    const log = new LogEntries()
    for (const [host, time] of [
      ['idp.test', 1_000],
      ['frame.test', 900],
      ['idp.test', 1_050],
      ['idp.test', 30_000],
    ] as const)
      log.noteUnseen(unseen(host, time, time + 100))
    expect(hostsOf(log)).toEqual([
      [900, 1_150, ['idp.test', 'frame.test']],
      [30_000, 30_100, ['idp.test']],
    ])
    expect(log.gaps.every(({ kind }) => kind === 'no-host-access')).toBe(true)
  })

  it('need no mark of their own where the page is not seen either', () => {
    const log = new LogEntries()
    log.noteUnseen(unseen('idp.test', 1_000, 1_010))
    log.openGap('no-host-access', 1_000)
    log.noteUnseen(unseen('idp.test', 900, 1_200))
    log.closeGap('no-host-access', 2_000)
    log.noteUnseen(unseen('idp.test', 1_900, 2_100))
    expect(hostsOf(log)).toEqual([[1_000, 2_000, undefined]])
    log.noteUnseen(unseen('idp.test', 2_050, 2_100))
    expect(hostsOf(log)).toHaveLength(2)
  })
})

it('writes and gaps stand in order of time; a gap of a kind lasts once, and over a clearing', () => {
  const log = new LogEntries()
  log.addWrites([writeOf('b', 20), writeOf('c', 30)])
  log.addWrites([writeOf('a', 10)])
  expect(log.writes.map(({ id }) => id)).toEqual(['a', 'b', 'c'])
  log.dropWrites(['b', 'unknown'])
  expect(log.writes.map(({ id }) => id)).toEqual(['a', 'c'])
  expect(log.write('b')).toBeNull()
  log.openGap('tab-crashed', 5)
  log.openGap('tab-crashed', 6)
  log.closeGap('tab-crashed', 9)
  log.closeGap('tab-crashed', 7)
  log.closeGap('tab-crashed', 8)
  log.closeGap('tab-crashed', 4)
  log.openGap('tab-crashed', 5)
  expect(log.gaps.map(({ from, to }) => [from, to])).toEqual([
    [5, 7],
    [5, null],
  ])
  expect(new Set(log.gaps.map(({ id }) => id)).size).toBe(2)
  log.clear(50)
  expect(log.writes).toEqual([])
  expect(log.gaps).toMatchObject([{ kind: 'tab-crashed', from: 50, to: null }])
})

describe('a reader', () => {
  it('hears what changed since, in order, and reads anew where that is too much', () => {
    const log = new LogEntries()
    const start = log.end
    log.put([clean(1), clean(2)])
    log.openGap('tab-crashed', 1)
    expect(log.since(start)).toEqual([
      { kind: 'entry', id: '1' },
      { kind: 'entry', id: '2' },
      { kind: 'gap', id: 'gap-tab-crashed-1' },
    ])
    expect(log.since(log.end)).toEqual([])
    expect(log.since(0)).toBeNull()
    const known = log.end
    log.clear(9)
    expect(log.since(known)).toBeNull()
    const cleared = log.end
    log.put(range(9_000).map(clean))
    expect(log.since(cleared)).toBeNull()
    expect(log.since(log.end - 4_000)).toHaveLength(4_000)
  })
})
