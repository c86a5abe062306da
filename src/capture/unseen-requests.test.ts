import { expect, it } from 'vitest'
import type { FinishedRequest } from './devtools-api.ts'
import { unseenHost } from './unseen-requests.ts'

const page = 'https://app.shop.test/home'
const mayAccess = (host: string) => host.endsWith('.shop.test')
const request = (url: string, initiator: string | null, isDocument = false): FinishedRequest => ({
  url,
  method: 'GET',
  status: 200,
  initiator,
  isDocument,
  started: 0,
  duration: 1,
})

it.each([
  ['a navigation elsewhere', request('https://idp.test/authorize', null, true), 'idp.test'],
  ['one that comes back', request('https://app.shop.test/home', 'https://idp.test', true), null],
  ['a frame of another site', request('https://frame.test/', 'https://app.shop.test', true), 'frame.test'],
  ['what that asks for itself', request('https://frame.test/a', 'https://frame.test/'), 'frame.test'],
  ['and of the site', request('https://app.shop.test/a', 'https://frame.test'), 'frame.test'],
  ['what the page asks for elsewhere', request('https://api.test/a', 'https://app.shop.test'), null],
  ['where nobody says who asks', request('https://api.test/a', null), null],
  ['a WebSocket of such a frame', request('wss://ws.test/', 'https://frame.test'), 'frame.test'],
  ['data', request('data:,x', 'https://frame.test'), null],
])('%s', (_, finished, host) => {
  expect(unseenHost(finished, mayAccess, page, 'chromium')).toBe(host)
})

it('of a page without access nothing is seen', () => {
  expect(unseenHost(request('https://api.test/a', null), mayAccess, 'https://idp.test/', 'chromium')).toBe('idp.test')
})

// In Firefox a frame's navigation is no document's: DevTools tells the page's own apart.
it.each([
  ['a navigation elsewhere', request('https://idp.test/authorize', 'https://app.shop.test', true), 'idp.test'],
  ['one that comes back', request('https://app.shop.test/home', 'https://idp.test', true), null],
  ['a frame of another site', request('https://frame.test/', 'https://app.shop.test'), 'frame.test'],
  ['a frame of the site in that', request('https://app.shop.test/', 'https://frame.test'), 'frame.test'],
  ['what the page asks for elsewhere', request('https://api.test/a', 'https://app.shop.test'), 'api.test'],
  ['where nobody says who asks', request('https://api.test/a', null), 'api.test'],
  ['a WebSocket', request('wss://ws.test/', 'https://app.shop.test'), 'ws.test'],
  ['what the page asks of its site', request('https://www.shop.test/a', 'https://app.shop.test'), null],
  ['data', request('data:,x', null), null],
])('in Firefox: %s', (_, finished, host) => {
  expect(unseenHost(finished, mayAccess, page, 'firefox')).toBe(host)
})
