import { isSecureUrl, sameSite } from '../cookie/site.ts'
import { parseUrl } from '../cookie/url.ts'
import type { Action } from '../remedies/action.ts'
import { code, siteName } from '../remedies/words.ts'
import { oneNameFor } from './one-machine.ts'
import { block, type Finding, type RequestEvidence, undecided } from './rule.ts'

/** What both rules on third-party blocking (set and send) tell. */
export interface ThirdPartyFacts {
  host: string
  https: boolean
  /** The cookie is Secure already. */
  secure: boolean
  /** Top-level site; null where it is not known. */
  pageSite: string | null
  /** Origin of the page; null where it is not known. */
  page: string | null
  /** scheme: http and https alone tell host and page apart. between: a document of another site stands between them. */
  cause: 'other-site' | 'scheme' | 'between'
  /** This browser keeps cookies with Partitioned all the same. */
  escapes: boolean
}

/** Whether the setting withholds unpartitioned cookies, on occasion of a `thirdParty` request. `about`: what the rule adds to the facts. */
export const evaluateThirdParty = <About extends { secure: boolean }>(
  evidence: RequestEvidence,
  about: About,
): Finding<ThirdPartyFacts & About> => {
  const { context, thirdPartyCookies } = evidence
  const facts = { ...factsOf(evidence), ...about }
  if (context.thirdParty === null) return undecided('frames', facts)
  if (facts.cause === 'between' && evidence.profile.policy.documentsBetweenCount === 'unknown')
    return undecided('browser', facts)
  return thirdPartyCookies === 'blocked' ? block(facts) : undecided('third-party-setting', facts)
}

const factsOf = ({
  exchange,
  context: { url, site, topLevelSite },
  profile,
}: RequestEvidence): Omit<ThirdPartyFacts, 'secure'> => ({
  host: url.hostname,
  https: isSecureUrl(url, profile.policy.localhostIsSecure),
  pageSite: topLevelSite?.text ?? null,
  page: parseUrl(exchange.frames.at(-1) ?? '')?.origin ?? null,
  cause: sameSite(site, topLevelSite, true) ? 'between' : sameSite(site, topLevelSite, false) ? 'scheme' : 'other-site',
  escapes: profile.policy.partitionedEscapesBlocking,
})

/** Why the browser counts the request as a third party's: the beginning of a sentence. */
export const whyThirdParty = ({ host, pageSite, page, cause }: ThirdPartyFacts): string => {
  if (cause === 'between')
    return `${code(host)} is of the page's own site, but a document that is not (a frame of another site, or a sandboxed one) stands between them`
  return cause === 'scheme'
    ? `${code(host)} and the page${page === null ? '' : ` (${code(page)})`} differ by http and https, which makes them two sites`
    : `${code(host)} is not of the page's site${pageSite === null ? '' : ` (${siteName(pageSite)})`}`
}

/** Partitioned needs Secure, and Secure needs https. Where Partitioned is no way out, one site for both is the first. */
export const thirdPartyRemedies = ({
  host,
  https,
  secure,
  pageSite,
  page,
  cause,
  escapes,
}: ThirdPartyFacts): Action[] => {
  const named = cause === 'other-site' && page !== null ? oneNameFor(page, host) : null
  if (named !== null) return [named]
  const oneSite = sharedSite(cause === 'other-site' ? pageSite : null, host, escapes)
  const setting = { action: 'allow-third-party', partitioned: escapes } as const
  if (!escapes) return [...oneSite, setting]
  return [
    { action: 'set-attribute', attribute: 'Partitioned' },
    ...(secure ? [] : [{ action: 'set-attribute', attribute: 'Secure' } as const]),
    ...(https ? [] : [{ action: 'use-https', host, who: 'server' } as const]),
    setting,
    ...oneSite,
    ...(cause === 'scheme' && https && page !== null
      ? [{ action: 'use-https', host: new URL(page).host, who: 'page' } as const]
      : []),
  ]
}

const sharedSite = (pageSite: string | null, host: string, alternative: boolean): Action[] =>
  pageSite === null ? [] : [{ action: 'share-a-site', host, pageSite, alternative }]

/** What to say of the line, or of the cookie, where Partitioned is no way out. */
export const noEscape = ({ escapes }: ThirdPartyFacts): string =>
  escapes ? '' : ' In this browser `Partitioned` makes no exception.'
