import { describe, expect, it } from 'vitest'
import { LogEntries } from './log-entries.ts'
import type { LogEntry } from './session.ts'
import { cookieOf, entryOf, seenOf, sendOf, setOf, writeOf } from './testing/entries.ts'
import { countWords } from './view-entry.ts'
import { LogIndex } from './view-log.ts'

function setUp() {
  const log = new LogEntries()
  const index = new LogIndex()
  return {
    log,
    index,
    put(...entries: LogEntry[]) {
      log.put(entries)
      return index.update(log)
    },
  }
}

const rowOf = (...log: Parameters<typeof entryOf>[1][]) => {
  const { index, put } = setUp()
  put(...log.map((draft, i) => entryOf(`e${i}`, draft)))
  const row = index.rows.list.at(-1)
  if (row?.kind !== 'exchange') throw new Error('no row')
  return { mark: row.mark, counts: countWords(row.counts).map(({ text }) => text) }
}

describe('marks and counts', () => {
  const login = { sets: [setOf('sid', 'stored')] }
  it.each<[string, Parameters<typeof entryOf>[1][], string, string[]]>([
    ['nothing to do with cookies', [{}], 'none', []],
    ['a cookie was stored', [login], 'ok', ['1 stored']],
    ['a cookie was sent', [{ cookies: [sendOf('sid', 'sent')] }], 'ok', []],
    ['a cookie was removed', [{ sets: [setOf('sid', 'removed')] }], 'ok', ['1 removed']],
    [
      'one of two is blocked',
      [{ sets: [setOf('a', 'stored'), setOf('b', 'blocked')] }],
      'blocked',
      ['1 blocked', '1 stored'],
    ],
    ['a cookie of this log stays behind', [login, { cookies: [sendOf('sid', 'blocked')] }], 'notSent', ['1 not sent']],
    ['it can not be known', [{ sets: [setOf('a', 'unknown')] }], 'doubt', ['1 not known']],
    [
      'the browser did otherwise',
      [{ sets: [setOf('a', 'blocked')], observed: [seenOf('set', 0, 'contradicted')] }],
      'doubt',
      ['1 contradicted'],
    ],
    [
      'nobody knows why it was not stored',
      [{ sets: [setOf('a', 'stored')], observed: [seenOf('set', 0, 'unexplained')] }],
      'blocked',
      ['1 not stored'],
    ],
    [
      'nobody knows why it was not sent',
      [{ cookies: [sendOf('a', 'sent')], observed: [seenOf('send', 0, 'unexplained')] }],
      'notSent',
      ['1 not sent'],
    ],
    ['a preflight', [{ exchange: { method: 'OPTIONS' }, cookies: [sendOf('sid', 'blocked')] }], 'none', []],
    ['a hop', [{ ...login, exchange: { status: 302 } }], 'redirect', ['1 stored']],
    ['not modified is no hop', [{ exchange: { status: 304 } }], 'none', []],
    ['no response yet', [{ state: 'pending', exchange: { status: 0 } }], 'pending', []],
  ])('%s', (_name, log, mark, counts) => {
    expect(rowOf(...log)).toEqual({ mark, counts })
  })
})

describe('LogIndex', () => {
  const page = entryOf('page', { cookies: [sendOf('sid', 'blocked')] })

  it('touches only the rows of what changed', () => {
    const { index, put } = setUp()
    put(entryOf('a'), entryOf('b'))
    const [a, b] = index.rows.list
    const { reset, removed, put: changed } = put(entryOf('c'), entryOf('b', { state: 'pending' }))
    expect(index.rows.list.map(({ id }) => id)).toEqual(['request-a', 'request-b', 'request-c'])
    expect(index.rows.list[0]).toBe(a)
    expect(index.rows.list[1]).not.toBe(b)
    expect({ reset, removed }).toEqual({ reset: false, removed: [] })
    expect([...changed].map(({ id }) => id)).toEqual(['request-c', 'request-b'])
  })

  it('tells later requests anew when an earlier one gets its response', () => {
    const { index, put } = setUp()
    put(entryOf('login', { state: 'pending' }), page)
    expect(index.exchange('page')?.mark).toBe('none')
    expect(index.withProblems).toBe(0)
    put(entryOf('login', { sets: [setOf('sid', 'stored')] }))
    expect(index.exchange('page')?.mark).toBe('notSent')
    expect(index.withProblems).toBe(1)
  })

  it('starts over when the log is cleared', () => {
    const { log, index, put } = setUp()
    put(entryOf('login', { sets: [setOf('sid', 'stored')] }), page)
    log.clear()
    expect(index.update(log).reset).toBe(true)
    expect(index.rows.list).toHaveLength(0)
    expect(index.withProblems).toBe(0)
    expect(index.exchange('page')).toBeNull()
    put(page)
    expect(index.exchange('page')?.mark).toBe('none')
  })

  it('keeps the order of the log, whatever the clock says', () => {
    const { index, put } = setUp()
    put(entryOf('a', { started: 50 }), entryOf('b', { started: 10 }), entryOf('c', { started: 60 }))
    expect(index.rows.list.map(({ id }) => id)).toEqual(['request-a', 'request-b', 'request-c'])
  })

  it('finds by what was requested, never by a value', () => {
    const { index, put } = setUp()
    put(entryOf('a', { sets: [{ ...setOf('sid', 'blocked'), line: 'sid=topsecret' }] }))
    const search = index.exchange('a')?.summary.search ?? ''
    for (const word of ['get', 'shop.test/a', '200', 'sid', 'secureonly']) expect(search).toContain(word)
    expect(search).not.toContain('topsecret')
  })
})

