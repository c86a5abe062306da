import { crossSite, testSendRule } from '../testing.ts'
import rule from './same-site-strict.ts'

const cookie = { sameSite: 'strict' } as const

const unsure = { documentsBetweenCount: 'unknown' } as const

testSendRule(rule, {
  blocks: [
    // A link from elsewhere, the return of an identity provider.
    {
      cookie,
      initiator: 'https://idp.other.test',
      says: ['`sid`', '`https://idp.other.test`', 'use SameSite=Lax', 'identity provider'],
      fix: ['SameSite=Lax', 'start-on-this-site'],
    },
    // Lax would not help against a POST, and is not advised.
    {
      cookie,
      initiator: 'https://idp.other.test',
      method: 'POST',
      says: ['use SameSite=None; Secure'],
      silent: ['use SameSite=Lax'],
      fix: ['SameSite=None', 'Secure'],
    },
    { cookie, initiator: 'null', says: ['belongs to no site'] },
    { cookie, initiator: 'http://shop.test', says: ['between http and https'], fix: ['use-https'] },
    {
      cookie,
      ...crossSite,
      says: ['the site `shop.test`', 'another site (`other.test`)'],
      silent: ['identity provider'],
      fix: ['SameSite=None', 'Secure', 'share-a-site'],
    },
    {
      cookie,
      redirectChain: ['https://shop.test/', 'https://other.test/'],
      policy: { redirectsCount: true },
      says: ['by a redirect of another site (`other.test`)'],
    },
    { cookie, ...crossSite, resourceType: 'sub_frame', frames: ['https://other.test/', 'https://www.shop.test/'] },
    { cookie, ...crossSite, url: 'https://api.shop.test/', initiator: 'null' },
  ],
  passes: [
    // Typed, from a bookmark, from its own site; Chromium keeps it through a cross-site redirect.
    { cookie },
    { cookie, redirectChain: ['https://other.test/'] },
    { cookie, initiator: 'https://www.shop.test', method: 'POST' },
    { cookie, ...crossSite, url: 'https://api.shop.test/' },
    { cookie, ...crossSite, url: 'https://api.shop.test/', redirectChain: ['https://other.test/'] },
    { cookie, ...crossSite, url: 'https://www.shop.test/', resourceType: 'sub_frame' },
    { cookie: { sameSite: 'lax' }, initiator: 'https://other.test', method: 'POST' },
    { cookie: {}, ...crossSite },
  ],
  undecided: [
    { cookie, ...crossSite, url: 'https://api.shop.test/', frames: [], missing: 'frames' },
    { cookie, ...crossSite, url: 'https://api.shop.test/', initiator: 'null', policy: unsure, missing: 'browser' },
    {
      cookie,
      ...crossSite,
      url: 'https://api.shop.test/',
      frames: ['https://other.test/', 'https://www.shop.test/'],
      policy: unsure,
      missing: 'browser',
    },
  ],
})
