import { expect, it } from 'vitest'
import type { StoredCookie } from '../contract.ts'
import { cookieOf, crossSite, exchangeOf, now, type RequestRow } from '../rules/testing.ts'
import { applyVerdict } from './apply-verdict.ts'
import { judge } from './judge.ts'

const after = (jar: StoredCookie[], lines: string[], row: RequestRow = {}): StoredCookie[] => {
  const exchange = exchangeOf({ url: 'https://shop.test/', ...row })
  exchange.responseHeaders = lines.map((value) => ({ name: 'Set-Cookie', value }))
  return applyVerdict(jar, judge(exchange, { browser: 'chromium', jar }))
}
const told = (jar: StoredCookie[]): string[] =>
  jar.map(({ name, value, path, domain }) => `${name}=${value} ${domain}${path}`)
const old = cookieOf({ name: 'sid', value: 'old', creation: 1 })

it('puts in what was stored, replaces what has the same key, keeps the rest', () => {
  const jar = [old, cookieOf({ name: 'other' })]
  expect(told(after(jar, ['sid=new; Path=/', 'a=1; Path=/x', 'b=1; Domain=shop.test']))).toEqual([
    'other=hush-hush shop.test/',
    'sid=new shop.test/',
    'a=1 shop.test/x',
    'b=1 .shop.test/',
  ])
})

it('leaves the jar that it was given as it was', () => {
  const jar = [old]
  after(jar, ['sid=new', 'sid=; Max-Age=0', 'a=b'])
  expect(jar).toEqual([old])
})

it('takes out what was removed, of the same key only', () => {
  const jar = [
    old,
    cookieOf({ path: '/x', value: 'deep' }),
    cookieOf({ domain: '.shop.test', hostOnly: false, value: 'wide' }),
  ]
  expect(told(after(jar, ['sid=; Max-Age=0']))).toEqual(['sid=deep shop.test/x', 'sid=wide .shop.test/'])
  expect(told(after(jar, ['sid=; Max-Age=0; Path=/x', 'none=; Max-Age=0']))).toEqual([
    'sid=old shop.test/',
    'sid=wide .shop.test/',
  ])
})

it('does nothing for lines that are blocked or open', () => {
  expect(told(after([old], ['sid=new; SameSite=None', '__Host-a=b', '']))).toEqual(['sid=old shop.test/'])
  const row = { ...crossSite, thirdPartyCookies: 'unknown' } as const
  expect(after([], ['sid=new; SameSite=None; Secure'], { ...row, thirdPartyCookies: undefined })).toEqual([])
})

it('lets the last of several lines win, a deletion too', () => {
  expect(told(after([], ['sid=1', 'sid=2']))).toEqual(['sid=2 shop.test/'])
  expect(told(after([], ['sid=1', 'sid=; Max-Age=0']))).toEqual([])
  expect(told(after([], ['sid=; Max-Age=0', 'sid=1']))).toEqual(['sid=1 shop.test/'])
})

it('keeps the creation time of a cookie that is set anew with the value it has', () => {
  expect(after([old], ['sid=old; HttpOnly'])[0]).toMatchObject({ creation: 1, httpOnly: true })
  expect(after([old], ['sid=new'])[0]?.creation).toBe(now)
  const decoded = cookieOf({ value: 'caf\u00e9', creation: 1 })
  expect(after([decoded], ['sid=caf\u00c3\u00a9'])[0]?.creation).toBe(1)
})

it('keeps partitions apart', () => {
  const partitionKey = { topLevelSite: 'https://shop.test', hasCrossSiteAncestor: false }
  const jar = after([old], ['sid=own; Partitioned; Secure'])
  expect(jar.map(({ value, partitionKey: key }) => [value, key])).toEqual([
    ['old', undefined],
    ['own', partitionKey],
  ])
  expect(after(jar, ['sid=; Max-Age=0; Partitioned; Secure'])).toEqual([old])
})

const many = (count: number, name: string, over: Partial<StoredCookie> = {}): StoredCookie[] =>
  Array.from({ length: count }, (_, index) =>
    cookieOf({ name: `${name}${index}`, value: 'v', creation: now - 30_000 + index, ...over }),
  )
const lines = (count: number, name: string, attributes = ''): string[] =>
  Array.from({ length: count }, (_, index) => `${name}${index}=v${attributes}`)
/** How many are gone of those whose names begin so, and which. */
const gone = (before: readonly StoredCookie[], left: readonly StoredCookie[]): string[] =>
  before.filter(({ name }) => !left.some((cookie) => cookie.name === name)).map(({ name }) => name)

/** As measured in Chromium 156. */
it('takes out what had to make room, as far as creation times tell', () => {
  const jar = many(180, 'c')
  const left = after(jar, ['n=v'])
  expect(left).toHaveLength(150)
  expect(gone(jar, left)).toEqual(jar.slice(0, 31).map(({ name }) => name))
  const undated = jar.map(({ creation, ...cookie }) => cookie)
  expect(after(undated, ['n=v'])).toHaveLength(181)
  const mixed = [...many(160, 's', { secure: true }), ...many(20, 'p')]
  expect(gone(mixed, after(mixed, ['n=v; Secure'])).length).toBe(31)
  // All without Secure go, the others' order is not known.
  const known = mixed.map(({ creation, ...cookie }) => cookie)
  expect(gone(known, after(known, ['n=v; Secure']))).toEqual(known.slice(160).map(({ name }) => name))
})

it('makes room line by line', () => {
  expect(after([], lines(215, 'c')).map(({ name }) => name)).toEqual(
    lines(215, 'c')
      .slice(62)
      .map((line) => line.slice(0, line.indexOf('='))),
  )
  // Without creation times, the second round begins where the first has left as many as the browser has.
  const undated = many(180, 'c').map(({ creation, ...cookie }) => cookie)
  expect(after(undated, lines(30, 'n'))).toHaveLength(210)
  const exchange = exchangeOf({ url: 'https://shop.test/' })
  exchange.responseHeaders = lines(32, 'n').map((value) => ({ name: 'Set-Cookie', value }))
  const { setCookies } = judge(exchange, { browser: 'chromium', jar: undated })
  expect(setCookies.flatMap(({ warnings }, index) => (warnings.length > 0 ? [index] : []))).toEqual([0, 31])
})

it('counts a cookie that is set again with the same value as just used', () => {
  const jar = many(180, 'c')
  const left = after(jar, [...lines(10, 'c', '; Path=/'), 'n=v'])
  expect(gone(jar, left)).toEqual(jar.slice(10, 41).map(({ name }) => name))
  expect(left.find(({ name }) => name === 'c0')?.creation).toBe(now - 30_000)
})

it('deletes a cookie at once for which there is no room, and others with it', () => {
  const jar = many(180, 's', { secure: true })
  const left = after(jar, ['n=v'])
  expect(left).toHaveLength(150)
  expect(gone(jar, left)).toEqual(jar.slice(0, 30).map(({ name }) => name))
  expect(after(jar, ['n0=v', 'n1=v', 'n2=v'])).toHaveLength(152)
})

it('makes room in a partition by its bytes', () => {
  const attributes = '; Secure; Partitioned'
  const value = 'x'.repeat(1022)
  const full = lines(10, 'c').map((line) => `${line.slice(0, 3)}${value}${attributes}`)
  expect(after([], full)).toHaveLength(10)
  expect(told(after([], [...full, `n=${attributes}`]))[0]).toMatch(/^c1=/)
  expect(after([], [...full, `n=${'x'.repeat(2000)}${attributes}`])).toHaveLength(9)
  expect(after([], lines(190, 'c', attributes))).toHaveLength(180)
})
