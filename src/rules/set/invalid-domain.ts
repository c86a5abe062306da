import type { DomainFault } from '../../browsers/policy.ts'
import { registrableDomain } from '../../cookie/domain.ts'
import type { Span } from '../../cookie/parse.ts'
import type { Action } from '../../remedies/action.ts'
import { code, inTitle } from '../../remedies/words.ts'
import { occasion } from '../occasion.ts'
import { block, defineSetRule, pass, undecided, type Words } from '../rule.ts'

interface Facts {
  fault: DomainFault
  /** As written. */
  attribute: string
  domain: string
  host: string
  /** The registrable domain of the host; null where it has none. */
  own: string | null
  span: Span
}

const words: Record<DomainFault, (facts: Facts) => Words> = {
  malformed: ({ attribute, host }) => ({
    title: 'Domain is not a host name: write the name alone, or leave Domain out',
    explanation: `${code(`Domain=${attribute}`)} can't be read as a host name: no scheme, port, path, quotes, \`%\`, empty or trailing label may stand there. The browser drops the cookie instead of guessing; leaving Domain out makes it a cookie of ${code(host)} alone.`,
  }),
  'public-suffix': ({ attribute, domain, host }) => ({
    title: `Domain is a public suffix that nobody may set cookies for: leave Domain out`,
    explanation: `${code(`Domain=${attribute}`)} would share the cookie with everybody who has a site under ${code(domain)}: it is a public suffix (a top-level name, or on the Public Suffix List), so to the browser each name under it is a site of its own. ${code(host)} can set cookies for itself only.`,
  }),
  'other-site': ({ attribute, host, own }) => ({
    title: `Domain does not cover ${inTitle(host, 'this host')}: leave it out, or name ${own === host ? 'this host' : 'a parent of this host'}`,
    explanation: `${code(`Domain=${attribute}`)} does not cover ${code(host)}. A response may set cookies only for its own host${own === null || own === host ? '' : ` or a parent of it, up to ${code(own)}`}. Typical cause: a domain from another environment in the configuration.`,
  }),
  'not-a-parent': ({ attribute, host, own }) => ({
    title: `Domain does not cover ${inTitle(host, 'this host')}: name ${inTitle(own ?? '', 'its parent')}, or leave it out`,
    explanation: `${code(`Domain=${attribute}`)} does not cover ${code(host)}: a host may set cookies for itself and for its parents, not for its siblings or what is under it. ${code(`Domain=${own ?? ''}`)} covers both.`,
  }),
  'no-domain': ({ attribute, host }) => ({
    title: 'This host has no parent domain: leave Domain out',
    explanation: `${code(`Domain=${attribute}`)} does not name ${code(host)}, and ${code(host)} (an IP address, a single label such as localhost, or a public suffix) has no parent domain to share cookies with. It can set cookies for itself only.`,
  }),
}

export default defineSetRule<Facts>({
  id: 'InvalidDomain',
  operation: 'set',
  layer: 'line',
  spec: 'RFC 6265bis 5.7',
  summary: 'Domain has to be the host itself or a parent of it, and no public suffix.',
  on: occasion.domain,
  evaluate: ({ read, domain, context }, { domainFaultsRefused: refused }) => {
    if (read.domain === undefined) return pass
    // A Domain that changes nothing: an empty one, or the name of a host that can share its cookies with nobody.
    if (domain.ok && (refused === 'all' || !domain.hostOnly)) return pass
    const fault = domain.ok ? (read.domain.value === '' ? 'malformed' : 'no-domain') : domain.fault
    const facts: Facts = {
      fault,
      attribute: read.domain.value,
      domain: domain.domain,
      host: context.url.hostname,
      own: registrableDomain(context.url.hostname),
      span: read.domain.span,
    }
    return refused === 'all' || (!domain.ok && refused.includes(fault)) ? block(facts) : undecided('browser', facts)
  },
  explain: (facts) => words[facts.fault](facts),
  part: ({ span }) => span,
  remedies: ({ fault, own }): Action[] =>
    fault === 'not-a-parent' && own !== null
      ? [{ action: 'set-attribute', attribute: 'Domain', value: own }]
      : [{ action: 'remove-attribute', attribute: 'Domain' }],
})
