import { describe, expect, it } from 'vitest'
import type { Exchange, JudgeOptions } from '../contract.ts'
import { cookieOf, exchangeOf } from '../rules/testing.ts'
import * as library from './index.ts'
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
    ...[undefined, 1, '', 'shop.test/x', '/login', 'https://', 'localhost:3000/x', 'shop.test:443'].map(
      (value) => ['url', value] as const,
    ),
    ...[undefined, null, 7, ''].map((value) => ['method', value] as const),
    ...[undefined, null].map((value) => ['resourceType', value] as const),
    ...[undefined, 0, {}, '', 'shop.test', 'localhost:3000', 'user', 'https://'].map(
      (value) => ['initiator', value] as const,
    ),
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

  it.each([
    ['document', 'main_frame or sub_frame'],
    ['Document', 'main_frame or sub_frame'],
    ['navigate', 'main_frame or sub_frame'],
    ['iframe', 'sub_frame'],
    ['fetch', 'xmlhttprequest'],
    ['XHR', 'xmlhttprequest'],
    ['img', 'image'],
    ['Script', 'script'],
    ['WebSocket', 'websocket'],
  ])('a type of another vocabulary, %s, and tells its name here', (resourceType, name) =>
    expect(withExchange({ resourceType })).toBe(
      `exchange.resourceType: webRequest has no "${resourceType}"; its name is ${name}`,
    ),
  )

  it.each(['data:text/html,x', 'DATA:,'])('an address that asks no server, and what stands for it: %s', (data) => {
    expect(withExchange({ url: data })).toBe(
      'exchange.url: expected the URL of a request; a data: URL asks no server, and has no cookies',
    )
    expect(withExchange({ initiator: data })).toBe(
      'exchange.initiator: expected an origin; that of a data: document is "null", as a text',
    )
  })

  it.each([978_307_200, 1_795_000_000, 1_795_000_000.25, 978_307_199_999])(
    'a time in seconds, and tells the unit: %s',
    (time) =>
      expect(withExchange({ time })).toBe(
        `exchange.time: expected epoch milliseconds; ${time} is in seconds, so multiply it by 1000`,
      ),
  )

  it.each(['', 'x', 'shop.test', '/login', 'localhost:3000', 'https://'])('the place of what is no URL: %j', (text) => {
    const urls = ['https://shop.test/', text]
    expect(withExchange({ frames: urls })).toBe('exchange.frames[1]: expected an absolute URL')
    expect(withExchange({ redirectChain: urls })).toBe('exchange.redirectChain[1]: expected an absolute URL')
  })

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
  it.each<[string, unknown, string]>([
    ['hostOnly', 'true', 'expected a boolean'],
    ['sameSite', 'None', "expected 'no_restriction', 'lax', 'strict' or 'unspecified'"],
    ['expirationDate', null, 'expected a number (epoch seconds); left out in a session cookie'],
    ['domain', 7, 'expected a string'],
    ['creation', 1_795_000_000, 'expected epoch milliseconds; 1795000000 is in seconds, so multiply it by 1000'],
    ...['https://shop.test', 'shop.test/', 'shop.test:443', 'localhost:3000'].map(
      (domain): [string, unknown, string] => [
        'domain',
        domain,
        'expected a host such as shop.example, without scheme, port and path',
      ],
    ),
  ])("what is expected of a cookie's %s: %j", (field, value, words) =>
    expect(withOptions({ jar: [{ ...cookieOf(), [field]: value }] })).toBe(`options.jar[0].${field}: ${words}`),
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
    ['creation', 1_795_000_000],
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
    ['no host', { url: 'about:blank' }],
    [
      'documents without a host',
      {
        frames: ['about:blank', 'about:srcdoc', 'data:1/2,x', 'blob:null/12', 'null', 'null/', 'file:///a.html'],
        redirectChain: ['chrome-extension://abcdef/x'],
        resourceType: 'image',
      },
    ],
    ...['file://', 'chrome-extension://abcdef', 'https://[::1]:8443', 'https://shop.test/a/page'].map(
      (initiator): [string, Record<string, unknown>] => [`initiator ${initiator}`, { initiator }],
    ),
    ...[
      ...['main_frame', 'sub_frame', 'stylesheet', 'script', 'image', 'font', 'object', 'xmlhttprequest', 'ping'],
      ...['csp_report', 'media', 'websocket', 'webtransport', 'webbundle', 'other', 'beacon', 'imageset', 'json'],
      ...['object_subrequest', 'speculative', 'web_manifest', 'xml_dtd', 'xslt', 'manifest'],
    ].map((resourceType): [string, Record<string, unknown>] => [resourceType, { resourceType }]),
    ['an opaque initiator', { initiator: 'null' }],
    ['fields of others', { id: '1', verdict: null, observed: 3 }],
    ...[0, -1, 230.5, 978_307_199, 978_307_200_000, Date.UTC(2026, 10, 21), Number.POSITIVE_INFINITY].map(
      (time): [string, Record<string, unknown>] => [`time ${time}`, { time }],
    ),
  ])('%s', (_what, over) => expect(withExchange(over)).toBe('nothing'))

  it('cookies with all fields and with the necessary ones, of any time', () => {
    const partitionKey = { topLevelSite: 'https://shop.test', hasCrossSiteAncestor: true }
    const jar = [
      cookieOf(),
      cookieOf({ partitionKey, creation: 0, expirationDate: 0.5 }),
      cookieOf({ creation: 978_307_200_000, path: '/y' }),
      cookieOf({ expirationDate: Number.NEGATIVE_INFINITY, path: '/x' }),
      cookieOf({ expirationDate: 1e300, path: '/x' }),
      ...['.shop.test', 'localhost', '127.0.0.1', '[::1]', '::1', ''].map((domain) => cookieOf({ domain })),
    ]
    expect(withOptions({ jar, thirdPartyCookies: 'partitioned' })).toBe('nothing')
  })
})

