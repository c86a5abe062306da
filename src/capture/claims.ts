import type { SetCookieVerdict, StoredCookie } from '../contract.ts'
import { sameBytes } from '../cookie/bytes.ts'
import { bareDomain, sameKey } from '../cookie/store.ts'
import { isAsWritten, type StoreChange } from '../judge/reconcile.ts'
import type { Hop, KnownChange } from './hop.ts'
import { shownAs } from './shown-value.ts'

export interface Claim {
  hop: Hop
  /** Index into the hop's `verdict.setCookies`. */
  line: number
  rank: number
  /** The change that had this line before, and fits it worse. */
  instead: KnownChange | null
}

/**
 * Milliseconds after a response within which its own changes of the store come. The browser tells of the response first and
 * writes then (measured, each of 2,000 times with two tabs at work: after 2 ms, at most 109).
 */
export const claimTime = 250
/**
 * As long as a response has not ended, its changes may still come. The browser writes before it goes on with the response:
 * where it is very busy, or the lines are many, seconds later (measured: 64 lines of 4 kB took 1.1 s, 200 lines 2.4 s).
 * Those of one that does not end are waited for so long, in milliseconds.
 */
export const openTime = 5_000
/** Further off in time than that a change is nobody's, but it keeps us from being sure of a line that has none. */
const early = 250
const late = 2_000

/** How many changes are looked at for who may have made which. */
const fewMoves = 32

/** What concerns one cookie. */
interface Track {
  /** In order of arrival, as `setting` is. */
  changes: KnownChange[]
  /** Responses a line of which is about it. */
  setting: Hop[]
}

export const responseTimeOf = (hop: Hop): number => hop.responseTime ?? hop.requestTime

/**
 * Which response made which change, for the cookies of one site. The store's events have no request id, and other tabs,
 * scripts and extensions write the same cookies: a claim that others could have as well is contested.
 */
export class Claims {
  readonly #tracks = new Map<string, Track>()
  #sweepAt = 200

  /** A response with Set-Cookie lines was judged. What it writes comes after it. */
  answered(hop: Hop): void {
    for (const key of keysOf(hop)) this.#trackOf(key).setting.push(hop)
  }

  /** A change was heard of: the line that made it, as far as names, times and flags tell; null where there is none. */
  take(change: KnownChange): Claim | null {
    this.#trackOf(change.key).changes.push(change)
    return this.claimOf(change)
  }

