import { describe, expect, it } from 'vitest'
import type { Story, StoryArrow } from '../contract.ts'
import { sequenceDiagram } from './mermaid.ts'
import { storyOf } from './testing/story.ts'

const host = 'https://app.shop.test'

const arrowOf = (over: Partial<StoryArrow>): StoryArrow => ({
  ...{ exchange: '1', party: host, label: 'GET /', status: 0, sent: [], set: [] },
  ...over,
})

const drawn = (arrows: readonly Partial<StoryArrow>[], id = host): string[] => {
  const story: Story = {
    ...storyOf(''),
    parties: [{ id, kind: 'app' }],
    arrows: arrows.map((one) => arrowOf({ party: id, ...one })),
  }
  return sequenceDiagram(story)
}

describe('what a page named', () => {
  // As Mermaid 10.9, 11.17 and 12.3 draw them: each code as its character.
  it.each([
    ['/login', '/login'],
    ['/a%20b', '/a#37;20b'],
    ['/?next=/x&y', '/#63;next=/x#38;y'],
    ['a;b#c', 'a#59;b#35;c'],
    ['"it\'s"', '#34;it#39;s#34;'],
    ['`x`', '#96;x#96;'],
    ['#35;', '#35;35#59;'],
    ['<br>', '#60;br#62;'],
    ['%%{init: {}}%%', '#37;#37;#123;init#58; #123;#125;#125;#37;#37;'],
    ['B->>P0: x', 'B-#62;#62;P0#58; x'],
    ['wrap:x', 'wrap#58;x'],
    // Two marks around a formula; three signs that Mermaid writes for codes itself.
    ['$$x$$', '#36;#36;x#36;#36;'],
    ['\ufb02\u00b0\u00b060\u00b6\u00df', '\ufb02#176;#176;60#182;\u00df'],
    ['end', 'end'],
    ['\u65e5\u672c \u{1f36a}', '\u65e5\u672c #127850;'],
    ['\u0928\u092e\u0938\u094d\u0924\u0947', '\u0928\u092e\u0938\u094d\u0924\u0947'],
    ['a\nb', 'a#92;x0ab'],
  ])('%j', (text, written) => {
    expect(drawn([{ label: `GET ${text}` }]).at(-1)).toBe(`  B->>P0: GET ${written}`)
    expect(drawn([{ sent: [{ name: text, fate: 'sent' }] }]).at(-1)).toBe(`  B->>P0: GET /, ${written} sent`)
    expect(drawn([], `https://${text}`).at(-1)).toBe(`  participant P0 as App ${written}`)
  })

  it('is cut where it is long', () => {
    const [line = ''] = drawn([{ label: 'GET /', sent: [{ name: 's'.repeat(2000), fate: 'withheld' }] }]).slice(-1)
    expect(line).toMatch(/^ {2}B->>P0: GET \/, s+… 1#44;\d+ characters …s+ not sent$/)
    expect(line.length).toBeLessThan(100)
  })
})

it('breaks a long message, for all lines are drawn as small as the longest asks for', () => {
  const set = ['connect.sid', 'XSRF-TOKEN', 'oauth_state', 'a:b'].map((name) => ({ name, fate: 'refused' as const }))
  expect(drawn([{ status: 200, set }]).at(-1)).toBe(
    '  P0-->>B: 200, connect.sid not stored, XSRF-TOKEN not stored,<br/>oauth_state not stored, a#58;b not stored',
  )
})

describe('a diagram stays one that Mermaid draws', () => {
  const name = '"'.repeat(50)
  const arrows = (count: number, cookies: number) =>
    Array.from({ length: count }, () => ({
      status: 200,
      sent: Array.from({ length: cookies }, () => ({ name, fate: 'sent' as const })),
    }))

  it('by leaving arrows out, and saying how many', () => {
    const lines = drawn(arrows(40, 6))
    expect(lines.join('\n').length).toBeLessThan(21_000)
    const shown = lines.filter((line) => line.startsWith('  B->>')).length
    expect(shown).toBeGreaterThan(10)
    expect(lines.at(-1)).toBe(`  Note over B: ${40 - shown} more requests left out`)
  })

  it('and says so of more than 40', () => {
    expect(drawn(arrows(42, 0)).at(-1)).toBe('  Note over B: 2 more requests left out')
    expect(drawn(arrows(40, 0)).at(-1)).toBe('  P0-->>B: 200')
  })
})
