import { registrableDomain } from '../cookie/domain.ts'
import { bareDomain } from '../cookie/store.ts'
import { carriesToken } from './carried-token.ts'
import type { SessionLine } from './evidence.ts'
import { headerOf, readingOf, urlOf } from './reading.ts'
import type { Seen } from './seen.ts'
import type { TokenFacts } from './token.ts'
import { tokensOf } from './token-uses.ts'

/** What a login has to do with. */
interface Deals {
  readonly request: Seen
  readonly page: Seen | null
  readonly redirects: readonly Seen[]
  readonly session: readonly SessionLine[]
}

/** Registrable domains, or hosts where there are none. */
const siteKey = (host: string): string => registrableDomain(host) ?? host

/** The sites of a login: its own, its page's, those that it leads to, those that its cookies are for. */
const sitesOf = ({ request, page, redirects, session }: Deals): ReadonlySet<string> => {
  const sites = new Set<string>()
  for (const one of [request, ...(page === null ? [] : [page]), ...redirects]) {
    const { url } = readingOf(one)
    if (url !== null) sites.add(siteKey(url.hostname))
  }
  const asking = urlOf(request.exchange.frames.at(-1) ?? request.exchange.initiator ?? '')
  if (asking !== null && asking.hostname !== '' && request.exchange.resourceType === 'xmlhttprequest')
    sites.add(siteKey(asking.hostname))
  for (const { line } of session) if (line.cookie !== null) sites.add(siteKey(bareDomain(line.cookie)))
  return sites
}

const mostTexts = 50

const isSame = (a: TokenFacts, b: TokenFacts): boolean =>
  a.exp === b.exp && a.iat === b.iat && a.iss === b.iss && a.aud.join() === b.aud.join()

/**
 * Whether what a request after a login is answered may say something of that login, asked of each request in order. What its own
 * sites are asked does. What another site is asked does where the login's token goes: a page asks many others (statistics, a chat,
 * feature flags), some with keys of their own, and that those refuse is their affair.
 */
export const meantForLogin = (login: Deals): ((seen: Seen) => boolean) => {
  const sites = sitesOf(login)
  const issued: TokenFacts[] = []
  let hasOpaque = false
  const take = (seen: Seen): void => {
    for (const { where, token } of tokensOf(seen)) if (where === 'body' || where === 'set-cookie') issued.push(token)
    hasOpaque ||= (seen.body?.opaqueTokens.length ?? 0) > 0
  }
  for (const one of new Set([login.request, ...login.redirects])) take(one)
  /** Origins that the login's token went to, and the addresses. */
  const tokenUrls = new Set<string>()
  /** Header values that went to the login's own sites: never to be shown. */
  const ownTexts = new Set<string>()
  const isCookieLogin = login.session.some(({ line }) => line.outcome === 'stored')

  const isToken = (seen: Seen): boolean => {
    if (!carriesToken(seen)) return false
    const sent = tokensOf(seen).find(({ where }) => where === 'authorization')?.token
    if (sent !== undefined && issued.length > 0) return issued.some((one) => isSame(one, sent))
    if (issued.length === 0 && !hasOpaque) return !isCookieLogin
    const text = headerOf(seen.exchange.requestHeaders, 'authorization')
    return sent === undefined && hasOpaque && (ownTexts.size === 0 || (text !== null && ownTexts.has(text)))
  }
  return (seen) => {
    const { url, origin } = readingOf(seen)
    if (url === null) return false
    const isOwn = sites.has(siteKey(url.hostname))
    const goes = isToken(seen)
    const { resourceType, redirectChain = [], frames, initiator } = seen.exchange
    const isScripts = resourceType !== 'main_frame' && resourceType !== 'sub_frame'
    const asking = urlOf(frames.at(-1) ?? initiator ?? '')?.hostname ?? ''
    const isAsked = isScripts && asking !== '' && sites.has(siteKey(asking))
    const isLed = tokenUrls.has(origin) || redirectChain.some((hop) => tokenUrls.has(hop))
    const counts = isOwn || (isAsked && (goes || isLed))
    if (counts && goes) tokenUrls.add(origin).add(seen.exchange.url)
    const text = isOwn ? headerOf(seen.exchange.requestHeaders, 'authorization') : null
    if (text !== null && ownTexts.size < mostTexts) ownTexts.add(text)
    if (counts) take(seen)
    return counts
  }
}
