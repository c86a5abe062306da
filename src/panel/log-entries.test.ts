import { expect, it } from 'vitest'
import { createHop, type Hop } from '../capture/hop.ts'
import { LogEntries } from './log-entries.ts'

const hop = (id: string, more: Partial<Hop> = {}): Hop =>
  Object.assign(
    createHop({
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