  /** `take`, of a change that was heard of before. */
  claimOf(change: KnownChange): Claim | null {
    let best: Claim | null = null
    for (const hop of inClaimTime(this.#trackOf(change.key), change)) {
      const claim = claimOn(change, hop)
      if (claim === null || (claim.rank > ranks.exact && !isPrompt(change, hop))) continue
      if (best === null || claim.rank < best.rank) best = claim
      if (best.rank === ranks.exact) break
    }
    return best
  }

  /** Whether no other response has a line that may have made a claimed change. */
  isAlone(change: KnownChange): boolean {
    return inClaimTime(this.#trackOf(change.key), change).every(
      (hop) => hop === change.claimedBy || rankOf(change, hop) === Number.POSITIVE_INFINITY,
    )
  }

  /** Responses of which less is certain since a change that nobody claims. */
  unsettledBy(change: KnownChange): Hop[] {
    const { setting } = this.#trackOf(change.key)
    return setting.filter((hop) => isAround(change, hop) && rankOf(change, hop) < Number.POSITIVE_INFINITY)
  }

  /**
   * Changes that may be a response's: those that it claims, and those that keep them from being certain.
   * @param unclaimed the site's changes that nobody claims
   * @param hasOthers whether other tabs are on the site, which may write the same
   */
  evidenceFor(hop: Hop, unclaimed: readonly KnownChange[], hasOthers: boolean): StoreChange[] {
    const found: StoreChange[] = hop.claims.map((change) => {
      // Where the browser does not tell who deletes, the claim does.
      const cause = change.vague && change.removed ? 'expired_overwrite' : change.cause
      const isContested = this.#isContested(change, hop, unclaimed, hasOthers)
      return { ...change, cause, ...(isContested ? { doubtful: true } : {}) }
    })
    const keys = keysOf(hop)
    for (const key of keys) {
      for (const change of this.#trackOf(key).changes) {
        if (change.claimedBy === hop || !isAround(change, hop)) continue
        const isRivals = change.claimedBy !== null
        if (!isRivals || (isInClaimTime(change, hop) && isOpenTo(change, hop)))
          found.push({ ...change, doubtful: true })
      }
    }
    if (hop.verdict.setCookies.some(({ cookie }) => cookie === null)) {
      const others = unclaimed.filter((change) => !keys.has(change.key) && isPrompt(change, hop))
      found.push(...(hasOthers || others.length > 1 ? others.map((change) => ({ ...change, doubtful: true })) : others))
    }
    return found
  }

  /** Whether a change that nobody claims may be a response's all the same: it came too early or too late for one. */
  mayBeClaimed(change: KnownChange): boolean {
    return this.#trackOf(change.key).setting.some((hop) => isAround(change, hop) && isOpenTo(change, hop))
  }

  /** Lets go of what is older than a time. */
  forgetBefore(time: number): void {
    if (this.#tracks.size < this.#sweepAt) return
    this.forget(
      ({ time: at }) => at >= time,
      (hop) => responseTimeOf(hop) >= time,
    )
    this.#sweepAt = Math.max(200, 2 * this.#tracks.size)
  }

  forget(isChangeKept: (change: KnownChange) => boolean, isHopKept: (hop: Hop) => boolean): void {
    for (const [key, track] of this.#tracks) {
      track.changes = track.changes.filter(isChangeKept)
      track.setting = track.setting.filter(isHopKept)
      if (track.changes.length === 0 && track.setting.length === 0) this.#tracks.delete(key)
    }
  }

  #trackOf(key: string): Track {
    let track = this.#tracks.get(key)
    if (track === undefined) {
      track = { changes: [], setting: [] }
      this.#tracks.set(key, track)
    }
    return track
  }

  /** Whether the change may as well be another's: an equal one that nobody claims, or a line that has none, is too near. */
  #isContested(change: KnownChange, hop: Hop, unclaimed: readonly KnownChange[], hasOthers: boolean): boolean {
    const rank = change.claimedRank
    // Where the change itself is to tell what became of the line, nobody else may have made it. Which sites other tabs
    // are on is known by the time that the response is settled.
    if ((hasOthers || !hop.settled) && (rank === ranks.perhaps || rank === ranks.blocked)) return true
    const isNear = (other: KnownChange): boolean =>
      other.claimedBy === null &&
      other.cause !== 'evicted' &&
      isInClaimTime(other, hop) &&
      Math.abs(other.time - change.time) <= claimTime
    if (rank === ranks.blocked) return unclaimed.some(isNear)
    const track = this.#trackOf(change.key)
    return (
      track.changes.some((other) => isNear(other) && rankOf(other, hop) <= rank) ||
      inClaimTime(track, change).some((other) => other !== hop && freeRank(change, other) <= rank) ||
      (rank === ranks.perhaps && this.#isMovable(change, hop, new Set([change])))
    )
  }

  /**
   * Whether another response that has a change may have made this one instead, and others that one in turn, up to a response
   * that has none: then it is open who went without. Beyond a few it is taken to be.
   */
  #isMovable(change: KnownChange, hop: Hop, seen: Set<KnownChange>): boolean {
    return inClaimTime(this.#trackOf(change.key), change).some((other) => {
      if (other === hop || rankOf(change, other) > ranks.perhaps) return false
      if (freeRank(change, other) <= ranks.perhaps) return true
      const next = other.claims.find((claimed) => claimed.key === change.key && !seen.has(claimed))
      if (next === undefined) return false
      seen.add(next)
      return seen.size > fewMoves || this.#isMovable(next, hop, seen)
    })
  }
}

/** As `sameKey`, for cookies whose name and path are byte strings, as all are here. */
export const keyOf = (cookie: StoredCookie): string => {
  const { name, hostOnly, path, partitionKey } = cookie
  const partition = `${partitionKey?.topLevelSite ?? ''};${partitionKey?.hasCrossSiteAncestor ?? false}`
  return `${hostOnly};${bareDomain(cookie)};${path};${partition};${name}`
}

