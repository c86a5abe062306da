import { expect, it } from 'vitest'
import {
  completed,
  cookie,
  hop,
  jar,
  lines,
  removed,
  request,
  response,
  Session,
  start,
  stored,
} from './event-table.ts'
import { Histories, memory } from './history.ts'

it('sites of which nothing is heard any more are forgotten, however many there are in a day', () => {
  const histories = new Histories()
  let most = 0
  for (let time = 0; time < 24 * 3_600_000; time += 1_000) {
    histories.of(`site-${time}.test`, time)
    most = Math.max(most, histories.size)
  }
  expect(most).toBeLessThanOrEqual(50)
})

it('a site that is in use is not', () => {
  const histories = new Histories()
  const busy = histories.of('busy.test', 0)
  for (let time = 0; time < 100 * memory; time += memory / 20) {
    histories.of(`site-${time}.test`, time)
    expect(histories.of('busy.test', time)).toBe(busy)
  }
})

it('what was said of a response stays true when its site has been forgotten', () => {
  const page = hop('1', 'https://app.test/', 0)
  const session = new Session().take(jar(), request(page), response({ ...page, time: start + 10 }, ['sid=1']))
  session.take(stored(cookie('sid=1'), 12), removed(cookie('sid=1'), 13, 'overwrite'), stored(cookie('sid=1'), 13))
  session.settle()
  expect(session.log.flatMap(lines)).toEqual(['sid stored predicted'])
  for (let i = 1; i <= 200; i++) session.take(request(hop(`${i + 1}`, `https://site-${i}.test/`, i * memory)))
  session.take(request(hop('again', 'https://app.test/', 201 * memory)))
  // Judged anew.
  session.take(completed(page, 201 * memory, true))
  expect(session.log.slice(0, 1).flatMap(lines)).toEqual(['sid stored predicted'])
})
