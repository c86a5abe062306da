import { profileOf } from '../browsers/index.ts'
import type { Browser, Exchange, ExchangeVerdict, JudgeOptions, Observed, StoredCookie } from '../contract.ts'
import { sameBytes } from '../cookie/bytes.ts'
import { isExpired, sameKey } from '../cookie/store.ts'
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
  const credentials =
    evidence.settled && evidence.hidden !== true
      ? credentialsFromStore(first, evidence, exchange.time, options.browser)
      : null
  const judged = credentials === null ? exchange : { ...exchange, credentials }
  const verdict = credentials === null ? first : judge(judged, options)
  return { exchange: judged, verdict, observed: reconcile(judged, verdict, evidence, options.browser) }
}

const credentialRules: ReadonlySet<string> = new Set(['CredentialsOmitted', 'AnonymousContext'])
/** What may be open as well: a cookie that appeared passed there too, but one that did not may have failed there. */
const settingRule = 'UserPreferences'

const credentialsFromStore = (
  verdict: ExchangeVerdict,
  evidence: StoreEvidence,
  time: number,
  browser: Browser,
): 'include' | 'omit' | null => {
  const undecided = verdict.setCookies.filter(
    ({ outcome, reasons }) =>
      outcome === 'unknown' &&
      reasons.some(({ id }) => credentialRules.has(id)) &&
      reasons.every(({ id }) => credentialRules.has(id) || id === settingRule),
  )
  const hangsOnSetting = undecided.some(({ reasons }) => reasons.some(({ id }) => id === settingRule))
  const open = undecided.flatMap(({ cookie }) => (cookie === null ? [] : [cookie]))
  // A line that deletes leaves a trace only where there was something to delete.
  const telling = open.filter(
    (cookie) => !isExpired(cookie, time) || evidence.jarBefore.some((seen) => sameKey(seen, cookie)),
  )
  if (telling.length === 0) return null
  const traces = telling.flatMap((cookie) =>
    evidence.changes.filter(({ removed, cookie: seen }) =>
      isExpired(cookie, time)
        ? removed && sameKey(seen, cookie)
        : !removed && sameKey(seen, cookie) && sameBytes(seen.value, cookie.value),
    ),
  )
  if (traces.length === 0) {
    // What the store has already, as the line would write it, may have been written again, and not told.
    const { tellsUnchanged } = profileOf(browser).policy
    const isThere = (cookie: StoredCookie) =>
      [...evidence.jarBefore, ...(evidence.jarMeanwhile ?? []), ...(evidence.jarAfter ?? [])].some(
        (seen) => sameKey(seen, cookie) && sameBytes(seen.value, cookie.value),
      )
    const isUntold = !tellsUnchanged && telling.some((cookie) => cookie.session && isThere(cookie))
    return hangsOnSetting || isUntold ? null : 'omit'
  }
  // What may be another's tells nothing.
  return traces.some(({ doubtful }) => doubtful !== true) ? 'include' : null
}
