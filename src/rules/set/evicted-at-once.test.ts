import type { StoredCookie } from '../../contract.ts'
import { cookieOf, crossSite, testSetRule } from '../testing.ts'
import rule from './evicted-at-once.ts'

const cookies = (count: number, name: string, over: Partial<StoredCookie> = {}): StoredCookie[] =>
  Array.from({ length: count }, (_, index) => cookieOf({ name: `${name}${index}`, value: 'v', ...over }))
/** Firefox. */
const inAdvance = { roomIsMade: 'in-advance' } as const
const secure = (count: number, over: Partial<StoredCookie> = {}) => cookies(count, 's', { secure: true, ...over })

testSetRule(rule, {
  blocks: [
    {
      line: 'sid=abcdef; Path=/',
      jar: secure(180),
      says: ['`sid`', '`shop.test`', 'keeps 180 cookies', 'deletes 31', 'down to 150', 'without `Secure`'],
      marks: null,
      fix: ['Secure', 'fewer-cookies'],
    },
    { line: 'sid=abcdef', jar: [...secure(150), ...cookies(30, 'p')] },
    // Secure can't be had on plain http.
    { line: 'sid=abcdef', url: 'http://shop.test/', jar: secure(180), fix: ['fewer-cookies'] },
    { line: 'sid=abcdef; Domain=shop.test', url: 'https://api.shop.test/', jar: secure(180) },
    { line: 'sid=abcdef; Priority=Low; Priority=foo', jar: secure(180) },
    { line: 'sid=abcdef; Priority="Low"', jar: secure(180) },
    { line: 'abcdef', jar: secure(180), says: ['The cookie without a name'] },
    {
      line: 'sid=abcdef; Path=/',
      jar: secure(180),
      policy: inAdvance,
      says: ['`sid`', '`shop.test`', 'keeps 180 cookies', 'not stored'],
      silent: ['down to'],
      fix: ['Secure', 'fewer-cookies'],
    },
    // Each partition is such a store.
    {
      line: 'sid=abcdef',
      ...crossSite,
      thirdPartyCookies: 'partitioned',
      jar: secure(180, {
        domain: 'other.test',
        partitionKey: { topLevelSite: 'https://shop.test', hasCrossSiteAncestor: true },
      }),
      policy: { ...inAdvance, thirdPartyDefault: 'partitioned' },
    },
  ],
  passes: [
    { line: 'sid=abcdef', jar: secure(179) },
    { line: 'sid=abcdef; Secure', jar: secure(180) },
    { line: 'sid=abcdef', jar: [...secure(149), ...cookies(31, 'p')] },
    { line: 'sid=abcdef', jar: cookies(180, 'p') },
    // One that is there already.
    { line: 'sid=abcdef', jar: [...secure(179), ...cookies(1, 'p'), cookieOf({ path: '/account' })].slice(1) },
    { line: 'sid=; Max-Age=0', jar: secure(180) },
    { line: 'sid=abcdef; Priority=High', jar: secure(180) },
    { line: 'sid=abcdef', jar: secure(180, { domain: 'other.test' }) },
    { line: 'sid=abcdef', jar: secure(180), policy: { maxSiteCookies: null } },
    // One other without Secure is enough.
    { line: 'sid=abcdef', jar: [...secure(179), ...cookies(1, 'p')], policy: inAdvance },
    { line: 'sid=abcdef; Secure', jar: secure(180), policy: inAdvance },
  ],
})
