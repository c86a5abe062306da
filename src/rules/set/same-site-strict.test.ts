import { crossSite, testSetRule } from '../testing.ts'
import rule from './same-site-strict.ts'

const line = 'sid=abcdef; SameSite=Strict; Secure'

testSetRule(rule, {
  blocks: [
    {
      line,
      ...crossSite,
      says: ['`sid`', 'SameSite=Strict', 'the site `shop.test`', 'another site (`other.test`)'],
      marks: 'SameSite=Strict',
      fix: ['SameSite=None', 'share-a-site'],
    },
    { line: 'sid=abcdef; SAMESITE=strict', ...crossSite, marks: 'SAMESITE=strict' },
    { line: 'sid=abcdef; SameSite=None; SameSite=Strict', ...crossSite, marks: 'SameSite=Strict' },
    { line, ...crossSite, resourceType: 'sub_frame' },
    {
      line,
      ...crossSite,
      url: 'https://api.shop.test/',
      initiator: 'http://www.shop.test',
      frames: ['http://www.shop.test/'],
      says: ['between http and https'],
      fix: ['use-https'],
    },
  ],
  passes: [
    { line },
    { line, initiator: 'https://idp.other.test', method: 'POST' },
    { line, ...crossSite, url: 'https://api.shop.test/' },
    { line: 'sid=abcdef; SameSite=Lax', ...crossSite },
    { line: 'sid=abcdef; SameSite=Strictly', ...crossSite },
    { line: 'sid=abcdef; SameSite=Strict; SameSite=Lax', ...crossSite },
    { line: `sid=abcdef; SameSite=Strict${' '.repeat(3)}x`, ...crossSite },
    { line: 'sid=abcdef', ...crossSite },
    { line, ...crossSite, policy: { crossSiteResponsesSet: true } },
  ],
  undecided: [{ line, ...crossSite, url: 'https://api.shop.test/', frames: [], missing: 'frames' }],
})
