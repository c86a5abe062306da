import { expect, it } from 'vitest'
import { CookieTime, inOrder } from './cookie-time.ts'
import { cookie, hop, jar, request, start, stored } from './event-table.ts'

it('is as late as the request’s event before it', () => {
  const time = new CookieTime()
  expect(time.at(5_000)).toBe(5_000)
  time.heard(1_000, 4_000)
  expect(time.at(4_001)).toBe(1_001)
  // Nothing waited: it came now.
  expect(time.at(4_200)).toBe(4_200)
  // The browser's clock has fractions of a millisecond, this one has none.
  time.heard(5_000.7, 5_000)
  expect(time.at(5_000)).toBe(5_000.7)
})

it('is no later than the request’s event after it', () => {
  const page = request(hop('1', 'https://app.test/', 10))
  const events = [jar(), stored(cookie('a=1'), 5), stored(cookie('a=2'), 900), page, stored(cookie('a=3'), 910)]
  expect(inOrder(events).map(({ kind, time }) => [kind, time - start])).toEqual([
    ['jar', 0],
    ['cookie', 5],
    ['cookie', 10],
    ['request', 10],
    ['cookie', 910],
  ])
})
