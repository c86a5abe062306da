import { profileOf } from '../browsers/index.ts'
import { type BrowserProfile, limitsIn } from '../browsers/policy.ts'
import type { Exchange, ExchangeVerdict, JudgeOptions, SetCookieVerdict, StoredCookie } from '../contract.ts'
import { sameRegistrableDomain } from '../cookie/domain.ts'
import { bareDomain, headerOrder } from '../cookie/store.ts'
import { headerValue, omissionBehind, requestEvidence, responseEvidence, withCredentials } from '../rules/evidence.ts'
import type { RequestEvidence } from '../rules/rule.ts'
import { afterLine } from './fill-store.ts'
import { isSent, judgeCookie } from './judge-cookie.ts'
import { judgeLine } from './judge-line.ts'
import { judgeUnverified } from './judge-unverified.ts'
import { validateInput } from './validate.ts'

/**
 * What the browser does with each Set-Cookie line of the response and each cookie of the store, and why. Pure: same
 * input, same output.
 * @throws {TypeError} naming the field, when the exchange or the options are not of the contract's shape; never for
 * what stands in a header.
 */
export const judge = (exchange: Exchange, options: JudgeOptions): ExchangeVerdict => {
  validateInput(exchange, options)
  return judgeUnchecked(exchange, options)
}

/** `judge` for what has been looked through already, or comes out of a report: what is odd in it makes an odd verdict, no error. */
export const judgeUnchecked = (exchange: Exchange, options: JudgeOptions): ExchangeVerdict => {
  const profile = profileOf(options.browser)
  return profile.alternatives.length === 0
    ? judgeAs(profile, exchange, options)
    : judgeUnverified(profile, (each) => judgeAs(each, exchange, options))
}

const judgeAs = (profile: BrowserProfile, exchange: Exchange, options: JudgeOptions): ExchangeVerdict => {
  const stated = requestEvidence(exchange, options, profile)
  const candidates = candidatesOf(options.jar, stated.context.url.hostname)
  const request = inferOmission(stated, candidates)
  const response = responseEvidence(request, candidates)
  const setCookies: SetCookieVerdict[] = []
  const limit = profile.policy.maxSiteCookies ?? Number.POSITIVE_INFINITY
  const limits = limitsIn(profile.policy, request.thirdPartyCookies)
  const mayOverflow = candidates.length + exchange.responseHeaders.length > limit
  for (const { name, value } of exchange.responseHeaders) {
    if (!isSetCookie(name)) continue
    const before = setCookies.at(-1)
    // Each line fills the store for the next; only where there may be too much for it does that make a difference.
    if (before !== undefined && (mayOverflow || before.cookie?.partitionKey !== undefined))
      response.store = afterLine(response.store, before, limits)
    setCookies.push(judgeLine(value, response))
  }
  return { setCookies, cookies: candidates.map((cookie) => judgeCookie(cookie, request)) }
}

/** The cookies of the host's registrable domain, in the order of a Cookie header. */
const candidatesOf = (jar: readonly StoredCookie[], host: string): StoredCookie[] => {
  const candidates: StoredCookie[] = []
  for (const cookie of jar) if (sameRegistrableDomain(bareDomain(cookie), host)) candidates.push(cookie)
  return candidates.sort(headerOrder)
}

/** HTTP/1.1 servers write it in capitals, HTTP/2 in small letters. */
export const isSetCookie = (name: string): boolean =>
  name === 'Set-Cookie' || name === 'set-cookie' || (name.length === 10 && name.toLowerCase() === 'set-cookie')

/**
 * A script's request whose headers were seen, with cookies in the store that nothing withholds and none sent, was
 * made without credentials. No header says so within one site.
 */
const inferOmission = (request: RequestEvidence, candidates: readonly StoredCookie[]): RequestEvidence => {
  const { exchange, preflight } = request
  if (preflight || request.credentials === 'omit' || exchange.credentials === 'include') return request
  if (exchange.requestHeaders.length === 0 || headerValue(exchange.requestHeaders, 'cookie') !== null) return request
  const credentials = omissionBehind(request)
  if (credentials === null) return request
  const included = withCredentials(request, 'include')
  return candidates.some((cookie) => isSent(cookie, included)) ? withCredentials(request, credentials) : request
}
