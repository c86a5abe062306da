import { expect, it } from 'vitest'
import { completed, cookie, hop, jar, lines, request, response, Session, start, stored } from './event-table.ts'

const page = hop('1', 'https://app.test/login', 0)
const answered = { ...page, time: start + 10 }

const rest = (session: Session): Session => {
  while (session.correlator.nextSettle !== null) session.settle()
  return session
}

it('a write is taken back when a response that is told of only then turns out to have made it', () => {
  const session = rest(new Session('firefox').take(jar(), request(page, ''), stored(cookie('sid=1'), 12)))
  expect(session.writes).toMatchObject([{ id: 'write-1', cookie: { name: 'sid' } }])
  rest(session.take(response(answered, ['sid=1']), completed(page, 14)))
  expect(session.log.flatMap(lines)).toEqual(['sid stored confirmed'])
  expect(session.writes).toEqual([])
})

it('one that the response did not make stays, and is told once', () => {
  const session = rest(new Session('firefox').take(jar(), request(page, ''), stored(cookie('sid=0'), 12)))
  rest(session.take(response(answered, ['sid=1']), stored(cookie('sid=1'), 13), completed(page, 14)))
  expect(session.writes.map(({ cookie: { value } }) => value)).toEqual(['0'])
})
