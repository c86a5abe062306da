import type { Policy } from '../browsers/policy.ts'
import { registrableDomain } from '../cookie/domain.ts'
import { type Eviction, evictionBy } from '../cookie/eviction.ts'
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
  most: number
  left: number
  /** Of a partition; null: no limit. */
  mostBytes: number | null
}

/** What the browser deletes to make room for the line's cookie where the store is `crowded`; null where there is room. */
export const roomFor = ({ cookie, read, store, exchange }: SetEvidence, policy: Policy): RoomFacts | null => {
  if (isExpired(cookie, exchange.time)) return null
  const eviction = evictionBy(cookie, hasUsualPriority(read.parsed), store, policy)
  if (eviction === null) return null
  const { limit, count, gone, complete, itself } = eviction
  const host = bareDomain(cookie)
  return {
    name: cookie.name,
    domain: registrableDomain(host) ?? host,
    limit,
    count,
    names: complete ? gone.map(({ name }) => name) : null,
    itself,
    most: (limit === 'site' ? policy.maxSiteCookies : policy.maxPartitionCookies) ?? 0,
    left: policy.siteCookiesLeft,
    mostBytes: limit === 'site' ? null : policy.maxPartitionBytes,
  }
}

/** Chromium's own attribute: whatever else it says counts as Medium; the last one wins (measured). */
export const hasUsualPriority = ({ attributes }: Pick<ParsedLine, 'attributes'>): boolean => {
  const last = attributes.findLast(({ name }) => name === 'priority')
  return last === undefined || !/^(?:low|high)$/i.test(last.value)
}

export const fewerCookies = ({ domain, most }: RoomFacts): Action => ({ action: 'fewer-cookies', domain, most })
