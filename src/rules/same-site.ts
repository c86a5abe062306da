import type { SameSiteStatus, StoredCookie } from '../contract.ts'
import type { Span } from '../cookie/parse.ts'
import { isSecureUrl, sameSite, siteOf } from '../cookie/site.ts'
import { parseUrl } from '../cookie/url.ts'
import type { Action } from '../remedies/action.ts'
import { code, siteName } from '../remedies/words.ts'
import { oneNameFor } from './one-machine.ts'
import {
  block,
  type Finding,
  pass,
  type RequestEvidence,
  type SendEvidence,
  type SetEvidence,
  undecided,
} from './rule.ts'

/**
 * What makes a request cross-site. scheme: http and https alone. opaque: a document that belongs to no site.
 * between: page and host are one site, a document between them is not. initiator: nor is the one that started the
 * request. redirect: a redirect of another site led here. unseen: the documents around it are not known.
 */
type Cause = 'scheme' | 'opaque' | 'other-site' | 'between' | 'initiator' | 'redirect' | 'unseen'

/** What the SameSite rules tell: where the request came from, and where it went. */
export interface SameSiteFacts {
  name: string
  host: string
  site: string
  cause: Cause
  /** Where the request stands or came from: a site, or, where it is known so exactly, an origin. */
  from: string
  fromIsSite: boolean
  /** Origin that answers. */
  origin: string
  /** Origin of the page, or of the document that started a navigation. */
  page: string
  https: boolean
  /** The cookie is Secure already. */
  secure: boolean
  navigation: boolean
  post: boolean
  span?: Span
}

const factsOf = (
  evidence: RequestEvidence,
  { name, secure }: Pick<StoredCookie, 'name' | 'secure'>,
  span: Span | undefined,
): SameSiteFacts => {
  const { exchange, context } = evidence
  const top = context.topLevelSite?.text ?? null
  const site = context.site?.text ?? context.url.hostname
  const navigation = exchange.resourceType === 'main_frame'
  const page = originOf((navigation ? null : exchange.frames.at(-1)) ?? exchange.initiator ?? context.url.origin)
  const fromSite = context.foreignHop?.text ?? (!navigation && top !== site ? top : null)
  return {
    name,
    host: context.url.hostname,
    site,
    cause: causeOf(evidence),
    from: fromSite ?? originOf(exchange.initiator ?? page),
    fromIsSite: fromSite !== null,
    origin: context.url.origin,
    page,
    https: isSecureUrl(context.url, evidence.profile.policy.localhostIsSecure),
    secure,
    navigation,
    post: context.sending === 'lax-unsafe',
    ...(span === undefined ? {} : { span }),
  }
}

const causeOf = ({ exchange: { initiator, resourceType }, context, profile }: RequestEvidence): Cause => {
  if (context.missing.length > 0) return 'unseen'
  if (context.onlySchemeDiffers) return 'scheme'
  if (context.foreignHop !== null) return 'redirect'
  const { schemefulSameSite } = profile.policy
  const from = initiator === null ? context.site : siteOf(initiator)
  if (from === null) return 'opaque'
  if (resourceType === 'main_frame') return 'other-site'
  if (context.topLevelSite !== null && !sameSite(context.topLevelSite, context.site, schemefulSameSite))
    return 'other-site'
  return sameSite(from, context.site, schemefulSameSite) ? 'between' : 'initiator'
}

const originOf = (text: string): string => parseUrl(text)?.origin ?? text
const hostOf = (text: string): string => parseUrl(text)?.host ?? text

/** A Set-Cookie line with this SameSite status, on occasion of a `crossSiteResponse`. */
export const evaluateSetting = (evidence: SetEvidence, status: SameSiteStatus): Finding<SameSiteFacts> => {
  const { read, context } = evidence
  if (read.sameSiteStatus !== status) return pass
  const facts = factsOf(evidence, evidence.cookie, read.sameSite?.span)
  return context.missing.length > 0 ? undecided('frames', facts) : block(facts)
}

/** A stored cookie of this status. `reach`: the contexts in which it is sent. */
export const evaluateSending = (
  evidence: SendEvidence,
  status: SameSiteStatus,
  reach: readonly RequestEvidence['context']['sending'][],
): Finding<SameSiteFacts> => {
  const { cookie, context, profile } = evidence
  if (cookie.sameSite !== status) return pass
  const facts = factsOf(evidence, cookie, undefined)
  if (context.missing.length > 0) return undecided('frames', facts)
  if (reach.includes(context.sending)) return pass
  return profile.policy.documentsBetweenCount === 'unknown' && isUncommon(facts, evidence)
    ? undecided('browser', facts)
    : block(facts)
}

/** What no published test has tried: documents in between, documents of no site, a typed address that leads through another site. */
const isUncommon = ({ cause }: SameSiteFacts, { exchange }: RequestEvidence): boolean =>
  cause === 'between' || cause === 'opaque' || (cause === 'redirect' && exchange.initiator === null)

