import { expect, it } from 'vitest'
import type { StoredCookie } from '../contract.ts'
import {
  completed,
  cookie,
  hop,
  jar,
  lines,
  navigation,
  removed,
  request,
  response,
  Session,
  sent,
  start,
  stored,
} from './event-table.ts'

const many = (count: number, more: Partial<StoredCookie> = {}): StoredCookie[] =>
  Array.from({ length: count }, (_, index) => cookie(`c${index}=v`, { path: '/x', ...more }))
const page = hop('1', 'https://app.test/', 0, navigation)
const next = hop('2', 'https://app.test/', 200, navigation)

it('a cookie that pushes others out is confirmed, and the others are gone from the next request', () => {
  const full = [...many(179), cookie('sid=1')]
  const session = new Session().take(
    jar(...full),
    request(page, 'sid=1'),
    response({ ...page, time: start + 10 }, ['n=v; Secure']),
    stored(cookie('n=v', { secure: true }), 15),
    removed(cookie('sid=1'), 16, 'evicted'),
    ...full.slice(0, 30).map((gone) => removed(gone, 16, 'evicted')),
    request(next, 'n=v'),
    response({ ...next, time: start + 210 }),
  )
  session.settle()
  const [first, second] = session.log
  expect(first && lines(first)).toEqual(['n stored confirmed'])
  expect(first?.verdict.setCookies[0]?.warnings.map(({ id }) => id)).toEqual(['OlderCookiesEvicted'])
  expect(first && sent(first).filter((text) => text.startsWith('sid'))).toEqual(['sid=1 sent confirmed'])
  expect(second && sent(second).filter((text) => !text.startsWith('c'))).toEqual(['n=v sent confirmed'])
  expect(second?.verdict.cookies).toHaveLength(150)
})

it('a cookie that is deleted as soon as it is stored is confirmed to be', () => {
  const full = many(180, { secure: true })
  const session = new Session().take(
    jar(...full),
    request(page),
    response({ ...page, time: start + 10 }, ['n=v']),
    stored(cookie('n=v'), 15),
    ...[cookie('n=v'), ...full.slice(0, 30)].map((gone) => removed(gone, 16, 'evicted')),
    completed(page, 20),
    request(next),
    response({ ...next, time: start + 210 }),
  )
  session.settle().settle()
  const [first, second] = session.log
  expect(first && lines(first)).toEqual(['n blocked EvictedAtOnce confirmed'])
  expect(second?.verdict.cookies).toHaveLength(150)
})
