import { sameRegistrableDomain } from '../cookie/domain.ts'
import { code, list } from '../remedies/words.ts'
import { isLogout } from './aftermath.ts'
import { loginSigns } from './login-signs.ts'
import { isRandom, readingOf } from './reading.ts'
import { isRefusal, leadsToLogin } from './refusal.ts'
import type { Seen } from './seen.ts'

/** Logins that a mail ends: a link with a token that is followed, or a code that is typed in, after a request that set no session. */

/** What a link or a form is called that proves a visitor's address. */
const PROOF =
  /(?:^|[^a-z])(?:verif(?:y|ication|izier(?:en|ung))|confirm(?:ation)?|bestaetig(?:en|ung)|magic|passwordless|activat(?:e|ion)|aktivier(?:en|ung)|validat(?:e|ion)|one[-_]?time|otp|code|pin|email[-_]?link)(?:$|[^a-z])/
/** Links with a token that log nobody in. */
const OTHER_LINK =
  /reset|recover|forgot|passw|kennwort|mot-de-passe|contrase|senha|unsubscri|abbestell|newsletter|download|share|order|checkout|payment|zahlung|bestell/
/** Parameters of campaigns: long values that are no token. */
const CAMPAIGN = /^(?:utm_|mc_|_g[al]|hs|mkt_|pk_|ref$|cid$)|clid$/
const LINK_NAMES = ['token', 'token_hash', 'ticket', 'magic', 'otp', 'signature', 'hash']
const MOST_HOPS = 20

/** A request that began a login and set no session. */
export interface Asked {
  readonly host: string
  /** Who signs up may be told to log in, once the address is proven. */
  readonly isSignUp: boolean
}

const LOGIN_LIKE: ReadonlySet<string> = new Set(['login', 'auth', 'second-factor', 'sign-up'])
const SENDS_MAIL = /magic|resend|send[-_]?(?:code|link|otp)/

/** The login that is begun and has no session, after this exchange. */
export const askedAfter = (seen: Seen, before: Asked | null): Asked | null => {
  const { exchange } = seen
  if (isLogout(seen)) return null
  const { url, segments } = readingOf(seen)
  if (exchange.method !== 'POST' || url === null) return before
  const { path, sessionNames, hasToken, callback } = loginSigns(seen)
  const isLike = LOGIN_LIKE.has(path ?? '') || (path === 'other' && segments.some((one) => SENDS_MAIL.test(one)))
  if (!isLike || callback) return before
  if (sessionNames.length > 0 || hasToken) return null
  const isAnswered = exchange.status >= 200 && exchange.status < 400 && !isRefusal(seen)
  return isAnswered ? { host: url.hostname, isSignUp: path === 'sign-up' } : before
}

/** Why this is the request that ends a login by mail; null where it is none. */
export const mailedWhy = (all: readonly Seen[], at: number, asked: Asked | null): string[] | null => {
  const seen = all[at]
  if (seen === undefined || seen.fromCache || leadsToLogin(seen)) return null
  const { sessionNames, path, writes } = loginSigns(seen)
  const { url, segments } = readingOf(seen)
  if (url === null || sessionNames.length === 0 || path === 'logout' || path === 'refresh') return null
  const isAsked = asked !== null && sameRegistrableDomain(asked.host, url.hostname)
  const sets = `Its answer sets ${list(sessionNames.slice(0, 3).map(code))}, which looks like a session.`
  const isProof = segments.some((one) => PROOF.test(one))
  if (writes)
    return isAsked && isProof ? ['It follows a login that set no session, as a code from a mail does.', sets] : null
  if (!isLink(seen) || segments.some((one) => OTHER_LINK.test(one))) return null
  if (isAsked && !asked.isSignUp)
    return ['It is a link with a token, followed after a login that set no session.', sets]
  const isNamed = isProof || path === 'login' || path === 'near' || path === 'auth' || path === 'sign-up'
  if (!isNamed || hadSession(seen, sessionNames) || isTurnedAway(all, at, sessionNames)) return null
  return readingOf(seen).location === null
    ? null
    : ['It is a link that carries what proves who the visitor is, and leads on.', sets]
}

/** A navigation whose address holds a token. */
const isLink = (seen: Seen): boolean => {
  const { exchange } = seen
  const { url, query } = readingOf(seen)
  if (url === null || exchange.method !== 'GET' || exchange.resourceType !== 'main_frame') return false
  if (query.has('code') || query.has('state') || query.has('client_id')) return false
  if (url.pathname.split('/').slice(0, 40).some(isRandom)) return true
  return (
    LINK_NAMES.some((name) => query.has(name)) ||
    [...query].some(([name, value]) => !CAMPAIGN.test(name.toLowerCase()) && isRandom(value))
  )
}

/** Whoever had a session is no stranger whom a link makes known: a server that renews it with each answer does so here as well. */
const hadSession = ({ verdict }: Seen, names: readonly string[]): boolean =>
  verdict.cookies.some(({ cookie, outcome }) => outcome === 'sent' && names.includes(cookie.name))

/** A link that leads to the login in the end, with the session that it set: it was not to log anybody in. */
const isTurnedAway = (all: readonly Seen[], at: number, names: readonly string[]): boolean => {
  const start = all[at]?.exchange.url ?? ''
  return all
    .slice(at + 1, at + MOST_HOPS)
    .some((one) => one.exchange.redirectChain?.includes(start) === true && leadsToLogin(one) && hadSession(one, names))
}
