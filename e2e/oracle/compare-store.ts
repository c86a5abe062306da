import type { ExchangeVerdict, StoredCookie } from '../../src/contract.ts'
import { isExpired, sameKey } from '../../src/cookie/store.ts'
import { applyVerdict } from '../../src/judge/index.ts'
import type { Recording } from './cases.ts'

export interface Difference {
  /** What is compared: a line's reasons, the store, a cookie's reasons, the Cookie header. */
  what: string
  ours: string
  browser: string
}

/** How the browser's store shows bytes. */
export interface Shown {
  name(bytes: string): string
  value(bytes: string): string
  path(bytes: string): string
}

/**
 * Milliseconds. Firefox reads its clock before it works out when a cookie ends: that of `Max-Age=0` may end a millisecond
 * later, and then lies in the store, expired and never sent (seen once in 12,000 lines and cookies).
 */
const momentLater = 500

export const storeDifferences = (recording: Recording, verdict: ExchangeVerdict, shown: Shown): Difference[] => {
  const { before, browser = 'chromium', thirdPartyCookies } = recording
  const ours = applyVerdict(before, verdict, browser, thirdPartyCookies).map((cookie) => ({
    ...cookie,
    name: shown.name(cookie.name),
    value: shown.value(cookie.value),
    path: shown.path(cookie.path),
  }))
  const theirs = recording.after.filter((cookie) => !isExpired(cookie, recording.time + momentLater))
  const missing = theirs.filter((cookie) => !ours.some((other) => isSame(other, cookie)))
  const extra = ours.filter((cookie) => !theirs.some((other) => isSame(cookie, other)))
  return missing.length === 0 && extra.length === 0
    ? []
    : [{ what: 'store', ours: extra.map(cookieText).join(' | '), browser: missing.map(cookieText).join(' | ') }]
}

/** Seconds. */
const clockTolerance = 2

export const isSame = (ours: StoredCookie, theirs: StoredCookie): boolean =>
  sameKey(ours, theirs) &&
  ours.value === theirs.value &&
  ours.secure === theirs.secure &&
  ours.httpOnly === theirs.httpOnly &&
  ours.sameSite === theirs.sameSite &&
  ours.session === theirs.session &&
  Math.abs((ours.expirationDate ?? 0) - (theirs.expirationDate ?? 0)) <= clockTolerance

export const cookieText = (cookie: StoredCookie): string =>
  JSON.stringify({ ...cookie, value: cookie.value.slice(0, 40), creation: undefined })

/** The Cookie header as sent, order included. */
export const headerDifferences = (
  { requestHeaders }: Pick<Recording, 'requestHeaders'>,
  verdict: ExchangeVerdict,
): Difference[] => {
  const sent = verdict.cookies
    .filter(({ outcome }) => outcome === 'sent')
    .map(({ cookie }) => (cookie.name === '' ? cookie.value : `${cookie.name}=${cookie.value}`))
    .join('; ')
  const header = requestHeaders.find(({ name }) => name.toLowerCase() === 'cookie')?.value ?? ''
  return sent === header ? [] : [{ what: 'Cookie header', ours: sent, browser: header }]
}
