import type { StoreWrite } from '../contract.ts'
import { registrableDomain } from '../cookie/domain.ts'
import { bareDomain } from '../cookie/store.ts'
import { cookieKey } from './problems.ts'

type Write = Pick<StoreWrite, 'removed' | 'cause' | 'cookie'>

const isEviction = ({ removed, cause }: Write): boolean => removed && cause === 'evicted'

/** What a full store gave up for other cookies: many of a site at once. */
export const areEvictions = (writes: readonly Write[]): boolean => writes.length > 1 && writes.every(isEviction)

/** The host that a full store counts a cookie for: the whole site has its limit together. */
export const evictionSite = (write: Write): string => {
  const host = bareDomain(write.cookie)
  return registrableDomain(host) ?? host
}

/** Writes of one cookie belong together, and the evictions of one site. */
export const writeGroupKey = (write: Write): string =>
  isEviction(write) ? `evicted ${evictionSite(write)}` : cookieKey(write.cookie)
