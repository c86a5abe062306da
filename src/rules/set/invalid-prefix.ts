import { isIpAddress } from '../../cookie/domain.ts'
import type { Span } from '../../cookie/parse.ts'
import { defaultPath } from '../../cookie/path.ts'
import { isSecureUrl } from '../../cookie/site.ts'
import type { Action } from '../../remedies/action.ts'
import { code, list } from '../../remedies/words.ts'
import { occasion } from '../occasion.ts'
import { type Prefix, prefixNeeds, prefixOf } from '../prefixes.ts'
import { block, defineSetRule, pass, type SetEvidence } from '../rule.ts'

/** What a line lacks for its prefix. */
type Lack = 'secure' | 'https' | 'http-only' | 'no-domain' | 'path'

interface Facts {
  name: string
  prefix: Prefix
  lacks: Lack[]
  /** The prefix stands in the value of a nameless cookie. */
  nameless: boolean
  host: string
  span: Span
}

const lackWords: Record<Exclude<Lack, 'no-domain'>, string> = {
  secure: '`Secure`',
  https: 'an answer over https',
  'http-only': '`HttpOnly`',
  path: '`Path=/`',
}

const lackActions: Record<Lack, (facts: Facts) => Action> = {
  secure: () => ({ action: 'set-attribute', attribute: 'Secure' }),
  https: ({ host }) => ({ action: 'use-https', host, who: 'server' }),
  'http-only': () => ({ action: 'set-attribute', attribute: 'HttpOnly' }),
  'no-domain': () => ({ action: 'remove-attribute', attribute: 'Domain' }),
  path: () => ({ action: 'set-attribute', attribute: 'Path', value: '/' }),
}

const lacksOf = ({ read, cookie, context, profile }: SetEvidence, prefix: Prefix): Lack[] => {
  const { policy } = profile
  const needs = prefixNeeds[prefix]
  const { url } = context
  const lacks: Lack[] = []
  if (read.secure === undefined) lacks.push('secure')
  if (!isSecureUrl(url, policy.localhostIsSecure)) lacks.push('https')
  if (needs.httpOnly && read.httpOnly === undefined) lacks.push('http-only')
  if (needs.host) {
    const domain = read.domain?.value ?? ''
    const ownAddress = domain === url.hostname && isIpAddress(url.hostname)
    const isBorne = policy.hostPrefixTakesDomain === 'host-only' ? cookie.hostOnly : ownAddress
    if (domain !== '' && !isBorne) lacks.push('no-domain')
    const path = read.path?.value
    const ownPath = path?.startsWith('/') ? path : policy.hostPrefixNeedsExplicitPath ? null : defaultPath(url.pathname)
    if (ownPath !== '/') lacks.push('path')
  }
  return lacks
}

export default defineSetRule<Facts>({
  id: 'InvalidPrefix',
  operation: 'set',
  layer: 'line',
  spec: 'RFC 6265bis 5.4',
  summary:
    'A name that starts with `__Secure-`, `__Host-`, `__Http-` or `__Host-Http-` needs what the prefix promises.',
  on: occasion.underscores,
  evaluate: (evidence) => {
    const { read, context, profile } = evidence
    const nameless = read.name === ''
    const prefix = prefixOf(nameless ? read.value : read.name, profile.policy)
    if (prefix === null) return pass
    const lacks = nameless ? [] : lacksOf(evidence, prefix)
    if (!nameless && lacks.length === 0) return pass
    const piece = nameless || !read.parsed.hasEquals ? read.parsed.value : read.parsed.name
    return block({
      name: read.name,
      prefix,
      lacks,
      nameless,
      host: context.url.hostname,
      span: lacks.includes('no-domain')
        ? (read.domain?.span ?? piece)
        : { start: piece.start, end: nameless ? piece.start + prefix.length : piece.end },
    })
  },
  explain: ({ name, prefix, lacks, nameless }) => {
    const written = prefixNeeds[prefix].written
    if (nameless) {
      return {
        title: `A cookie without a name may not begin with ${written}: give it a name`,
        explanation: `The line has no name, and its value begins with ${code(written)}. Sent back, it would look like a cookie of that prefix, so browsers refuse it.`,
      }
    }
    const needs = lacks.filter((lack) => lack !== 'no-domain').map((lack) => lackWords[lack])
    const wants = [
      ...(lacks.includes('no-domain') ? ['forbids Domain: leave it out'] : []),
      ...(needs.length > 0 ? [`needs ${list(needs).replaceAll('`', '')}`] : []),
    ]
    const faults = [
      ...(lacks.includes('no-domain') ? ['it may not have a `Domain`'] : []),
      ...(needs.length > 0 ? [`it lacks ${list(needs)}`] : []),
    ]
    return {
      title: `The prefix ${written} ${wants.join(', and ')}`,
      explanation: `The name ${code(name)} promises by its prefix that the cookie could only have been set ${prefixNeeds[prefix].host ? 'by this very host, over https' : 'over https'}${prefixNeeds[prefix].httpOnly ? ', by a response and not by a script' : ''}. Browsers hold it to that: ${faults.join(', and ')}.`,
    }
  },
  part: ({ span }) => span,
  remedies: (facts) =>
    facts.nameless ? [{ action: 'name-the-cookie' }] : facts.lacks.map((lack) => lackActions[lack](facts)),
})