/** Of the cookies that a response's lines are about. */
export const keysOf = ({ verdict }: Hop): ReadonlySet<string> =>
  new Set(verdict.setCookies.flatMap(({ cookie }) => (cookie === null ? [] : keyOf(cookie))))

/** Whether a change came after a response as those come that it makes. */
const isPrompt = ({ time }: KnownChange, hop: Hop): boolean =>
  time >= responseTimeOf(hop) && time <= responseTimeOf(hop) + claimTime

/** Until when a change may be a response's that ended late: the response's own `claimTime`, or that after its end. */
const claimableUntil = (hop: Hop): number => {
  const from = responseTimeOf(hop)
  return Math.max(from, Math.min(hop.endTime ?? from, from + openTime)) + claimTime
}

const isInClaimTime = ({ time }: KnownChange, hop: Hop): boolean =>
  time >= responseTimeOf(hop) && time <= claimableUntil(hop)

/** Whether a change came so near to a response that it has to do with what is certain of its lines. */
const isAround = ({ time }: KnownChange, hop: Hop): boolean => {
  const from = responseTimeOf(hop)
  const until = hop.endTime === null ? from + openTime : Math.max(from + late, claimableUntil(hop))
  return time >= from - early && time <= until
}

const inClaimTime = ({ setting }: Track, change: KnownChange): Hop[] => {
  const found: Hop[] = []
  for (let i = setting.length - 1; i >= 0; i--) {
    const hop = setting[i]
    if (hop === undefined || responseTimeOf(hop) < change.time - openTime - claimTime) break
    if (isInClaimTime(change, hop)) found.push(hop)
  }
  return found.reverse()
}

/** The line of a response that explains a change best and has none yet, or one that it explains less. */
const claimOn = (change: KnownChange, hop: Hop): Claim | null => {
  let best: Claim | null = null
  hop.verdict.setCookies.forEach((verdict, line) => {
    const rank = lineRank(verdict, change)
    if (rank >= (best?.rank ?? Number.POSITIVE_INFINITY)) return
    const instead = hop.claims.find(({ claimedLine }) => claimedLine === line) ?? null
    if (instead === null || instead.claimedRank > rank) best = { hop, line, rank, instead }
  })
  return best
}

/** How well the lines of a response that have no change yet explain this one. */
const freeRank = (change: KnownChange, { verdict, claims }: Hop): number =>
  verdict.setCookies.reduce(
    (best, one, line) =>
      claims.some(({ claimedLine }) => claimedLine === line) ? best : Math.min(best, lineRank(one, change)),
    Number.POSITIVE_INFINITY,
  )

/** Whether a response was to make such a change, or may have been, and has not been seen to. */
const isOpenTo = (change: KnownChange, hop: Hop): boolean => freeRank(change, hop) < ranks.blocked

const rankOf = (change: KnownChange, hop: Hop): number =>
  Math.min(Number.POSITIVE_INFINITY, ...hop.verdict.setCookies.map((line) => lineRank(line, change)))

/** How well a line explains a change: it was to do this, perhaps, to write the cookie otherwise, not at all. */
const ranks = { exact: 0, perhaps: 1, otherwise: 2, blocked: 3 } as const

/** Infinite where the line has nothing to do with the change. */
const lineRank = ({ cookie, outcome }: SetCookieVerdict, change: KnownChange): number => {
  if (cookie === null || !sameKey(cookie, change.cookie)) return Number.POSITIVE_INFINITY
  if (change.removed) {
    if (change.cause !== (change.vague ? 'explicit' : 'expired_overwrite')) return Number.POSITIVE_INFINITY
    return outcome === 'removed' ? ranks.exact : Number.POSITIVE_INFINITY
  }
  if (!sameBytes(cookie.value, change.cookie.value) && shownAs(cookie.value) !== change.cookie.value)
    return Number.POSITIVE_INFINITY
  const isExact = isAsWritten(cookie, change.cookie)
  switch (outcome) {
    case 'stored':
      return isExact ? ranks.exact : ranks.otherwise
    case 'unknown':
      return isExact ? ranks.perhaps : Number.POSITIVE_INFINITY
    case 'blocked':
      return isExact ? ranks.blocked : Number.POSITIVE_INFINITY
    case 'removed':
      return Number.POSITIVE_INFINITY
  }
}
