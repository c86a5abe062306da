import { sameRegistrableDomain } from '../cookie/domain.ts'
import type { OAuthTrip, SessionLine } from './evidence.ts'
import { loginSigns } from './login-signs.ts'
import { nameKind } from './names.ts'
import { isPreflight, nameOfLine, readingOf, urlOf } from './reading.ts'
import { isAuthorizeUrl } from './refusal.ts'
import type { Seen } from './seen.ts'

/** So many exchanges lie between the start of a trip and its end, at most. */
const LONGEST_TRIP = 400
/** State is remembered by the answer that sends the visitor away, or shortly before. */
const BEFORE_TRIP = 40

/**
 * The trip to an identity provider that ends in this login, as far as it was seen; null where there was none.
 * @param at of the login
 * @param from of the first exchange that may belong to it
 */
export const tripBefore = (seen: readonly Seen[], at: number, from: number): OAuthTrip | null => {
  const login = seen[at]
  if (login === undefined) return null
  const first = Math.max(from, at - LONGEST_TRIP, 0)
  const callbackAt = lastCallback(seen, first, at)
  const authorizeAt = lastAuthorize(
    seen,
    first,
    callbackAt ?? at,
    callbackAt === null ? null : (seen[callbackAt] ?? null),
  )
  if (callbackAt === null && (authorizeAt === null || leadsAway(login))) return openTrip(seen, at)
  return tripOf(seen, authorizeAt, callbackAt === null ? null : (seen[callbackAt] ?? null), callbackAt ?? at, from)
}

/** The trip that begins with this request, or with what it leads to, and from which nobody has come back; null where none does. */
export const openTrip = (seen: readonly Seen[], at: number): OAuthTrip | null => {
  const start = seen[at]
  if (start === undefined || !leadsAway(start)) return null
  const last = Math.min(seen.length, at + 30)
  for (let i = at; i < last; i++) {
    const url = seen[i] === undefined ? null : readingOf(seen[i] as Seen).url
    if (url !== null && isAuthorizeUrl(url)) return tripOf(seen, i, null, i)
  }
  return tripOf(seen, null, null, at + 1)
}

/**
 * Whether a later request is the same return from the provider, of which nothing answered before. Measured (Chromium 156): it asks
 * for a page that got no answer again and again by itself, each time as a navigation of its own that the provider started.
 */
export const isReturnAgain = (before: Seen, later: Seen): boolean =>
  before !== later &&
  before.exchange.status === 0 &&
  before.exchange.method === 'GET' &&
  later.exchange.method === 'GET' &&
  before.exchange.url === later.exchange.url &&
  loginSigns(before).callback

const leadsAway = (login: Seen): boolean => {
  const { url, location } = readingOf(login)
  return (location !== null && isAuthorizeUrl(location)) || (url !== null && isAuthorizeUrl(url))
}

const lastCallback = (seen: readonly Seen[], from: number, to: number): number | null => {
  for (let i = to; i >= from; i--) if (seen[i] !== undefined && loginSigns(seen[i] as Seen).callback) return i
  return null
}

/** Of several (a provider may ask another), the one that names the callback's address; else the last. */
const lastAuthorize = (seen: readonly Seen[], from: number, to: number, callback: Seen | null): number | null => {
  const back = callback === null ? null : readingOf(callback).url
  let last: number | null = null
  for (let i = to; i >= from; i--) {
    const one = seen[i]
    if (one === undefined || one.exchange.resourceType !== 'main_frame' || isPreflight(one)) continue
    const { url } = readingOf(one)
    if (url === null || !isAuthorizeUrl(url)) continue
    const target = redirectUriOf(url)
    if (back !== null && target !== null && target.pathname === back.pathname) return firstOfTrip(seen, i, from)
    last ??= i
  }
  return last
}

/**
 * The provider's own pages may carry the app's question on, its login form above all, which posts to the address that it stands at.
 * The app's question is the first of those that ask the same.
 */
const firstOfTrip = (seen: readonly Seen[], at: number, from: number): number => {
  let first = at
  for (let i = at - 1; i >= from; i--) {
    const one = seen[i]
    if (one?.exchange.resourceType === 'main_frame' && asksTheSame(one, seen[first] as Seen)) first = i
  }
  return first
}

/** Without a state two trips look alike: only what the provider itself began goes on with one. */
const asksTheSame = (one: Seen, later: Seen): boolean => {
  const [a, b] = [readingOf(one).url, readingOf(later).url]
  if (a === null || b === null || !isAuthorizeUrl(a) || redirectUriOf(a)?.href !== redirectUriOf(b)?.href) return false
  const state = b.searchParams.get('state')
  if (state !== a.searchParams.get('state')) return false
  return state !== null || isBegunAt(later, b.hostname)
}

const isBegunAt = ({ exchange }: Seen, host: string): boolean =>
  [exchange.redirectChain?.[0], exchange.initiator].every(
    (text) => text === undefined || (text !== null && urlOf(text)?.hostname === host),
  )

const redirectUriOf = (url: URL): URL | null => {
  const text = url.searchParams.get('redirect_uri') ?? url.searchParams.get('wreply')
  return text === null ? null : urlOf(text)
}

const tripOf = (
  seen: readonly Seen[],
  authorizeAt: number | null,
  callback: Seen | null,
  before: number,
  from = 0,
): OAuthTrip => {
  const authorize = authorizeAt === null ? null : (seen[authorizeAt] ?? null)
  const url = authorize === null ? null : readingOf(authorize).url
  return {
    authorize,
    redirectUri: url === null ? null : redirectUriOf(url),
    responseMode: url?.searchParams.get('response_mode') ?? null,
    callback,
    stateLines: stateLines(seen, authorizeAt ?? before, authorize, from),
  }
}

/**
 * Lines that remember the state; where none says so by its name, the session that the answer before the provider set. Those of the
 * trip before count only where this one has none of its own: names may be new at each trip.
 */
const stateLines = (seen: readonly Seen[], before: number, authorize: Seen | null, from: number): SessionLine[] => {
  const provider = authorize === null ? null : readingOf(authorize).url
  let named: SessionLine[] = []
  const earlier: SessionLine[] = []
  const sessions: SessionLine[] = []
  for (let i = Math.max(0, before - BEFORE_TRIP); i < before; i++) {
    const one = seen[i]
    const { url } = one === undefined ? { url: null } : readingOf(one)
    if (one === undefined || url === null) continue
    if (
      provider !== null &&
      sameRegistrableDomain(url.hostname, provider.hostname) &&
      one.exchange.resourceType !== 'main_frame'
    )
      continue
    one.verdict.setCookies.slice(0, 100).forEach((line, index) => {
      const name = nameOfLine(line)
      const kind = nameKind(name)
      if (line.outcome === 'removed') return
      if (kind === 'state') (i < from ? earlier : named).push({ name, seen: one, index, line })
      else if (kind === 'session' && i === before - 1) sessions.push({ name, seen: one, index, line })
    })
  }
  if (named.length === 0) named = earlier
  return named.length > 0 ? named : sessions
}
