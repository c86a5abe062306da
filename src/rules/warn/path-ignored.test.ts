import { testSetRule } from '../testing.ts'
import rule from './path-ignored.ts'

testSetRule(rule, {
  blocks: [
    {
      line: 'sid=abcdef; Path=account',
      says: ['`Path=account`', '`/account`', 'does not start with /'],
      marks: 'Path=account',
      fix: ['Path=/'],
    },
    { line: 'sid=abcdef; Path=', url: 'https://shop.test/a/b/c', says: ['`Path=`', '`/a/b`'], marks: 'Path=' },
    { line: 'sid=abcdef; Path', marks: 'Path' },
    { line: 'sid=abcdef; path="/"', says: ['`Path="/"`'] },
    { line: 'sid=abcdef; Path=https://shop.test/', says: ['https://shop.test/'] },
    { line: 'sid=abcdef; Path=/; Path=x', marks: 'Path=x' },
    // Stored, and never sent.
    {
      line: 'sid=abcdef; Path=/caf\u00c3\u00a9',
      says: ['never matches', '`Path=/caf\u00e9`'],
      marks: 'Path=/caf\u00c3\u00a9',
    },
    { line: 'sid=abcdef; Path=/caf\u00e9', says: ['`Path=/caf\u00e9`'] },
  ],
  passes: [
    { line: 'sid=abcdef' },
    { line: 'sid=abcdef; Path=/' },
    { line: 'sid=abcdef; Path=  /x  ' },
    { line: 'sid=abcdef; Path=//' },
    { line: 'sid=abcdef; Path=/caf%C3%A9' },
    { line: 'sid=abcdef; Path=x; Path=/' },
    { line: `sid=abcdef; Path=${'x'.repeat(1025)}` },
    { line: 'Path=x' },
  ],
})
