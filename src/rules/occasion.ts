import type { Policy } from '../browsers/policy.ts'
import type { RequestContext } from '../cookie/context.ts'
import { isSecureUrl } from '../cookie/site.ts'
import type { RequestEvidence } from './rule.ts'

/**
 * What must be the case for a rule to have a say. A rule names it instead of making it part of its condition, and is not
 * asked otherwise: nearly every line comes over https to a page of its own site, and concerns few rules. As bits, so
 * that one look tells.
 */
export const occasion = {
  /** A CORS preflight. */
  preflight: 1,
  /** The setting for third-party cookies concerns the request, or may do, and does not let them pass. */
  thirdParty: 2,
  /** Secure cookies do not travel on the request's URL. */
  insecure: 4,
  /** The response is that of a cross-site request and of no top-level navigation, or may be. */
  crossSiteResponse: 8,
  /** The line makes a cookie without a name. */
  nameless: 16,
  /** The browser reads some lines in a way of its own. */
  ownReading: 32,
} as const

export type Occasion = (typeof occasion)[keyof typeof occasion]

/** Those that concern the request, or all that the browser is asked. */
export const occasionsOf = (
  context: RequestContext,
  preflight: boolean,
  thirdPartyCookies: RequestEvidence['thirdPartyCookies'],
  policy: Policy,
): number => {
  const passes = context.thirdParty === false || thirdPartyCookies === 'allowed' || thirdPartyCookies === 'partitioned'
  const sameSite = context.setting !== 'cross-site' && context.missing.length === 0
  return (
    (preflight ? occasion.preflight : 0) |
    (passes ? 0 : occasion.thirdParty) |
    (isSecureUrl(context.url, policy.localhostIsSecure) ? 0 : occasion.insecure) |
    (sameSite || policy.crossSiteResponsesSet ? 0 : occasion.crossSiteResponse) |
    (policy.oddCharacters === 'as-written' ? 0 : occasion.ownReading)
  )
}
