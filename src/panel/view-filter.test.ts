import { expect, it } from 'vitest'
import { entryOf, setOf } from './testing/entries.ts'
import { RowFilter } from './view-filter.ts'
import { LogIndex } from './view-log.ts'

/** A filter whose clock goes on by one each time it is read, and whose later turns run when told to. */
function setUp() {
  const published: (readonly number[])[] = []
  const waiting: (() => void)[] = []
  let time = 0
  const filter = new RowFilter(
    (visible) => published.push(visible),
    (work) => waiting.push(work),
    () => time++,
  )
  const log = new LogIndex()
  return {
    filter,
    log,
    published,
    waiting,
    runAll: () => {
      while (waiting.length > 0) waiting.shift()?.()
    },
  }
}

const names = (n: number) => Array.from({ length: n }, (_, i) => entryOf(i % 2 ? `odd${i}` : `even${i}`))

it('matches all words, in any order and case', () => {
  const { filter, log, published } = setUp()
  log.update([
    entryOf('cart'),
    entryOf('login', { exchange: { method: 'POST' } }),
    entryOf('logout', { exchange: { status: 401 } }),
  ])
  filter.setRows(log.rows)
  const find = (text: string) => {
    filter.setFilter({ text, problemsOnly: false })
    return published.at(-1)
  }
  expect(find('')).toEqual([0, 1, 2])
  expect(find('LOG')).toEqual([1, 2])
  expect(find('  log post ')).toEqual([1])
  expect(find('401')).toEqual([2])
  expect(find('nowhere')).toEqual([])
})

it('shows problems only', () => {
  const { filter, log, published } = setUp()
  log.update([entryOf('a'), entryOf('b', { sets: [setOf('sid', 'blocked')] })])
  filter.setRows(log.rows)
  filter.setFilter({ text: '', problemsOnly: true })
  expect(published.at(-1)).toEqual([1])
})

it('takes turns on a long log, and keeps the previous result until it is done', () => {
  const { filter, log, published, waiting, runAll } = setUp()
  log.update(names(10_000))
  filter.setRows(log.rows)
  runAll()
  expect(published).toHaveLength(1)
  filter.setFilter({ text: 'odd', problemsOnly: false })
  expect(waiting).toHaveLength(1)
  expect(published).toHaveLength(1)
  filter.setFilter({ text: 'odd7', problemsOnly: false })
  expect(waiting).toHaveLength(1)
  runAll()
  expect(published).toHaveLength(2)
  expect(published[1]).toHaveLength(1 + 5 + 50 + 500)
})

it('looks only at rows that are new or other objects', () => {
  const { filter, log, published, runAll } = setUp()
  let read = 0
  const entries = names(1000)
  const update = () => {
    log.update(entries)
    for (const row of log.rows) {
      const { search } = row.summary
      const get = () => {
        read++
        return search
      }
      Object.defineProperty(row.summary, 'search', { configurable: true, get })
    }
    filter.setRows(log.rows)
    runAll()
  }
  filter.setFilter({ text: 'even', problemsOnly: false })
  update()
  const first = read
  entries.push(entryOf('even-new'))
  entries[1] = entryOf('odd1', { exchange: { url: 'https://shop.test/even' } })
  read = 0
  update()
  expect(first).toBeGreaterThanOrEqual(1000)
  expect(read - log.rows.length).toBeLessThanOrEqual(2)
  expect(published.at(-1)).toHaveLength(502)
})

it('drops rows that are gone', () => {
  const { filter, log, published } = setUp()
  log.update(names(5))
  filter.setRows(log.rows)
  log.update([])
  filter.setRows(log.rows)
  expect(published.at(-1)).toEqual([])
})
