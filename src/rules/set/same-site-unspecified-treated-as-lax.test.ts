import { crossSite, testSetRule } from '../testing.ts'
import rule from './same-site-unspecified-treated-as-lax.ts'

testSetRule(rule, {
  blocks: [
    {
      line: 'sid=abcdef; Path=/; Secure',
      ...crossSite,
      says: ['`sid` has no `SameSite`', 'Lax', 'the site `shop.test`', 'another site (`other.test`)'],
      marks: null,
      fix: ['SameSite=None', 'share-a-site'],
    },
    // Not known counts as not given; the last one counts.
    { line: 'sid=abcdef; SameSite=foo', ...crossSite, says: ['has no valid `SameSite`'], marks: 'SameSite=foo' },
    { line: 'sid=abcdef; SameSite', ...crossSite, says: ['no valid'], marks: 'SameSite' },
    { line: 'sid=abcdef; SameSite=', ...crossSite, marks: 'SameSite=' },
    { line: 'sid=abcdef; SameSite="None"; Secure', ...crossSite, marks: 'SameSite="None"' },
    { line: 'sid=abcdef; SameSite=None; Secure; SameSite=x', ...crossSite, marks: 'SameSite=x' },
    { line: `sid=abcdef; Secure; SameSite=None${' '.repeat(2)}${'x'.repeat(1025)}`, ...crossSite, marks: null },
    { line: 'abcdef', ...crossSite, says: ['The cookie without a name'] },
    { line: 'SameSite=abcdef; Secure', ...crossSite, says: ['`SameSite` has no `SameSite`'] },
    {
      line: 'sid=abcdef',
      ...crossSite,
      url: 'http://api.shop.test/',
      says: ['No SameSite between http and https'],
      fix: ['use-https'],
    },
  ],
  passes: [
    { line: 'sid=abcdef' },
    { line: 'sid=abcdef', initiator: 'https://other.test' },
    { line: 'sid=abcdef', ...crossSite, url: 'https://api.shop.test/' },
    { line: 'sid=abcdef; SameSite=None; Secure', ...crossSite },
    { line: 'sid=abcdef; SameSite=Lax', ...crossSite },
    { line: 'sid=abcdef', ...crossSite, policy: { laxByDefault: false } },
    { line: 'sid=abcdef; SameSite=x; SameSite=Strict', ...crossSite },
  ],
  undecided: [{ line: 'sid=abcdef', ...crossSite, url: 'https://api.shop.test/', frames: [], missing: 'frames' }],
})
