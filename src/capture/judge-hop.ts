import type { Browser, ThirdPartyCookies } from '../contract.ts'
import { judgeObserved } from '../judge/judge-observed.ts'
import type { StoreEvidence } from '../judge/reconcile.ts'
import { byHeader } from './by-header.ts'
import { type Hop, hasSetCookie } from './hop.ts'
import type { Store } from './store.ts'

/**
 * Judges a hop by what is known of it and of the store now, and keeps what was found with it.
 * @returns what the store had to say
 * @throws {TypeError} as `judge`
 */
export const judgeHop = (
  hop: Hop,
  store: Store,
  browser: Browser,
  thirdPartyCookies: ThirdPartyCookies,
): StoreEvidence => {
  const writes = hasSetCookie(hop)
  const evidence: StoreEvidence = {
    changes: writes ? store.evidenceFor(hop) : [],
    jarBefore: hop.jar,
    jarMeanwhile: writes ? store.heldMeanwhile(hop) : [],
    jarAfter: hop.jarAfter,
    settled: hop.settled,
    hidden: hop.hidden,
    cut: hop.cut,
    // The cache keeps no Set-Cookie lines: with some, the server was asked whether it is still good.
    fromCache: hop.fromCache && !writes,
  }
  const options = { browser, jar: [...hop.jar], thirdPartyCookies }
  const { exchange, verdict, observed } = byHeader(judgeObserved(hop.exchange, options, evidence), hop)
  hop.exchange = exchange
  hop.verdict = verdict
  hop.observed = observed
  return evidence
}
