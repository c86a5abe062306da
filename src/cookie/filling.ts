import type { StoredCookie } from '../contract.ts'

/** How much a browser keeps of one site; null: no limit. */
export interface StoreLimits {
  /** Unpartitioned cookies of one registrable domain; with more, so many go that `siteCookiesLeft` are left. */
  maxSiteCookies: number | null
  siteCookiesLeft: number
  /** Name and value of one site's cookies in one partition, bytes together; with more, so many go that `partitionBytesLeft` are left at most. */
  maxPartitionBytes: number | null
  partitionBytesLeft: number
  /** One site's cookies in one partition; with more, so many go that `partitionCookiesLeft` are left. */
  maxPartitionCookies: number | null
  partitionCookiesLeft: number
  /**
   * after: the new cookie is stored, and may be among those that go. in-advance: others go before it is stored, of those without
   * Secure as long as there is one, in partitions too, and else for a Secure cookie alone; one without is refused then.
   */
  roomIsMade: 'after' | 'in-advance'
  /** A cookie that is used again within so many seconds keeps the time of its last use. */
  lastUseSeconds: number
}

/** The store while the lines of one response fill it. */
export interface Filling {
  cookies: readonly StoredCookie[]
  /** Those that this response wrote: used later than all others, in their order among `cookies`. */
  written: ReadonlySet<StoredCookie>
  /** Cookies that went although nobody can tell which: they still stand among `cookies`. */
  lost: { plain: number; secure: number; partitioned: boolean }
}

export const fillingOf = (cookies: readonly StoredCookie[]): Filling => ({ cookies, written: none, lost: nothingLost })

const none: ReadonlySet<StoredCookie> = new Set()
const nothingLost = { plain: 0, secure: 0, partitioned: false } as const

/** What has to go so that a cookie finds room. */
export interface Eviction {
  limit: 'site' | 'partition'
  /** How many go, the new one counted where it is among them; null where their sizes decide that, and nobody can tell which go. */
  count: number | null
  /** Those that go for certain, the new one left out. */
  gone: readonly StoredCookie[]
  /** Whether these are all. */
  complete: boolean
  /** Whether the new cookie is among them. */
  itself: boolean
  /** How many cookies are left, the new one among them; null where their sizes decide that. */
  left: number | null
  lost: Filling['lost']
}

/** What a line says that bears on the room its cookie gets. */
export interface LineSays {
  /** No priority other than the usual: with any, the cookie stays. */
  usualPriority: boolean
  partitioned: boolean
}
