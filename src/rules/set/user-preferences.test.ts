import { crossSite, testSetRule } from '../testing.ts'
import rule from './user-preferences.ts'

const line = 'sid=abcdef; SameSite=None; Secure'
const blocked = { ...crossSite, thirdPartyCookies: 'blocked' } as const
const access = (value: string) => ({ 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Storage-Access': value })

testSetRule(rule, {
  blocks: [
    {
      line,
      ...blocked,
      says: ['`api.other.test`', 'site (`shop.test`)'],
      marks: null,
      fix: ['Partitioned', 'allow-third-party', 'share-a-site'],
    },
    { line: 'sid=abcdef', ...blocked, fix: ['Partitioned', 'Secure', 'allow-third-party', 'share-a-site'] },
    // The header of this very request counts for more than what is known of the browser.
    { line, ...crossSite, requestHeaders: access('none') },
    { line, ...crossSite, requestHeaders: access('inactive') },
    { line, ...blocked, resourceType: 'sub_frame', frames: ['https://www.shop.test/'] },
    // A in B in A, and a sandboxed document.
    {
      line,
      ...blocked,
      url: 'https://api.shop.test/',
      frames: ['https://www.shop.test/', 'https://other.test/', 'https://www.shop.test/'],
      says: ["page's own site"],
      fix: ['Partitioned', 'allow-third-party'],
    },
    { line, ...blocked, url: 'https://www.shop.test/', initiator: 'null', says: ['stands between'] },
    // http and https of one name.
    {
      line,
      ...blocked,
      url: 'https://www.shop.test/',
      initiator: 'http://www.shop.test',
      frames: ['http://www.shop.test/'],
      says: ['differ by http and https', 'the page (`http://www.shop.test`)'],
      fix: ['Partitioned', 'allow-third-party', 'use-https'],
    },
    {
      line,
      ...blocked,
      url: 'http://api.other.test/',
      fix: ['Partitioned', 'use-https', 'allow-third-party', 'share-a-site'],
    },
    // Firefox: no line escapes the setting.
    ...[line, `${line}; Partitioned`].map((it) => ({
      line: it,
      ...blocked,
      policy: { partitionedEscapesBlocking: false },
      says: ['put both on one site', 'makes no exception'],
      silent: ['add Partitioned'],
      fix: ['share-a-site', 'allow-third-party'],
    })),
    {
      line,
      ...blocked,
      url: 'http://127.0.0.1:3000/',
      initiator: 'http://localhost:8080',
      frames: ['http://localhost:8080/'],
      fix: ['one-host'],
    },
    // Neither the frames nor the page are known, but another site's document asked.
    { line, ...blocked, frames: [], says: ['`api.other.test`'], silent: ['(`'] },
    { line: `sid=abcdef; Partitioned=${'x'.repeat(1025)}; Secure`, ...blocked },
  ],
  passes: [
    { line, ...crossSite },
    { line, ...crossSite, thirdPartyCookies: 'partitioned' },
    { line, ...blocked, requestHeaders: access('active') },
    { line: `${line}; Partitioned`, ...blocked },
    { line: 'sid=abcdef; partitioned', ...blocked },
    { line: `${line}; Partitioned`, ...crossSite, thirdPartyCookies: 'unknown' },
    // First-party: by the top-level site, not by who asks.
    { line, thirdPartyCookies: 'blocked' },
    { line, initiator: 'https://other.test', thirdPartyCookies: 'blocked' },
    { line, ...blocked, url: 'https://cdn.shop.test/' },
    { line, ...blocked, url: 'https://cdn.shop.test/', frames: ['about:srcdoc', 'https://www.shop.test/'] },
    {
      line,
      ...blocked,
      url: 'https://www.shop.test/',
      resourceType: 'sub_frame',
      initiator: 'https://other.test',
      frames: ['https://www.shop.test/'],
    },
    { line, ...blocked, url: 'https://www.shop.test/', redirectChain: ['https://other.test/'] },
    // An iframe with `credentialless`.
    { line, ...blocked, resourceType: 'sub_frame', credentials: 'omit' },
  ],
  undecided: [
    { line, ...crossSite, thirdPartyCookies: 'unknown', missing: 'third-party-setting', says: ['`api.other.test`'] },
    { line, ...blocked, url: 'https://api.shop.test/', frames: [], missing: 'frames' },
    { line, ...blocked, resourceType: 'sub_frame', frames: [], missing: 'frames' },
    { line, ...blocked, initiator: null, frames: [], missing: 'frames' },
    { line, ...crossSite, initiator: null, frames: [], thirdPartyCookies: 'unknown', missing: 'frames' },
  ],
})
