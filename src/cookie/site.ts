import { registrableDomain } from './domain.ts'
import { remember } from './remember.ts'
import { type Address, parseUrl } from './url.ts'

/** A schemeful site: scheme and registrable domain, or the host where there is none. Null for an opaque origin. */
export interface Site {
  scheme: string
  domain: string
  /** As the WebExtension API writes `partitionKey.topLevelSite`. */
  text: string
}

/** WebSocket handshakes belong to the site of the page scheme they mirror (HTML, "same site"; Chromium's SchemefulSite). */
const httpScheme = (protocol: string): string => {
  const scheme = protocol.slice(0, -1)
  return scheme === 'ws' ? 'http' : scheme === 'wss' ? 'https' : scheme
}

const siteOfUrl = (url: Address): Site | null => {
  if (url.protocol === 'blob:') return siteOf(url.pathname)
  if (url.hostname === '') return null
  const scheme = httpScheme(url.protocol)
  const domain = registrableDomain(url.hostname) ?? url.hostname
  return { scheme, domain, text: `${scheme}://${domain}` }
}

/** The site of a URL or of a serialised origin; null for `"null"` and whatever has no host. */
export const siteOf = remember((text): Site | null => {
  const url = parseUrl(text)
  return url === null ? null : siteOfUrl(url)
})

export const sameSite = (a: Site | null, b: Site | null, schemeful: boolean): boolean =>
  a !== null && b !== null && a.domain === b.domain && (!schemeful || a.scheme === b.scheme)

/**
 * Whether the browser counts a URL as local although it is plain http: localhost, its subdomains, loopback
 * addresses (Secure Contexts 3.1; measured: Secure is accepted and sent there).
 */
export const isLocalHost = (host: string): boolean =>
  host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host)

/** Whether Secure cookies travel on this URL. `localCounts`: whether plain http on a local address will do. */
export const isSecureUrl = (url: Address, localCounts = true): boolean =>
  url.protocol === 'https:' || url.protocol === 'wss:' || (localCounts && isLocalHost(url.hostname))
