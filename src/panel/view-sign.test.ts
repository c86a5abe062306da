import { expect, it } from 'vitest'
import { NOTHING_TO_REMOVE } from '../judge/reconcile.ts'
import { signOf } from './components/RequestRowCells.tsx'
import { entryOf, seenOf, setOf } from './testing/entries.ts'
import { countsOf, countWords, markOf, summaryOf } from './view-entry.ts'

const row = (status: number, mark: 'ok' | 'notSent' = 'ok') => ({ mark, entry: entryOf('1', { exchange: { status } }) })

it.each([
  ['fine', 200, 'ok', 'ok'],
  ['fine, and the answer a failure', 401, 'none', 'quiet'],
  ['fine, of what is not there', 404, 'none', 'quiet'],
])('has no tick before a failure: cookies %s', (_name, status, icon, tone) => {
  expect(signOf(row(status), 'none')).toMatchObject({ icon, tone, words: signOf(row(200), 'none').words })
})

it('keeps what is wrong in front', () => {
  expect(signOf(row(401, 'notSent'), 'none').icon).toBe('notSent')
  expect(signOf(row(401), 'breaks').icon).toBe('blocked')
})

it('says of a deletion that nothing was there to delete', () => {
  const evidence = ['the store removed it', NOTHING_TO_REMOVE]
  const entry = entryOf('1', {
    sets: [setOf('a', 'removed'), setOf('b', 'removed')],
    observed: evidence.map((one, i) => ({ ...seenOf('set', i, 'confirmed'), evidence: one })),
  })
  const counts = countsOf(summaryOf(entry), [])
  expect(countWords(counts).map(({ text }) => text)).toEqual(['1 removed', '1 with nothing to remove'])
  expect(markOf(entry, summaryOf(entry), counts)).toBe('ok')
})
