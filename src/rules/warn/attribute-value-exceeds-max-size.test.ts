import { testSetRule } from '../testing.ts'
import rule from './attribute-value-exceeds-max-size.ts'

const x = (n: number): string => 'x'.repeat(n)

testSetRule(rule, {
  blocks: [
    {
      line: `sid=abcdef; Path=/${x(1024)}`,
      says: ['`Path`', '1025 bytes', '1024'],
      marks: `Path=/${x(1024)}`,
      fix: [],
    },
    { line: `sid=abcdef; Secure=${x(1025)}; HttpOnly`, says: ['`Secure`'] },
    { line: `sid=abcdef; foo=${x(1025)}`, says: ['`foo`'] },
    { line: `sid=abcdef; =${x(1025)}`, says: ['an attribute without a name'] },
    // Bytes, not characters.
    { line: `sid=abcdef; foo=${'\u00c3\u00a9'.repeat(513)}`, says: ['1026 bytes'] },
    // The first of several.
    { line: `sid=abcdef; a=${x(1025)}; b=${x(2000)}`, says: ['`a`'] },
  ],
  passes: [
    { line: `sid=abcdef; Path=/${x(1023)}` },
    { line: `sid=abcdef; Path=  /${x(1023)}  ` },
    { line: `sid=${x(3000)}` },
    { line: `sid=abcdef; Path=/${x(5000)}`, policy: { maxAttributeBytes: null } },
    // The name's length does not count.
    { line: `sid=abcdef; ${x(2000)}=1` },
    { line: `sid=abcdef; ${x(2000)}` },
  ],
})
