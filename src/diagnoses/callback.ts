import type { Evidence } from '../story/evidence.ts'
import { readingOf } from '../story/reading.ts'
import type { Seen } from '../story/seen.ts'

/** The app turned the return from the provider away: an error page, or a redirect to the login or to an address that says error. */
export const failsAt = (evidence: Evidence, callback: Seen): boolean => {
  if (callback.exchange.status >= 400 || evidence.isRefusal(callback)) return true
  const query = readingOf(callback).location?.searchParams
  return query !== undefined && (query.has('error') || query.has('error_description'))
}

/** The answer of the provider itself is an error: the visitor refused, or the provider did. */
export const isProvidersError = (callback: Seen): boolean => readingOf(callback).query.has('error')
