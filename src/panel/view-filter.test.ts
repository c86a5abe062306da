import { expect, it } from 'vitest'
import { LogEntries } from './log-entries.ts'
import type { LogEntry } from './session.ts'
import { entryOf, setOf, writeOf } from './testing/entries.ts'
import { RowFilter } from './view-filter.ts'
import { LogIndex } from './view-log.ts'

const all = { text: '', problemsOnly: false, differs: false }

/** A filter whose clock goes on by one each time it is read, and whose later turns run when told to. */
function setUp() {
  const published: string[][] = []
  const waiting: (() => void)[] = []
  const culprits = new Set<string>()
  let time = 0
  const log = new LogEntries()
  const index = new LogIndex()
  const filter = new RowFilter(
    index.rows,
    all,
    ({ list }) => published.push(list.map(({ id }) => id.replace('request-', ''))),
    (work) => waiting.push(work),
    {
      isProblem: ({ entry, problems }) => problems.length > 0 || culprits.has(entry.id),
      differs: ({ id }) => id.startsWith('odd'),
    },
    () => time++,
  )
  const update = () => filter.take(index.update(log))
  return {
    filter,
    index,
    culprits,
    log,
    published,
    waiting,
    update,
    put(...entries: LogEntry[]) {
      log.put(entries)
      update()
    },
    runAll: () => {
      while (waiting.length > 0) waiting.shift()?.()
    },
  }
}

const names = (n: number) => Array.from({ length: n }, (_, i) => entryOf(i % 2 ? `odd${i}` : `even${i}`))

it('matches all words, in any order and case', () => {
  const { filter, put, published } = setUp()
  put(
    entryOf('cart'),
    entryOf('login', { exchange: { method: 'POST' } }),
    entryOf('logout', { exchange: { status: 401 } }),
  )
  const find = (text: string) => {
    filter.setFilter({ text, problemsOnly: false, differs: false })
    return published.at(-1)
  }
  expect(find('')).toEqual(['cart', 'login', 'logout'])
  expect(find('LOG')).toEqual(['login', 'logout'])
  expect(find('  log post ')).toEqual(['login'])
  expect(find('401')).toEqual(['logout'])
  expect(find('nowhere')).toEqual([])
})

it('shows problems only, and gaps always', () => {
  const { filter, put, log, update, published } = setUp()
  put(entryOf('a'), entryOf('b', { sets: [setOf('sid', 'blocked')] }))
  log.addWrites([writeOf('w', 1)])
  log.openGap('not-recording', 2)
  update()
  expect(published.at(-1)).toEqual(['a', 'b', 'write-w', 'gap-not-recording-2'])
  filter.setFilter({ text: '', problemsOnly: true, differs: false })
  expect(published.at(-1)).toEqual(['b', 'gap-not-recording-2'])
  filter.setFilter({ text: 'written', problemsOnly: false, differs: false })
  expect(published.at(-1)).toEqual(['write-w', 'gap-not-recording-2'])
})

it('takes turns on a long log, and keeps the previous result until it is done', () => {
  const { filter, put, published, waiting, runAll } = setUp()
  put(...names(10_000))
  runAll()
  expect(published).toHaveLength(1)
  filter.setFilter({ text: 'odd', problemsOnly: false, differs: false })
  expect(waiting).toHaveLength(1)
  expect(published).toHaveLength(1)
  filter.setFilter({ text: 'odd7', problemsOnly: false, differs: false })
  expect(waiting).toHaveLength(1)
  runAll()
  expect(published).toHaveLength(2)
  expect(published[1]).toHaveLength(1 + 5 + 50 + 500)
})

it('takes in what changes while it is at work', () => {
  const { filter, put, published, waiting, runAll } = setUp()
  put(...names(4_000))
  runAll()
  filter.setFilter({ text: 'odd', problemsOnly: false, differs: false })
  waiting.shift()?.()
  put(
    entryOf('odd1', { exchange: { url: 'https://shop.test/even' } }),
    entryOf('even0', { exchange: { url: 'https://shop.test/odd' } }),
    entryOf('even3998', { exchange: { url: 'https://shop.test/odd' } }),
    entryOf('odd-new'),
  )
  expect(published.at(-1)).toHaveLength(4_001)
  runAll()
  const found = published.at(-1) ?? []
  expect(found).toHaveLength(2_000 - 1 + 2 + 1)
  expect([found[0], found.at(-1)]).toEqual(['even0', 'odd-new'])
})

it('drops rows that are gone', () => {
  const { put, log, update, published } = setUp()
  put(...names(5))
  log.clear()
  update()
  expect(published.at(-1)).toEqual([])
})

it('finds what another browser would do otherwise, with a look at the clock for each', () => {
  const { filter, put, published, waiting, runAll } = setUp()
  put(...names(20))
  filter.setFilter({ text: '', problemsOnly: false, differs: true })
  expect(waiting).toHaveLength(1)
  runAll()
  expect(published.at(-1)).toEqual(Array.from({ length: 10 }, (_, i) => `odd${2 * i + 1}`))
  filter.setFilter({ text: 'odd7', problemsOnly: false, differs: true })
  runAll()
  expect(published.at(-1)).toEqual(['odd7'])
})

it('finds the same by the word, beside other words', () => {
  const { filter, put, published, waiting, runAll } = setUp()
  put(...names(20))
  const find = (text: string) => {
    filter.setFilter({ text, problemsOnly: false, differs: false })
    const turns = waiting.length
    runAll()
    return [turns, published.at(-1)]
  }
  expect(find('differs')).toEqual([1, Array.from({ length: 10 }, (_, i) => `odd${2 * i + 1}`)])
  expect(find(' Differs 7')).toEqual([1, ['odd7', 'odd17']])
  expect(find('even differs')).toEqual([1, []])
  // It is typed letter by letter.
  expect(find('differ')).toEqual([0, []])
})

it('asks anew of rows whose problems changed, while it still looks for others', () => {
  const { filter, index, culprits, put, published, waiting, runAll } = setUp()
  put(...names(2_000))
  filter.setFilter({ text: '', problemsOnly: true, differs: false })
  expect(waiting).toHaveLength(1)
  culprits.add('even0').add('odd1999')
  filter.reconsider(['even0', 'odd1999'].flatMap((id) => index.exchange(id) ?? []))
  runAll()
  expect(published.at(-1)).toEqual(['even0', 'odd1999'])
  culprits.delete('even0')
  filter.reconsider([index.exchange('even0')].filter((row) => row !== null))
  expect(published.at(-1)).toEqual(['odd1999'])
})

it('knows what it hides before it has found the rest', () => {
  const { filter, index, put, waiting } = setUp()
  put(...names(2_000))
  filter.setFilter({ text: 'odd1', problemsOnly: false, differs: false })
  expect(waiting).toHaveLength(1)
  const hides = (id: string) => {
    const row = index.exchange(id)
    return row !== null && filter.hides(row)
  }
  expect([hides('odd1'), hides('even0')]).toEqual([false, true])
})
