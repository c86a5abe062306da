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
