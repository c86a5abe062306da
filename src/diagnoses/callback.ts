import type { Evidence, OAuthTrip } from '../story/evidence.ts'
import { readingOf, segmentsOf, urlOf } from '../story/reading.ts'
import type { Seen } from '../story/seen.ts'
import { hostOf } from './exchange-text.ts'

/** Addresses that apps lead to where a return failed: OmniAuth's `/auth/failure`, Auth.js's `/api/auth/error`. */
const failing = /^(?:(?:oauth|auth|login|signin|sign-in)[-_]?)?(?:error|errors|failure|failed)$/

/**
 * The app turned the return from the provider away: an error page, or a redirect to the login or to an address that says error; or
 * there was nothing at the address to answer.
 */
export const failsAt = (evidence: Evidence, callback: Seen): boolean => {
  if (callback.exchange.status >= 400 || isUnanswered(callback) || evidence.isRefusal(callback)) return true
  const { location } = readingOf(callback)
  if (location === null) return false
  const says = ['error', 'error_description', 'error_code'].some((name) => location.searchParams.has(name))
  return says || failing.test(segmentsOf(location.pathname).at(-1) ?? '')
}

/** The answer of the provider itself is an error: the visitor refused, or the provider did. */
export const isProvidersError = (callback: Seen): boolean => readingOf(callback).query.has('error')

/** Nothing answered at the address that the provider returned to. */
export const isUnanswered = ({ exchange, state }: Seen): boolean => exchange.status === 0 && state === 'failed'

/** The address of the app from which the visitor was sent to the provider; null where only the provider's own are known. */
export const sentFrom = ({ authorize }: Pick<OAuthTrip, 'authorize'>): URL | null => {
  const { redirectChain = [], initiator = null } = authorize?.exchange ?? {}
  const urls = [redirectChain[0], initiator].map((text) => (text == null ? null : urlOf(text)))
  return urls.find((url) => url !== null && authorize !== null && url.hostname !== hostOf(authorize)) ?? null
}
