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
