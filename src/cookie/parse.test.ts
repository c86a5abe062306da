import { describe, expect, it } from 'vitest'
import { type ParsedAttribute, parseLine } from './parse.ts'

describe('the name-value pair', () => {
  it.each([
    // line, name, value, hasEquals
    ['a=b', 'a', 'b', true],
    [' \ta\t =\t b c \t', 'a', 'b c', true],
    ['a=b=c==', 'a', 'b=c==', true],
    ['a= =b', 'a', '=b', true],
    ['a=', 'a', '', true],
    ['=b', '', 'b', true],
    ['=', '', '', true],
    ['==', '', '=', true],
    ['a', '', 'a', false],
    ['  a b  ', '', 'a b', false],
    ['', '', '', false],
    [' \t ', '', '', false],
    [';a=b', '', '', false],
    ['a=";b"', 'a', '"', true],
    ['constructor=__proto__', 'constructor', '__proto__', true],
    // Only space and TAB are white space.
    ['a=\u00a0b\u000b', 'a', '\u00a0b\u000b', true],
    ['\ud800=\udc00', '\ud800', '\udc00', true],
  ])('of %j', (line, name, value, hasEquals) => {
    const parsed = parseLine(line)
    expect([parsed.name.text, parsed.value.text, parsed.hasEquals, parsed.line]).toEqual([name, value, hasEquals, line])
  })
})

describe('attributes', () => {
  const told = (line: string): [string, string, boolean][] =>
    parseLine(line).attributes.map(({ name, value, hasEquals }) => [name, value, hasEquals])

  it.each<[string, [string, string, boolean][]]>([
    ['a=b', []],
    ['a=b;', []],
    ['a=b; ;\t;', []],
    ['a=b;Secure', [['secure', '', false]]],
    [
      'a=b; SECURE ; Path = /x ',
      [
        ['secure', '', false],
        ['path', '/x', true],
      ],
    ],
    [
      'a=b; Domain=x; domain=y; DOMAIN',
      [
        ['domain', 'x', true],
        ['domain', 'y', true],
        ['domain', '', false],
      ],
    ],
    ['a=b; Expires=Wed, 21 Oct 2037 07:28:00 GMT', [['expires', 'Wed, 21 Oct 2037 07:28:00 GMT', true]]],
    [
      'a=b; foo=bar=baz; =x; =',
      [
        ['foo', 'bar=baz', true],
        ['', 'x', true],
        ['', '', true],
      ],
    ],
    ['a=b; Secure=', [['secure', '', true]]],
    [
      'a=b; __proto__=x; constructor',
      [
        ['__proto__', 'x', true],
        ['constructor', '', false],
      ],
    ],
    ['a=b, c=d; Path=/', [['path', '/', true]]],
  ])('of %j', (line, expected) => expect(told(line)).toEqual(expected))
})

describe('spans', () => {
  const pieces = (line: string): string[] => {
    const { name, value, attributes } = parseLine(line)
    const of = ({ namePiece, valuePiece, span }: ParsedAttribute) => [namePiece, valuePiece, span]
    return [name, value, ...attributes.flatMap(of)].map(({ start, end }) => line.slice(start, end))
  }

  it.each([
    ['sid=abc', ['sid', 'abc']],
    [' sid = abc ; Path = /x ;Secure', ['sid', 'abc', 'Path', '/x', 'Path = /x', 'Secure', '', 'Secure']],
    ['abc; Domain= ', ['', 'abc', 'Domain', '', 'Domain= ']],
    ['=; =x', ['', '', '', 'x', '=x']],
  ])('of %j', (line, expected) => expect(pieces(line)).toEqual(expected))

  it('never overlap, and stand in order', () => {
    const line = ' a = b ; ; Path ; Path = ; = ; =x;Secure;; Domain=a=b '
    const { name, value, attributes } = parseLine(line)
    const all = [name, value, ...attributes.flatMap(({ namePiece, valuePiece }) => [namePiece, valuePiece])]
    let last = 0
    for (const { start, end, text } of all) {
      expect(start).toBeGreaterThanOrEqual(last)
      expect(line.slice(start, end)).toBe(text)
      last = end
    }
  })
})

describe('a line of a million characters', () => {
  const n = 1_000_000
  it.each([
    ['semicolons', ';'.repeat(n)],
    ['equals signs', '='.repeat(n)],
    ['blanks', ' '.repeat(n)],
    ['blanks between', `a${' \t'.repeat(n / 2)}b`],
    ['empty attributes', `a=b${'; '.repeat(n / 2)}`],
    ['attributes', `a=b${';x=y'.repeat(n / 4)}`],
    ['attributes without value', `a=b${';x'.repeat(n / 2)}`],
  ])('of %s takes no more than linear time', (_what, line) => {
    const start = performance.now()
    parseLine(line)
    // Quadratic would take minutes; linear takes some tenths of a second on a slow machine.
    expect(performance.now() - start).toBeLessThan(5000)
  })
})
