import { bareDomain } from '../cookie/store.ts'
import { openTime, responseTimeOf } from './claims.ts'
import { type Hop, headerOf, redirectTarget } from './hop.ts'
import { siteKeyOf } from './jar.ts'

/** What can be asked of a hop that has been judged. */

/** A response with more lines than that is judged again when all of them are answered for, not for each. */
const fewLines = 8

/** Whether the third-party setting may decide something here, or add a reason to what is blocked already. */
export const hangsOnSetting = ({ verdict, exchange: { url, frames, initiator } }: Hop): boolean => {
  const all = [...verdict.setCookies, ...verdict.cookies]
  if (all.some(({ outcome }) => outcome === 'unknown')) return true
  const isAmongItsOwn = initiator !== 'null' && frames.every((frame) => schemefulSite(frame) === schemefulSite(url))
  return !isAmongItsOwn && all.some(({ outcome }) => outcome === 'blocked')
}

const schemefulSite = (url: string): string => {
  if (!URL.canParse(url)) return ''
  const { protocol, hostname } = new URL(url)
  return `${protocol.replace(/^ws/, 'http')}//${siteKeyOf(hostname)}`
}

/** The hosts of the cookies that a response is about. */
export const cookieHosts = ({ url, verdict }: Hop): string[] => [
  new URL(url).hostname,
  ...verdict.setCookies.flatMap(({ cookie }) => (cookie === null ? [] : [bareDomain(cookie)])),
]

/** Until when the store's events of a response that does not end are waited for. */
export const openUntil = (hop: Hop): number => responseTimeOf(hop) + openTime

/** Whether the store is still dealing with a response's lines, which are many. */
export const isBeingWritten = ({ settled, cut, claims, verdict: { setCookies } }: Hop): boolean =>
  !settled && !cut && setCookies.length > fewLines && claims.length < setCookies.length

/** Whether the store has confirmed all that was said of the response's lines. */
export const isConfirmed = ({ observed }: Hop): boolean =>
  observed.every(({ operation, agreement }) => operation === 'send' || agreement === 'confirmed')

/** Whether a navigation's response becomes a document: not a redirect, no 204, no download. */
export const makesDocument = (hop: Hop): boolean =>
  (hop.resourceType === 'main_frame' || hop.resourceType === 'sub_frame') &&
  redirectTarget(hop) === null &&
  hop.status !== 204 &&
  hop.status !== 205 &&
  !/^\s*attachment\b/i.test(headerOf(hop.responseHeaders, 'content-disposition') ?? '')
