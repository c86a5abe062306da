import { expect, it } from 'vitest'
import type { FinishedRequest } from './devtools-api.ts'
import { isStopped, stoppedEvent } from './mixed-content.ts'

const finished = (over: Partial<FinishedRequest>): FinishedRequest => ({
  url: 'http://api.shop.test/login#x',
  method: 'POST',
  status: 0,
  initiator: null,
  isDocument: false,
  started: 7,
  duration: 0,
  ...over,
})

const page = 'https://app.shop.test/login'

it.each<[string, Partial<FinishedRequest>, string, boolean]>([
  ['a fetch to http', {}, page, true],
  ['a private address', { url: 'http://192.168.1.2/login' }, page, true],
  ['one that was answered', { status: 200 }, page, false],
  ['of a page on http', {}, 'http://app.shop.test/login', false],
  ['to https, which failed', { url: 'https://api.shop.test/login' }, page, false],
  ['to localhost, which is let through', { url: 'http://localhost:3000/login' }, page, false],
  ['to 127.0.0.1', { url: 'http://127.0.0.1/login' }, page, false],
  ['no URL', { url: 'http://' }, page, false],
])('%s', (_, over, of, stopped) => {
  expect(isStopped(finished(over), of)).toBe(stopped)
})

it('is told as a request that failed', () => {
  expect(stoppedEvent(finished({}), `${page}#form`, 3)).toMatchObject({
    kind: 'error',
    requestId: 'mixed-content-3',
    url: 'http://api.shop.test/login',
    method: 'POST',
    initiator: 'https://app.shop.test',
    frames: [page],
    time: 7,
    error: 'mixed-content',
  })
})
