import type { SetCookieVerdict, StoredCookie } from '../contract.ts'
import { sameRegistrableDomain } from '../cookie/domain.ts'
import type { Login, SessionLine } from './evidence.ts'
import { meantForLogin } from './meant-for-login.ts'
import { isSessionName, nameKind } from './names.ts'
import { pathKind } from './paths.ts'
import { headerOf, isDocument, isPreflight, nameOfLine, readingOf, urlOf, withoutFragment } from './reading.ts'
import { isRefusal } from './refusal.ts'
import { isReloadOf } from './reloaded.ts'
import type { Seen } from './seen.ts'

/** Milliseconds after a script's login within which a navigation is taken for its doing. */
const SCRIPT_GOES_ON = 10_000
const MOST_HOPS = 30
const PREFLIGHT_BEFORE = 30_000

const originOf = (text: string | null | undefined): string | null =>
  text === null || text === undefined ? null : (urlOf(text)?.origin ?? null)

/** The document that a request was sent from. */
export const pageOf = (seen: readonly Seen[], at: number): Seen | null =>
  pageAmong(seen, at, isSeenPage(seen[at])) ?? pageAmong(seen, at, isDocument)

/** A page that leads to another is one that the visitor sees: no frame, which may be hidden, and renews a session in silence. */
const isSeenPage =
  (request: Seen | undefined) =>
  (one: Seen): boolean =>
    isDocument(one) && (request?.exchange.resourceType !== 'main_frame' || one.exchange.resourceType === 'main_frame')

const pageAmong = (seen: readonly Seen[], at: number, isPage: (one: Seen) => boolean): Seen | null => {
  const request = seen[at]
  if (request === undefined) return null
  const { exchange } = request
  const frame = exchange.frames[0]
  const exact = frame === undefined ? null : withoutFragment(frame)
  const origin = originOf(frame ?? exchange.initiator)
  let near: Seen | null = null
  for (let i = at - 1; i >= 0; i--) {
    const one = seen[i]
    if (one === undefined || !isPage(one) || !isShown(one) || one === request) continue
    if (exact !== null && withoutFragment(one.exchange.url) === exact) return one
    if (origin !== null && readingOf(one).origin === origin) {
      if (exact === null) return one
      // The page may have changed its address by script.
      near ??= one
    }
  }
  return near
}

/** The last document of the request's own site, before another site sent the visitor back. */
export const pageOfSite = (seen: readonly Seen[], at: number): Seen | null =>
  pageOfSiteAmong(seen, at, isSeenPage(seen[at])) ?? pageOfSiteAmong(seen, at, isDocument)

const pageOfSiteAmong = (seen: readonly Seen[], at: number, isPage: (one: Seen) => boolean): Seen | null => {
  const host = seen[at] === undefined ? undefined : readingOf(seen[at]).url?.hostname
  for (let i = at - 1; i >= 0; i--) {
    const one = seen[i]
    if (one === undefined || !isPage(one) || !isShown(one)) continue
    const { url } = readingOf(one)
    if (url !== null && host !== undefined && sameRegistrableDomain(url.hostname, host)) return one
  }
  return null
}

/** Nothing is sent from what leads on, nor from what got no answer. */
const isShown = (seen: Seen): boolean =>
  readingOf(seen).location === null && (seen.exchange.status !== 0 || seen.state === 'complete')

/** The CORS preflight of a request: it may be heard of before or after it. */
export const preflightOf = (seen: readonly Seen[], at: number): Seen | null => {
  const request = seen[at]
  if (request === undefined || request.exchange.resourceType !== 'xmlhttprequest') return null
  const { url, time } = request.exchange
  const isIts = (one: Seen | undefined): boolean =>
    one !== undefined && isPreflight(one) && withoutFragment(one.exchange.url) === withoutFragment(url)
  for (let i = at + 1; i < seen.length; i++) {
    const one = seen[i]
    if (one === undefined || one.started > Math.max(time, request.started + 1_000)) break
    if (isIts(one)) return one
  }
  for (let i = at - 1; i >= 0; i--) {
    const one = seen[i]
    if (one === undefined || one.started < request.started - PREFLIGHT_BEFORE) break
    if (isIts(one)) return one
    // The preflight of the request before.
    if (withoutFragment(one.exchange.url) === withoutFragment(url)) break
  }
  return null
}

/** The hops and documents that a login's answer led to, until a page was shown. */
export const redirectsAfter = (seen: readonly Seen[], at: number, to: number): Seen[] => {
  const login = seen[at]
  if (login === undefined) return []
  const led: Seen[] = []
  let hop: Seen | null = null
  if (isDocument(login)) hop = login
  else {
    const start = navigationAfter(seen, at, to)
    if (start === null) return []
    led.push(start.seen)
    hop = start.seen
    at = start.at
  }
  for (let i = at + 1; i < to && led.length < MOST_HOPS; i++) {
    const { location }: { location: URL | null } = readingOf(hop)
    if (location === null) break
    const one = seen[i]
    if (one === undefined || one.exchange.resourceType !== hop.exchange.resourceType) continue
    if (withoutFragment(one.exchange.url) !== withoutFragment(location.href)) continue
    led.push(one)
    hop = one
  }
  return led
}

