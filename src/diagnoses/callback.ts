import type { Evidence } from '../story/evidence.ts'
import { readingOf, segmentsOf } from '../story/reading.ts'
import type { Seen } from '../story/seen.ts'

/** Addresses that apps lead to where a return failed: OmniAuth's `/auth/failure`, Auth.js's `/api/auth/error`. */
const failing = /^(?:(?:oauth|auth|login|signin|sign-in)[-_]?)?(?:error|errors|failure|failed)$/

/**
 * The app turned the return from the provider away: an error page, or a redirect to the login or to an address that says error; or
 * there was nothing at the address to answer.
 */
export const failsAt = (evidence: Evidence, callback: Seen): boolean => {
  const { status } = callback.exchange
  if (status >= 400 || (status === 0 && callback.state === 'failed') || evidence.isRefusal(callback)) return true
  const { location } = readingOf(callback)
  if (location === null) return false
  const says = ['error', 'error_description', 'error_code'].some((name) => location.searchParams.has(name))
  return says || failing.test(segmentsOf(location.pathname).at(-1) ?? '')
}

/** The answer of the provider itself is an error: the visitor refused, or the provider did. */
export const isProvidersError = (callback: Seen): boolean => readingOf(callback).query.has('error')
