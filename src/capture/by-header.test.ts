import { expect, it } from 'vitest'
import { completed, cookie, hop, jar, request, response, Session, sent, start, stored } from './event-table.ts'

const page = hop('1', 'https://app.test/home', 0)
const listed = ({ log }: Session) =>
  log.flatMap(({ verdict }) => verdict.cookies.map(({ cookie: { name, value } }) => `${name}=${value}`))

it('a cookie that was sent and that the store was not seen to have is listed where the header has it', () => {
  const session = new Session().take(
    jar(cookie('a=1'), cookie('c=3')),
    request(page, 'a=1; b=2; c=3; =d'),
    response(page),
  )
  expect(session.log.flatMap(sent)).toEqual([
    'a=1 sent confirmed',
    'b=2 sent confirmed',
    'c=3 sent confirmed',
    '=d sent confirmed',
  ])
  const [one] = session.log
  expect(one?.verdict.cookies.map(({ attributesUnknown }) => attributesUnknown === true)).toEqual([
    false,
    true,
    false,
    true,
  ])
  expect(one?.observed.map(({ index }) => index)).toEqual([0, 1, 2, 3])
  expect(one?.observed[1]?.evidence).toBe(
    'it is in the Cookie header; the store was not seen to have it, so that no more is known of it',
  )
})

it('what a response says of its lines stays where it is', () => {
  const session = new Session().take(jar(cookie('sid=1', { path: '/x' })), request(page, 'b=2'))
  session.take(response({ ...page, time: start + 10 }, ['sid=2']), stored(cookie('sid=2'), 12), completed(page, 14))
  expect(
    session.log[0]?.observed.map(({ operation, index, agreement }) => `${operation} ${index} ${agreement}`),
  ).toEqual(['set 0 confirmed', 'send 0 confirmed', 'send 1 confirmed'])
  expect(listed(session)).toEqual(['b=2', 'sid=1'])
})

it('a pair that stands twice in the header stands for two cookies', () => {
  const session = new Session().take(jar(cookie('a=1')), request(page, 'a=1; a=1'), response(page))
  expect(listed(session)).toEqual(['a=1', 'a=1'])
})

it('what the cache answered need not have left', () => {
  const session = new Session().take(jar(), request(page, 'a=1'), response(page), completed(page, 5, true))
  expect(session.log.flatMap(sent)).toEqual(['a=1 sent predicted'])
})
