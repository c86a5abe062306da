import { limitsIn, type Policy } from '../browsers/policy.ts'
import { registrableDomain } from '../cookie/domain.ts'
import { evictionBy } from '../cookie/eviction.ts'
import type { Eviction, LineSays } from '../cookie/filling.ts'
import type { ParsedLine } from '../cookie/parse.ts'
import { bareDomain, isExpired } from '../cookie/store.ts'
import type { Action } from '../remedies/action.ts'
import type { SetEvidence } from './rule.ts'

/** What the rules on full stores (the new cookie goes, others go) tell. */
export interface RoomFacts {
  name: string
  /** Registrable domain, or the host where it has none. */
  domain: string
  limit: Eviction['limit']
  /** How many go, the new one counted where it is among them; null where that can't be told. */
  count: number | null
  /** Names of those that go, where all are known. */
  names: string[] | null
  /** Whether the new cookie is among them. */
  itself: boolean
  /** The browser makes room before it stores it: it never was in the store. */
  refused: boolean
  /** Those without Secure go first, in this place too. */
  sparesSecure: boolean
  most: number
  /** How many are left, the new one among them; null where that can't be told. */
  left: number | null
  /** Of a partition; null: no limit. */
  mostBytes: number | null
}

/** What the browser deletes to make room for the line's cookie where the store is `crowded`; null where there is room. */
export const roomFor = (
  { cookie, read, store, exchange, thirdPartyCookies }: SetEvidence,
  policy: Policy,
): RoomFacts | null => {
  if (isExpired(cookie, exchange.time)) return null
  const limits = limitsIn(policy, thirdPartyCookies)
  const eviction = evictionBy(cookie, lineSays(read.parsed), store, limits)
  if (eviction === null) return null
  const { limit, count, gone, complete, itself, left } = eviction
  const inAdvance = policy.roomIsMade === 'in-advance'
  const host = bareDomain(cookie)
  return {
    name: cookie.name,
    domain: registrableDomain(host) ?? host,
    limit,
    count,
    names: complete ? gone.map(({ name }) => name) : null,
    itself,
    refused: itself && inAdvance,
    sparesSecure: limit === 'site' || inAdvance,
    most: (limit === 'site' ? policy.maxSiteCookies : policy.maxPartitionCookies) ?? 0,
    left,
    mostBytes: limit === 'site' ? null : limits.maxPartitionBytes,
  }
}

/** What counts where room is short. */
export const lineSays = ({ attributes }: Pick<ParsedLine, 'attributes'>): LineSays => {
  const priority = attributes.findLast(({ name }) => name === 'priority')
  return {
    // Chromium's own attribute: whatever else it says counts as Medium; the last one wins (measured).
    usualPriority: priority === undefined || !/^(?:low|high)$/i.test(priority.value),
    partitioned: attributes.some(({ name }) => name === 'partitioned'),
  }
}

export const fewerCookies = ({ domain, most }: RoomFacts): Action => ({ action: 'fewer-cookies', domain, most })
