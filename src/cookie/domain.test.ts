import { describe, expect, it } from 'vitest'
import { canonicalDomain, domainMatch, isIpAddress, registrableDomain, sameRegistrableDomain } from './domain.ts'

describe('registrableDomain', () => {
  it.each([
    ['shop.test', 'shop.test'],
    ['a.b.shop.test', 'shop.test'],
    ['www.shop.co.uk', 'shop.co.uk'],
    // Private suffixes count.
    ['me.github.io', 'me.github.io'],
    ['a.me.github.io', 'me.github.io'],
    ['shop.vercel.app', 'shop.vercel.app'],
    ['bucket.s3.amazonaws.com', 'bucket.s3.amazonaws.com'],
    // Wildcards and exceptions of the list.
    ['a.b.ck', 'a.b.ck'],
    ['b.ck', null],
    ['www.ck', 'www.ck'],
    ['xn--bcher-kva.test', 'xn--bcher-kva.test'],
    // A trailing dot stays.
    ['a.shop.test.', 'shop.test.'],
    ['shop.test..', null],
    // None.
    ['github.io', null],
    ['co.uk', null],
    ['com', null],
    ['localhost', null],
    ['127.0.0.1', null],
    ['[::1]', null],
    ['.shop.test', null],
    ['', null],
  ])('of %j is %j', (host, domain) => {
    expect(registrableDomain(host)).toBe(domain)
    expect(registrableDomain(host)).toBe(domain)
  })

  it('answers the same after any number of hosts', () => {
    for (let i = 0; i < 2000; i++) expect(registrableDomain(`h${i}.shop.test`)).toBe('shop.test')
    expect(registrableDomain('h0.shop.test')).toBe('shop.test')
  })
})

describe('sameRegistrableDomain', () => {
  it.each([
    ['a.shop.test', 'b.shop.test', true],
    ['shop.test', 'a.shop.test', true],
    ['localhost', 'localhost', true],
    ['127.0.0.1', '127.0.0.1', true],
    ['github.io', 'github.io', true],
    ['a.github.io', 'b.github.io', false],
    ['a.github.io', 'github.io', false],
    ['localhost', 'a.localhost', false],
    ['127.0.0.1', '127.0.0.2', false],
    ['localhost', '127.0.0.1', false],
    ['shop.test', 'shop.test.', false],
    ['com', 'uk', false],
  ])('%s and %s: %s', (a, b, same) => {
    expect(sameRegistrableDomain(a, b)).toBe(same)
    expect(sameRegistrableDomain(b, a)).toBe(same)
  })
})

describe('domainMatch', () => {
  it.each([
    ['shop.test', 'shop.test', true],
    ['a.shop.test', 'shop.test', true],
    ['a.b.shop.test', 'shop.test', true],
    ['127.0.0.1', '127.0.0.1', true],
    ['[::1]', '[::1]', true],
    ['shop.test', 'a.shop.test', false],
    ['myshop.test', 'shop.test', false],
    ['shop.test', 'SHOP.test', false],
    ['a.shop.test.', 'shop.test', false],
    // An IP address has no parents.
    ['127.0.0.1', '0.0.1', false],
    ['1.127.0.0.1', '127.0.0.1', true],
  ])('%s, %s: %s', (host, domain, matches) => expect(domainMatch(host, domain)).toBe(matches))
})

describe('canonicalDomain', () => {
  it.each([
    ['Shop.TEST', 'shop.test'],
    ['.shop.test', '.shop.test'],
    ['..shop.test', '..shop.test'],
    ['a_b.shop-1.test', 'a_b.shop-1.test'],
    ['b\u00fccher.test', 'xn--bcher-kva.test'],
    ['.B\u00dcCHER.test', '.xn--bcher-kva.test'],
    ['\uff41.test', 'a.test'],
    ['XN--BCHER-KVA.test', 'xn--bcher-kva.test'],
    ['[2001:DB8::1]', '[2001:db8::1]'],
    ['.[::1]', '.[::1]'],
    ['127.1', '127.1'],
  ])('of %j is %j', (text, domain) => expect(canonicalDomain(text)).toBe(domain))

  it.each([
    ...['https://shop.test', 'shop.test:80', 'shop.test/', 'shop.test?', '"shop.test"', '%73hop.test', 'a b.test'],
    ...['a@shop.test', 'shop.test\\', '<shop.test>', '::1', '[::1', '\ud800.test', '\u00ad', 'a\u0000b.\u00e9'],
  ])('of %j is none', (text) => expect(canonicalDomain(text)).toBeNull())
})

it('knows IP addresses', () => {
  for (const host of ['127.0.0.1', '[::1]', '10.0.0.255']) expect(isIpAddress(host)).toBe(true)
  for (const host of ['localhost', '1.2.3', '127.0.0.1.nip.test', '1.2.3.4.']) expect(isIpAddress(host)).toBe(false)
})
