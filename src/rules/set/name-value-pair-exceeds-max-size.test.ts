import { testSetRule } from '../testing.ts'
import rule from './name-value-pair-exceeds-max-size.ts'

const x = (n: number): string => 'x'.repeat(n)

testSetRule(rule, {
  blocks: [
    {
      line: `sid=${x(4094)}`,
      says: ['4097 bytes', '1 byte over', '`sid`'],
      marks: `sid=${x(4094)}`,
      fix: ['shorten-value'],
    },
    { line: `sid=${x(5000)}; Path=/; Secure`, says: ['5003', '907 bytes over', '4096'], marks: `sid=${x(5000)}` },
    { line: `${x(4096)}=1`, says: ['4097'] },
    { line: x(4097), says: ['The value has 4097 bytes'] },
    { line: `=${x(4097)}`, says: ['The value has 4097 bytes'] },
    // Bytes, not characters: UTF-8 as it came from the network, and as a text.
    { line: `sid=${'\u00c3\u00a9'.repeat(2047)}`, says: ['4097'] },
    { line: `sid=${'\u20ac'.repeat(1365)}`, says: ['4098'] },
    { line: `token=eyJhbGciOiJIUzI1NiJ9.eyJ${x(4200)}.sig`, says: ['JWT'], silent: ['Attributes do not count'] },
    { line: `sid=Bearer ${x(4200)}`, says: ['Attributes do not count'], silent: ['JWT'] },
  ],
  passes: [
    { line: `sid=${x(4093)}` },
    { line: x(4096) },
    { line: `${x(4095)}=1` },
    { line: `sid=${'\u00c3\u00a9'.repeat(2046)}x` },
    // White space around and attributes do not count.
    { line: `  sid  =  ${x(4093)}  ; Path=/${x(1000)}; foo=${x(5000)}` },
    { line: 'sid=; Path=/' },
    { line: `sid=${x(5000)}`, policy: { maxPairBytes: null } },
    { line: `sid=${x(5000)}`, policy: { maxPairBytes: 5003 } },
  ],
})