describe('the other functions name what is wrong as well', () => {
  const exchange = { ...exchangeOf({}), responseHeaders: [{ name: 'set-cookie', value: 'a=b' }] }
  const verdict = judge(exchange, options)
  const line = verdict.setCookies[0]
  const loosely = library as unknown as Record<
    'parseSetCookie' | 'applyVerdict' | 'elsewhere',
    (...given: unknown[]) => unknown
  >
  const parse = (...given: unknown[]): string => fault(() => loosely.parseSetCookie(...given))
  const apply = (...given: unknown[]): string => fault(() => loosely.applyVerdict(...given))
  const elsewhere = (...given: unknown[]): string => fault(() => loosely.elsewhere(...given))

  it('parseSetCookie', () => {
    expect(parse()).toBe('line: expected a string')
    expect(parse(5, options)).toBe('line: expected a string')
    expect(parse('a=b')).toBe('options: expected an object')
    expect(parse('a=b', {})).toMatch(/^options\.browser: no rules for undefined/)
    expect(parse('a=b', options)).toBe('nothing')
  })

  it('applyVerdict', () => {
    expect(apply([])).toBe('verdict: expected an object, as judge gives it')
    expect(apply([], {})).toBe('verdict.setCookies: expected an array')
    expect(apply([], { setCookies: ['a=b'] })).toBe('verdict.setCookies[0]: expected an object')
    expect(apply([], { setCookies: [{ ...line, cookie: undefined }] })).toBe(
      'verdict.setCookies[0].cookie: expected a cookie or null',
    )
    expect(apply([], { setCookies: [{ ...line, reasons: undefined }] })).toBe(
      'verdict.setCookies[0].reasons: expected an array of reasons',
    )
    expect(apply(undefined, verdict)).toBe('jar: expected an array of cookies')
    expect(apply([null], verdict)).toBe('jar[0]: expected a cookie')
    expect(apply([cookieOf({ domain: 'shop.test:80' })], verdict)).toMatch(/^jar\[0\]\.domain: expected /)
    expect(apply([], verdict, 'opera')).toMatch(/^browser: no rules for "opera"/)
    expect(apply([], verdict)).toBe('nothing')
  })

  it('elsewhere', () => {
    expect(elsewhere(null, verdict, 'chromium')).toBe('exchange: expected an object')
    expect(elsewhere({ ...exchange, url: '/' }, verdict, 'chromium')).toBe('exchange.url: expected an absolute URL')
    expect(elsewhere(exchange, null, 'chromium')).toBe('verdict: expected an object, as judge gives it')
    expect(elsewhere(exchange, { ...verdict, cookies: 1 }, 'chromium')).toBe('verdict.cookies: expected an array')
    expect(elsewhere(exchange, { ...verdict, cookies: [{ outcome: 'sent', reasons: [] }] }, 'chromium')).toBe(
      'verdict.cookies[0].cookie: expected a cookie',
    )
    expect(elsewhere(exchange, verdict)).toMatch(/^browser: no rules for undefined/)
    expect(elsewhere(exchange, { ...verdict, setCookies: [] }, 'chromium')).toBe(
      'verdict.setCookies: expected one for each Set-Cookie line of the exchange: 1, got 0',
    )
    expect(elsewhere(exchange, verdict, 'chromium')).toBe('nothing')
  })
})
