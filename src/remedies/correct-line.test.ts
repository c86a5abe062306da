import { describe, expect, it } from 'vitest'
import type { Action, FixableAttribute } from './action.ts'
import { correctLine } from './correct-line.ts'

const set = (attribute: FixableAttribute, value?: string): Action => ({
  action: 'set-attribute',
  attribute,
  ...(value === undefined ? {} : { value }),
})
const remove = (attribute: FixableAttribute): Action => ({ action: 'remove-attribute', attribute })
const name: Action = { action: 'name-the-cookie' }
const encode: Action = { action: 'encode-characters' }

describe('setting an attribute', () => {
  it.each<[string, Action, string]>([
    // At the end, if it is not there.
    ['a=b', set('Secure'), 'a=b; Secure'],
    ['a=b; Path=/', set('SameSite', 'None'), 'a=b; Path=/; SameSite=None'],
    // Trailing semicolons and blanks make no empty attribute.
    ['a=b;', set('Secure'), 'a=b; Secure'],
    ['a=b; ;\t; ', set('Secure'), 'a=b; Secure'],
    // In place, if it is; the rest stays as it was written.
    ['a=b; SameSite=Lax; Path=/', set('SameSite', 'None'), 'a=b; SameSite=None; Path=/'],
    ['a=b;path=/x;  HTTPONLY ;foo', set('Path', '/'), 'a=b; Path=/;  HTTPONLY ;foo'],
    ['a=b; sAmEsItE = lAx ', set('SameSite', 'None'), 'a=b; SameSite=None'],
    ['a=b; secure=false', set('Secure'), 'a=b; Secure'],
    // Once, where the one that counted stood.
    ['a=b; Path=/x; Secure; path=/y; PATH', set('Path', '/'), 'a=b; Secure; Path=/'],
    // Names that only look alike.
    ['a=b; SecureX; xSecure', set('Secure'), 'a=b; SecureX; xSecure; Secure'],
    ['Secure=1; Path=/', set('Secure'), 'Secure=1; Path=/; Secure'],
    ['Secure', set('Secure'), 'Secure; Secure'],
    ['a=Secure; Path=Secure', set('Secure'), 'a=Secure; Path=Secure; Secure'],
    ['a=b; =Secure', set('Secure'), 'a=b; =Secure; Secure'],
    ['a=b;\u00a0Secure', set('Secure'), 'a=b;\u00a0Secure; Secure'],
    // The last byte of a value is none of ours: in UTF-8, \u00e0 ends in the byte of a no-break space.
    ['a=\u00c3\u00a0', set('Secure'), 'a=\u00c3\u00a0; Secure'],
    ['a=b\u000b', set('Secure'), 'a=b\u000b; Secure'],
    ['', set('Secure'), '; Secure'],
    ['a="b;c"; Path=/', set('Path', '/x'), 'a="b;c"; Path=/x'],
  ])('%j, %o: %j', (line, action, corrected) => expect(correctLine(line, [action])).toBe(corrected))
})

describe('removing an attribute', () => {
  it.each([
    ['a=b; Domain=x; Path=/', 'a=b; Path=/'],
    ['a=b; Domain=x; DOMAIN ; domain = y;Path=/', 'a=b;Path=/'],
    ['a=b;Domain=x', 'a=b'],
    ['a=b; Domain=x;', 'a=b;'],
    ['Domain=x; Path=/', 'Domain=x; Path=/'],
    ['a=b; xDomain=y', 'a=b; xDomain=y'],
    ['a=b', 'a=b'],
  ])('%j: %j', (line, corrected) => expect(correctLine(line, [remove('Domain')])).toBe(corrected))
})

describe('encoding characters', () => {
  it.each([
    ['a=b\u0001c', 'a=b%01c'],
    ['a\u007f=b', 'a%7F=b'],
    ['a=b\tc; Path=/\tx', 'a=b%09c; Path=/%09x'],
    // White space that is trimmed anyway stays.
    ['\ta\t=\tb\t;\tPath\t=\t/\t;\tSecure\t', '\ta\t=\tb\t;\tPath\t=\t/\t;\tSecure\t'],
    // Only the first = separates.
    ['a=b=\tc', 'a=b=%09c'],
    ['a=b; foo=x=\ty', 'a=b; foo=x=%09y'],
    ['a\t b=c', 'a%09 b=c'],
    ['a=b; fo\u0002o; =\u0003', 'a=b; fo%02o; =%03'],
    ['a=\u0000\r\n', 'a=%00%0D%0A'],
    ['\u0001', '%01'],
    ['a=\u0080\u009f\u00c3\u00a9\ud800', 'a=\u0080\u009f\u00c3\u00a9\ud800'],
    ['', ''],
  ])('%j: %j', (line, corrected) => expect(correctLine(line, [encode])).toBe(corrected))
})

describe('naming the cookie', () => {
  it.each([
    ['', 'session='],
    ['=', 'session='],
    ['; Path=/', 'session=; Path=/'],
    ['=abc; Path=/', 'session=abc; Path=/'],
    ['abc;Secure', 'session=abc;Secure'],
    ['=a=b', 'session=a=b'],
    ['==', 'session='],
    ['===x; Secure', 'session=x; Secure'],
    [' = __Host-x ; Secure', 'session=__Host-x; Secure'],
  ])('%j: %j', (line, corrected) => expect(correctLine(line, [name])).toBe(corrected))
})

it('carries several actions out one after the other, and knows which concern the line', () => {
  const actions: Action[] = [
    { action: 'use-https', host: 'shop.test', who: 'server' },
    set('SameSite', 'None'),
    set('Secure'),
    remove('Domain'),
    { action: 'allow-third-party', partitioned: true },
  ]
  expect(correctLine('a=b; Domain=x; SameSite=Lax', actions)).toBe('a=b; SameSite=None; Secure')
  expect(correctLine('a=b', [{ action: 'shorten-value', bytes: 5000, limit: 4096 }])).toBe('a=b')
  expect(correctLine(' a = b ', [])).toBe(' a = b ')
})

it.each(['; ', ' ', '\t', ';', '=', '\u0001 '])('takes linear time on %j repeated', (text) => {
  const line = `a=b${text.repeat(300_000 / text.length)}x`
  const start = performance.now()
  correctLine(line, [set('Secure'), encode, remove('Path'), name])
  expect(performance.now() - start).toBeLessThan(5000)
})
