import { headerOf, readingOf, urlOf, withoutFragment } from './reading.ts'
import type { Seen } from './seen.ts'

/**
 * Redirects of React Router and Remix. Their page asks for a route's data by a script, whose fetch a real redirect would lead astray, so
 * that the server tells it in the answer. Measured with React Router 7.18: `/account.data` is answered 202 with `X-Remix-Response`,
 * and where it leads to stands in the body; Remix without single fetch answers 204 with `X-Remix-Redirect`, which React Router's
 * client takes as well.
 */

const DATA = /\.data$/
const MOST_AHEAD = 30
/** Milliseconds after the answer within which the router asks for what it leads to. */
const SOON = 2_000
const AHEAD = ['purpose', 'sec-purpose', 'x-purpose', 'x-moz']

/** An answer to a route's own script, with data or a redirect in its body. */
export const isRouteData = (seen: Seen): boolean =>
  seen.exchange.resourceType === 'xmlhttprequest' &&
  headerOf(seen.exchange.responseHeaders, 'x-remix-response') !== null &&
  DATA.test(readingOf(seen).url?.pathname ?? '')

const headerTarget = ({ exchange }: Seen): string | null =>
  exchange.status === 204 && exchange.resourceType === 'xmlhttprequest'
    ? headerOf(exchange.responseHeaders, 'x-remix-redirect')
    : null

/** Whether the answer sends the page's router elsewhere. */
export const isRouterRedirect = (seen: Seen): boolean =>
  (seen.exchange.status === 202 && isRouteData(seen)) || headerTarget(seen) !== null

/** The path of the page that a request is for: `/account` of `/account.data`. */
export const pagePathOf = (seen: Seen): string => pathOf(readingOf(seen).url)

const pathOf = (url: URL | null): string => {
  const path = (url?.pathname ?? '').replace(DATA, '')
  return path === '/_root' || path === '/_' ? '/' : path
}

/** Whither the answer leads: by a redirect, or as its router is told; null where it does not, or nothing tells. */
export const leadsTo = (seen: Seen): URL | null => {
  const { location, url } = readingOf(seen)
  if (location !== null || seen.exchange.status >= 300) return location
  const target = headerTarget(seen) ?? seen.routedTo
  return target === undefined || url === null ? null : urlOf(target, url.href)
}

/** The same exchanges; to those that lead a router on is added whither, where what it asked for next tells. */
export const withRoutes = (seen: readonly Seen[]): readonly Seen[] => {
  if (!seen.some(isRouterRedirect)) return seen
  return seen.map((one, at) => {
    if (!isRouterRedirect(one) || headerTarget(one) !== null) return one
    const routedTo = routeAfter(seen, at)
    return routedTo === null ? one : { ...one, routedTo }
  })
}

/** The page that the router goes to next: it asks for its data, or has the browser load it. */
const routeAfter = (seen: readonly Seen[], at: number): string | null => {
  const redirect = seen[at] as Seen
  const { origin } = readingOf(redirect)
  const answered = Math.max(redirect.exchange.time, redirect.started)
  for (const one of seen.slice(at + 1, at + 1 + MOST_AHEAD)) {
    if (one.started < answered) continue
    if (one.started > answered + SOON) return null
    const { url } = readingOf(one)
    if (url === null || one.exchange.method !== 'GET' || isFetchedAhead(one)) continue
    if (one.exchange.resourceType === 'main_frame')
      return one.exchange.initiator === originOfPage(redirect) ? url.href : null
    if (one.exchange.resourceType !== 'xmlhttprequest' || readingOf(one).origin !== origin) continue
    if (!DATA.test(url.pathname) || !isOfSamePage(one, redirect)) continue
    return url.origin + pathOf(url) + url.search
  }
  return null
}

const isFetchedAhead = ({ exchange }: Seen): boolean =>
  AHEAD.some((name) => headerOf(exchange.requestHeaders, name) !== null)

const originOfPage = ({ exchange }: Seen): string | null => {
  const page = exchange.frames.at(-1) ?? exchange.initiator
  return page === null || page === undefined ? null : (urlOf(page)?.origin ?? null)
}

const isOfSamePage = (one: Seen, other: Seen): boolean =>
  withoutFragment(one.exchange.frames[0] ?? '') === withoutFragment(other.exchange.frames[0] ?? '')
