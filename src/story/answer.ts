import type { Login } from './evidence.ts'
import { leadsToFurtherStep } from './further-step.ts'
import { isSessionName } from './names.ts'
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
 * was taken before: that says nothing of the session. Nor does being led to a further step of the login.
 * @param isTaken whether a use shows that the session was taken
 */
export const besideOtherLogins = <T extends Answered>(
  uses: readonly T[],
  login: Login,
  isTaken: (use: T) => boolean,
): T[] => {
  const first = uses.findIndex(isTaken)
  return uses.map((use, at) =>
    use.answer === 'refused' &&
    (leadsToFurtherStep(use.seen, login) || (first >= 0 && at > first && isOfOtherLogin(use.seen, login)))
      ? { ...use, answer: 'other' }
      : use,
  )
}

/** What a page that sends the visitor to the login says, where others are shown with the same session. */
export interface OtherRight<T> {
  /** Pages that were never shown to this visitor. */
  readonly refused: ReadonlySet<T>
  /** What was shown before was shown afterwards as well: they want another right. Else the session may have ended as well. */
  readonly holds: boolean
}

/**
 * Pages that seem to want another right than this visitor has, for what was shown before is shown after them too, or their address says
 * so (`/admin`). Null where there are none, and where something else speaks against the session: a script's request was refused, or
 * what was shown before.
 * @param carries whether the session went along
 * @param proves whether a use shows that the session was taken
 */
export const otherRightIn = <T extends Answered>(
  uses: readonly T[],
  carries: (use: T) => boolean,
  proves: (use: T) => boolean,
): OtherRight<T> | null => {
  const refused = uses.filter((use) => use.answer === 'refused' && carries(use))
  const [first] = refused
  const last = refused.at(-1)
  if (first === undefined || last === undefined) return null
  const shown = uses.filter((use) => use.answer === 'accepted' && carries(use))
  if (!refused.every(({ seen }) => isSentAway(seen) && !shown.some((one) => sameTarget(one.seen, seen)))) return null
  // The home page is shown to anybody.
  const proofs = uses.filter((use) => proves(use) && readingOf(use.seen).url?.pathname !== '/')
  const isBefore = (one: T) => uses.indexOf(one) < uses.indexOf(first)
  const before = proofs.filter(isBefore)
  if (before.length === 0) return null
  const after = proofs.filter((one) => uses.indexOf(one) > uses.indexOf(last))
  const holds = after.some(({ seen }) => before.some((one) => sameTarget(one.seen, seen)))
  const isOne = refused.every(({ seen }) => sameTarget(seen, first.seen))
  return holds || (isOne && after.length === 0 && isForFew(first.seen)) ? { refused: new Set(refused), holds } : null
}

/** By its address, a page for some of the users alone. */
const isForFew = (seen: Seen): boolean =>
  readingOf(seen).segments.some((one) =>
    /(?:^|[^a-z])(?:admin|administrators?|administration|superusers?|staff|back[-_]?office|manage|management|moderators?|moderation|internal)(?:$|[^a-z])/.test(
      one,
    ),
  )

/** A page that leads to the login, and leaves the session as it is. */
const isSentAway = (seen: Seen): boolean => {
  const { method, resourceType } = seen.exchange
  const { location, segments } = readingOf(seen)
  const setsAnother = seen.verdict.setCookies.some(({ cookie }) => cookie !== null && isSessionName(cookie.name))
  return method === 'GET' && resourceType === 'main_frame' && location !== null && !isOwnData(segments) && !setsAnother
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
