import { isLoginAddress, pathKind } from './paths.ts'
import { readingOf, segmentsOf } from './reading.ts'
import { leadsTo, pagePathOf } from './router-redirects.ts'
import type { Seen } from './seen.ts'

/** 419: Laravel's expired page; 440: IIS's login time-out. */
const REFUSALS: ReadonlySet<number> = new Set([401, 403, 419, 440])

/** Whether the answer turns the visitor away: 401, 403, 419, 440, or a redirect to what looks like a login. */
export const isRefusal = (seen: Seen): boolean =>
  REFUSALS.has(seen.exchange.status) || leadsToLogin(seen) || leadsToProvider(seen)

/** Whether the answer is a redirect to what looks like a login, other than that very page. */
export const leadsToLogin = (seen: Seen): boolean => {
  const location = leadsTo(seen)
  if (location === null) return seen.body?.toLogin === true
  if (!isLoginAddress(segmentsOf(location.pathname))) return false
  // http to https, www to none: the same page on its proper address, nobody is turned away.
  return location.pathname !== pagePathOf(seen) || (seen.exchange.method === 'POST' && !losesBody(seen))
}

/** By these a POST is asked for again by GET; 307 and 308 keep it. */
const ASKS_BY_GET: ReadonlySet<number> = new Set([301, 302, 303])

/** A POST to http, redirected to the same address on https: the browser asks that by GET, and what was posted is lost. */
export const losesBody = (seen: Seen): boolean => {
  const { location, url } = readingOf(seen)
  return (
    seen.exchange.method === 'POST' &&
    ASKS_BY_GET.has(seen.exchange.status) &&
    url?.protocol === 'http:' &&
    location?.protocol === 'https:' &&
    location.hostname === url.hostname &&
    location.pathname === url.pathname
  )
}

const CLIENT_FIELDS = ['client_id', 'response_type', 'response_mode', 'state', 'scope']

/** An identity provider's address, with what a client asks of it. */
export const isAuthorizeUrl = (url: URL): boolean => {
  const { searchParams: query } = url
  return (
    (query.has('client_id') && (query.has('request_uri') || query.has('response_type'))) ||
    (query.has('redirect_uri') && CLIENT_FIELDS.some((name) => query.has(name))) ||
    query.has('SAMLRequest') ||
    (query.get('wa') ?? '').startsWith('wsignin')
  )
}

/** A page that has visitors log in elsewhere at once; a link to the login does so as well, and turns nobody away. */
const leadsToProvider = (seen: Seen): boolean => {
  const location = leadsTo(seen)
  return location !== null && isAuthorizeUrl(location) && pathKind(readingOf(seen)) === null
}
