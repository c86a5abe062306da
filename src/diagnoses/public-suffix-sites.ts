import { parse } from 'tldts'
import type { Reason } from '../contract.ts'
import { sameRegistrableDomain } from '../cookie/domain.ts'
import type { Action } from '../remedies/action.ts'
import { code, list } from '../remedies/words.ts'
import type { Evidence, Login } from '../story/evidence.ts'
import type { Seen } from '../story/seen.ts'
import type { DiagnosisRule, Finding } from './diagnosis.ts'
import { hostOf, requestText } from './exchange-text.ts'
import { hasReason, isBearerLogin, outcomeOf, sameSiteReasons, unique } from './outcome.ts'
import { untilLogout } from './session-use.ts'

/**
 * The page and its API are two names under one public suffix of a hosting company (`shop.github.io`, `api.github.io`), which looks like
 * one site and is two. Not of `.com` or `co.uk`, under which nobody takes strangers for relatives.
 */
export default {
  id: 'PublicSuffixSites',
  explains: ['ThirdPartyCookiesBlocked'],
  find: (evidence) => {
    const { login } = evidence
    if (login === null || isBearerLogin(login)) return []
    const pair = pairIn(login)
    return pair === null || isMeantFor(evidence, login) ? [] : [findingOf(evidence, login, pair)]
  },
} satisfies DiagnosisRule

/** A `Partitioned` session belongs to this pair of sites by design. */
const isMeantFor = (evidence: Evidence, { session }: Login): boolean =>
  outcomeOf(evidence).kind === 'works' && session.every(({ line }) => line.cookie?.partitionKey !== undefined)

interface Pair {
  page: string
  host: string
  suffix: string
  seen: Seen
}

/** A suffix from the list's private part: a company's own. */
const companySuffix = (host: string): string | null => {
  const { publicSuffix, isPrivate, domain } = parse(host, {
    allowPrivateDomains: true,
    extractHostname: false,
    validateHostname: false,
  })
  return isPrivate === true && domain !== null ? publicSuffix : null
}

const siteUnder = (host: string, suffix: string): string =>
  `${host
    .slice(0, -suffix.length - 1)
    .split('.')
    .at(-1)}.${suffix}`

const pairIn = ({ request, session, after }: Login): Pair | null => {
  for (const seen of [request, ...session.map((line) => line.seen), ...after]) {
    const { frames, initiator, resourceType } = seen.exchange
    if (resourceType === 'main_frame') continue
    const page = frames.at(-1) ?? initiator ?? ''
    const pageHost = URL.canParse(page) ? new URL(page).hostname : ''
    const host = hostOf(seen)
    const suffix = sameRegistrableDomain(pageHost, host) ? null : companySuffix(host)
    if (suffix === null || companySuffix(pageHost) !== suffix) continue
    if (siteUnder(pageHost, suffix) !== siteUnder(host, suffix)) return { page: pageHost, host, suffix, seen }
  }
  return null
}

const crossSite: ReadonlySet<string> = new Set([
  ...sameSiteReasons,
  'UserPreferences',
  'InvalidDomain',
  'PartitionKeyMismatch',
])

const isCrossSite = ({ outcome, reasons }: { outcome: string; reasons: readonly Reason[] }): boolean =>
  outcome === 'blocked' && hasReason(reasons, crossSite)

const findingOf = (evidence: Evidence, login: Login, { page, host, suffix, seen }: Pair): Finding => {
  const names = new Set(login.session.map(({ name }) => name))
  const refused = login.session.filter(({ line }) => isCrossSite(line))
  const withheld = untilLogout(login).find(({ verdict }) =>
    verdict.cookies.some((one) => names.has(one.cookie.name) && isCrossSite(one)),
  )
  const outcome = outcomeOf(evidence)
  const isLost = (refused.length > 0 && refused.length === login.session.length) || withheld !== undefined
  const isBroken = outcome.kind !== 'works' && isLost
  const told = list([...new Set(refused.map(({ name }) => code(name)))].slice(0, 4))
  return {
    rank: isBroken ? 'blocks-now' : 'odd',
    confidence: 'seen',
    title: 'Page and API share a public suffix, so they are two sites, not one',
    seen: `The page is on ${code(page)}, ${requestText(seen)} goes to ${code(host)}. ${code(suffix)} is a public suffix: whoever registers there gets a site of their own.${
      refused.length > 0
        ? ` The browser refused ${told}.`
        : withheld !== undefined
          ? ` The session stayed at home on ${requestText(withheld, login.page)}.`
          : ''
    }`,
    matters: `Between two sites SameSite=Lax and Strict hold cookies back, third-party cookies may be blocked, and ${code(`Domain=${suffix}`)} is refused. ${
      isBroken
        ? 'So the session is not there where it is needed.'
        : 'It works in this browser; in Safari or a Chrome Incognito window it need not.'
    }`,
    actions: actionsOf(login, host, `https://${page}`),
    check: 'Log in again: page and API are on one domain of your own, and the session is stored and sent.',
    exchanges: unique(seen.id, refused[0]?.seen.id, withheld?.id),
  }
}

/** What a third party's cookie needs, and the better way. */
const actionsOf = ({ session }: Login, host: string, pageSite: string): Action[] => {
  const cookies = session.flatMap(({ line }) => (line.cookie === null ? [] : [line.cookie]))
  const isSuffix = session.some(({ line }) => hasReason(line.reasons, invalidDomain))
  return [
    ...(isSuffix ? [{ action: 'remove-attribute', attribute: 'Domain' } as const] : []),
    ...(cookies.every(({ sameSite }) => sameSite === 'no_restriction')
      ? []
      : [{ action: 'set-attribute', attribute: 'SameSite', value: 'None' } as const]),
    ...(cookies.every(({ secure }) => secure) ? [] : [{ action: 'set-attribute', attribute: 'Secure' } as const]),
    { action: 'set-attribute', attribute: 'Partitioned' },
    { action: 'share-a-site', host, pageSite, alternative: true },
  ]
}

const invalidDomain: ReadonlySet<string> = new Set(['InvalidDomain'])
