import { isPassword } from './bodies.ts'
import type { Login } from './evidence.ts'
import { readingOf } from './reading.ts'
import type { Seen } from './seen.ts'

/**
 * A script logged in, and the browser sent the same form by itself, for nobody kept it from it: the page is loaded anew while the login is
 * under way, and what was typed in stands in its address. Null where nothing of that is seen.
 */
export const submittedToo = ({ kind, page, redirects }: Login): Seen | null => {
  const [first] = redirects
  if (kind !== 'script' || first === undefined || page === null) return null
  const { url, query } = readingOf(first)
  const isSamePage = url !== null && url.pathname === readingOf(page).url?.pathname
  const isForm = first.exchange.resourceType === 'main_frame' && first.exchange.method === 'GET'
  return isSamePage && isForm && [...query.keys()].some(isPassword) ? first : null
}