/** The navigation that the script which logged in makes next. */
const navigationAfter = (seen: readonly Seen[], at: number, to: number): { seen: Seen; at: number } | null => {
  const login = seen[at] as Seen
  const page = originOf(login.exchange.frames.at(-1) ?? login.exchange.initiator)
  const answered = Math.max(login.exchange.time, login.started)
  for (let i = at + 1; i < to; i++) {
    const one = seen[i]
    if (one === undefined || one.exchange.resourceType !== 'main_frame') continue
    const isItsDoing = one.exchange.initiator !== null && originOf(one.exchange.initiator) === page
    if (!isItsDoing || one.started > answered + SCRIPT_GOES_ON) return null
    return isReloadOf({ request: login, page: pageOf(seen, at) }, one) ? null : { seen: one, at: i }
  }
  return null
}

/** Documents and scripts' requests after a login's answer that may say something of it, the redirects first. */
export const afterLogin = (
  seen: readonly Seen[],
  at: number,
  to: number,
  login: Pick<Login, 'request' | 'page' | 'redirects' | 'session'>,
): Seen[] => {
  const { redirects } = login
  const isFirst = new Set(redirects)
  const isMeant = meantForLogin(login)
  const after: Seen[] = [...redirects]
  for (let i = at + 1; i < to; i++) {
    const one = seen[i]
    if (one === undefined || isFirst.has(one) || isPreflight(one) || !carries(one)) continue
    if (isMeant(one)) after.push(one)
  }
  return after
}

const CARRIERS: ReadonlySet<string> = new Set(['main_frame', 'sub_frame', 'xmlhttprequest', 'websocket'])
const carries = ({ exchange }: Seen): boolean => CARRIERS.has(exchange.resourceType)

/** Where the story of a login ends: at the visitor's logout. The place after the last exchange that belongs to it. */
export const endOf = (seen: readonly Seen[], at: number, to: number): number => {
  for (let i = at + 1; i < to; i++) if (seen[i] !== undefined && isLogout(seen[i] as Seen)) return i
  return to
}

/** The visitor did something that ended the session (closed the account, say), and was not turned away by it. */
const endsSession = (seen: Seen): boolean =>
  seen.exchange.status < 400 &&
  !isRefusal(seen) &&
  seen.verdict.setCookies.some(
    ({ outcome, cookie }) => outcome === 'removed' && cookie !== null && isSessionName(cookie.name),
  ) &&
  !seen.verdict.setCookies.some((line) => isNewSession(seen, line))

const isNewSession = ({ exchange }: Seen, { outcome, cookie }: SetCookieVerdict): boolean =>
  exchange.status < 400 && outcome === 'stored' && cookie !== null && isSessionName(cookie.name)

const AHEAD = ['purpose', 'sec-purpose', 'x-purpose', 'x-moz', 'next-router-prefetch']

/** By the page's router or the browser, of a link that nobody has followed. */
const isFetchedAhead = ({ exchange }: Seen): boolean =>
  exchange.method === 'GET' && AHEAD.some((name) => headerOf(exchange.requestHeaders, name) !== null)

/** The visitor logs out. */
export const isLogout = (seen: Seen): boolean => {
  const reading = readingOf(seen)
  if (isPreflight(seen) || !carries(seen) || reading.url === null || isFetchedAhead(seen)) return false
  const { method, resourceType } = seen.exchange
  // A router that fetches the pages of its links ahead logs nobody out.
  if (pathKind(reading) === 'logout')
    return (
      method !== 'GET' ||
      resourceType === 'main_frame' ||
      seen.verdict.setCookies.some((line) => line.outcome === 'removed' || isNewSession(seen, line))
    )
  if (method === 'DELETE' && pathKind(reading) === 'auth') return true
  return method !== 'GET' && method !== 'HEAD' && endsSession(seen)
}

/** Set-Cookie lines of an answer that look like the session: by name, else HttpOnly ones, else all. */
export const sessionLinesOf = (seen: Seen): SessionLine[] => {
  const lines = seen.verdict.setCookies.slice(0, 200).flatMap((line, index): SessionLine[] => {
    const name = nameOfLine(line)
    const kind = nameKind(name)
    if (isDeletion(line.cookie, line.outcome) || kind === 'csrf' || kind === 'state' || kind === 'tool') return []
    return [{ name, seen, index, line }]
  })
  const named = lines.filter(({ name }) => isSessionName(name))
  if (named.length > 0) return named
  const hidden = lines.filter(({ line }) => line.cookie?.httpOnly === true || /;\s{0,20}httponly\b/i.test(line.line))
  return hidden.length > 0 ? hidden : lines
}

/** An expiry in the past with a value is a login's line all the same: the clocks differ, or the unit was mistaken. */
const isDeletion = (cookie: StoredCookie | null, outcome: string): boolean => {
  if (outcome !== 'removed') return false
  const value = (cookie?.value ?? '').replaceAll('"', '').toLowerCase()
  return value === '' || value === 'deleted' || value === 'delete' || value === 'deleteme' || value === 'invalid'
}

/** Of a login: the lines of its answer; where it has none, those of the first answer it led to that has some. */
export const sessionOf = (login: Seen, redirects: readonly Seen[]): SessionLine[] => {
  for (const one of [login, ...redirects]) {
    const lines = sessionLinesOf(one)
    if (lines.length > 0) return lines
  }
  return []
}

/** Session cookies that the request carried and its answer left as they were: the server may go on with them. */
export const keptOf = (login: Seen, session: readonly SessionLine[]): StoredCookie[] => {
  const rewritten = new Set(session.map(({ name }) => name))
  for (const line of login.verdict.setCookies) rewritten.add(nameOfLine(line))
  return login.verdict.cookies.flatMap(({ cookie, outcome }) =>
    outcome === 'sent' && isSessionName(cookie.name) && !rewritten.has(cookie.name) ? [cookie] : [],
  )
}
