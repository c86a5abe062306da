import { crossSite, now, testSendRule } from '../testing.ts'
import rule from './same-site-unspecified-treated-as-lax.ts'

const post = { initiator: 'https://idp.other.test', method: 'POST' }
const aged = (seconds: number) => ({ creation: now - seconds * 1000 })

testSendRule(rule, {
  blocks: [
    {
      cookie: {},
      ...crossSite,
      says: ['`sid`', 'without `SameSite`', 'the site `shop.test`', 'another site (`other.test`)'],
      silent: ['two minutes'],
      fix: ['SameSite=None', 'Secure', 'share-a-site'],
    },
    // Fresh or not: two minutes count for top-level POSTs alone.
    { cookie: aged(1), ...crossSite },
    { cookie: aged(1), ...crossSite, resourceType: 'sub_frame', method: 'POST' },
    {
      cookie: aged(121),
      ...post,
      says: ['`https://idp.other.test`', 'two minutes'],
      fix: ['SameSite=None', 'Secure', 'start-on-this-site'],
    },
    { cookie: aged(121), initiator: 'http://shop.test', method: 'POST', says: ['between http and https'] },
  ],
  passes: [
    { cookie: {} },
    { cookie: {}, initiator: 'https://other.test' },
    { cookie: aged(0), ...post },
    { cookie: aged(120), ...post },
    { cookie: {}, method: 'POST' },
    { cookie: {}, ...crossSite, policy: { laxByDefault: false } },
    { cookie: aged(200), ...post, policy: { laxUnsafeSeconds: 300 } },
    { cookie: {}, ...crossSite, url: 'https://api.shop.test/' },
    { cookie: { sameSite: 'no_restriction', ...aged(121) }, ...post },
    { cookie: { sameSite: 'lax', ...aged(121) }, ...post },
  ],
  undecided: [
    { cookie: {}, ...post, missing: 'creation-time' },
    { cookie: aged(1), ...crossSite, url: 'https://api.shop.test/', frames: [], missing: 'frames' },
  ],
})
