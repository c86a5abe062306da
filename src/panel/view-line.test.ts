import { describe, expect, it } from 'vitest'
import { fixParts, type LinePart, lineParts } from './view-line.ts'

/** `a=‹b›; [Path]`: the value between ‹ and ›, marks between [ and ]. */
const draw = (parts: readonly LinePart[]) => {
  const run = ({ text, marked }: { text: string; marked: boolean }) => (marked ? `[${text}]` : text)
  return parts.map((part) => (part.kind === 'value' ? `‹${part.runs.map(run).join('')}›` : run(part))).join('')
}
const at = (line: string, part: string) => {
  const start = line.indexOf(part)
  return { start, end: start + part.length }
}

describe('lineParts', () => {
  it.each<[string, string[], string]>([
    ['sid=abc; Path=/', [], 'sid=‹abc›; Path=/'],
    ['sid=abc; SameSite=None', ['SameSite=None'], 'sid=‹abc›; [SameSite=None]'],
    ['sid=abc; A; B', ['A', 'B'], 'sid=‹abc›; [A]; [B]'],
    ['sid=abc; Path=/', ['sid=abc'], '[sid=]‹[abc]›; Path=/'],
    ['sid=a\x01c', ['\x01'], 'sid=‹a[\x01]c›'],
    ['sid=abcd; P', ['bcd; P', 'abc'], 'sid=‹[abcd]›[; P]'],
    ['  sid = a=b ; P', [], '  sid = ‹a=b› ; P'],
    ['nameless', [], '‹nameless›'],
    ['=x', [], '=‹x›'],
    ['sid=; Path=/', ['sid='], '[sid=]; Path=/'],
    ['', [], ''],
  ])('%j with %j', (line, marks, expected) => {
    expect(
      draw(
        lineParts(
          line,
          marks.map((part) => at(line, part)),
        ),
      ),
    ).toBe(expected)
  })

  it('ignores spans that are empty or outside of the line', () => {
    const spans = [
      { start: 3, end: 3 },
      { start: 50, end: 60 },
      { start: -4, end: 0 },
    ]
    expect(draw(lineParts('sid=abc; Path=/', spans))).toBe('sid=‹abc›; Path=/')
  })

  it('gives every character back once', () => {
    const line = ' a\x00;=b;; c = d ;Path'
    for (let start = 0; start < line.length; start++) {
      const parts = lineParts(line, [{ start, end: start + 3 }])
      expect(parts.map(({ text }) => text).join('')).toBe(line)
    }
  })
})

describe('fixParts', () => {
  it.each<[string, string, string, string[]]>([
    ['sid=a; SameSite=None', 'sid=a; SameSite=None; Secure', 'sid=‹a›; SameSite=None; [Secure]', []],
    ['sid=a; Domain=x.test; Path=/', 'sid=a; Path=/', 'sid=‹a›; Path=/', ['Domain=x.test']],
    ['sid=a; path=/x', 'sid=a; Path=/', 'sid=‹a›; [Path=/]', []],
    ['sid=a; PATH=/; Secure', 'sid=a; Secure; Path=/', 'sid=‹a›; Secure; Path=/', []],
    ['sid=a; Path=/a; Path=/b', 'sid=a; Path=/b', 'sid=‹a›; Path=/b', ['Path=/a']],
    ['sid=a\x01', 'sid=a%01', 'sid=‹[a%01]›', []],
    ['abc', 'session=abc', '[session]=‹abc›', []],
    ['sid=a', 'sid=a', 'sid=‹a›', []],
  ])('%j to %j', (line, fixed, expected, leftOut) => {
    const fix = fixParts(line, fixed)
    expect(draw(fix.parts)).toBe(expected)
    expect(fix.leftOut).toEqual(leftOut)
  })
})