describe('writes and gaps among the requests', () => {
  const at = (id: string, started: number) => entryOf(id, { started })
  const told = (index: LogIndex) =>
    index.rows.list.map((row) =>
      row.kind === 'write' ? `${row.writes[0]?.cookie.name} ${row.writes.map(({ time }) => time).join()}` : row.id,
    )

  it('stand where their time is, late ones too', () => {
    const { log, index, put } = setUp()
    put(at('a', 10), at('b', 20), at('c', 30))
    log.addWrites([writeOf('1', 25)])
    log.openGap('tab-crashed', 12)
    log.addWrites([writeOf('2', 15)])
    index.update(log)
    expect(told(index)).toEqual(['request-a', 'gap-tab-crashed-12', 'sid 15', 'request-b', 'sid 25', 'request-c'])
    log.addWrites([writeOf('3', 5)])
    log.closeGap('tab-crashed', 14)
    index.update(log)
    expect(told(index).slice(0, 3)).toEqual(['sid 5', 'request-a', 'gap-tab-crashed-12'])
    expect(index.find('gap-tab-crashed-12')).toMatchObject({ gap: { to: 14 } })
    expect(index.rows.counts).toEqual({ exchange: 3, write: 3, gap: 1 })
  })

  it('writes of one cookie share a row until a request comes between', () => {
    const { log, index, put } = setUp()
    const theme = { cookie: cookieOf('theme') }
    put(at('a', 10))
    for (let i = 0; i < 5; i++) {
      log.addWrites([writeOf(`s${i}`, 20 + i), writeOf(`t${i}`, 20 + i, theme)])
      index.update(log)
    }
    expect(told(index)).toEqual(['request-a', 'sid 20,21,22,23,24', 'theme 20,21,22,23,24'])
    put(at('b', 30))
    log.addWrites([writeOf('late', 22.5), writeOf('last', 40)])
    index.update(log)
    expect(told(index)).toEqual(['request-a', 'sid 20,21,22,22.5,23,24', 'theme 20,21,22,23,24', 'request-b', 'sid 40'])
  })

  it('a request that is heard of late parts them', () => {
    const { log, index, put } = setUp()
    log.addWrites([writeOf('1', 10), writeOf('2', 20), writeOf('3', 30)])
    index.update(log)
    expect(told(index)).toEqual(['sid 10,20,30'])
    put(at('a', 15))
    expect(told(index)).toEqual(['sid 10', 'request-a', 'sid 20,30'])
  })

  it('that a response turns out to have made are gone, with their row where it was the last', () => {
    const { log, index } = setUp()
    log.addWrites([writeOf('1', 10), writeOf('2', 20)])
    index.update(log)
    log.dropWrites(['1'])
    index.update(log)
    expect(told(index)).toEqual(['sid 20'])
    log.dropWrites(['2'])
    index.update(log)
    expect(told(index)).toEqual([])
  })

  it('let go of what was given up, and say so', () => {
    const log = new LogEntries(undefined, { exchanges: 16, bytes: 1e9, writes: 16, gaps: 9 })
    const index = new LogIndex()
    log.addWrites(Array.from({ length: 16 }, (_, i) => writeOf(`w${i}`, i)))
    log.put(Array.from({ length: 16 }, (_, i) => at(`e${i}`, 100 + i)))
    index.update(log)
    const [before] = index.rows.list
    expect(before).toMatchObject({ kind: 'write', count: 16 })
    log.addWrites([writeOf('w16', 16)])
    log.put([at('e16', 116)])
    index.update(log)
    expect(index.rows.counts).toEqual({ exchange: 15, write: 1, gap: 1 })
    expect(index.capacity).toMatchObject({ from: 0, to: 101, exchanges: 2, storeWrites: 2 })
    expect(index.rows.list[0]).toMatchObject({ kind: 'gap' })
    expect(index.exchange('e1')).toBeNull()
    expect(index.rows.list.find(({ kind }) => kind === 'write')).toMatchObject({ count: 15 })
    log.addWrites([writeOf('w17', 17), writeOf('w18', 18)])
    index.update(log)
    expect(index.capacity).toMatchObject({ storeWrites: 4 })
  })

  it('ends, however it was read, in what reading it at once gives', () => {
    const { log, index, put } = setUp()
    let time = 0
    for (let i = 0; i < 300; i++) {
      time += (i * 7) % 13
      if (i % 3 === 0) put(at(`e${i}`, time))
      else log.addWrites([writeOf(`w${i}`, time - (i % 5), { cookie: cookieOf(i % 2 ? 'a' : 'b') })])
      if (i % 40 === 0) log.openGap('not-recording', time)
      if (i % 40 === 9) log.closeGap('not-recording', time)
      if (i % 4 === 0) index.update(log)
    }
    index.update(log)
    const once = new LogIndex()
    once.update(log)
    expect(told(index)).toEqual(told(once))
  })
})
