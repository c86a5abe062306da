import { expect, it } from 'vitest'
import { signOf } from './components/RequestRowCells.tsx'
import { entryOf } from './testing/entries.ts'

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
