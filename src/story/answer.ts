import type { Login } from './evidence.ts'
import { isLoginAddress, isOwnData, pathKind } from './paths.ts'
import { headerOf, readingOf } from './reading.ts'
import { isRefusal } from './refusal.ts'
import { isRouterRedirect, leadsTo } from './router-redirects.ts'
import type { Seen } from './seen.ts'

/** What an answer says of the session: it was taken, it was turned away, or nothing. */
export type Answer = 'accepted' | 'refused' | 'other'

/** 403 and 419 say no to what is asked, not to who asks. */
const saysLittle: ReadonlySet<number> = new Set([403, 419])
/** They ask for nothing of the visitor's own; servers often have no route for them. */
const asksLittle: ReadonlySet<string> = new Set(['HEAD', 'OPTIONS'])

/**
 * What an answer says of the session. The page to log in on says nothing, nor does a redirect elsewhere, a router's included. A 403 to the question who
 * is there (`/api/me`) is a refusal: Spring and Django REST framework say so to strangers.
 */
export const answerOf = (seen: Seen): Answer => {
  const { status, method, resourceType } = seen.exchange
  if (status === 431) return 'refused'
  // The server's word did not reach the page's script: CORS.
  if ((seen.state === 'failed' && resourceType === 'xmlhttprequest') || asksLittle.has(method)) return 'other'
  const { segments } = readingOf(seen)
  if (isRefusal(seen)) {
    const isWho = status === 403 && method === 'GET' && isOwnData(segments)
    return (saysLittle.has(status) && !isWho) || isWithoutNonce(seen) || isOfPassword(seen) ? 'other' : 'refused'
  }
  const isGood = (status >= 200 && status < 300) || status === 304 || status === 101
  return isGood && !isLoginAddress(segments) && !isRouterRedirect(seen) ? 'accepted' : 'other'
}

/** WordPress takes its cookie for the REST API only beside a nonce; without one the visitor is nobody there. */
const isWithoutNonce = ({ exchange }: Seen): boolean =>
  exchange.status >= 400 &&
  /\/wp-json\/|[?&]rest_route=/.test(exchange.url.slice(0, 2_000)) &&
  headerOf(exchange.requestHeaders, 'x-wp-nonce') === null

/** The password that it carries was refused (an old one, to set a new one; the mail server's), not the session. */
const isOfPassword = ({ exchange, body }: Seen): boolean =>
  exchange.method !== 'GET' &&
  exchange.status === 401 &&
  (body?.password === true || /passw(?:or)?d/i.test(exchange.url.slice(0, 2_000)))

/** Method, origin and path: what a server treats alike. */
export const targetOf = (seen: Seen): string => {
  const { origin, url } = readingOf(seen)
  return `${seen.exchange.method} ${origin}${url?.pathname ?? ''}`
}

export const sameTarget = (a: Seen, b: Seen): boolean => targetOf(a) === targetOf(b)

interface Answered {
  readonly seen: Seen
  readonly answer: Answer
}

/** What came after the last step of a login in several steps (a code from the phone): until then it is right to be turned away. */
export const afterLastStep = <T extends Answered>(uses: readonly T[]): readonly T[] => {
  const last = uses.findLastIndex(
    ({ seen, answer }) =>
      pathKind(readingOf(seen)) === 'second-factor' && answer !== 'refused' && seen.exchange.status < 400,
  )
  return uses.slice(last + 1)
}

/**
 * The same uses, where a part of the site that has a login of its own (`/admin/` leads to `/admin/login`) turned away a session that
 * was taken before: that says nothing of the session.
 * @param isTaken whether a use shows that the session was taken
 */
export const besideOtherLogins = <T extends Answered>(
  uses: readonly T[],
  login: Login,
  isTaken: (use: T) => boolean,
): T[] => {
  const first = uses.findIndex(isTaken)
  return uses.map((use, at) =>
    first >= 0 && at > first && use.answer === 'refused' && isOfOtherLogin(use.seen, login)
      ? { ...use, answer: 'other' }
      : use,
  )
}

const isOfOtherLogin = (seen: Seen, { request, page, redirects }: Login): boolean => {
  const { url } = readingOf(seen)
  const location = leadsTo(seen)
  if (location === null || url === null || location.origin !== url.origin) return false
  const folder = location.pathname.replace(/[^/]*\/?$/, '')
  const isInside = (path: string | undefined): boolean => path?.startsWith(folder) === true
  if (folder.length < 2 || !isInside(url.pathname)) return false
  return ![request, ...(page === null ? [] : [page]), ...redirects].some((one) =>
    isInside(readingOf(one).url?.pathname),
  )
}
