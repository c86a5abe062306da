import { crossSite, testSetRule } from '../testing.ts'
import rule from './same-site-none-insecure.ts'

testSetRule(rule, {
  blocks: [
    {
      line: 'sid=abcdef; SameSite=None',
      says: ['`sid`', 'Secure', 'came over https'],
      marks: 'SameSite=None',
      fix: ['Secure'],
    },
    { line: 'sid=abcdef; samesite = NONE ; HttpOnly', marks: 'samesite = NONE' },
    { line: 'sid=abcdef; SameSite=None', url: 'http://shop.test/', says: ['plain http'], fix: ['Secure', 'use-https'] },
    // localhost takes Secure on http, and so asks for it.
    {
      line: 'sid=abcdef; SameSite=None',
      url: 'http://localhost:3000/',
      says: ['accepts `Secure` over plain http'],
      silent: ['came over'],
      fix: ['Secure'],
    },
    { line: 'sid=abcdef; SameSite=Strict; SameSite=None', marks: 'SameSite=None' },
    { line: `sid=abcdef; SameSite=None; Secure=${'x'.repeat(1025)}` },
    { line: 'sid=abcdef; SameSite=None', ...crossSite },
    { line: 'abcdef; SameSite=None', says: ['The cookie without a name'] },
  ],
  passes: [
    { line: 'sid=abcdef; SameSite=None; Secure' },
    { line: 'sid=abcdef; Secure=false; SameSite=none' },
    { line: 'sid=abcdef' },
    { line: 'sid=abcdef; SameSite=Lax' },
    { line: 'sid=abcdef; SameSite' },
    { line: 'sid=abcdef; SameSite="None"' },
    { line: 'sid=abcdef; SameSite=None Secure' },
    // The last one counts, also where it is not known.
    { line: 'sid=abcdef; SameSite=None; SameSite=Lax' },
    { line: 'sid=abcdef; SameSite=None; SameSite=foo' },
    { line: 'sid=abcdef; SameSite=None; SameSite' },
    { line: 'SameSite=None' },
    { line: 'sid=abcdef; SameSite=None', policy: { noneNeedsSecure: false } },
  ],
})
