import type { Login } from './evidence.ts'
import { headerOf, readingOf, urlOf, withoutFragment } from './reading.ts'
import type { Seen } from './seen.ts'

/**
 * Whether a navigation is the user's reload of the page that a script logged in from, whatever address the script has given the page
 * since. Measured in Chromium 156 and Firefox 153: both start a reload in the page's name, as a script's own navigation is started,
 * but it has the Referer that the page came with, or none; a script's has the page's address, also where the script reloads the page
 * (in Chromium). Cache-Control, which a reload has too, is not shown to extensions.
 */
export const isReloadOf = ({ page, request }: Pick<Login, 'page' | 'request'>, navigation: Seen): boolean => {
  const { method, initiator, resourceType, url } = navigation.exchange
  if (resourceType !== 'main_frame' || method !== 'GET' || request.exchange.resourceType !== 'xmlhttprequest')
    return false
  const [frame, ...around] = request.exchange.frames
  const address = urlOf(frame ?? '')
  if (
    address === null ||
    around.length > 0 ||
    initiator !== address.origin ||
    (navigation.exchange.redirectChain ?? []).length > 0
  )
    return false
  // A page may be set to send none.
  if (refererOf(request) === null) return false
  const referer = refererOf(navigation)
  if (page === null || page.fromCache) return referer === null
  if (referer !== refererOf(page)) return false
  const own = [address.href, page.exchange.url, refererOf(request) ?? '', url, `${readingOf(page).origin}/`]
  return referer === null || !own.some((one) => withoutFragment(one) === referer)
}

const refererOf = ({ exchange }: Seen): string | null => headerOf(exchange.requestHeaders, 'referer')
