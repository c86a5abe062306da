import { samePartition } from '../../cookie/store.ts'
import { siteName, theCookie } from '../../remedies/words.ts'
import { isPartitionedHere } from '../evidence.ts'
import { block, defineSendRule, pass, undecided } from '../rule.ts'

interface Facts {
  name: string
  /** Top-level site that the cookie was stored under; null: it is not partitioned. */
  stored: string | null
  /** Top-level site of this request; empty where it has none. */
  here: string
  /** The sites are the same, and the documents in between make the difference. */
  ancestor: boolean
  host: string
  /** This browser keeps third-party cookies apart by page, whatever their lines say. */
  byBrowser: boolean
  /** The cookie's own site is in the address bar, and it is another than the cookie was stored under. */
  atHome: boolean
}

export default defineSendRule<Facts>({
  id: 'PartitionKeyMismatch',
  operation: 'send',
  spec: 'CHIPS (draft-cutler-httpbis-partitioned-cookies); in Firefox state partitioning',
  summary:
    'A partitioned cookie is sent only where the top-level site is the one it was stored under; where the browser partitions all third-party cookies, a cookie stored outside of a partition stays behind.',
  evaluate: (evidence) => {
    const { cookie, context, thirdPartyCookies, mayBeKeptApart, profile } = evidence
    const here = context.partitionKey?.topLevelSite ?? ''
    const stored = cookie.partitionKey?.topLevelSite ?? null
    const facts: Facts = {
      name: cookie.name,
      stored,
      here,
      ancestor: false,
      host: context.url.hostname,
      byBrowser: profile.policy.thirdPartyDefault === 'partitioned',
      atHome: context.thirdParty === false && stored !== here,
    }
    if (facts.stored === null) {
      if (isPartitionedHere(evidence)) return block(facts)
      if (mayBeKeptApart) return undecided('third-party-setting', facts)
      return context.thirdParty === null && thirdPartyCookies === 'partitioned' ? undecided('frames', facts) : pass
    }
    facts.ancestor = facts.stored === here
    if (context.partitionKey === null) return undecided('frames', facts)
    return samePartition(cookie.partitionKey, context.partitionKey) ? pass : block(facts)
  },
  explain: (facts) => ({ title: titleOf(facts), explanation: explanationOf(facts) }),
  remedies: ({ stored, atHome, host }) => (stored !== null && atHome ? [{ action: 'log-in-on-own-page', host }] : []),
})

const titleOf = ({ stored, ancestor, byBrowser }: Facts): string => {
  if (stored === null) return 'This browser keeps third-party cookies apart by page: this one is of the site itself'
  if (byBrowser && !ancestor)
    return 'This browser keeps third-party cookies apart by page: this one is stored for another site\u2019s'
  return ancestor
    ? 'Partitioned: stored with other documents in between than here'
    : 'Partitioned: stored for pages of another site'
}

/** With its scheme only where that alone tells it from the other. */
const pageOf = (site: string, other: string): string => {
  const scheme = siteName(site) === siteName(other) ? ` over ${site.split(':', 1)[0]}` : ''
  return site === '' ? 'without a site' : `of ${siteName(site)}${scheme}`
}

const explanationOf = ({ name, stored, here, ancestor, byBrowser }: Facts): string => {
  const page = here === '' ? 'the page' : siteName(here)
  if (stored === null)
    return `${theCookie(name)} was stored while its own site was in the address bar. On pages of other sites, such as ${page}, this browser gives the site a separate, empty set of cookies, so this one is not sent here.`
  if (ancestor)
    return `${theCookie(name)} is partitioned, and it makes a difference whether a document of another site stands between the page (of ${siteName(here)}) and the request: it was stored in the one case, and this is the other.`
  if (byBrowser)
    return `${theCookie(name)} was stored while a page ${pageOf(stored, here)} was in the address bar. This browser keeps third-party cookies apart by page, whether their lines say \`Partitioned\` or not (Firefox calls it state partitioning, or Total Cookie Protection): this one is sent only there.${here === '' ? '' : ` Here it is one ${pageOf(here, stored)}.`}`
  return `${theCookie(name)} is partitioned: it was stored while a page ${pageOf(stored, here)} was in the address bar, and is sent only there.${here === '' ? '' : ` Here it is one ${pageOf(here, stored)}.`}`
}
