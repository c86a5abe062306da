import { crossSite, testSendRule } from '../testing.ts'
import rule from './partition-key-mismatch.ts'

const embedded = { topLevelSite: 'https://shop.test', hasCrossSiteAncestor: true }
const own = (site: string) => ({ topLevelSite: site, hasCrossSiteAncestor: false })

testSendRule(rule, {
  blocks: [
    {
      cookie: {},
      ...crossSite,
      thirdPartyCookies: 'partitioned',
      says: [
        '`sid`',
        'pages of other sites, such as `shop.test`',
        'was stored while its own site was in the address bar',
      ],
      fix: [],
    },
    {
      cookie: { partitionKey: own('https://other.test') },
      ...crossSite,
      says: ['`sid`', 'a page of `other.test`', 'Here it is one of `shop.test`'],
      fix: [],
    },
    // Set while embedded, and now the page itself.
    {
      cookie: { partitionKey: embedded },
      url: 'https://api.other.test/',
      says: ['`shop.test`', 'is partitioned'],
      fix: ['log-in-on-own-page'],
    },
    // Firefox: no line asked for it.
    {
      cookie: { partitionKey: embedded },
      url: 'https://api.other.test/',
      policy: { thirdPartyDefault: 'partitioned' },
      says: [
        '`shop.test`',
        'This browser keeps third-party cookies apart',
        'Total Cookie Protection',
        'one of `other.test`',
      ],
      silent: ['is partitioned'],
      fix: ['log-in-on-own-page'],
    },
    {
      cookie: { partitionKey: own('http://shop.test') },
      url: 'https://shop.test/',
      says: ['a page of `shop.test` over http was', 'one of `shop.test` over https.'],
    },
    // The same page, with and without a document of another site between.
    {
      cookie: { partitionKey: own('https://shop.test') },
      ...crossSite,
      url: 'https://www.shop.test/',
      frames: ['https://www.shop.test/', 'https://other.test/', 'https://www.shop.test/'],
      says: ['stands between', 'the page (of `shop.test`)'],
    },
    { cookie: { partitionKey: embedded }, url: 'https://shop.test/' },
    { cookie: { partitionKey: own('https://shop.test') }, ...crossSite },
    { cookie: { partitionKey: embedded, name: '' }, url: 'https://shop.test/', says: ['The cookie without a name'] },
  ],
  passes: [
    // A browser that partitions by itself: stored there, and pages of the cookie's own site.
    { cookie: { partitionKey: embedded }, ...crossSite, thirdPartyCookies: 'partitioned' },
    { cookie: {}, ...crossSite, url: 'https://api.shop.test/', thirdPartyCookies: 'partitioned' },
    { cookie: {}, ...crossSite },
    { cookie: { partitionKey: embedded }, ...crossSite },
    { cookie: { partitionKey: own('https://shop.test') }, url: 'https://app.shop.test/' },
    { cookie: { partitionKey: { topLevelSite: 'https://shop.test' } }, url: 'https://shop.test/' },
    // Requests within one site, whoever sent a frame there.
    { cookie: { partitionKey: own('https://shop.test') }, ...crossSite, url: 'https://cdn.shop.test/' },
    {
      cookie: { partitionKey: own('https://shop.test') },
      ...crossSite,
      url: 'https://shop.test/',
      resourceType: 'sub_frame',
      initiator: 'https://other.test',
    },
    // A sandboxed document, and http below https, are cross-site.
    { cookie: { partitionKey: embedded }, ...crossSite, url: 'https://www.shop.test/', initiator: 'null' },
    {
      cookie: { partitionKey: { topLevelSite: 'http://shop.test', hasCrossSiteAncestor: true } },
      ...crossSite,
      url: 'https://www.shop.test/',
      initiator: 'http://www.shop.test',
      frames: ['http://www.shop.test/'],
    },
  ],
  undecided: [
    { cookie: {}, ...crossSite, initiator: null, frames: [], thirdPartyCookies: 'partitioned', missing: 'frames' },
    { cookie: { partitionKey: embedded }, ...crossSite, frames: [], missing: 'frames' },
    // A browser that does so unless it is told otherwise, and nobody knows what this one was told.
    {
      cookie: {},
      ...crossSite,
      thirdPartyCookies: 'unknown',
      policy: { thirdPartyDefault: 'partitioned' },
      missing: 'third-party-setting',
      says: ['keeps third-party cookies apart by page'],
    },
  ],
})
