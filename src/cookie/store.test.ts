import { describe, expect, it } from 'vitest'
import type { StoredCookie } from '../contract.ts'
import { bareDomain, headerOrder, isExpired, leavesSecureAlone, sameKey, samePartition } from './store.ts'

const cookie = (over: Partial<StoredCookie> = {}): StoredCookie => ({
  name: 'sid',
  value: 'v',
  domain: 'shop.test',
  hostOnly: true,
  path: '/',
  secure: false,
  httpOnly: false,
  sameSite: 'lax',
  session: true,
  ...over,
})
const wide = { domain: '.shop.test', hostOnly: false }

describe('sameKey', () => {
  it.each<[string, Partial<StoredCookie>, Partial<StoredCookie>, boolean]>([
    ['itself', {}, {}, true],
    ['another value and flags', { value: 'a', secure: true, httpOnly: true, sameSite: 'strict' }, {}, true],
    ['another name', { name: 'a' }, {}, false],
    ['another case', { name: 'SID' }, {}, false],
    ['another path', { path: '/x' }, {}, false],
    ['host-only and domain', wide, {}, false],
    ['a domain with and without its dot', wide, { ...wide, domain: 'shop.test' }, true],
    ['another domain', { domain: 'a.shop.test' }, {}, false],
    ['a name as text and as bytes', { name: 'caf\u00e9' }, { name: 'caf\u00c3\u00a9' }, true],
    ['a path as text and as bytes', { path: '/\u20ac' }, { path: '/\u00e2\u0082\u00ac' }, true],
    ['a partition and none', { partitionKey: { topLevelSite: 'https://a.test' } }, {}, false],
    [
      'two partitions',
      { partitionKey: { topLevelSite: 'https://a.test' } },
      { partitionKey: { topLevelSite: 'https://b.test' } },
      false,
    ],
  ])('%s', (_what, a, b, same) => {
    expect(sameKey(cookie(a), cookie(b))).toBe(same)
    expect(sameKey(cookie(b), cookie(a))).toBe(same)
  })
})

it('tells partitions apart by the ancestor too, false where it is not said', () => {
  const site = { topLevelSite: 'https://a.test' }
  expect(samePartition(site, { ...site, hasCrossSiteAncestor: false })).toBe(true)
  expect(samePartition(site, { ...site, hasCrossSiteAncestor: true })).toBe(false)
  expect(samePartition(undefined, undefined)).toBe(true)
})

describe('leavesSecureAlone is asymmetric', () => {
  const secure = { secure: true }
  it.each<[string, Partial<StoredCookie>, Partial<StoredCookie>, boolean]>([
    ['the same', secure, {}, true],
    ['a Secure one over it', secure, secure, true],
    ['over one that is not Secure', {}, {}, false],
    ['another name', secure, { name: 'a' }, false],
    ['a deeper path', secure, { path: '/x' }, true],
    ['a shallower path', { ...secure, path: '/x' }, {}, false],
    ['a path beside', { ...secure, path: '/x' }, { path: '/xy' }, false],
    ['a domain cookie over a host cookie', secure, wide, true],
    ['a host cookie over a domain cookie', { ...secure, ...wide }, {}, true],
    ["a parent's over a child's", { ...secure, domain: 'a.shop.test' }, wide, true],
    ["a child's over a parent's", { ...secure, ...wide }, { domain: 'a.shop.test' }, true],
    ["a sibling's", { ...secure, domain: 'a.shop.test' }, { domain: 'b.shop.test' }, false],
    ['another partition', { ...secure, partitionKey: { topLevelSite: 'https://a.test' } }, {}, false],
  ])('%s', (_what, old, next, left) => expect(leavesSecureAlone(cookie(old), cookie(next))).toBe(left))
})

it('expires at its time, not after it', () => {
  expect(isExpired(cookie(), 1e15)).toBe(false)
  expect(isExpired(cookie({ expirationDate: 10 }), 9999)).toBe(false)
  expect(isExpired(cookie({ expirationDate: 10 }), 10_000)).toBe(true)
  expect(isExpired(cookie({ expirationDate: 0 }), 1)).toBe(true)
})

it('puts longer paths first, then older ones, then keeps the order', () => {
  const jar = [
    cookie({ name: 'a', creation: 2 }),
    cookie({ name: 'b', path: '/long', creation: 9 }),
    cookie({ name: 'c', creation: 1 }),
    cookie({ name: 'd', creation: 2 }),
    cookie({ name: 'e', path: '/long/er' }),
  ]
  expect(jar.sort(headerOrder).map(({ name }) => name)).toEqual(['e', 'b', 'c', 'a', 'd'])
})

it('takes the dot off a domain', () => {
  expect(bareDomain({ domain: '.shop.test' })).toBe('shop.test')
  expect(bareDomain({ domain: 'shop.test' })).toBe('shop.test')
})
