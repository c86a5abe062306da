import { sameRegistrableDomain } from '../cookie/domain.ts'
import { code, list } from '../remedies/words.ts'
import { nameKind } from './names.ts'
import { type PathKind, pathKind } from './paths.ts'
import { headerOf, isPreflight, nameOfLine, type Reading, readingOf, shownPath } from './reading.ts'
import type { Seen } from './seen.ts'

/** What an exchange has of a login by itself, whatever is around it. */
export interface LoginSigns {
  /** How much speaks for it; those of 4 and more count. */
  readonly score: number
  /** Something that only a login has. */
  readonly decisive: boolean
  /** A login beyond doubt: no weaker one beside it is thought of. */
  readonly sure: boolean
  /** One line each. */
  readonly why: readonly string[]
  readonly path: PathKind | null
  /** Something is sent to the server (POST and its like), and it is not known for another thing than a login. */
  readonly writes: boolean
  /** The return from an identity provider. */
  readonly callback: boolean
  /** Cookies that look like a session, new or with another value than the request's. */
  readonly sessionNames: readonly string[]
  readonly hasToken: boolean
}

const WRITES: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH'])
const FORM_TYPES = /^(?:application\/x-www-form-urlencoded|multipart\/form-data)\b/i

const nothing: LoginSigns = {
  score: 0,
  decisive: false,
  sure: false,
  why: [],
  path: null,
  writes: false,
  callback: false,
  sessionNames: [],
  hasToken: false,
}

const known = new WeakMap<Seen, LoginSigns>()

export const loginSigns = (seen: Seen): LoginSigns => {
  let signs = known.get(seen)
  if (signs === undefined) {
    signs = read(seen)
    known.set(seen, signs)
  }
  return signs
}

const CARRIERS: ReadonlySet<string> = new Set(['main_frame', 'sub_frame', 'xmlhttprequest'])

const read = (seen: Seen): LoginSigns => {
  const { exchange } = seen
  const reading = readingOf(seen)
  if (!CARRIERS.has(exchange.resourceType) || reading.url === null || isPreflight(seen)) return nothing
  const path = pathKind(reading)
  if (path === 'logout' || path === 'refresh' || path === 'other' || seen.body?.renews === true)
    return { ...nothing, path, sessionNames: path === 'other' ? newSessionNames(seen) : [] }
  const sessionNames = newSessionNames(seen)
  if (isReturn(seen, reading, path)) return returnSigns(reading, path, sessionNames)
  if (WRITES.has(exchange.method.toUpperCase())) return writeSigns(seen, reading, path, sessionNames)
  return linkSigns(seen, reading, path, sessionNames)
}

/** Names of cookies that look like a session's, which this answer sets and the request had not. */
const newSessionNames = ({ exchange, verdict }: Seen): string[] => {
  if (verdict.setCookies.length === 0) return []
  const names = new Set<string>()
  for (const line of verdict.setCookies.slice(0, 100)) {
    const name = nameOfLine(line)
    const kind = nameKind(name)
    if ((kind !== 'session' && kind !== 'login') || line.outcome === 'removed') continue
    const value = line.cookie?.value ?? null
    const before = verdict.cookies.find(({ cookie, outcome }) => outcome === 'sent' && cookie.name === name)
    if (before === undefined || before.cookie.value !== value) names.add(name)
  }
  return exchange.status === 0 ? [] : [...names]
}

const isStartedElsewhere = ({ exchange }: Seen, { url }: Reading): boolean => {
  if (url === null) return false
  const hosts = [exchange.initiator, ...(exchange.redirectChain ?? []).slice(-20)]
  return hosts.some(
    (one) => one !== null && URL.canParse(one) && !sameRegistrableDomain(new URL(one).hostname, url.hostname),
  )
}

/** Whether this is the way back from an identity provider, as far as it tells itself. */
const isReturn = (seen: Seen, { query }: Reading, path: PathKind | null): boolean => {
  const { method, resourceType } = seen.exchange
  if (resourceType !== 'main_frame') return false
  if (query.has('client_id') || query.has('redirect_uri')) return false
  if (method === 'GET') {
    const hasAnswer = query.has('code') || query.has('SAMLart') || query.has('SAMLResponse')
    const hasError = query.has('error') && query.has('state')
    if (!hasAnswer && !hasError) return false
    if (path === 'callback') return true
    const fits = path === 'login' || path === 'auth' || path === 'near'
    return (query.has('state') || fits) && (isStartedElsewhere(seen, readingOf(seen)) || (fits && query.has('state')))
  }
  // A provider's form_post, SAML's assertion: its fields are in the body.
  return method === 'POST' && path === 'callback' && isStartedElsewhere(seen, readingOf(seen))
}

