import { expect, it } from 'vitest'
import { completed, cookie, hop, jar, request, response, Session, sent, stored } from './event-table.ts'

const at = (id: string, time: number) => hop(id, `https://app.test/${id}`, time)

it('a hop that is given up is heard of no more, and what it did to the store counts on', () => {
  const session = new Session().take(jar(), request(at('1', 0)), response(at('1', 10), ['sid=1']))
  const [first] = session.log
  session.correlator.forget([first?.id ?? ''])
  expect(first?.dropped).toBe(true)
  const news = session.correlator.update([stored(cookie('sid=1'), 12), completed(at('1', 0), 15, true)], 15)
  expect(news.hops.size).toBe(0)
  session.settle().take(request(at('2', 900), 'sid=1'), response(at('2', 910)))
  expect(session.log.slice(1).map(sent)).toEqual([['sid=1 sent confirmed']])
  expect(session.writes).toEqual([])
})

it('giving up what is not known, or all at once, does no harm', () => {
  const session = new Session().take(jar(), request(at('1', 0)), response(at('1', 10), ['sid=1']))
  session.correlator.forget(['none'])
  session.correlator.forget(session.log.map(({ id }) => id))
  session.correlator.clear(20)
  session.settle().take(request(at('2', 30_000)), response(at('2', 30_010)))
  expect(session.log.slice(1)).toHaveLength(1)
})
