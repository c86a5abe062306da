import { domainMatch, registrableDomain } from '../../cookie/domain.ts'
import { bareDomain } from '../../cookie/store.ts'
import { code, inTitle, theCookie } from '../../remedies/words.ts'
import { prefixNeeds, prefixOf } from '../prefixes.ts'
import { block, defineSendRule, pass } from '../rule.ts'

interface Facts {
  name: string
  host: string
  domain: string
  hostOnly: boolean
  /** A domain that would cover both; null where the two share none, or the cookie's prefix forbids Domain. */
  common: string | null
}

export default defineSendRule<Facts>({
  id: 'DomainMismatch',
  operation: 'send',
  spec: 'RFC 6265bis 5.8',
  summary: 'A host-only cookie goes to its own host alone; a Domain cookie to that domain and what is under it.',
  evaluate: ({ cookie, context }, policy) => {
    const host = context.url.hostname
    const domain = bareDomain(cookie)
    if (cookie.hostOnly ? host === domain : domainMatch(host, domain)) return pass
    const own = registrableDomain(host)
    const prefix = prefixOf(cookie.name, policy)
    const mayWiden = prefix === null || !prefixNeeds[prefix].host
    return block({
      name: cookie.name,
      host,
      domain,
      hostOnly: cookie.hostOnly,
      common: mayWiden && own !== null && own === registrableDomain(domain) ? own : null,
    })
  },
  explain: ({ name, host, domain, hostOnly, common }) => ({
    title: hostOnly
      ? `The cookie belongs to ${inTitle(domain, 'another host')} alone: ${common === null ? '' : `widen its Domain, or `}call that host`
      : `The cookie's Domain does not cover this host: widen it, or call a host it covers`,
    explanation: hostOnly
      ? `${theCookie(name)} was set by ${code(domain)} without \`Domain\`, so it goes to that very host and to no other, neither sub-domains nor siblings such as ${code(host)}.`
      : `${theCookie(name)} was set for ${code(domain)} and what is under it; ${code(host)} is not.`,
  }),
  remedies: ({ host, domain, common }) => [
    ...(common === null ? [] : [{ action: 'set-attribute', attribute: 'Domain', value: common } as const]),
    { action: 'widen-domain', from: domain, to: host, domain: common },
  ],
})
