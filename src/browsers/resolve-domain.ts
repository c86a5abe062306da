import { decodeUtf8, isAscii } from '../cookie/bytes.ts'
import { canonicalDomain, domainMatch, registrableDomain } from '../cookie/domain.ts'
import { remember } from '../cookie/remember.ts'
import type { DomainFault, Policy } from './policy.ts'

/** Whose cookie a Domain attribute makes it, or why it makes none. */
export type DomainResult =
  | { ok: true; hostOnly: boolean; domain: string; nonAscii: boolean }
  | { ok: false; fault: DomainFault; domain: string }

/** A Domain attribute by itself. The lines of a site name the same few. */
const readDomain = remember((attribute): { text: string; nonAscii: boolean; domain: string | null } => {
  const text = decodeUtf8(attribute)
  if (text === null) return { text: attribute, nonAscii: true, domain: null }
  const canonical = canonicalDomain(text)
  return { text, nonAscii: !isAscii(text), domain: canonical?.startsWith('.') ? canonical.slice(1) : canonical }
})

/** How many Domain attributes are kept at hand for each host. */
const domainsOfHost = 8

/** What each host's Domain attributes come to, where those with other than ASCII characters are refused, and where not. */
const resolversFor = (nonAsciiRefused: boolean) =>
  remember((host) => remember((attribute) => resolve(host, attribute, nonAsciiRefused), domainsOfHost))
const resolvers = { refused: resolversFor(true), punycode: resolversFor(false) }

/**
 * Domain attribute against request host (RFC 6265bis 5.7, as measured in Chromium 156): one leading dot is
 * ignored; a host without registrable domain may name itself, and stays host-only.
 */
export const resolveDomain = (host: string, attribute: string | undefined, policy: Policy): DomainResult =>
  resolvers[policy.nonAsciiDomain](host)(attribute ?? '')

const resolve = (host: string, attribute: string, nonAsciiRefused: boolean): DomainResult => {
  if (attribute === '') return { ok: true, hostOnly: true, domain: host, nonAscii: false }
  const { text, nonAscii, domain } = readDomain(attribute)
  if (domain === null || (nonAscii && nonAsciiRefused)) return { ok: false, fault: 'malformed', domain: text }

  const own = registrableDomain(host)
  if (own === null) {
    return domain === host && !domain.endsWith('..')
      ? { ok: true, hostOnly: true, domain: host, nonAscii }
      : {
          ok: false,
          fault: domain === '' || domain.startsWith('.') || domain.endsWith('..') ? 'malformed' : 'no-domain',
          domain,
        }
  }
  if (domain === '' || domain.startsWith('.') || domain.includes('..'))
    return { ok: false, fault: 'malformed', domain: text }
  const theirs = registrableDomain(domain)
  if (theirs === own) {
    return domainMatch(host, domain)
      ? { ok: true, hostOnly: false, domain, nonAscii }
      : { ok: false, fault: 'not-a-parent', domain }
  }
  if (domain.endsWith('.') !== host.endsWith('.')) return { ok: false, fault: 'malformed', domain }
  return { ok: false, fault: theirs === null && domainMatch(host, domain) ? 'public-suffix' : 'other-site', domain }
}
