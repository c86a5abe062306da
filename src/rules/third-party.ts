import { siteText } from '../cookie/site.ts'
import type { RequestEvidence } from './rule.ts'

/** What both rules on third-party blocking (set and send) tell. */
export interface ThirdPartyFacts {
  host: string
  pageSite: string
}

export const thirdPartyFacts = ({ context }: RequestEvidence): ThirdPartyFacts => ({
  host: context.url.hostname,
  pageSite: context.topLevelSite === null ? 'the page' : siteText(context.topLevelSite),
})
