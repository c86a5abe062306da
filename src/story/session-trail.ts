import type { CookieVerdict, Reason } from '../contract.ts'
import { registrableDomain } from '../cookie/domain.ts'
import { bareDomain } from '../cookie/store.ts'
import { type Answer, answerOf, besideOtherLogins, otherRightIn, targetOf } from './answer.ts'
import { carriesToken, emptyAuthorization } from './carried-token.ts'
import type { Login } from './evidence.ts'
import { isOwnData } from './paths.ts'
import { isDocument, readingOf } from './reading.ts'
import type { Seen } from './seen.ts'

/** How one request after the login used the session, and what the server made of it. */
export interface Use {
  readonly seen: Seen
  /** Names of the session's cookies that went along. */
  readonly sent: readonly string[]
  readonly bearer: boolean
  /** Those that stayed behind, out of their scope or otherwise. */
  readonly withheld: readonly CookieVerdict[]
  /** Of a session cookie's own site, and yet there was none to send. */
  readonly missing: boolean
  /** A login by token; and this one goes where the token goes, or was led to from there, without it. */
  readonly tokenless: boolean
  /** `Bearer null`: what its Authorization holds in place of a token; null for any other. */
  readonly empty: string | null
  readonly answer: Answer
  /** Accepted with the session, and no stranger had been answered the same: it shows that the session is good. */
  readonly proves: boolean
  /** The same was refused here and accepted later: it was too early, or a step was still to come. */
  readonly passing: boolean
  /** A page sent the visitor to the login although the session went along. It wants another right: `wanted`; or the session has ended. */
  readonly right: 'wanted' | 'wanted-or-ended' | null
}

const SCOPE: ReadonlySet<string> = new Set(['DomainMismatch', 'NotOnPath'])

/** Whether nothing but Domain and Path keep it back. */
export const isOutOfScope = (reasons: readonly Reason[]): boolean =>
  reasons.length > 0 && reasons.every(({ id }) => SCOPE.has(id))

/** Names of the login's session cookies, those that it went on with too. */
export const sessionNames = ({ session, kept }: Login): ReadonlySet<string> =>
  new Set([...session.map(({ name }) => name), ...kept.map(({ name }) => name)])

/** The login gives a token, and no cookie that could be the session. */
export const isBearer = ({ request, session, after }: Login): boolean =>
  session.length === 0 &&
  ((request.body !== undefined && request.body.tokens.length + request.body.opaqueTokens.length > 0) ||
    after.some(carriesToken))

/** Every answered request after the login, in order. */
export const usesOf = (login: Login): Use[] => {
  const names = sessionNames(login)
  const sites = sitesOf(login)
  const uses: Use[] = []
  const later = new Set<string>()
  const tokenUrls = isBearer(login) ? tokenUrlsOf(login) : null
  for (let i = login.after.length - 1; i >= 0; i--) {
    const seen = login.after[i]
    if (seen === undefined || seen.exchange.status === 0 || seen.fromCache) continue
    const use = useOf(seen, names, sites, later, tokenUrls, login.forAnybody)
    if (use.answer === 'accepted' && (use.sent.length > 0 || use.bearer)) later.add(targetOf(seen))
    uses.push(use)
  }
  const inOrder = besideOtherLogins(uses.reverse(), login, (use) => use.answer === 'accepted' && carries(use))
  return besideRight(besideLanding(inOrder, login))
}

const besideRight = (uses: Use[]): Use[] => {
  const found = otherRightIn(uses, carries, ({ proves }) => proves)
  if (found === null) return uses
  const right = found.holds ? 'wanted' : 'wanted-or-ended'
  return uses.map((use) => (found.refused.has(use) ? { ...use, answer: 'other', right } : use))
}

const sitesOf = ({ session, kept }: Login): ReadonlySet<string> => {
  const cookies = [...session.flatMap(({ line }) => (line.cookie === null ? [] : [line.cookie])), ...kept]
  return new Set(cookies.map((cookie) => siteKey(bareDomain(cookie))))
}

