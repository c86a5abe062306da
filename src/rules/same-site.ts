import type { SameSiteStatus } from '../contract.ts'
import type { Span } from '../cookie/parse.ts'
import { siteText } from '../cookie/site.ts'
import type { Action } from '../remedies/action.ts'
import { code } from '../remedies/words.ts'
import {
  block,
  type Finding,
  pass,
  type RequestEvidence,
  type SendEvidence,
  type SetEvidence,
  undecided,
} from './rule.ts'

/** What the SameSite rules tell: where the request came from, and where it went. */
export interface SameSiteFacts {
  name: string
  host: string
  site: string
  /** Site, or sites, that the request stands in. */
  from: string
  /** The page's own URL, without its path. */
  pageHost: string
  onlySchemeDiffers: boolean
  /** The page and the host are one site: a frame between, or the request's initiator, is another. */
  framed: boolean
  navigation: boolean
  post: boolean
  span?: Span
}

const factsOf = ({ exchange, context }: RequestEvidence, name: string, span: Span | undefined): SameSiteFacts => {
  const foreign =
    exchange.initiator !== null && exchange.initiator !== 'null'
      ? exchange.initiator
      : (exchange.frames.at(-1) ?? 'another site')
  const top = context.topLevelSite === null ? null : siteText(context.topLevelSite)
  const site = context.site === null ? context.url.hostname : siteText(context.site)
  const from = top !== null && top !== site ? top : originOf(foreign)
  return {
    name,
    host: context.url.hostname,
    site,
    from: exchange.initiator === 'null' ? 'a sandboxed or otherwise opaque document' : from,
    pageHost: hostOf(from),
    onlySchemeDiffers: context.onlySchemeDiffers,
    framed: exchange.resourceType !== 'main_frame' && top === site,
    navigation: exchange.resourceType === 'main_frame',
    post: context.sending === 'lax-unsafe',
    ...(span === undefined ? {} : { span }),
  }
}

const originOf = (text: string): string => (URL.canParse(text) ? new URL(text).origin : text)
const hostOf = (text: string): string => (URL.canParse(text) ? new URL(text).host : text)

/** A Set-Cookie line with this SameSite status, in a cross-site response that is no top-level navigation. */
export const evaluateSetting = (evidence: SetEvidence, status: SameSiteStatus): Finding<SameSiteFacts> => {
  const { read, context } = evidence
  if (read.sameSiteStatus !== status || (context.setting !== 'cross-site' && context.missing.length === 0)) return pass
  const facts = factsOf(evidence, read.name, read.sameSite?.span)
  return context.missing.length > 0 ? undecided('frames', facts) : block(facts)
}

/** A stored cookie of this status. `reach`: the contexts in which it is sent. */
export const evaluateSending = (
  evidence: SendEvidence,
  status: SameSiteStatus,
  reach: readonly RequestEvidence['context']['sending'][],
): Finding<SameSiteFacts> => {
  const { cookie, context } = evidence
  if (cookie.sameSite !== status) return pass
  const facts = factsOf(evidence, cookie.name, undefined)
  if (context.missing.length > 0) return undecided('frames', facts)
  return reach.includes(context.sending) ? pass : block(facts)
}

/** Why the two are not one site, with this request's own hosts. */
export const whyCrossSite = ({ host, site, from, onlySchemeDiffers, framed }: SameSiteFacts): string => {
  if (onlySchemeDiffers)
    return `The page is at ${code(from)}, and ${code(host)} answers at ${code(site)}: to the browser, http and https are two sites.`
  if (framed)
    return `${code(host)} is of the page's own site, but a document of another site stands between them, so the whole request counts as cross-site.`
  return `The request came from ${code(from)}, and ${code(host)} belongs to another site (${code(site)}). A site is the registrable domain, not the origin: ports and sub-domains do not matter, the name registered does.`
}

export const settingRemedies = (facts: SameSiteFacts): Action[] =>
  facts.onlySchemeDiffers
    ? [{ action: 'use-https', host: facts.pageHost, who: 'page' }]
    : [
        { action: 'set-attribute', attribute: 'SameSite', value: 'None' },
        { action: 'set-attribute', attribute: 'Secure' },
        { action: 'share-a-site', host: facts.host, site: facts.site, pageSite: facts.from },
      ]

export const sendingRemedies = (facts: SameSiteFacts, status: SameSiteStatus): Action[] => {
  if (facts.onlySchemeDiffers) return [{ action: 'use-https', host: facts.pageHost, who: 'page' }]
  if (facts.navigation && !facts.post) {
    return [
      { action: 'set-attribute', attribute: 'SameSite', value: 'Lax' },
      { action: 'start-on-this-site', host: facts.host },
    ]
  }
  if (facts.navigation) {
    return [
      { action: 'set-attribute', attribute: 'SameSite', value: 'None' },
      { action: 'set-attribute', attribute: 'Secure' },
      ...(status === 'strict' ? [] : [{ action: 'start-on-this-site', host: facts.host } as const]),
    ]
  }
  return settingRemedies(facts)
}
