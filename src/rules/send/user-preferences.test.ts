import { crossSite, testSendRule } from '../testing.ts'
import rule from './user-preferences.ts'

const cookie = { sameSite: 'no_restriction', secure: true } as const
const blocked = { ...crossSite, thirdPartyCookies: 'blocked' } as const
const access = (value: string) => ({ 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Storage-Access': value })
const partitionKey = { topLevelSite: 'https://shop.test', hasCrossSiteAncestor: true }

testSendRule(rule, {
  blocks: [
    {
      cookie,
      ...blocked,
      says: ['`sid`', '`api.other.test`', 'site (`shop.test`)'],
      fix: ['Partitioned', 'allow-third-party', 'share-a-site'],
    },
    { cookie: { sameSite: 'strict' }, ...blocked },
    { cookie, ...crossSite, requestHeaders: access('none') },
    {
      cookie,
      ...blocked,
      url: 'https://www.shop.test/',
      frames: ['https://www.shop.test/', 'https://other.test/', 'https://www.shop.test/'],
      says: ["page's own site"],
      silent: ['is not of the'],
    },
    // Firefox: no cookie escapes the setting.
    {
      cookie: { ...cookie, partitionKey },
      ...blocked,
      policy: { partitionedEscapesBlocking: false },
      says: ['put both on one site', 'makes no exception'],
      silent: ['use Partitioned'],
      fix: ['share-a-site', 'allow-third-party'],
    },
    { cookie: { ...cookie, name: '' }, ...blocked, says: ['The cookie without a name'] },
  ],
  passes: [
    { cookie, ...crossSite },
    { cookie, ...blocked, requestHeaders: access('active') },
    { cookie: { ...cookie, partitionKey }, ...blocked },
    { cookie: { ...cookie, partitionKey }, ...crossSite, thirdPartyCookies: 'unknown' },
    { cookie, thirdPartyCookies: 'blocked' },
    { cookie, initiator: 'https://other.test', thirdPartyCookies: 'blocked' },
    { cookie, ...blocked, url: 'https://api.shop.test/' },
  ],
  undecided: [
    { cookie, ...crossSite, thirdPartyCookies: 'unknown', missing: 'third-party-setting', says: ['`sid`'] },
    { cookie, ...blocked, url: 'https://api.shop.test/', frames: [], missing: 'frames' },
    {
      cookie,
      ...blocked,
      url: 'https://www.shop.test/',
      frames: ['https://www.shop.test/', 'https://other.test/', 'https://www.shop.test/'],
      policy: { documentsBetweenCount: 'unknown' },
      missing: 'browser',
    },
  ],
})
