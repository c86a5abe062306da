import { describe, expect, it } from 'vitest'
import { isLocalHost, isSecureUrl, sameSite, siteOf } from './site.ts'

describe('siteOf', () => {
  it.each([
    ['https://www.shop.test:8443/a', 'https://shop.test'],
    ['http://shop.test', 'http://shop.test'],
    ['https://me.github.io/', 'https://me.github.io'],
    ['https://github.io/', 'https://github.io'],
    ['http://localhost:3000', 'http://localhost'],
    ['http://127.0.0.1:3000', 'http://127.0.0.1'],
    ['https://[::1]/', 'https://[::1]'],
    // WebSockets belong to the site of their http scheme.
    ['wss://api.shop.test/', 'https://shop.test'],
    ['ws://api.shop.test/', 'http://shop.test'],
    ['blob:https://www.shop.test/1234-5678', 'https://shop.test'],
    ['chrome-extension://abcdef/panel.html', 'chrome-extension://abcdef'],
  ])('%s is %s', (text, site) => {
    const found = siteOf(text)
    expect(found?.text).toBe(site)
  })

  it.each([
    'null',
    '',
    'about:blank',
    'about:srcdoc',
    'data:text/html,x',
    'file:///tmp/a.html',
    'blob:null/1234',
    'shop.test',
  ])('%j has none', (text) => expect(siteOf(text)).toBeNull())
})

describe('sameSite', () => {
  const of = (a: string, b: string) => [true, false].map((schemeful) => sameSite(siteOf(a), siteOf(b), schemeful))

  it.each([
    ['https://a.shop.test', 'https://b.shop.test:444', [true, true]],
    ['http://a.shop.test', 'https://a.shop.test', [false, true]],
    ['https://a.github.io', 'https://b.github.io', [false, false]],
    ['http://localhost:1', 'http://localhost:2', [true, true]],
    ['http://localhost', 'http://127.0.0.1', [false, false]],
    ['https://shop.test', 'https://shop.test.', [false, false]],
    ['wss://shop.test', 'https://www.shop.test', [true, true]],
    // Opaque origins are no one's, not even their own.
    ['null', 'null', [false, false]],
    ['null', 'https://shop.test', [false, false]],
  ])('%s and %s: schemeful, schemeless %j', (a, b, expected) => {
    expect(of(a, b)).toEqual(expected)
    expect(of(b, a)).toEqual(expected)
  })
})

it('knows local hosts', () => {
  for (const host of ['localhost', 'a.localhost', '127.0.0.1', '127.255.0.9', '[::1]']) {
    expect(isLocalHost(host)).toBe(true)
    expect(isSecureUrl(new URL(`http://${host}:3000/`))).toBe(true)
  }
  for (const host of [
    'localhost.test',
    'mylocalhost',
    '128.0.0.1',
    '0.0.0.0',
    '[::2]',
    '192.168.0.1',
    '127.0.0.1.test',
  ]) {
    expect(isLocalHost(host)).toBe(false)
    expect(isSecureUrl(new URL(`http://${host}/`))).toBe(false)
    expect(isSecureUrl(new URL(`https://${host}/`))).toBe(true)
    expect(isSecureUrl(new URL(`wss://${host}/`))).toBe(true)
  }
})
