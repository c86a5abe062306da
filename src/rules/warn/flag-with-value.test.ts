import { testSetRule } from '../testing.ts'
import rule from './flag-with-value.ts'

testSetRule(rule, {
  blocks: [
    {
      line: 'sid=abcdef; Secure=false',
      says: ['`Secure=false`', 'leave it out', '`Secure`'],
      marks: 'Secure=false',
      fix: [],
    },
    { line: 'sid=abcdef; httponly = 0', says: ['`httponly=0`'], marks: 'httponly = 0' },
    { line: 'sid=abcdef; Secure; Partitioned=foo', says: ['Partitioned takes no value'], marks: 'Partitioned=foo' },
    { line: 'sid=abcdef; Secure="true"', says: ['`Secure="true"`'] },
  ],
  passes: [
    { line: 'sid=abcdef; Secure; HttpOnly; Partitioned' },
    { line: 'sid=abcdef; Secure=; HttpOnly=true; Partitioned=1' },
    { line: 'sid=abcdef; Secure=TRUE' },
    { line: 'sid=abcdef; Secure=no; Secure' },
    { line: 'sid=abcdef; Secured=false' },
    { line: 'Secure=false' },
  ],
})
