import { describe, expect, it } from 'vitest'
import { cellProse, cellSpan, codeBlock, codeSpan, prose } from './markdown-escape.ts'
import { codeTexts, FOUND_LATER, nodesOf, plainTexts, typesOf, UNSEEN } from './testing/markdown.ts'
import { nasty } from './testing/nasty.ts'
import { Random } from './testing/random.ts'
import { visible } from './visible.ts'

describe('code spans', () => {
  it.each<[string, string]>([
    ['abc', '`abc`'],
    ['', '(empty)'],
    ['a`b', '``a`b``'],
    ['`', '`` ` ``'],
    ['`a``b`', '``` `a``b` ```'],
    [' a ', '`  a  `'],
    [' a', '` a`'],
    ['   ', '`   `'],
    ['a\nb', '`a\\x0ab`'],
    ['\u202ex', '`\\u{202e}x`'],
    ['caf\xc3\xa9', '`café`'],
    ['\xff', '`\\xff`'],
    ['~16b~abcdefgh~~~~~~~~~~~~', '`~16b~abcdefgh~…`'],
  ])('%j → %s', (text, expected) => {
    expect(codeSpan(text)).toBe(expected)
  })

  it.each(nasty)('one span with just that text: %s', (_label, text) => {
    for (const span of [codeSpan(text), cellSpan(text)]) {
      const markdown = `before ${span} after`
      expect(markdown.length).toBeLessThan(1200)
      if (text === '') continue
      expect(typesOf(markdown)).toEqual(['root', 'paragraph', 'text', 'inlineCode', 'text'])
      expect(plainTexts(markdown)).toEqual(['before ', ' after'])
      expect(codeTexts(markdown)[0]).not.toMatch(UNSEEN)
      if (span === codeSpan(text) && text.length < 300) expect(codeTexts(markdown)).toEqual([visible(text)])
    }
  })

  it.each(nasty)('one cell: %s', (_label, text) => {
    const markdown = `| a | b |\n| --- | --- |\n| ${cellSpan(text)} | ${cellProse(text)} |\n`
    const types = typesOf(markdown)
    expect(types.filter((type) => type === 'tableCell')).toHaveLength(4)
    expect(types.filter((type) => type === 'tableRow')).toHaveLength(2)
    expect(types.filter((type) => !/^(?:root|table|tableRow|tableCell|text|inlineCode)$/.test(type))).toEqual([])
  })
})

describe('code blocks', () => {
  it.each(nasty)('one block: %s', (_label, text) => {
    const line = visible(text)
    const markdown = `before\n\n${codeBlock([line, 'x'], 'http')}\n\nafter`
    expect(typesOf(markdown)).toEqual(['root', 'paragraph', 'text', 'code', 'paragraph', 'text'])
    expect(codeTexts(markdown)).toEqual([`${line}\nx`])
  })
})

describe('sentences', () => {
  it.each<[string, string]>([
    ['Add `Secure` to it.', 'Add `Secure` to it.'],
    ['a_b * c [d] <e> \\ f|g', 'a\\_b \\* c \\[d\\] \\<e> \\\\ f\\|g'],
    ['ask @octocat, see #12.', 'ask `@octocat`, see `#12`.'],
    ['go to https://evil.test/.', 'go to `https://evil.test/`.'],
    ['- item', '\\- item'],
    ['12. item', '12\\. item'],
    ['# x', '\\# x'],
    ['R&D &amp; x', 'R&D \\&amp; x'],
    ['an unclosed ` tick', 'an unclosed \\` tick'],
    ['`a``b`', '`a` `b`'],
    ['sid is ~16b~abcdefgh now', 'sid is `~16b~abcdefgh` now'],
    ['', ''],
  ])('%j → %s', (text, expected) => {
    expect(prose(text)).toBe(expected)
  })

  it.each(nasty)('nothing but text and code: %s', (_label, text) => {
    for (const sentence of [text, `The \`${text}\` of \`${text}\`, and ${text}`, `\`x\`${text}\`y\``]) {
      harmless(prose(sentence), ['root', 'paragraph', 'text', 'inlineCode'])
      harmless(`- **${prose(sentence) || 'x'}** (x). ${prose(sentence)}`, [
        ...['root', 'list', 'listItem', 'paragraph', 'strong', 'text', 'inlineCode'],
      ])
      harmless(`## ${prose(sentence) || 'x'}`, ['root', 'heading', 'text', 'inlineCode'])
    }
  })

  it('nothing but text and code, whatever the mixture', () => {
    const random = new Random(7)
    for (let round = 0; round < 1500; round++) {
      const pieces = Array.from({ length: 1 + random.integer(6) }, () =>
        random.chance(0.3) ? random.text('`\\|*_[]<>()!#@:~$&- ax1\n', 4) : random.pick(nasty)[1].slice(0, 80),
      )
      const text = pieces.join(random.pick(['', ' ', '`']))
      harmless(prose(text), ['root', 'paragraph', 'text', 'inlineCode'])
      harmless(`see ${codeSpan(text)} there`, ['root', 'paragraph', 'text', 'inlineCode'])
    }
  })
})

function harmless(markdown: string, allowed: readonly string[]): void {
  const other = nodesOf(markdown).filter(({ type }) => !allowed.includes(type))
  expect(other.map(({ type }) => ({ type, markdown }))).toEqual([])
  for (const text of plainTexts(markdown)) {
    expect(text).not.toMatch(FOUND_LATER)
    expect(text).not.toMatch(UNSEEN)
  }
}