const fromWords = ({ from, fromIsSite }: SameSiteFacts): string => (fromIsSite ? siteName(from) : code(from))

const causeWords: Record<Cause, (facts: SameSiteFacts) => string> = {
  scheme: ({ host, origin, page }) =>
    `The page is at ${code(page)}, and ${code(host)} answers at ${code(origin)}: to the browser, http and https are two sites.`,
  opaque: ({ host }) =>
    `The request came from a document that belongs to no site (a sandboxed frame, a \`data:\` address, a file), so it counts as cross-site wherever it goes, to ${code(host)} too.`,
  'other-site': (facts) =>
    `The request came from ${facts.fromIsSite ? 'the site ' : ''}${fromWords(facts)}, and ${code(facts.host)} belongs to another site (${siteName(facts.site)}). A site is the registrable domain, not the origin: ports and sub-domains do not matter, the name that was registered does.`,
  between: ({ host }) =>
    `${code(host)} is of the page's own site, but a document of another site stands between them, so the whole request counts as cross-site.`,
  initiator: (facts) =>
    `${code(facts.host)} is of the page's own site, but a document of another site (${fromWords(facts)}) started the request, so it counts as cross-site.`,
  redirect: (facts) =>
    `The request was sent on to ${code(facts.host)} by a redirect of another site (${fromWords(facts)}), and this browser counts that as cross-site, wherever it began.`,
  unseen: () => 'If one of the documents around the request is of another site, the request counts as cross-site.',
}

/** Why the two are not one site, with this request's own hosts. */
export const whyCrossSite = (facts: SameSiteFacts): string => causeWords[facts.cause](facts)

/** One line on a cookie of this status (`SameSite=Lax`) in a cross-site response. */
export const settingTitle = (status: string, facts: SameSiteFacts): string => {
  const { cause } = facts
  if (oneName(facts) !== null) return `${status} between two names of this machine: use one host name`
  if (cause === 'scheme') return `${status} between http and https: serve both over https`
  return `${status} in a cross-site response: use SameSite=None; Secure${cause === 'other-site' ? ', or one site' : ''}`
}

/** One line on a stored cookie of this status, with the change that `sendingRemedies` asks for. */
export const sendingTitle = (status: string, facts: SameSiteFacts): string => {
  const { cause, navigation, post } = facts
  if (oneName(facts) !== null) return `${status} is withheld between two names of this machine: use one host name`
  if (cause === 'scheme') return `${status} is withheld between http and https: serve both over https`
  if (navigation && !post) return `${status} is withheld when another site leads here: use SameSite=Lax`
  if (navigation) return `${status} is withheld from a POST that another site sends: use SameSite=None; Secure`
  return `${status} is withheld from cross-site requests: use SameSite=None; Secure${cause === 'other-site' ? ', or one site' : ''}`
}

export const settingRemedies = (facts: SameSiteFacts): Action[] => {
  if (facts.cause === 'scheme') return [bothHttps(facts)]
  const named = oneName(facts)
  // None and Secure would do as well, but a server without https sets no Secure cookie.
  if (named !== null) return [named]
  return [
    ...openToOtherSites(facts),
    ...(facts.cause === 'other-site'
      ? [{ action: 'share-a-site', host: facts.host, pageSite: facts.from, alternative: true } as const]
      : []),
  ]
}

const oneName = ({ cause, page, host }: SameSiteFacts): Action | null =>
  cause === 'other-site' ? oneNameFor(page, host) : null

export const sendingRemedies = (facts: SameSiteFacts, status: SameSiteStatus): Action[] => {
  if (facts.cause === 'scheme') return [bothHttps(facts)]
  if (oneName(facts) !== null) return settingRemedies(facts)
  if (facts.navigation && !facts.post) {
    return [
      { action: 'set-attribute', attribute: 'SameSite', value: 'Lax' },
      { action: 'start-on-this-site', host: facts.host },
    ]
  }
  if (facts.navigation) {
    return [
      ...openToOtherSites(facts),
      ...(status === 'strict' ? [] : [{ action: 'start-on-this-site', host: facts.host } as const]),
    ]
  }
  return settingRemedies(facts)
}

/** The one of the two that is on http. */
const bothHttps = ({ https, page, host }: SameSiteFacts): Action =>
  https ? { action: 'use-https', host: hostOf(page), who: 'page' } : { action: 'use-https', host, who: 'server' }

/** SameSite=None needs Secure, and Secure needs https. */
const openToOtherSites = ({ https, secure, host }: SameSiteFacts): Action[] => [
  { action: 'set-attribute', attribute: 'SameSite', value: 'None' },
  ...(secure ? [] : [{ action: 'set-attribute', attribute: 'Secure' } as const]),
  ...(https ? [] : [{ action: 'use-https', host, who: 'server' } as const]),
]
