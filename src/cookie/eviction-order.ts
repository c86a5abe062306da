import type { StoredCookie } from '../contract.ts'
import { byteLength } from './bytes.ts'
import type { Filling, StoreLimits } from './filling.ts'

/** Name and value of each, together. */
export const bytesOf = (cookies: readonly StoredCookie[]): number =>
  cookies.reduce((sum, { name, value }) => sum + byteLength(name) + byteLength(value), 0)

/** What there is to tell the order from, in which cookies go. */
export interface Order {
  cookie: StoredCookie
  filling: Filling
  limits: StoreLimits
}

/** Each cookie with how many others may go before it, and their bytes, in the order in which they go as far as that is known. */
export const inOrder = (
  cookies: readonly StoredCookie[],
  { cookie, filling, limits }: Order,
): { stored: StoredCookie; before: { count: number; bytes: number } }[] => {
  const now = cookie.creation
  const isWritten = (stored: StoredCookie): boolean => stored === cookie || filling.written.has(stored)
  /** When it was last used, at the earliest. */
  const earliest = (stored: StoredCookie): number =>
    isWritten(stored) ? Number.POSITIVE_INFINITY : (stored.creation ?? Number.NEGATIVE_INFINITY)
  // Too young for another use to count; that of a cookie which was set again with the same value is not seen.
  const isExact = (stored: StoredCookie): boolean =>
    isWritten(stored) ||
    (now !== undefined && stored.creation !== undefined && now - stored.creation < limits.lastUseSeconds * 1000)
  // All that one response writes is used at one time in Firefox, where a cookie that is set anew keeps its age (measured).
  const amongWritten = (a: StoredCookie, b: StoredCookie): number =>
    limits.roomIsMade === 'in-advance' ? (a.creation ?? 0) - (b.creation ?? 0) : 0
  const older = cookies.filter((stored) => !isWritten(stored))
  const olderBytes = bytesOf(older)
  let bytes = 0
  return cookies
    .toSorted((a, b) => compare(earliest(a), earliest(b)) || (isWritten(a) && isWritten(b) ? amongWritten(a, b) : 0))
    .map((stored, count) => {
      const own = bytesOf([stored])
      const before = isExact(stored) ? { count, bytes } : { count: older.length - 1, bytes: olderBytes - own }
      bytes += own
      return { stored, before }
    })
}

/** Infinite ones are equal, so that their order stays. */
const compare = (a: number, b: number): number => (a === b ? 0 : a - b)

/** Of the first `count` to go, those that go in any case. */
export const firstToGo = (cookies: readonly StoredCookie[], count: number, order: Order): StoredCookie[] =>
  inOrder(cookies, order).flatMap(({ stored, before }) => (before.count < count ? [stored] : []))
