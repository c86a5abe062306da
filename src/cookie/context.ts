import type { Exchange, PartitionKey } from '../contract.ts'
import { domainMatch } from './domain.ts'
import { type Site, sameSite, siteOf } from './site.ts'
import type { Address } from './url.ts'

/** How near the request's context is to its URL's site (RFC 6265bis 5.2), nearest first. */
export type SameSiteContext = 'strict' | 'lax' | 'lax-unsafe' | 'cross-site'

/** Where a request stands, as far as cookies are concerned. */
export interface RequestContext {
  url: Address
  site: Site | null
  /** What SameSite rules see when the cookie is to be sent. */
  sending: SameSiteContext
  /** What they see when the response sets it: a top-level navigation may set all, whoever started it. */
  setting: SameSiteContext
  /** Whether same registrable domains differ by their scheme alone somewhere: what makes the context cross-site. */
  onlySchemeDiffers: boolean
  /** The site of the hop of the redirect chain that alone makes the request cross-site; null where it is no hop. */
  foreignHop: Site | null
  /** Top-level site of the page; null where it is not known. */
  topLevelSite: Site | null
  /** Whether the browser's third-party cookie setting applies; null where the documents around are not known. */
  thirdParty: boolean | null
  /** The key under which a partitioned cookie is stored and looked up here; null where it is not known. */
  partitionKey: PartitionKey | null
  /** What would have to be known to be sure: empty where all was given. */
  missing: readonly 'frames'[]
}

const nothing: RequestContext['missing'] = []
const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE'])

/** about: documents take the place of the document that made them (HTML, inherited origin). */
const ownSiteFrames = (frames: readonly string[]): string[] => frames.filter((frame) => !frame.startsWith('about:'))

export interface ContextOptions {
  /** Whether http and https of one domain are two sites (Chromium) or one (Firefox). */
  schemeful: boolean
  /** Whether a cross-site hop of the redirect chain makes the context cross-site for what is sent (Firefox). */
  countRedirects: boolean
  /** What a partition key compares with the page's site: the request's site, or whether its host is within that domain. */
  partitionAncestorBy: 'site' | 'domain'
  /** What the request itself tells of its being a third party's; null where it does not. */
  thirdPartyTold: boolean | null
}

/**
 * The request's site for cookies, same-site context and partition key.
 */
export const requestContext = (exchange: Exchange, url: Address, options: ContextOptions): RequestContext => {
  const { schemeful } = options
  const site = siteOf(exchange.url)
  if (exchange.resourceType === 'main_frame') return navigationContext(exchange, url, site, options)

  const frames = ownSiteFrames(exchange.frames)
  const sites = frames.map(siteOf)
  const top = sites.at(-1) ?? null
  const opaqueDocument = exchange.initiator === 'null' && exchange.resourceType !== 'sub_frame'
  // Its parent may be sandboxed, or it may have been sent here by itself: the frames' URLs are the same.
  const parentInDoubt = exchange.initiator === 'null' && exchange.resourceType === 'sub_frame'
  const opaqueParent = parentInDoubt && options.thirdPartyTold === true
  const framesAgree = (bySchemeToo: boolean): boolean =>
    !opaqueDocument && !opaqueParent && sites.every((frame) => sameSite(frame, top, bySchemeToo))
  const initiator = exchange.initiator === null ? site : siteOf(exchange.initiator)
  const firstParty = (bySchemeToo: boolean): boolean => framesAgree(bySchemeToo) && sameSite(site, top, bySchemeToo)
  const near = (bySchemeToo: boolean): boolean => firstParty(bySchemeToo) && sameSite(site, initiator, bySchemeToo)
  const foreignHop = near(schemeful) ? foreignHopOf(exchange, site, options) : null

  const known = frames.length > 0
  // The page itself is seldom sandboxed; a frame in it that frames others may be.
  const open = parentInDoubt && options.thirdPartyTold === null && frames.length > 1 && firstParty(schemeful)
  // A cross-site initiator settles it, whatever the ancestors are.
  const decided = known || !sameSite(site, initiator, schemeful)
  const setting = near(schemeful) ? 'strict' : 'cross-site'
  const sending = foreignHop === null ? setting : 'cross-site'
  // A document of another site that asks is among the documents around, unless it sent one of its sub-frames here.
  const foreignDocument = exchange.resourceType !== 'sub_frame' && !sameSite(site, initiator, schemeful)
  const hasCrossSiteAncestor =
    options.partitionAncestorBy === 'site' || top === null || sameSite(site, top, schemeful)
      ? !framesAgree(schemeful) || !sameSite(site, top, schemeful)
      : !domainMatch(url.hostname, top.domain)
  return {
    url,
    site,
    sending,
    setting,
    onlySchemeDiffers: setting === 'cross-site' && near(false),
    foreignHop,
    topLevelSite: top,
    thirdParty: open ? null : known ? !firstParty(schemeful) : foreignDocument ? true : null,
    partitionKey: top === null || open ? null : { topLevelSite: top.text, hasCrossSiteAncestor },
    missing: decided ? [] : ['frames'],
  }
}

const navigationContext = (
  exchange: Exchange,
  url: Address,
  site: Site | null,
  options: ContextOptions,
): RequestContext => {
  const initiator = exchange.initiator === null ? site : siteOf(exchange.initiator)
  const started = sameSite(site, initiator, options.schemeful)
  const foreignHop = started ? foreignHopOf(exchange, site, options) : null
  const near = started && foreignHop === null
  return {
    url,
    site,
    sending: near ? 'strict' : safeMethods.has(exchange.method.toUpperCase()) ? 'lax' : 'lax-unsafe',
    setting: 'lax',
    onlySchemeDiffers: !started && sameSite(site, initiator, false),
    foreignHop,
    topLevelSite: site,
    thirdParty: false,
    partitionKey: site === null ? null : { topLevelSite: site.text, hasCrossSiteAncestor: false },
    missing: nothing,
  }
}

const foreignHopOf = (exchange: Exchange, site: Site | null, options: ContextOptions): Site | null => {
  if (!options.countRedirects) return null
  const hops = (exchange.redirectChain ?? []).map(siteOf)
  return hops.find((hop) => !sameSite(hop, site, options.schemeful)) ?? null
}
