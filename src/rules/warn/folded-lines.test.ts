import { testSetRule } from '../testing.ts'
import rule from './folded-lines.ts'

testSetRule(rule, {
  blocks: [
    {
      line: 'sid=abcdef; Path=/, csrf=ghijkl; Path=/; Secure',
      says: ['`csrf`', 'a Set-Cookie header for each'],
      marks: 'csrf=ghijkl; Path=/; Secure',
      fix: ['send-separately'],
    },
    {
      line: 'sid=abcdef; Expires=Wed, 21 Oct 2037 07:28:00 GMT, csrf=ghijkl, theme=dark',
      says: ['`csrf` and `theme`'],
      marks: 'csrf=ghijkl, theme=dark',
    },
    { line: `sid=abcdef; Path=/${', n=1'.repeat(9)}`, says: ['4 more'] },
  ],
  passes: [
    { line: 'sid=abcdef; Path=/; Secure' },
    { line: 'sid=abcdef; Expires=Wed, 21 Oct 2037 07:28:00 GMT; Path=/' },
    { line: 'prefs=a,b=c; Path=/' },
    { line: 'prefs=a, b=c' },
    { line: 'sid=abcdef; Path=/a,b' },
  ],
})
