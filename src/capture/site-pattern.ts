import { registrableDomain } from '../cookie/domain.ts'
import { webPage } from './host-access.ts'

/**
 * Match pattern for the whole site of a page, which is what to ask for: a login visits sibling hosts, and without access
 * to them their requests would stay unseen. Null where no host is concerned.
 */
export const sitePattern = (pageUrl: string): string | null => {
  const url = webPage(pageUrl)
  if (url === null) return null
  const domain = registrableDomain(url.hostname)
  return domain === null ? `*://${url.hostname}/*` : `*://*.${domain}/*`
}