/** Origins that the token is for, and the addresses that got it. */
const tokenUrlsOf = ({ request, after }: Login): ReadonlySet<string> => {
  const urls = new Set([readingOf(request).origin])
  for (const one of after) {
    if (carriesToken(one)) urls.add(readingOf(one).origin).add(one.exchange.url)
  }
  return urls
}

const siteKey = (host: string): string => registrableDomain(host) ?? host

const useOf = (
  seen: Seen,
  names: ReadonlySet<string>,
  sites: ReadonlySet<string>,
  acceptedLater: ReadonlySet<string>,
  tokenUrls: ReadonlySet<string> | null,
  forAnybody: ReadonlySet<string>,
): Use => {
  const cookies = seen.verdict.cookies.filter(({ cookie }) => names.has(cookie.name))
  const sent = [...new Set(cookies.filter(({ outcome }) => outcome === 'sent').map(({ cookie }) => cookie.name))]
  const withheld = cookies.filter(({ cookie, outcome }) => outcome === 'blocked' && !sent.includes(cookie.name))
  const { url } = readingOf(seen)
  const answer = answerOf(seen)
  const empty = emptyAuthorization(seen)
  const bearer = empty === null && carriesToken(seen)
  const { origin } = readingOf(seen)
  const isLed = (chain: readonly string[]) => chain.some((hop) => tokenUrls?.has(hop) === true)
  return {
    seen,
    sent,
    bearer,
    withheld,
    missing: cookies.length === 0 && url !== null && sites.has(siteKey(url.hostname)),
    tokenless:
      !bearer &&
      tokenUrls !== null &&
      seen.exchange.resourceType === 'xmlhttprequest' &&
      (tokenUrls.has(origin) || isLed(seen.exchange.redirectChain ?? [])),
    empty,
    answer,
    proves: answer === 'accepted' && (sent.length > 0 || bearer) && !forAnybody.has(targetOf(seen)),
    passing: answer === 'refused' && acceptedLater.has(targetOf(seen)),
    right: null,
  }
}

/**
 * The page that a form's login led to was shown, and of all that was asked with the session one thing was refused, by a script: that
 * may want another right, or a token. Not the home page, which anybody sees, nor the question who is there.
 */
const besideLanding = (uses: Use[], login: Login): Use[] => {
  const landing = login.kind === 'script' ? undefined : login.redirects.at(-1)
  const isShown = uses.some((use) => use.seen === landing && use.answer === 'accepted' && carries(use))
  if (landing === undefined || !isShown || readingOf(landing).url?.pathname === '/') return uses
  const refused = uses.filter((use) => use.answer === 'refused')
  const targets = new Set(refused.map(({ seen }) => targetOf(seen)))
  const isOne = targets.size === 1 && !uses.some((use) => use.answer === 'accepted' && targets.has(targetOf(use.seen)))
  const isAside = refused.every((use) => carries(use) && !isPage(use.seen) && !isOwnData(readingOf(use.seen).segments))
  return isOne && isAside ? uses.map((use) => (use.answer === 'refused' ? { ...use, answer: 'other' } : use)) : uses
}

export const carries = ({ sent, bearer }: Use): boolean => sent.length > 0 || bearer

/** A page of the tab that was shown or asked for, not a hop on the way to one. */
export const isPage = (seen: Seen): boolean => isDocument(seen) && seen.exchange.resourceType === 'main_frame'

/** What the server was seen to accept. */
export interface Accepted {
  /** Names of the session's cookies that went along with a request that was accepted. */
  readonly names: ReadonlySet<string>
  /** What was accepted first went without them, with a token. */
  readonly byToken: boolean
}

export const acceptedWith = (uses: readonly Use[]): Accepted => {
  const accepted = uses.filter((use) => carries(use) && use.answer === 'accepted')
  const [first] = accepted
  return {
    names: new Set(accepted.flatMap(({ sent }) => sent)),
    byToken: first !== undefined && first.sent.length === 0,
  }
}
