import { parseAst } from 'vite'
import { describe, expect, it } from 'vitest'
import { csharp, go, isWord, java, js, php, python, ruby, yaml } from './literal.ts'

const hostile = [
  "'; evil() //",
  '"; evil() //',
  '\\',
  "\\'",
  '\\"',
  '\\u0022; evil()',
  '\n\r\t\0\u001b',
  `\${evil()}`,
  '#{evil()}',
  '#$evil #@evil',
  '<?php evil() ?>',
  '</script><script>evil()</script>',
  '`evil`',
  '%{evil} %s %n',
  '{{ evil }}',
  '\u2028\u2029\u0085\ufeff',
  '\u202egnirts',
  'schön 🍪',
  '\ud83c half',
  '$(evil)',
  '"""evil"""',
  "'''evil'''",
  '*/ evil /*',
]

/** What a language reads in a literal, for the escapes that are written. */
const read = (literal: string): string =>
  literal
    .slice(1, -1)
    .replace(/\\u\{([0-9a-f]+)\}|\\U([0-9a-f]{8})|\\u([0-9a-f]{4})|\\([0-7]{3})/g, (_, brace, long, unit, octal) =>
      octal === undefined
        ? unit === undefined
          ? String.fromCodePoint(Number.parseInt(brace ?? long, 16))
          : String.fromCharCode(Number.parseInt(unit, 16))
        : String.fromCharCode(Number.parseInt(octal, 8)),
    )

const languages = { js, python, ruby, php, java, csharp, go, yaml }

describe.each(Object.entries(languages))('a literal of %s', (_, literal) => {
  it.each(['app.shop.test', 'https://[::1]:8443', '/a-b_c.d/~e', '__Host-sid', '*.shop.test', ''])(
    '%j as it stands',
    (text) => {
      expect(literal(text).slice(1, -1)).toBe(text)
    },
  )

  it.each(hostile)('%j as a text that ends where it ends', (text) => {
    const written = literal(text)
    expect(written).toMatch(
      /^(['"])(?:[\w .:/@,+=~%*?&;()[\]|!-]|\\(?:u\{[0-9a-f]+\}|u[0-9a-f]{4}|U[0-9a-f]{8}|[0-7]{3}))*\1$/,
    )
    expect(read(written)).toBe(text.replace(/\p{Surrogate}/gu, '\ufffd'))
  })
})

it.each(hostile)('JavaScript reads %j as it was', (text) => {
  const [statement] = parseAst(`export default ${js(text)}`).body
  expect(statement).toMatchObject({ declaration: { value: text.replace(/\p{Surrogate}/gu, '\ufffd') } })
})

it.each(hostile)('JSON, as part of YAML, reads %j as it was', (text) => {
  const inJson = yaml(text).replace(/\\U([0-9a-f]{8})/g, (_, point) => String.fromCodePoint(Number.parseInt(point, 16)))
  expect(JSON.parse(inJson)).toBe(text.replace(/\p{Surrogate}/gu, '\ufffd'))
})

it('Java has no escape that it would read before it looks for the end', () => {
  for (const text of hostile) {
    expect(java(text)).not.toMatch(/\\u00[0-7]/)
    expect(java(text).replace(/\\[0-7]{3}/g, '')).not.toContain('\\\\')
  }
})

it('PHP has an escape between double quotes only', () => {
  expect(php('a b')).toBe("'a b'")
  expect(php("a'b")).toBe('"a\\u{27}b"')
  expect(php('$a')).toBe('"\\u{24}a"')
})

describe('a word', () => {
  it.each(['app.shop.test', 'app.shop.test:8443', 'https://app.shop.test/cb', '/login', '__Host-sid', 'connect.sid'])(
    '%j may stand without quotes',
    (text) => {
      expect(isWord(text)).toBe(true)
    },
  )

  it.each([
    ...hostile,
    '',
    ' ',
    'a b',
    'a;b',
    'a\n',
    '-rf',
    '~a',
    '@a',
    '$host',
    'a%{b}e',
    '%env(APP_SECRET)%',
    'a&b',
    'a|b',
    '*',
    'a#b',
    '[::1]',
    'a'.repeat(300),
  ])('%j may not', (text) => {
    expect(isWord(text)).toBe(false)
  })
})
