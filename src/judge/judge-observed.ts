import type { Exchange, ExchangeVerdict, JudgeOptions, Observed } from '../contract.ts'
import { sameKey } from '../cookie/store.ts'
import { judge } from './judge.ts'
import { reconcile, type StoreEvidence } from './reconcile.ts'

export interface ObservedVerdict {
  /** The exchange as it was judged: with `credentials` filled in where the store told. */
  exchange: Exchange
  verdict: ExchangeVerdict
  observed: Observed[]
}

/**
 * Judges an exchange and holds the verdict against the browser's own evidence. Where nothing but the credentials
 * mode is open, the store decides: a cookie that appeared came with credentials, and lines none of which appeared were ignored.
 * @throws {TypeError} as `judge`
 */
export const judgeObserved = (exchange: Exchange, options: JudgeOptions, evidence: StoreEvidence): ObservedVerdict => {
  const first = judge(exchange, options)
  const credentials = evidence.settled ? credentialsFromStore(first, evidence) : null
  const judged = credentials === null ? exchange : { ...exchange, credentials }
  const verdict = credentials === null ? first : judge(judged, options)
  return { exchange: judged, verdict, observed: reconcile(judged, verdict, evidence, options.browser) }
}

const credentialsFromStore = (verdict: ExchangeVerdict, evidence: StoreEvidence): 'include' | 'omit' | null => {
  const open = verdict.setCookies.filter(
    ({ outcome, reasons }) => outcome === 'unknown' && reasons.every(({ id }) => id === 'CredentialsOmitted'),
  )
  if (open.length === 0) return null
  const appeared = open.some(({ cookie }) =>
    evidence.changes.some(
      ({ removed, cookie: seen }) =>
        !removed && cookie !== null && sameKey(seen, cookie) && seen.value === cookie.value,
    ),
  )
  return appeared ? 'include' : 'omit'
}
