import type { StoredCookie } from '../contract.ts'
import { encodeUtf8 } from '../cookie/bytes.ts'
import type { CookieChangeEvent } from './events.ts'

/** cookies.Cookie, as browsers have it. */
export interface ApiCookie extends Omit<StoredCookie, 'partitionKey'> {
  storeId: string
  partitionKey?: StoredCookie['partitionKey'] | null
}

/** What cookies.onChanged tells. */
export interface ApiCookieChange {
  removed: boolean
  cause: string
  cookie: ApiCookie
}

/**
 * A cookie of the cookies API, its name, value and path as byte strings like those of the headers. Browsers replace
 * bytes that are no UTF-8 by U+FFFD before they show them: in Chromium such a value never equals the one that was sent.
 */
export const storedCookie = (cookie: ApiCookie): StoredCookie => {
  const { name, value, domain, hostOnly, path, secure, httpOnly, sameSite, session, expirationDate, partitionKey } =
    cookie
  return {
    name: encodeUtf8(name),
    value: encodeUtf8(value),
    domain,
    hostOnly,
    path: encodeUtf8(path),
    secure,
    httpOnly,
    sameSite,
    session,
    ...(expirationDate === undefined ? {} : { expirationDate }),
    ...(partitionKey === undefined || partitionKey === null ? {} : { partitionKey }),
  }
}

/** cookies.onChanged. @param time epoch milliseconds; the API gives none */
export const cookieEvent = (change: ApiCookieChange, time: number): CookieChangeEvent => ({
  kind: 'cookie',
  removed: change.removed,
  cause: change.cause,
  storeId: change.cookie.storeId,
  cookie: storedCookie(change.cookie),
  time,
})
