import type { PartitionKey, StoredCookie } from '../../src/contract.ts'
import { siteOf } from '../../src/cookie/site.ts'
import type { FirefoxThirdPartyMode } from '../browser/firefox-preferences.ts'
import type { Case } from './cases.ts'
import { type Random, randomFrom } from './random.ts'

/** The document in whose tab the request is made; a navigation is its own. */
const topLevelUrl = ({ context, url }: Case): string => ('frames' in context ? (context.frames.at(-1) ?? url) : url)

const elsewhere = 'https://elsewhere.example'

/** A jar that a cookie may be found in, this page's own most of all; undefined: the unpartitioned one. */
const partitionFor = (page: string, cookie: StoredCookie, random: Random): PartitionKey | undefined => {
  if (random.chance(0.5)) return undefined
  const site = siteOf(random.chance(0.85) ? page : elsewhere)
  if (site === null) return undefined
  const host = cookie.domain.replace(/^\./, '')
  const within = host === site.domain || host.endsWith(`.${site.domain}`)
  return { topLevelSite: site.text, hasCrossSiteAncestor: !within || random.chance(0.4) }
}

/** Partitions hold any cookie under Total Cookie Protection; else those with Partitioned, which have Secure. */
const mayBePartitioned = (cookie: StoredCookie, mode: FirefoxThirdPartyMode): boolean =>
  mode === 'partitioned' || cookie.secure

const unpartitioned = ({ partitionKey, ...cookie }: StoredCookie): StoredCookie => cookie

/** A generated case as Firefox may meet it: with a part of the jar in partitions. The same case, the same parts. */
export const forFirefox = (testCase: Case, seed: number, mode: FirefoxThirdPartyMode): Case => {
  const random = randomFrom(seed)
  const page = topLevelUrl(testCase)
  // These are as they are; but where there are no partitions, that store is the one that is full.
  if (testCase.id.startsWith('crowded'))
    return mode === 'partitioned' ? testCase : { ...testCase, jar: testCase.jar.map(unpartitioned) }
  return {
    ...testCase,
    jar: testCase.jar.map((cookie) => {
      const partitionKey = mayBePartitioned(cookie, mode) ? partitionFor(page, cookie, random) : undefined
      return partitionKey === undefined ? cookie : { ...cookie, partitionKey }
    }),
  }
}
