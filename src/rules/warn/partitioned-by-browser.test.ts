import { crossSite, testSetRule } from '../testing.ts'
import rule from './partitioned-by-browser.ts'

const line = 'sid=abcdef; SameSite=None; Secure'
const thirdParty = { ...crossSite, thirdPartyCookies: 'partitioned' } as const

testSetRule(rule, {
  blocks: [
    {
      line,
      ...thirdParty,
      says: ['only for pages under `shop.test`', '`api.other.test` is a third party'],
      marks: null,
      fix: [],
    },
    { line, ...thirdParty, resourceType: 'sub_frame' },
  ],
  passes: [
    { line },
    { line, ...crossSite },
    { line, ...thirdParty, thirdPartyCookies: 'blocked' },
    { line: `${line}; Partitioned`, ...thirdParty },
    { line, ...thirdParty, url: 'https://api.shop.test/' },
    // Whether it is a third party is not known: it is stored in either case.
    { line, ...thirdParty, initiator: null, frames: [] },
  ],
})
