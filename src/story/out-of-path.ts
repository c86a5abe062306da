import type { StoredCookie } from '../contract.ts'
import { isOwnData } from './paths.ts'
import { readingOf } from './reading.ts'
import type { Use } from './session-trail.ts'

/**
 * The first question who is there that was answered well without the session, where its Path keeps the cookie from all that was asked
 * since the login; null without one. A server that answers strangers with nobody's name refuses nothing; what it answers who is
 * logged in goes with the session.
 */
export const outOfPathIn = (uses: readonly Use[]): Use | null =>
  uses.every(isKeptBack)
    ? (uses.find(({ seen, answer }) => answer === 'accepted' && isOwnData(readingOf(seen).segments)) ?? null)
    : null

const isKeptBack = ({ withheld, sent, bearer }: Use): boolean =>
  sent.length === 0 &&
  !bearer &&
  withheld.some(({ cookie, reasons }) => reasons.some(({ id }) => id === 'NotOnPath') && !isToRenew(cookie))

/** It is for its own address alone, and right to stay behind elsewhere. */
const isToRenew = ({ name, path }: StoredCookie): boolean =>
  /refresh|renew|rotat|(?:^|[-_.])rt$/i.test(`${name} ${path}`)