const returnSigns = (reading: Reading, path: PathKind | null, sessionNames: readonly string[]): LoginSigns => {
  const { query, url } = reading
  const answer = ['code', 'state', 'error', 'SAMLart', 'SAMLResponse'].filter((name) => query.has(name)).map(code)
  const why = [
    answer.length > 0
      ? `It comes back from an identity provider, with ${list(answer)}.`
      : 'It comes back from another site by a form, as an identity provider answers.',
    ...pathWhy(path, url),
    ...sessionWhy(sessionNames),
  ]
  return {
    score: 6 + (path === 'callback' ? 2 : 0) + (sessionNames.length > 0 ? 3 : 0),
    decisive: true,
    sure: true,
    why,
    path,
    writes: false,
    callback: true,
    sessionNames,
    hasToken: false,
  }
}

const PATH_SCORES: { readonly [Kind in PathKind]?: number } = {
  login: 4,
  auth: 4,
  callback: 2,
  'sign-up': 2,
  'second-factor': 3,
  near: 2,
}

const writeSigns = (
  seen: Seen,
  reading: Reading,
  path: PathKind | null,
  sessionNames: readonly string[],
): LoginSigns => {
  const { exchange, body } = seen
  const isNavigation = exchange.resourceType !== 'xmlhttprequest'
  const isForm = FORM_TYPES.test(headerOf(exchange.requestHeaders, 'content-type') ?? '')
  const password = body?.password === true
  const tokens = body === undefined ? [] : [...body.tokens.map(({ field }) => field), ...body.opaqueTokens]
  const loginNames = sessionNames.filter((name) => nameKind(name) === 'login')
  // Another site's `/session` or `/events/token` may be anything; its `/login` is a login.
  const isForeign = isNavigation ? false : isOfOtherSite(seen, reading)
  const pathTells = path === 'login' || (path === 'auth' && !isForeign)
  const follows = path === 'second-factor' || path === 'sign-up' || path === 'near' || path === 'callback'
  const decisive =
    // Who signs up may have to answer a mail first.
    (password && path !== 'sign-up') ||
    tokens.length > 0 ||
    pathTells ||
    (loginNames.length > 0 && !isForeign) ||
    (follows && sessionNames.length > 0)
  const score =
    (path === null || (path === 'auth' && isForeign && tokens.length === 0) ? 0 : (PATH_SCORES[path] ?? 0)) +
    (password ? 5 : 0) +
    (tokens.length > 0 ? 4 : 0) +
    (loginNames.length > 0 ? 5 : sessionNames.length > 0 ? 3 : 0) +
    (isNavigation ? 1 : 0) +
    (isForm && isNavigation ? 1 : 0)
  const why = [
    ...pathWhy(path, reading.url),
    ...(isNavigation ? ['It is a form’s navigation.'] : []),
    ...(password ? ['It sends a password.'] : []),
    ...sessionWhy(sessionNames),
    ...(tokens.length > 0 ? [`Its answer holds a token: ${list(tokens.slice(0, 3).map(code))}.`] : []),
  ]
  const sure = password || path === 'login'
  return { score, decisive, sure, why, path, writes: true, callback: false, sessionNames, hasToken: tokens.length > 0 }
}

/** A link that logs in, from a mail say: it carries a token, and its answer sets what only a login sets. */
const LINK_TOKENS = ['token', 'token_hash', 'ticket', 'magic', 'otp', 'key', 'signature', 'hash']

const linkSigns = (
  seen: Seen,
  { query, url }: Reading,
  path: PathKind | null,
  sessionNames: readonly string[],
): LoginSigns => {
  const isLink =
    seen.exchange.resourceType === 'main_frame' &&
    seen.exchange.method === 'GET' &&
    path !== null &&
    sessionNames.length > 0 &&
    LINK_TOKENS.some((name) => query.has(name))
  if (!isLink) return { ...nothing, path, sessionNames }
  const why = [
    'It is a link that carries what proves who the visitor is.',
    ...pathWhy(path, url),
    ...sessionWhy(sessionNames),
  ]
  return {
    score: 6,
    decisive: true,
    sure: true,
    why,
    path,
    writes: false,
    callback: false,
    sessionNames,
    hasToken: false,
  }
}

const isOfOtherSite = ({ exchange }: Seen, { url }: Reading): boolean => {
  const page = exchange.frames.at(-1) ?? exchange.initiator
  if (url === null || page === null || page === undefined || !URL.canParse(page)) return false
  return !sameRegistrableDomain(new URL(page).hostname, url.hostname)
}

const PATH_WORDS: { readonly [Kind in PathKind]?: string } = {
  login: 'is a login’s',
  auth: 'is where sessions or tokens are made',
  near: 'has to do with logging in',
  callback: 'is where an identity provider sends visitors back to',
  'second-factor': 'is that of a second factor',
  'sign-up': 'is that of a sign-up, which logs in as well',
}

const pathWhy = (path: PathKind | null, url: URL | null): string[] => {
  const words = path === null ? undefined : PATH_WORDS[path]
  return words === undefined || url === null ? [] : [`Its path ${code(shownPath(url))} ${words}.`]
}

const sessionWhy = (names: readonly string[]): string[] =>
  names.length === 0 ? [] : [`Its answer sets ${list(names.slice(0, 3).map(code))}, which looks like a session.`]
