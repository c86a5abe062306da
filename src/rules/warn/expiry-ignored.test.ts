import { testSetRule } from '../testing.ts'
import rule from './expiry-ignored.ts'

const date = 'Wed, 21 Oct 2037 07:28:00 GMT'

testSetRule(rule, {
  blocks: [
    {
      line: 'sid=abcdef; Max-Age=1.5',
      says: ['`Max-Age=1.5`', 'whole number', 'browser closes'],
      marks: 'Max-Age=1.5',
      fix: [],
    },
    { line: 'sid=abcdef; max-age="60"', says: ['`Max-Age="60"`'], marks: 'max-age="60"' },
    { line: 'sid=abcdef; Max-Age=', marks: 'Max-Age=' },
    { line: 'sid=abcdef; Max-Age', marks: 'Max-Age' },
    { line: 'sid=abcdef; Max-Age=60s' },
    { line: 'sid=abcdef; Max-Age=1e3' },
    { line: 'sid=abcdef; Max-Age=-' },
    { line: 'sid=abcdef; Max-Age=60; Max-Age=1h', says: ['`Max-Age=1h`'] },
    // Expires is still there.
    { line: `sid=abcdef; Max-Age=1h; Expires=${date}`, says: ['Max-Age'], silent: ['browser closes'] },
    { line: 'sid=abcdef; Expires=tomorrow', says: ['`Expires=tomorrow`', 'no date'], marks: 'Expires=tomorrow' },
    { line: 'sid=abcdef; Expires=0' },
    { line: 'sid=abcdef; Expires=' },
    { line: 'sid=abcdef; Expires=31 Feb 2037 07:28:00 GMT', says: ['31 Feb 2037'] },
    { line: 'sid=abcdef; Expires=Wed, 21 Oct 2037 24:28:00 GMT' },
    { line: 'sid=abcdef; Expires=2037-10-21T07:28:00Z' },
    { line: 'sid=abcdef; Expires=Wed, 21 Oct 2037' },
  ],
  passes: [
    { line: 'sid=abcdef' },
    { line: 'sid=abcdef; Max-Age=60' },
    { line: 'sid=abcdef; Max-Age=+5' },
    { line: 'sid=abcdef; Max-Age=-5' },
    { line: 'sid=abcdef; Max-Age=0' },
    { line: 'sid=abcdef; Max-Age=1h; Max-Age=60' },
    { line: `sid=abcdef; Expires=${date}` },
    { line: 'sid=abcdef; Expires=21-oct-37 7:8:9' },
    { line: 'sid=abcdef; Expires=Thu, 01 Jan 1970 00:00:00 GMT' },
    // Max-Age decides, whatever Expires says.
    { line: 'sid=abcdef; Expires=tomorrow; Max-Age=60' },
  ],
})
