import { getDomain } from 'tldts'
import { remember } from './remember.ts'

const ipv4 = /^\d{1,3}(\.\d{1,3}){3}$/

/** Whether a canonical host (as `URL.hostname` gives it) is an IP literal. */
export const isIpAddress = (host: string): boolean => host.startsWith('[') || ipv4.test(host)

/**
 * The registrable domain of a canonical host, private suffixes counted (Public Suffix List); null where there is
 * none: an IP literal, a single label, a public suffix itself. A trailing dot is kept, as Chromium keeps it.
 */
export const registrableDomain = remember((host): string | null => {
  const rooted = host.endsWith('.')
  const bare = rooted ? host.slice(0, -1) : host
  const domain =
    isIpAddress(host) || !bare.includes('.') || bare.endsWith('.') || bare.startsWith('.')
      ? null
      : getDomain(bare, { allowPrivateDomains: true, validateHostname: false, extractHostname: false })
  return domain === null ? null : rooted ? `${domain}.` : domain
})

/** Whether two canonical hosts belong to one registrable domain, or, where there is none, are the same host. */
export const sameRegistrableDomain = (a: string, b: string): boolean => {
  if (a === b) return true
  const domain = registrableDomain(a)
  return domain !== null && domain === registrableDomain(b)
}

/** Whether a canonical host domain-matches a domain without leading dot (RFC 6265bis 5.1.3). */
export const domainMatch = (host: string, domain: string): boolean =>
  host === domain || (host.endsWith(domain) && host[host.length - domain.length - 1] === '.' && !isIpAddress(host))

const plainHost = /^[a-z0-9._-]+$/
const ipv6 = /^\.?\[[0-9a-f:.]+\]$/

/**
 * A Domain attribute's value as a canonical host: lower case, punycode. IP addresses stay as they were written: another
 * spelling of the host's own (`127.1`, `[0:0::1]`) is refused (measured). Null where no host can be made of it (a port,
 * quotes, a `%`, a space, a path). A leading dot is kept.
 */
export const canonicalDomain = (value: string): string | null => {
  const lower = value.toLowerCase()
  if (plainHost.test(lower) || ipv6.test(lower)) return lower
  if (/[\s/?#@:%\\[\]"<>^`{|}]/.test(value)) return null
  const dot = value.startsWith('.') ? '.' : ''
  const url = URL.canParse(`https://${value.slice(dot.length)}/`)
    ? new URL(`https://${value.slice(dot.length)}/`)
    : null
  return url === null ? null : dot + url.hostname
}
