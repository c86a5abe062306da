import type { StoredCookie } from '../contract.ts'
import { domainMatch } from '../cookie/domain.ts'
import { pathMatch } from '../cookie/path.ts'
import { isSecureUrl } from '../cookie/site.ts'
import { bareDomain } from '../cookie/store.ts'
import { type Hop, headerOf } from './hop.ts'

const parsed = new WeakMap<object, ReadonlySet<string>>()
const nothing: ReadonlySet<string> = new Set()

/** The pairs of the request's Cookie header. */
export const cookiePairs = ({ requestHeaders }: Hop): ReadonlySet<string> => {
  if (requestHeaders === null) return nothing
  let pairs = parsed.get(requestHeaders)
  if (pairs === undefined) {
    pairs = new Set((headerOf(requestHeaders, 'cookie') ?? '').split('; '))
    parsed.set(requestHeaders, pairs)
  }
  return pairs
}

/** A cookie as it stands in a Cookie header. */
export const pairOf = ({ name, value }: StoredCookie): string => (name === '' ? value : `${name}=${value}`)

/** Whether a cookie's domain, path and Secure let it onto a request: what keeps it off else is not looked at here. */
export const travels = (cookie: StoredCookie, hop: Hop): boolean => {
  const url = new URL(hop.url)
  const isHost = cookie.hostOnly ? url.hostname === cookie.domain : domainMatch(url.hostname, bareDomain(cookie))
  return isHost && pathMatch(url.pathname, cookie.path) && (!cookie.secure || isSecureUrl(url))
}
