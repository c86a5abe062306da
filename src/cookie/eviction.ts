import type { StoredCookie } from '../contract.ts'
import { sameBytes } from './bytes.ts'
import { sameRegistrableDomain } from './domain.ts'
import { bytesOf, firstToGo, inOrder } from './eviction-order.ts'
import type { Eviction, Filling, LineSays, StoreLimits } from './filling.ts'
import { roomInAdvance } from './room-in-advance.ts'
import { bareDomain, isExpired, sameKey, samePartition } from './store.ts'

/** The store with the cookie in it, before any room is made; `old` is what it replaces. */
const withCookie = (
  cookie: StoredCookie,
  { cookies }: Filling,
): { cookies: StoredCookie[]; old: StoredCookie | undefined } => {
  const old = cookies.find((stored) => sameKey(stored, cookie))
  return { cookies: [...cookies.filter((stored) => stored !== old), cookie], old }
}

/**
 * What the browser deletes when it stores the cookie; null where there is room. As measured in Chromium: of a site's cookies
 * those without Secure go first, in a partition Secure makes no difference; among equals the one that was last used longest ago.
 * Nobody sees the last use; what bounds it is the creation time. A `Priority`, which no API shows, is known of the new
 * cookie alone: the others are taken to have the usual one.
 */
export const evictionBy = (
  cookie: StoredCookie,
  says: LineSays,
  filling: Filling,
  limits: StoreLimits,
): Eviction | null => {
  if (limits.roomIsMade === 'in-advance') return roomInAdvance(cookie, says, filling, limits)
  return cookie.partitionKey === undefined
    ? siteEviction(cookie, says.usualPriority, filling, limits)
    : partitionEviction(cookie, filling, limits)
}

const isOfSite = (stored: StoredCookie, cookie: StoredCookie): boolean =>
  samePartition(stored.partitionKey, cookie.partitionKey) &&
  sameRegistrableDomain(bareDomain(stored), bareDomain(cookie)) &&
  (stored === cookie || !isExpired(stored, cookie.creation ?? 0))

const siteEviction = (cookie: StoredCookie, usual: boolean, filling: Filling, limits: StoreLimits): Eviction | null => {
  if (limits.maxSiteCookies === null || filling.cookies.length < limits.maxSiteCookies) return null
  const site = withCookie(cookie, filling).cookies.filter((stored) => isOfSite(stored, cookie))
  const { lost } = filling
  const count = site.length - lost.plain - lost.secure
  if (count <= limits.maxSiteCookies) return null
  const excess = count - limits.siteCookiesLeft
  const candidates = usual ? site : site.filter((stored) => stored !== cookie)
  const plain = candidates.filter(({ secure }) => !secure)
  const secure = candidates.filter((stored) => stored.secure)
  const plainCount = Math.min(excess, plain.length - lost.plain)
  const order = { cookie, filling, limits }
  const plainGone = firstToGo(plain, lost.plain + plainCount, order)
  const secureGone = firstToGo(secure, lost.secure + excess - plainCount, order)
  const stillLost = {
    plain: lost.plain + plainCount - plainGone.length,
    secure: lost.secure + excess - plainCount - secureGone.length,
    partitioned: lost.partitioned,
  }
  const gone = [...plainGone, ...secureGone]
  return {
    limit: 'site',
    count: excess,
    gone: gone.filter((stored) => stored !== cookie),
    complete: stillLost.plain + stillLost.secure === 0,
    itself: gone.includes(cookie),
    left: limits.siteCookiesLeft,
    lost: stillLost,
  }
}

const partitionEviction = (cookie: StoredCookie, filling: Filling, limits: StoreLimits): Eviction | null => {
  // What is left of such a partition, nobody can tell either.
  if (filling.lost.partitioned) return null
  const partition = withCookie(cookie, filling).cookies.filter((stored) => isOfSite(stored, cookie))
  const isOver = (count: number, bytes: number): boolean =>
    count > (limits.maxPartitionCookies ?? Number.POSITIVE_INFINITY) ||
    bytes > (limits.maxPartitionBytes ?? Number.POSITIVE_INFINITY)
  const total = bytesOf(partition)
  if (!isOver(partition.length, total)) return null
  const order = { cookie, filling, limits }
  const gone = inOrder(partition, order).flatMap(({ stored, before }) =>
    isOver(partition.length - before.count, total - before.bytes) ? [stored] : [],
  )
  const complete = !isOver(partition.length - gone.length, total - bytesOf(gone))
  return {
    limit: 'partition',
    count: complete ? gone.length : null,
    gone,
    complete,
    itself: false,
    left: complete ? partition.length - gone.length : null,
    lost: complete ? filling.lost : { ...filling.lost, partitioned: true },
  }
}

/** The store with the cookie and without what had to go for it. */
export const fill = (cookie: StoredCookie, says: LineSays, filling: Filling, limits: StoreLimits): Filling => {
  const eviction = evictionBy(cookie, says, filling, limits)
  const { cookies, old } = withCookie(cookie, filling)
  const stored = inherit(cookie, old)
  const written = new Set(filling.written).add(stored)
  const gone = new Set(eviction?.gone)
  if (eviction?.itself) gone.add(cookie)
  // Where it keeps its age, it keeps its place as well.
  const places = old !== undefined && limits.roomIsMade === 'in-advance' ? filling.cookies : cookies
  return {
    cookies: places.flatMap((one) => (gone.has(one) ? [] : [one === cookie || one === old ? stored : one])),
    written,
    lost: eviction?.lost ?? filling.lost,
  }
}

/** A cookie set anew with the value it has keeps its place in the header. */
const inherit = (cookie: StoredCookie, old: StoredCookie | undefined): StoredCookie =>
  old?.creation !== undefined && sameBytes(old.value, cookie.value) ? { ...cookie, creation: old.creation } : cookie

/** The store without the cookie. */
export const take = (cookie: StoredCookie, filling: Filling): Filling => ({
  ...filling,
  cookies: filling.cookies.filter((stored) => !sameKey(stored, cookie)),
})
