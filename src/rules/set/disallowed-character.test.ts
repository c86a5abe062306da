import { expect, it } from 'vitest'
import { runSet, testSetRule } from '../testing.ts'
import rule from './disallowed-character.ts'

const inPair = { controlsRefused: 'in-name-and-value', tabIsControl: 'in-path' } as const

testSetRule(rule, {
  blocks: [
    { line: 'sid=abc\u0001def', policy: inPair },
    { line: 'si\u0001d=abcdef', says: ['0x01', 'The name'], marks: '\u0001', fix: ['encode-characters'] },
    { line: 'sid=abc\u007fdef', says: ['0x7F', 'The value'], marks: '\u007f' },
    { line: 'sid=abc\tdef', says: ['0x09', 'a TAB'], marks: '\t' },
    { line: 'si\td=abcdef', says: ['a TAB', 'The name'], marks: '\t' },
    // Only the first = is a separator: white space beside the second is part of the value.
    { line: 'sid=a=\tb', says: ['a TAB'], marks: '\t' },
    { line: 'sid=abc\u0000def', says: ['a NUL'] },
    { line: 'sid=abc\ndef', says: ['a line feed'] },
    { line: 'sid=abc\rdef', says: ['a carriage return'] },
    { line: '\u0001', says: ['The value'] },
    { line: 'sid=abc\t\u0001def', policy: { tabIsControl: 'in-path' }, marks: '\u0001' },
    // Where TAB counts in the path alone: the one that holds, and not one that is no path.
    { line: 'sid=abc\tdef; Path=/\ta', policy: { tabIsControl: 'in-path' }, marks: '\t' },
    // Attributes too, unknown ones as well.
    { line: 'sid=abcdef; Path=/\ta', says: ["An attribute's value"], marks: '\t' },
    { line: 'sid=abcdef; foo=a\u007fb', says: ["An attribute's value"], marks: '\u007f' },
    { line: 'sid=abcdef; fo\u0002o', says: ["An attribute's name"], marks: '\u0002' },
    { line: `sid=abcdef; foo=${'x'.repeat(2000)}\u0001`, marks: '\u0001' },
  ],
  passes: [
    { line: 'sid=abcdef' },
    { line: '' },
    // A TAB beside a separator or at the ends is white space.
    { line: '\tsid\t=\tabcdef\t;\tPath\t=\t/\t;\tSecure\t' },
    { line: 'sid=a=\t' },
    { line: 'sid=abcdef; \t=c' },
    { line: 'sid=abc\tdef; foo=\ta\tb; Path=a\tb', policy: { tabIsControl: 'in-path' } },
    { line: 'sid=abcdef; Path=/\ta; Path=/', policy: { tabIsControl: 'in-path' } },
    // Bytes above 0x7F, those of C1 controls among them, and what merely looks odd.
    { line: 'sid=\u00c3\u00a9\u0080\u009f\u00ff' },
    { line: 'sid="a b,c\\d"; Path=/%09' },
    { line: 'sid=a\tb', policy: inPair },
  ],
  undecided: [
    { line: 'sid=abcdef; foo=\u0001b', policy: inPair, missing: 'browser' },
    { line: 'sid=abcdef; foo=a\tb', policy: inPair, missing: 'browser' },
  ],
})

it('marks the first of several', () => {
  const result = runSet(rule, { line: 'a\u0001=b\u0002; c\u0003' })
  expect(result.kind === 'block' && result.part()).toEqual({ start: 1, end: 2 })
})
