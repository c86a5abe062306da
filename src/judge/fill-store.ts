import type { SetCookieVerdict } from '../contract.ts'
import { fill, take } from '../cookie/eviction.ts'
import type { Filling, StoreLimits } from '../cookie/filling.ts'
import { parseLine } from '../cookie/parse.ts'
import { lineSays } from '../rules/room.ts'
import evictedAtOnce from '../rules/set/evicted-at-once.ts'

/** The store after a line: with what it stored, without what it removed and what had to make room. */
export const afterLine = (filling: Filling, verdict: SetCookieVerdict, limits: StoreLimits): Filling => {
  const { outcome, cookie, line, reasons } = verdict
  if (cookie === null) return filling
  if (outcome === 'removed') return take(cookie, filling)
  // Stored for a moment: others went with it.
  const entered = outcome === 'stored' || (outcome === 'blocked' && reasons.every(({ id }) => id === evictedAtOnce.id))
  return entered ? fill(cookie, lineSays(parseLine(line)), filling, limits) : filling
}
