import type { ThirdPartyCookies } from '../contract.ts'
import { type Hop, headerOf } from './hop.ts'
import { siteKeyOf } from './jar.ts'

const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).hostname : '')

/**
 * What the browser does with third-party cookies, as far as `Sec-Fetch-Storage-Access` told: `none` (and `inactive`) on a
 * cross-site request means that they are blocked there, `active` that they are not. A site may have been given access of its own, so
 * that one refusal weighs more than any number of permissions.
 */
export class ThirdPartyEvidence {
  #told: ThirdPartyCookies = 'unknown'
  readonly #pairs = new Map<string, 'active' | 'none'>()
  #refused = 0

  get setting(): ThirdPartyCookies {
    if (this.#told !== 'unknown') return this.#told
    if (this.#refused > 0) return 'blocked'
    return this.#pairs.size > 0 ? 'allowed' : 'unknown'
  }

  /** A request was sent. @param told what it says outright; undefined: its headers have to tell */
  take({ url, resourceType, document, requestHeaders }: Hop, told?: ThirdPartyCookies): void {
    if (told !== undefined) {
      if (told !== 'unknown') this.#told = told
      return
    }
    const said = headerOf(requestHeaders, 'sec-fetch-storage-access')
    if (document === null || said === null || headerOf(requestHeaders, 'sec-fetch-site') !== 'cross-site') return
    // A credentialless frame's navigation says `none` where third-party cookies are allowed (measured).
    if (resourceType === 'sub_frame' && said !== 'active') return
    let top = document
    while (top.parent !== null) top = top.parent
    const pair = `${siteKeyOf(hostOf(top.url))} ${siteKeyOf(hostOf(url))}`
    const answer = said === 'active' ? 'active' : 'none'
    const before = this.#pairs.get(pair)
    this.#pairs.set(pair, answer)
    this.#refused += Number(answer === 'none') - Number(before === 'none')
  }
}
