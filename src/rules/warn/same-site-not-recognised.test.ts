import { testSetRule } from '../testing.ts'
import rule from './same-site-not-recognised.ts'

testSetRule(rule, {
  blocks: [
    {
      line: 'sid=abcdef; SameSite=foo',
      says: ['`SameSite=foo`', 'Lax here'],
      marks: 'SameSite=foo',
      fix: ['SameSite=Lax'],
    },
    { line: 'sid=abcdef; samesite', says: ['`SameSite=`'], marks: 'samesite' },
    { line: 'sid=abcdef; SameSite=' },
    { line: 'sid=abcdef; SameSite=foo', policy: { laxByDefault: false }, silent: ['Lax here'] },
    { line: 'sid=abcdef; SameSite="Lax"', says: ['`SameSite="Lax"`'] },
    { line: 'sid=abcdef; SameSite=None,Secure', says: ['None,Secure'] },
    { line: 'sid=abcdef; SameSite=Lax; SameSite=true', marks: 'SameSite=true' },
    { line: 'sid=abcdef; SameSite=__proto__' },
  ],
  passes: [
    { line: 'sid=abcdef' },
    { line: 'sid=abcdef; SameSite=Lax' },
    { line: 'sid=abcdef; SAMESITE=sTRICT' },
    { line: 'sid=abcdef; SameSite=none; Secure' },
    { line: 'sid=abcdef; SameSite=true; SameSite=Lax' },
    { line: `sid=abcdef; SameSite=${'x'.repeat(1025)}` },
    { line: 'SameSite=foo' },
  ],
})
