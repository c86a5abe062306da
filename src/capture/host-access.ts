import { registrableDomain } from '../cookie/domain.ts'

const webSchemes = new Set(['http:', 'https:'])

const webUrl = (url: string): URL | null => {
  const parsed = URL.canParse(url) ? new URL(url) : null
  return parsed !== null && webSchemes.has(parsed.protocol) ? parsed : null
}

/** Match pattern for the origins of a page's host; null where no host is concerned (about:blank, the browser's pages). */
export const originPattern = (pageUrl: string): string | null => {
  const url = webUrl(pageUrl)
  return url === null ? null : `${url.protocol}//${url.hostname}/*`
}

/**
 * Match pattern for the whole site of a page: what to ask for. A login visits sibling hosts, and without access to them
 * their requests would stay unseen.
 */
export const sitePattern = (pageUrl: string): string | null => {
  const url = webUrl(pageUrl)
  if (url === null) return null
  const domain = registrableDomain(url.hostname)
  return domain === null ? `*://${url.hostname}/*` : `*://*.${domain}/*`
}
