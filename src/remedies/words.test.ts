import { describe, expect, it } from 'vitest'
import { byName, bytesText, code, inTitle, list, theCookie } from './words.ts'

describe('a quotation', () => {
  it.each([
    ['sid', '`sid`'],
    ['', '``'],
    ['a`b``', "`a'b''`"],
    ['caf\u00c3\u00a9', '`caf\u00e9`'],
    ['caf\u00e9', '`caf\u00e9`'],
    ['\u0000\t\r\n\u007f\u0085', '`\\x00\\x09\\x0d\\x0a\\x7f\\x85`'],
    ['\u202egnp.exe\u2028', '`\\u{202e}gnp.exe\\u{2028}`'],
    ['a\ud800b', '`a\\u{d800}b`'],
    ['<img src=x> | **', '`<img src=x> | **`'],
    ['x'.repeat(80), `\`${'x'.repeat(80)}\``],
    ['x'.repeat(81), `\`${'x'.repeat(79)}…\``],
    // Cut between characters, not inside of them.
    ['\u{1f36a}'.repeat(80), `\`${'\u{1f36a}'.repeat(80)}\``],
    ['\u{1f36a}'.repeat(500), `\`${'\u{1f36a}'.repeat(79)}…\``],
    ['\u00c3\u00a9'.repeat(5000), `\`${'\u00e9'.repeat(79)}…\``],
  ])('of %j', (text, quoted) => expect(code(text)).toBe(quoted))
})

it('has a way to say a cookie without a name', () => {
  expect([theCookie('sid'), theCookie('')]).toEqual(['`sid`', 'The cookie without a name'])
  expect([byName('sid'), byName('')]).toEqual(['`sid`', 'without a name'])
})

it('puts plain and short hosts only into a title', () => {
  for (const host of ['shop.test', '127.0.0.1', '[::1]', 'a_b.test', 'a'.repeat(40)])
    expect(inTitle(host, 'x')).toBe(host)
  for (const host of ['', 'a'.repeat(41), 'a b', 'a`', '\u202e', 'a\nb', '\u00e9']) expect(inTitle(host, 'x')).toBe('x')
})

it('lists, and counts bytes', () => {
  expect([list([]), list(['a']), list(['a', 'b']), list(['a', 'b', 'c'])]).toEqual(['', 'a', 'a and b', 'a, b and c'])
  expect([bytesText(0), bytesText(1), bytesText(2)]).toEqual(['0 bytes', '1 byte', '2 bytes'])
})
