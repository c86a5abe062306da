import { describe, expect, it } from 'vitest'
import type { Exchange, JudgeOptions } from '../contract.ts'
import { cookieOf, exchangeOf } from '../rules/testing.ts'
import { judge } from './judge.ts'

const options: JudgeOptions = { browser: 'chromium', jar: [] }
const fault = (run: () => unknown): string => {
  try {
    run()
  } catch (error) {
    return error instanceof TypeError ? error.message : `${error}`
  }
  return 'nothing'
}
const withExchange = (over: Record<string, unknown>): string =>
  fault(() => judge({ ...exchangeOf({}), ...over } as Exchange, options))
const withOptions = (over: Record<string, unknown>): string =>
  fault(() => judge(exchangeOf({}), { ...options, ...over } as JudgeOptions))

describe('an exchange that is not of the shape names the field', () => {
  it.each([
    ...[undefined, 1, '', 'shop.test/x', '/login', 'https://'].map((value) => ['url', value] as const),
    ...[undefined, null, 7].map((value) => ['method', value] as const),
    ...[undefined, null].map((value) => ['resourceType', value] as const),
    ...[undefined, 0, {}].map((value) => ['initiator', value] as const),
    ...[undefined, null, 'https://shop.test/', [1], [null], { length: 0 }].map((value) => ['frames', value] as const),
    ...[null, 'x', [{}]].map((value) => ['redirectChain', value] as const),
    ...[null, 'same-origin', true].map((value) => ['credentials', value] as const),
    ...[undefined, {}, ['Cookie: a=b'], [{ name: 'Cookie' }], [{ name: 'Cookie', value: 1 }], [null]].map(
      (value) => ['requestHeaders', value] as const,
    ),
    ...[undefined, null, '200', Number.NaN].map((value) => ['status', value] as const),
    ...[undefined, new Map(), [['Set-Cookie', 'a=b']]].map((value) => ['responseHeaders', value] as const),
    ...[undefined, '2026-11-21', new Date(0), Number.NaN].map((value) => ['time', value] as const),
  ])('%s: %j', (field, value) =>
    expect(withExchange({ [field]: value })).toMatch(new RegExp(`^exchange\\.${field}: expected `)),
  )

  it.each([undefined, null, 'x', 1])('%j for all of it', (value) => {
    expect(fault(() => judge(value as unknown as Exchange, options))).toBe('exchange: expected an object')
    expect(fault(() => judge(exchangeOf({}), value as unknown as JudgeOptions))).toBe('options: expected an object')
  })
})

describe('so do options', () => {
  it.each([undefined, null, {}, 'a=b'])('jar: %j', (jar) =>
    expect(withOptions({ jar })).toMatch(/^options\.jar: expected /),
  )
  it.each([null, '', 'yes', true])('thirdPartyCookies: %j', (thirdPartyCookies) =>
    expect(withOptions({ thirdPartyCookies })).toMatch(/^options\.thirdPartyCookies: expected /),
  )
  it.each([undefined, null, 'opera', 'Chromium'])('browser: %j', (browser) =>
    expect(withOptions({ browser })).toMatch(/^options\.browser: /),
  )
  it.each([undefined, null, 'a=b'])('a cookie: %j', (cookie) =>
    expect(withOptions({ jar: [cookieOf(), cookie] })).toBe('options.jar[1]: expected a cookie'),
  )
  it.each<[string, unknown]>([
    ['name', undefined],
    ['value', 1],
    ['domain', null],
    ['hostOnly', 'true'],
    ['path', undefined],
    ['secure', 0],
    ['httpOnly', undefined],
    ['sameSite', 'None'],
    ['sameSite', 'constructor'],
    ['expirationDate', '1'],
    ['expirationDate', null],
    ['creation', Number.NaN],
    ['partitionKey', null],
    ['partitionKey', 'https://shop.test'],
    ['partitionKey', {}],
    ['partitionKey', { topLevelSite: 1 }],
  ])("a cookie's %s: %j", (field, value) =>
    expect(withOptions({ jar: [{ ...cookieOf(), [field]: value }] })).toMatch(
      new RegExp(`^options\\.jar\\[0\\]\\.${field}: `),
    ),
  )
})

describe('what is of the shape passes', () => {
  it.each<[string, Record<string, unknown>]>([
    ['no response', { status: 0, responseHeaders: [] }],
    ['any method and type', { method: 'purge', resourceType: 'whatever' }],
    ['other schemes', { url: 'wss://shop.test/' }],
    ['no host', { url: 'data:text/html,x' }],
    ['frames of any text', { frames: ['', 'about:blank', 'x'], resourceType: 'image' }],
    ['an opaque initiator', { initiator: 'null' }],
    ['fields of others', { id: '1', verdict: null, observed: 3 }],
    ['times of no clock', { time: Number.POSITIVE_INFINITY }],
  ])('%s', (_what, over) => expect(withExchange(over)).toBe('nothing'))

  it('cookies with all fields and with the necessary ones, of any time', () => {
    const partitionKey = { topLevelSite: 'https://shop.test', hasCrossSiteAncestor: true }
    const jar = [
      cookieOf(),
      cookieOf({ partitionKey, creation: 0, expirationDate: 0.5 }),
      cookieOf({ expirationDate: Number.NEGATIVE_INFINITY, path: '/x' }),
      cookieOf({ expirationDate: 1e300, path: '/x' }),
    ]
    expect(withOptions({ jar, thirdPartyCookies: 'partitioned' })).toBe('nothing')
  })
})
