import type { PartitionKey, StoredCookie } from '../contract.ts'
import { sameBytes } from './bytes.ts'
import { domainMatch } from './domain.ts'
import { pathMatch } from './path.ts'

/** A cookie's domain without the leading dot of a domain cookie. */
export const bareDomain = (cookie: Pick<StoredCookie, 'domain'>): string =>
  cookie.domain.startsWith('.') ? cookie.domain.slice(1) : cookie.domain

export const samePartition = (a: PartitionKey | undefined, b: PartitionKey | undefined): boolean =>
  (a?.topLevelSite ?? '') === (b?.topLevelSite ?? '') &&
  (a?.hasCrossSiteAncestor ?? false) === (b?.hasCrossSiteAncestor ?? false)

/** Whether the store holds the two under one key, so that one replaces the other (RFC 6265bis 5.7, storage model). */
export const sameKey = (a: StoredCookie, b: StoredCookie): boolean =>
  sameBytes(a.name, b.name) &&
  a.hostOnly === b.hostOnly &&
  bareDomain(a) === bareDomain(b) &&
  sameBytes(a.path, b.path) &&
  samePartition(a.partitionKey, b.partitionKey)

export const isExpired = (cookie: StoredCookie, now: number): boolean =>
  cookie.expirationDate !== undefined && cookie.expirationDate * 1000 <= now

/**
 * Whether `secure` is a Secure cookie that a response over an insecure connection must leave alone when it sets
 * `next` (RFC 6265bis 5.7): same name, domains that match either way, and the new path inside the old one.
 */
export const leavesSecureAlone = (secure: StoredCookie, next: StoredCookie): boolean =>
  secure.secure &&
  sameBytes(secure.name, next.name) &&
  samePartition(secure.partitionKey, next.partitionKey) &&
  (domainMatch(bareDomain(secure), bareDomain(next)) || domainMatch(bareDomain(next), bareDomain(secure))) &&
  pathMatch(next.path, secure.path)

/** The order of a Cookie header: longer paths first, then older first (RFC 6265bis 5.8.3); the given order else. */
export const headerOrder = (a: StoredCookie, b: StoredCookie): number =>
  b.path.length - a.path.length || (a.creation ?? 0) - (b.creation ?? 0)
