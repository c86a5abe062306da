import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { cookie, hop, request, response, start, stored } from './event-table.ts'
import type { CaptureEvent } from './events.ts'
import { FirefoxOrder } from './firefox-order.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const told: string[] = []
const order = (): FirefoxOrder => {
  told.length = 0
  return new FirefoxOrder(({ kind, time }: CaptureEvent) => told.push(`${kind} ${time - start}`))
}
type Taken = Parameters<FirefoxOrder['take']>[0]
const login = 'https://app.test/login'

it('a change waits for the first event of later than it', () => {
  const one = order()
  one.take(stored(cookie('sid=1'), 10) as Taken)
  one.take(request(hop('1', login, 2)) as Taken)
  one.take(response(hop('1', login, 8)) as Taken)
  expect(told).toEqual(['request 2', 'response 8'])
  one.take(request(hop('2', login, 20)) as Taken)
  expect(told).toEqual(['request 2', 'response 8', 'cookie 10', 'request 20'])
})

it('a change that nothing follows is told after a while', () => {
  const one = order()
  one.take(stored(cookie('sid=1'), 10) as Taken)
  vi.advanceTimersByTime(299)
  expect(told).toEqual([])
  vi.advanceTimersByTime(1)
  expect(told).toEqual(['cookie 10'])
})

it('what waits is told at once when nobody waits for more', () => {
  const one = order()
  one.take(stored(cookie('sid=1'), 10) as Taken)
  one.flush()
  expect(told).toEqual(['cookie 10'])
  expect(vi.getTimerCount()).toBe(0)
})

const api = 'https://api.test/cart'
const put = request(hop('1', api, 10, { method: 'PUT' }), null, { Origin: 'https://app.test' }) as Taken
const names = () => {
  const list: string[] = []
  const one = new FirefoxOrder((event) =>
    list.push('method' in event ? `${event.method} ${event.kind} ${event.time - start}` : event.kind),
  )
  return { one, list }
}

it('a request comes behind its preflight', () => {
  const { one, list } = names()
  one.take(put)
  one.take(request(hop('2', 'https://app.test/other', 11)) as Taken)
  one.take(
    request(hop('3', api, 14, { method: 'OPTIONS' }), null, {
      Origin: 'https://app.test',
      'Access-Control-Request-Method': 'PUT',
    }) as Taken,
  )
  expect(list).toEqual(['GET request 11', 'OPTIONS request 14', 'PUT request 14'])
  expect(vi.getTimerCount()).toBe(0)
})

it.each([
  ['what follows later', (one: FirefoxOrder) => one.take(request(hop('2', 'https://app.test/', 70)) as Taken)],
  ['its own answer', (one: FirefoxOrder) => one.take(response(hop('1', api, 15, { method: 'PUT' })) as Taken)],
  ['the time', () => vi.advanceTimersByTime(300)],
  ['the end', (one: FirefoxOrder) => one.flush()],
])('a request without one waits no longer than for %s', (_what, then) => {
  const { one, list } = names()
  one.take(put)
  expect(list).toEqual([])
  then(one)
  expect(list[0]).toBe('PUT request 10')
  expect(vi.getTimerCount()).toBe(0)
})
