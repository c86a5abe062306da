import type { ExchangeVerdict, ThirdPartyCookies } from '../contract.ts'
import { judge } from '../judge/judge.ts'
import type { StoreEvidence } from '../judge/reconcile.ts'
import { type Hop, headerOf } from './hop.ts'
import { siteKeyOf } from './jar.ts'
import { Recent } from './recent.ts'

const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).hostname : '')

/**
 * What the browser does with third-party cookies, as far as `Sec-Fetch-Storage-Access` told: `none` (and `inactive`) on a
 * cross-site request means that they are blocked there, `active` that they are not. A site may have been given access of its own, so
 * that one refusal weighs more than any number of permissions.
 */
export class ThirdPartyEvidence {
  #told: ThirdPartyCookies = 'unknown'
  /** Requests say outright what is done with them, or do not, and then the store may (Firefox). */
  #isFirefox = false
  readonly #pairs = new Map<string, 'active' | 'none'>()
  #refused = 0
  /** Navigations, by what they asked for. */
  readonly #pages = new Recent<string, Hop>(pagesKnown)

  get setting(): ThirdPartyCookies {
    if (this.#told !== 'unknown') return this.#told
    if (this.#refused > 0) return 'blocked'
    return this.#pairs.size > 0 ? 'allowed' : 'unknown'
  }

  /** A request was sent. @param told what it says outright; undefined: its headers have to tell */
  take(hop: Hop, told?: ThirdPartyCookies): void {
    const { url, resourceType, document, requestHeaders } = hop
    if (resourceType === 'main_frame' || resourceType === 'sub_frame') this.#pages.set(url, hop)
    if (told !== undefined) {
      this.#isFirefox = true
      // The setting has been changed.
      if (told !== 'unknown') this.#told = told
      else if (this.#told === 'partitioned' && isNotPartitioned(hop)) this.#told = 'unknown'
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

  /** The store has been asked about a request, of which no header told the setting: what it did with the cookies may. */
  learn(hop: Hop, { changes, settled, hidden, cut }: StoreEvidence): void {
    if (!this.#isFirefox || this.#told !== 'unknown' || topSiteOf(hop) === hop.site) return
    const written = changes.find(({ removed, doubtful }) => !removed && doubtful !== true)
    if (written !== undefined) {
      // Lines with Partitioned are put there in any setting.
      const isAsked = /;\s*partitioned\b/i.test(headerOf(hop.responseHeaders, 'set-cookie') ?? '')
      if (!isAsked) this.#told = written.cookie.partitionKey === undefined ? 'allowed' : 'partitioned'
      return
    }
    const isTelling = isNotPartitioned(hop) || (isPlainElement(hop) && this.#embedsPlainly(hop.document))
    if (!isTelling || headerOf(hop.requestHeaders, 'cookie') !== null) return
    const { cookies, setCookies } = ifAllowed(hop)
    const isWithheld = cookies.some(({ outcome }) => outcome === 'sent')
    const isDropped =
      settled && hidden !== true && cut !== true && setCookies.some(({ outcome }) => outcome === 'stored')
    if (isWithheld || isDropped) this.#told = 'blocked'
  }

  /** Its answer was seen, and no `Cross-Origin-Embedder-Policy: credentialless` takes the cookies from what it embeds. */
  #embedsPlainly(document: Hop['document']): boolean {
    const page = document === null ? undefined : this.#pages.get(document.url)
    if (page === undefined || page.status < 200 || page.status > 299) return false
    return !/credentialless/i.test(headerOf(page.responseHeaders, 'cross-origin-embedder-policy') ?? '')
  }
}

const pagesKnown = 200

const topSiteOf = ({ document, site }: Hop): string => {
  let top = document
  while (top !== null && top.parent !== null) top = top.parent
  return top === null ? site : siteKeyOf(hostOf(top.url))
}

/**
 * A third party's request that nothing but the setting keeps from having cookies, and that would say that they are
 * partitioned: frames' documents and WebSockets over https (measured in Firefox).
 */
const isNotPartitioned = (hop: Hop): boolean =>
  hop.resourceType === 'sub_frame'
    ? topSiteOf(hop) !== hop.site && lacksHeader(hop)
    : hop.resourceType === 'websocket' && isCrossSite(hop) && lacksHeader(hop)

/**
 * The same of an image or a script without `crossorigin`, but for the page's own `Cross-Origin-Embedder-Policy` (measured in Firefox: the
 * header is there where cookies are partitioned, of trackers too, and whatever that policy takes away).
 */
const isPlainElement = (hop: Hop): boolean =>
  (hop.resourceType === 'image' || hop.resourceType === 'script') &&
  headerOf(hop.requestHeaders, 'sec-fetch-mode') === 'no-cors' &&
  isCrossSite(hop) &&
  lacksHeader(hop)

const isCrossSite = ({ requestHeaders }: Hop): boolean => headerOf(requestHeaders, 'sec-fetch-site') === 'cross-site'

const lacksHeader = ({ url, redirectChain, requestHeaders }: Hop): boolean =>
  /^(?:https|wss):/.test(url) &&
  redirectChain.length === 0 &&
  headerOf(requestHeaders, 'sec-fetch-site') !== null &&
  headerOf(requestHeaders, 'sec-fetch-storage-access') === null

/** Of the store only what was surely there when the request left, milliseconds. */
const surely = 1_000

const ifAllowed = ({ browser, exchange, jar, requestTime }: Hop): ExchangeVerdict =>
  judge(
    { ...exchange, credentials: 'include' },
    {
      browser,
      jar: jar.filter(({ creation }) => creation === undefined || creation < requestTime - surely),
      thirdPartyCookies: 'allowed',
    },
  )
