import type { StoredCookie } from '../contract.ts'
import { sameRegistrableDomain } from './domain.ts'
import { bytesOf, firstToGo, inOrder } from './eviction-order.ts'
import type { Eviction, Filling, LineSays, StoreLimits } from './filling.ts'
import { bareDomain, sameKey, samePartition } from './store.ts'

type Lost = Filling['lost']

/**
 * What goes before the cookie is stored; null where there is room. As measured in Firefox: a site's cookies are counted in each
 * partition as outside of them, expired ones too, and one that replaces another takes no room of its own. Bytes are looked at where a line says
 * Partitioned, and then those of all cookies of the partition.
 */
export const roomInAdvance = (
  cookie: StoredCookie,
  says: LineSays,
  filling: Filling,
  limits: StoreLimits,
): Eviction | null => {
  const isPartition = cookie.partitionKey !== undefined
  // What is left of such a partition, nobody can tell.
  if (isPartition && filling.lost.partitioned) return null
  const isBeside = (stored: StoredCookie): boolean =>
    samePartition(stored.partitionKey, cookie.partitionKey) &&
    sameRegistrableDomain(bareDomain(stored), bareDomain(cookie)) &&
    !sameKey(stored, cookie)
  const site = filling.cookies.filter(isBeside)
  const isNew = !filling.cookies.some((stored) => sameKey(stored, cookie))
  const lost = isPartition ? nothing : filling.lost
  const most = (isPartition ? limits.maxPartitionCookies : limits.maxSiteCookies) ?? Number.POSITIVE_INFINITY
  const count = site.length - lost.plain - lost.secure
  if (isNew && count >= most) return byCount(cookie, site, lost, filling, limits)
  const isWeighed = isPartition && says.partitioned
  return isWeighed ? byBytes(cookie, site, filling, limits) : null
}

const nothing: Lost = { plain: 0, secure: 0, partitioned: false }

const byCount = (
  cookie: StoredCookie,
  site: readonly StoredCookie[],
  lost: Lost,
  filling: Filling,
  limits: StoreLimits,
): Eviction => {
  const isPartition = cookie.partitionKey !== undefined
  const limit = isPartition ? 'partition' : 'site'
  const present = site.length - lost.plain - lost.secure
  const excess = present + 1 - (isPartition ? limits.partitionCookiesLeft : limits.siteCookiesLeft)
  const plain = site.filter(({ secure }) => !secure)
  const hasPlain = plain.length > lost.plain
  if (!hasPlain && !cookie.secure)
    return { limit, count: 1, gone: [], complete: true, itself: true, left: present, lost: filling.lost }
  const candidates = hasPlain ? plain : site.filter(({ secure }) => secure)
  const kind = hasPlain ? 'plain' : 'secure'
  const count = Math.min(excess, candidates.length - lost[kind])
  const gone = firstToGo(candidates, lost[kind] + count, { cookie, filling, limits })
  const stillLost = lost[kind] + count - gone.length
  return {
    limit,
    count,
    gone,
    complete: stillLost === 0,
    itself: false,
    left: present + 1 - count,
    lost: isPartition
      ? { ...filling.lost, partitioned: filling.lost.partitioned || stillLost > 0 }
      : { ...filling.lost, [kind]: stillLost },
  }
}

const byBytes = (
  cookie: StoredCookie,
  site: readonly StoredCookie[],
  filling: Filling,
  limits: StoreLimits,
): Eviction | null => {
  const total = bytesOf(site) + bytesOf([cookie])
  if (total <= (limits.maxPartitionBytes ?? Number.POSITIVE_INFINITY)) return null
  const order = { cookie, filling, limits }
  const take = (cookies: readonly StoredCookie[], bytes: number): StoredCookie[] =>
    inOrder(cookies, order).flatMap(({ stored, before }) => (before.bytes < bytes ? [stored] : []))
  const excess = total - limits.partitionBytesLeft
  const plain = site.filter(({ secure }) => !secure)
  const secure = site.filter((stored) => stored.secure)
  const gone = [...take(plain, excess), ...take(secure, excess - bytesOf(plain))]
  const complete = bytesOf(gone) >= Math.min(excess, bytesOf(site))
  return {
    limit: 'partition',
    count: complete ? gone.length : null,
    gone,
    complete,
    itself: false,
    left: complete ? site.length + 1 - gone.length : null,
    lost: complete ? filling.lost : { ...filling.lost, partitioned: true },
  }
}
