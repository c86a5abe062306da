import { expect, it } from 'vitest'
import { evidenceOf } from './evidence-of.ts'
import { isReloadOf } from './reloaded.ts'
import { type RequestRow, type Row, recordingOf } from './testing/recording.ts'

const app = 'https://app.shop.test'
const page = `GET ${app}/login`
const from = (referer: string | null): Partial<RequestRow> =>
  referer === null ? {} : { requestHeaders: { Referer: `${app}${referer}` } }
const login = (over: Partial<RequestRow> = {}): RequestRow => ({
  request: `POST ${app}/api/login`,
  from: `${app}/login`,
  set: 'sid=hush; Path=/; HttpOnly; Secure',
  ...from('/login'),
  ...over,
})
const next = (referer: string | null, over: Partial<RequestRow> = {}): RequestRow => ({
  request: `GET ${app}/home`,
  initiator: app,
  ...from(referer),
  ...over,
})
const linked: Row = { request: page, ...from('/shop') }

/** As measured in Chromium 156: each as the browser sends it. */
it.each<[boolean, string, readonly Row[]]>([
  [true, 'a page that was typed in, at the address that its script gave it', [page, login(), next(null)]],
  [true, 'a page that was linked to', [linked, login(), next('/shop')]],
  [true, 'a page that was there before the log', [login(), next(null)]],
  [false, 'the script goes on', [page, login(), next('/login')]],
  [false, 'the script goes on from a page that was linked to', [linked, login(), next('/login')]],
  [false, 'the script changes the address and loads it', [page, login(), next('/home')]],
  [
    false,
    'the same, where the page was linked to from there',
    [{ request: page, ...from('/home') }, login(), next('/home')],
  ],
  [false, 'the page tells only its origin', [{ request: page, ...from('/') }, login(from('/')), next('/')]],
  [false, 'the page tells nothing to whom it asks', [page, login({ requestHeaders: {} }), next(null)]],
  [false, 'a link that tells nothing, on a page that was linked to', [linked, login(), next(null)]],
  [false, 'an address that is typed in', [page, login(), next(null, { initiator: null })]],
  [false, 'a form', [page, login(), next(null, { request: `POST ${app}/home` })]],
  [false, 'a page of which nothing is known, and a Referer', [login(), next('/shop')]],
  [
    false,
    'a page from the cache, whose headers tell nothing',
    [{ request: page, fromCache: true }, login(), next('/shop')],
  ],
])('a reload: %s, %s', (expected, _, rows) => {
  const { seen, login: found } = evidenceOf(recordingOf(rows))
  const last = seen.at(-1)
  if (found === null || last === undefined) throw new Error('no login')
  expect(isReloadOf(found, last)).toBe(expected)
})
