import type { StoredCookie } from '../contract.ts'
import { bareDomain, isExpired } from './store.ts'

const sameSiteValues: Record<StoredCookie['sameSite'], string | null> = {
  no_restriction: 'None',
  lax: 'Lax',
  strict: 'Strict',
  unspecified: null,
}

/**
 * A set-cookie-string that would make this cookie, for a store does not keep the one that did: the starting point of a
 * corrected one. A cookie whose time is over gets none.
 * @param now epoch milliseconds
 */
export const lineOf = (cookie: StoredCookie, now: number): string => {
  const sameSite = sameSiteValues[cookie.sameSite]
  return [
    cookie.name === '' ? cookie.value : `${cookie.name}=${cookie.value}`,
    ...(cookie.hostOnly ? [] : [`Domain=${bareDomain(cookie)}`]),
    `Path=${cookie.path}`,
    ...(cookie.expirationDate === undefined || isExpired(cookie, now)
      ? []
      : [`Expires=${dateOf(cookie.expirationDate)}`]),
    ...(cookie.httpOnly ? ['HttpOnly'] : []),
    ...(cookie.secure ? ['Secure'] : []),
    ...(sameSite === null ? [] : [`SameSite=${sameSite}`]),
    ...(cookie.partitionKey === undefined ? [] : ['Partitioned']),
  ].join('; ')
}

const latest = 8.64e12

const dateOf = (seconds: number): string => new Date(Math.max(-latest, Math.min(latest, seconds)) * 1000).toUTCString()
