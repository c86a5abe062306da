import { expect, it } from 'vitest'
import { cookie, hop, jar, lines, removed, request, response, Session, sent, stored } from './event-table.ts'
import type { CaptureEvent } from './events.ts'

/** Of a browser that tells less: see `CookieChangeEvent.vague`. */

const vague = (event: CaptureEvent): CaptureEvent => ({ ...event, vague: true }) as CaptureEvent

const first = hop('1', 'https://app.test/a', 0)
const second = hop('2', 'https://app.test/b', 1_000)

it('a cookie that is told to be overwritten by itself was what the store had before', () => {
  const after = cookie('sid=2')
  const { log } = new Session()
    .take(jar(cookie('sid=1')), request(first, 'sid=1'), response({ ...first, time: first.time + 10 }, ['sid=2']))
    .take(vague(removed(after, 12, 'overwrite')), vague(stored(after, 12)))
    .settle()
  expect(log.flatMap(lines)).toEqual(['sid stored confirmed'])
  expect(log.flatMap(sent)).toEqual(['sid=1 sent confirmed'])
})

it('a deletion is a line’s where a line claims it', () => {
  const { log } = new Session()
    .take(jar(cookie('sid=1')), request(first, 'sid=1'))
    .take(response({ ...first, time: first.time + 10 }, ['sid=; Max-Age=0']))
    .take(vague(removed(cookie('sid=1'), 12, 'explicit')), request(second))
    .settle()
  expect(log.flatMap(lines)).toEqual(['sid removed confirmed'])
  expect(log.at(-1)?.jar).toEqual([])
})

it('and nobody’s where none does', () => {
  const session = new Session().take(jar(cookie('sid=1')), request(first, 'sid=1'), response(first))
  session.take(vague(removed(cookie('sid=1'), 600, 'explicit')), request(second)).settle()
  expect(session.log.flatMap(lines)).toEqual([])
  expect(session.log.at(-1)?.jar).toEqual([])
})
