import { describe, expect, it } from 'vitest'
import { entryOf, seenOf, sendOf, setOf } from './testing/entries.ts'
import { countWords } from './view-entry.ts'
import { LogIndex } from './view-log.ts'

const rowOf = (...log: Parameters<typeof entryOf>[1][]) => {
  const index = new LogIndex()
  index.update(log.map((draft, i) => entryOf(`e${i}`, draft)))
  const row = index.rows.at(-1)
  if (!row) throw new Error('no row')
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

  it('keeps the rows of entries that stay the same objects', () => {
    const index = new LogIndex()
    const [a, b] = [entryOf('a'), entryOf('b')]
    index.update([a, b])
    const before = [...index.rows]
    index.update([a, b, entryOf('c')])
    expect(index.rows[0]).toBe(before[0])
    expect(index.rows[1]).toBe(before[1])
    expect(index.rows).toHaveLength(3)
  })

  it('tells later requests anew when an earlier one gets its response', () => {
    const index = new LogIndex()
    index.update([entryOf('login', { state: 'pending' }), page])
    expect(index.find('page')?.mark).toBe('none')
    expect(index.withProblems).toBe(0)
    index.update([entryOf('login', { sets: [setOf('sid', 'stored')] }), page])
    expect(index.find('page')?.mark).toBe('notSent')
    expect(index.withProblems).toBe(1)
  })

  it('starts over when the log is cleared, and when an entry slips in between', () => {
    const index = new LogIndex()
    const login = entryOf('login', { sets: [setOf('sid', 'stored')] })
    index.update([page])
    index.update([login, page])
    expect(index.rows.map(({ id, mark }) => [id, mark])).toEqual([
      ['login', 'ok'],
      ['page', 'notSent'],
    ])
    expect(index.placeOf('page')).toBe(1)
    index.update([])
    expect(index.rows).toHaveLength(0)
    expect(index.withProblems).toBe(0)
    expect(index.find('page')).toBeNull()
    index.update([page])
    expect(index.find('page')?.mark).toBe('none')
  })

  it('finds by what was requested, never by a value', () => {
    const index = new LogIndex()
    index.update([entryOf('a', { sets: [{ ...setOf('sid', 'blocked'), line: 'sid=topsecret' }] })])
    const search = index.rows[0]?.summary.search ?? ''
    for (const word of ['get', 'shop.test/a', '200', 'sid', 'secureonly']) expect(search).toContain(word)
    expect(search).not.toContain('topsecret')
  })
})
