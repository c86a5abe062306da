import { expect, it } from 'vitest'
import type { Browser } from '../contract.ts'
import { parseSetCookie } from './parse-set-cookie.ts'

const parse = (line: string) => parseSetCookie(line, { browser: 'chromium' })

it('tells all that the browser reads', () => {
  const line =
    'sid=a=b; Domain=.Shop.test; Path=/x; Max-Age=60; Expires=Wed, 21 Oct 2037 07:28:00 GMT; Secure; HttpOnly; SameSite=None; Partitioned; foo=bar'
  const { attributes, ...read } = parse(line)
  expect(read).toEqual({
    name: 'sid',
    value: 'a=b',
    domain: '.Shop.test',
    path: '/x',
    maxAge: 60,
    expires: Date.UTC(2037, 9, 21, 7, 28),
    secure: true,
    httpOnly: true,
    partitioned: true,
    sameSite: 'no_restriction',
  })
  expect(attributes.map(({ name, span }) => [name, line.slice(span.start, span.end)])).toEqual([
    ['Domain', 'Domain=.Shop.test'],
    ['Path', 'Path=/x'],
    ['Max-Age', 'Max-Age=60'],
    ['Expires', 'Expires=Wed, 21 Oct 2037 07:28:00 GMT'],
    ['Secure', 'Secure'],
    ['HttpOnly', 'HttpOnly'],
    ['SameSite', 'SameSite=None'],
    ['Partitioned', 'Partitioned'],
    ['foo', 'foo=bar'],
  ])
})

it('tells a bare line by what is not there', () => {
  expect(parse('sid')).toEqual({
    name: '',
    value: 'sid',
    secure: false,
    httpOnly: false,
    partitioned: false,
    sameSite: 'unspecified',
    attributes: [],
  })
})

it('says null for what is given and cannot be read', () => {
  expect(parse('a=b; Max-Age=1.5; Expires=soon')).toMatchObject({ maxAge: null, expires: null })
})

it('keeps repeated and ignored attributes in the list, and counts the last that is not ignored', () => {
  const { path, attributes } = parse(`a=b; Path=/1; path=/2; PATH=/${'x'.repeat(1024)}`)
  expect(path).toBe('/2')
  expect(attributes.map(({ name, ignored }) => [name, ignored])).toEqual([
    ['Path', false],
    ['path', false],
    ['PATH', true],
  ])
})

it('reads lines that are never stored too', () => {
  expect(parse('a\u0001=b; Domain=com')).toMatchObject({ name: 'a\u0001', domain: 'com' })
  for (const line of ['', ';', '=', '\ud800', '\u0000', ';'.repeat(10_000)]) expect(parse(line).secure).toBe(false)
})

it('knows no other browser', () => {
  expect(() => parseSetCookie('a=b', { browser: 'lynx' as Browser })).toThrow(TypeError)
})
