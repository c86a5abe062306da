import type { StoredCookie } from '../../contract.ts'
import { cookieOf, crossSite, now, testSetRule } from '../testing.ts'
import rule from './older-cookies-evicted.ts'

/** `count` cookies, the first of them the oldest, made within the last minute. */
const cookies = (count: number, name: string, over: Partial<StoredCookie> = {}): StoredCookie[] =>
  Array.from({ length: count }, (_, index) =>
    cookieOf({ name: `${name}${index}`, value: 'v', creation: now - 30_000 + index, ...over }),
  )
/** Firefox. */
const inAdvance = {
  roomIsMade: 'in-advance',
  maxPartitionBytes: 12_288,
  partitionCookiesLeft: 150,
} as const
/** As a store that was read has them. */
const undated = (list: StoredCookie[]): StoredCookie[] => list.map(({ creation, ...cookie }) => cookie)
const partitioned = { partitionKey: { topLevelSite: 'https://shop.test', hasCrossSiteAncestor: false }, secure: true }
const embedded = { topLevelSite: 'https://shop.test', hasCrossSiteAncestor: true }
const sized = (bytes: number) => ({ ...partitioned, value: 'x'.repeat(bytes - 2) })

testSetRule(rule, {
  blocks: [
    {
      line: 'sid=abcdef; Path=/',
      jar: cookies(180, 'c'),
      says: ['`shop.test`', 'keeps 180 cookies', 'deletes 31', 'down to 150', '`c0`', '`c4` and 26 more'],
      silent: ["can't be told", '`c5`'],
      marks: null,
      fix: ['fewer-cookies'],
    },
    // All hosts of a site together, and whatever their paths.
    {
      line: 'sid=abcdef',
      jar: [
        ...cookies(90, 'a', { domain: '.shop.test', hostOnly: false, path: '/x' }),
        ...cookies(90, 'b', { domain: 'api.shop.test' }),
      ],
      says: ['deletes 31'],
    },
    // Those without Secure first, however new they are.
    {
      line: 'sid=abcdef; Secure',
      jar: [...cookies(160, 's', { secure: true, creation: now - 30_000 }), ...cookies(20, 'p')],
      says: ['`p0`'],
    },
    // The last use is not seen: of old cookies, and of those whose age is not known.
    {
      line: 'sid=abcdef',
      jar: undated(cookies(180, 'c')),
      says: ['deletes 31', "can't be told", 'last used'],
      silent: ['`c0`'],
    },
    { line: 'sid=abcdef', jar: cookies(180, 'c', { creation: now - 61_000 }), says: ["can't be told"] },
    // But which of them go where all without Secure do.
    {
      line: 'sid=abcdef; Secure',
      jar: undated([...cookies(150, 's', { secure: true }), ...cookies(30, 'p')]),
      says: ["can't be told"],
    },
    {
      line: 'sid=abcdef; Secure',
      jar: undated([...cookies(149, 's', { secure: true }), ...cookies(31, 'p')]),
      says: ['`p0`, `p1`, `p2`, `p3`, `p4` and 26 more'],
    },
    // A priority of its own keeps the new one.
    {
      line: 'sid=abcdef; Priority=High',
      jar: cookies(180, 's', { secure: true }),
      says: ['`s0`'],
    },
    { line: 'sid=abcdef; Priority=foo; priority=lOW', jar: cookies(180, 's', { secure: true }) },
    // Partitions have limits of their own.
    {
      line: 'sid=abcdef; Secure; Partitioned',
      jar: cookies(10, 'p', sized(1024)),
      says: ['In one partition', '10240 bytes', 'deletes 1 of them', '`p0`', '1 older cookie of'],
      silent: ['without `Secure`'],
      fix: ['fewer-cookies'],
    },
    {
      line: `sid=${'x'.repeat(2000)}; Secure; Partitioned`,
      jar: cookies(10, 'p', sized(1024)),
      says: ['deletes 2 of them', '`p0` and `p1`'],
    },
    { line: 'sid=abcdef; Secure; Partitioned', jar: cookies(180, 'p', partitioned), says: ['deletes 1 of them'] },
    {
      line: 'sid=abcdef; Secure; Partitioned',
      jar: undated(cookies(10, 'p', sized(1024))),
      says: ['deletes some of them', "can't be told"],
    },
    // A larger value is too much as well.
    {
      line: `p9=${'x'.repeat(1200)}; Path=/; Secure; Partitioned`,
      jar: cookies(10, 'p', sized(1024)),
      says: ['`p0`'],
    },
    // Where room is made in advance, Secure cookies stay as long as there is one without.
    {
      line: 'sid=abcdef',
      jar: [...cookies(175, 's', { secure: true }), ...cookies(5, 'p')],
      policy: inAdvance,
      says: ['deletes 5', 'down to 176', '`p0`, `p1`, `p2`, `p3` and `p4`'],
    },
    {
      line: 'sid=abcdef; Secure',
      jar: cookies(180, 's', { secure: true }),
      policy: inAdvance,
      says: ['deletes 31', 'down to 150', '`s4` and 26 more'],
    },
    {
      line: 'sid=abcdef; Secure; Partitioned',
      jar: cookies(180, 'p', partitioned),
      policy: inAdvance,
      says: ['In one partition', 'deletes 31 of them', '`p4` and 26 more', 'without `Secure`'],
    },
    {
      line: `sid=${'x'.repeat(1020)}; Secure; Partitioned`,
      jar: [...cookies(11, 'p', sized(1024)), ...cookies(1, 'q', { ...sized(1024), secure: false })],
      policy: inAdvance,
      says: ['12288 bytes', 'deletes 3 of them', '`q0`, `p0` and `p1`'],
    },
    // Expired ones count.
    {
      line: 'sid=abcdef',
      jar: [...cookies(179, 'c'), ...cookies(1, 'e', { expirationDate: now / 1000 - 1 })],
      policy: inAdvance,
    },
  ],
  passes: [
    { line: 'sid=abcdef', jar: cookies(179, 'c') },
    // One that is there already, under the same key.
    { line: 'c5=abcdef; Path=/', jar: cookies(180, 'c') },
    { line: 'sid=; Max-Age=0', jar: cookies(180, 'c') },
    // Expired ones go first, and are not counted.
    { line: 'sid=abcdef', jar: [...cookies(179, 'c'), ...cookies(9, 'e', { expirationDate: now / 1000 - 1 })] },
    // Other sites.
    { line: 'sid=abcdef', url: 'https://me.github.io/', jar: cookies(180, 'c', { domain: 'you.github.io' }) },
    { line: 'sid=abcdef', url: 'http://localhost/', jar: cookies(180, 'c', { domain: 'app.localhost' }) },
    // The new one itself goes: that is another rule.
    { line: 'sid=abcdef', jar: cookies(180, 's', { secure: true }) },
    // Each partition for itself, and none of them with the unpartitioned.
    { line: 'sid=abcdef', jar: [...cookies(179, 'c'), ...cookies(100, 'p', partitioned)] },
    { line: 'sid=abcdef; Secure; Partitioned', jar: cookies(180, 'c', { value: 'x'.repeat(1000) }) },
    {
      line: 'sid=abcdef; Secure; Partitioned',
      jar: cookies(10, 'p', { ...sized(1024), partitionKey: { topLevelSite: 'https://other.test' } }),
    },
    { line: 'sid=abcdefgh; Secure; Partitioned', jar: cookies(10, 'p', sized(1022)) },
    { line: 'sid=abcdef', jar: cookies(180, 'c'), policy: { maxSiteCookies: null } },
    {
      line: 'sid=abcdef; Secure; Partitioned',
      jar: cookies(10, 'p', sized(1024)),
      policy: { maxPartitionBytes: null },
    },
    // Bytes are looked at where a line says Partitioned.
    {
      line: `sid=${'x'.repeat(3000)}; Secure`,
      jar: cookies(12, 'p', { ...sized(1024), domain: 'other.test', partitionKey: embedded }),
      ...crossSite,
      thirdPartyCookies: 'partitioned',
      policy: { ...inAdvance, thirdPartyDefault: 'partitioned' },
    },
    { line: 'c5=abcdef; Path=/', jar: cookies(180, 'c'), policy: inAdvance },
    { line: 'sid=abcdef', jar: cookies(180, 's', { secure: true }), policy: inAdvance },
  ],
})
