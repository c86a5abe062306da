import { describe, expect, it } from 'vitest'
import { profileOf } from './index.ts'
import type { DomainFault } from './policy.ts'
import { resolveDomain } from './resolve-domain.ts'

const { policy } = profileOf('chromium')

describe('whose cookie it is', () => {
  it.each<[string, string | undefined, string]>([
    // host, Domain, host-only or the domain
    ['www.shop.test', undefined, 'host-only'],
    ['www.shop.test', '', 'host-only'],
    ['www.shop.test', 'shop.test', 'shop.test'],
    ['www.shop.test', '.SHOP.test', 'shop.test'],
    ['www.shop.test', 'www.shop.test', 'www.shop.test'],
    ['shop.test', 'shop.test', 'shop.test'],
    ['shop.test.', 'shop.test.', 'shop.test.'],
    ['xn--bcher-kva.test', 'b\u00c3\u00bccher.test', 'xn--bcher-kva.test'],
    // A host without registrable domain stays alone.
    ['localhost', 'localhost', 'host-only'],
    ['localhost', '.localhost', 'host-only'],
    ['127.0.0.1', '127.0.0.1', 'host-only'],
    ['[::1]', '[::1]', 'host-only'],
    ['[2001:db8::1]', '.[2001:DB8::1]', 'host-only'],
    ['github.io', '.github.io', 'host-only'],
  ])('%s, Domain=%s', (host, attribute, whose) => {
    const result = resolveDomain(host, attribute, policy)
    expect(result.ok && (result.hostOnly ? 'host-only' : result.domain)).toBe(whose)
  })
})

describe('what is wrong with it', () => {
  it.each<[string, string, DomainFault]>([
    ['www.shop.test', 'other.test', 'other-site'],
    ['www.shop.test', 'co.uk', 'other-site'],
    ['www.shop.test', 'hop.test', 'other-site'],
    ['me.github.io', 'you.github.io', 'other-site'],
    ['www.shop.test', '127.0.0.1', 'other-site'],
    ['www.shop.test', 'localhost', 'other-site'],
    ['www.shop.test', 'api.shop.test', 'not-a-parent'],
    ['shop.test', 'www.shop.test', 'not-a-parent'],
    ['www.shop.test', 'test', 'public-suffix'],
    ['www.shop.co.uk', 'co.uk', 'public-suffix'],
    ['me.github.io', 'github.io', 'public-suffix'],
    ['localhost', 'a.localhost', 'no-domain'],
    ['a.localhost', 'localhost', 'public-suffix'],
    ['127.0.0.1', '127.1', 'no-domain'],
    ['127.0.0.1', '0.0.1', 'no-domain'],
    ['[::1]', '[0::1]', 'no-domain'],
    ['localhost', '..localhost', 'malformed'],
    ['localhost', '.', 'malformed'],
    ['www.shop.test', '.', 'malformed'],
    ['www.shop.test', '..shop.test', 'malformed'],
    ['www.shop.test', 'shop.test.', 'malformed'],
    ['www.shop.test.', 'shop.test', 'malformed'],
    ['www.shop.test', 'https://shop.test', 'malformed'],
    ['www.shop.test', '\u00e9.shop.test', 'malformed'],
  ])('%s, Domain=%s: %s', (host, attribute, fault) => {
    const result = resolveDomain(host, attribute, policy)
    expect(result.ok || result.fault).toBe(fault)
  })
})

it('refuses other than ASCII where the browser does', () => {
  const refusing = { ...policy, nonAsciiDomain: 'refused' } as const
  const host = 'xn--bcher-kva.test'
  expect(resolveDomain(host, 'b\u00c3\u00bccher.test', policy)).toMatchObject({ ok: true, nonAscii: true })
  expect(resolveDomain(host, 'b\u00c3\u00bccher.test', refusing)).toMatchObject({ ok: false, fault: 'malformed' })
  expect(resolveDomain(host, host, refusing)).toMatchObject({ ok: true, nonAscii: false })
})
