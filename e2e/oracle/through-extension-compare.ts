import { cameTooNear } from '../../src/capture/by-header.ts'
import type { ExchangeVerdict, Observed, Reason, ReportExchange, StoredCookie } from '../../src/contract.ts'
import { sameKey } from '../../src/cookie/store.ts'
import { judge } from '../../src/judge/index.ts'
import type { LogEntry } from '../../src/panel/session.ts'
import type { Recording } from './cases.ts'
import { cdpShown, cookieDifferences, exchangeOf, lineDifferences } from './compare.ts'
import { cookieText, type Difference, headerDifferences, isSame, storeDifferences } from './compare-store.ts'
import type { BrowserHop } from './through-extension-traffic.ts'

/** An exchange of the log, and what it is held against. */
export interface Held {
  entry: LogEntry
  exported: ReportExchange | undefined
  /** CDP's word; null where it has none. */
  hop: BrowserHop | null
  /** Of the exchange that a case is about. */
  recording: Recording | null
}

export const differencesOf = ({ entry: { verdict, observed }, exported, hop, recording }: Held): Difference[] => {
  const inExport = exportDifferences(verdict, observed, exported)
  const truth = recording === null ? null : toldAll(recording)
  if (truth !== null) return [...untoldDifferences(truth, verdict, observed), ...inExport]
  return [
    ...(hop === null
      ? []
      : trafficDifferences(recording === null ? ofPage(hop.traffic) : hop.traffic, verdict, observed)),
    ...(recording === null ? [] : caseDifferences(recording, verdict, observed)),
    ...observed.filter(isAmiss).map(asDifference),
    ...inExport,
  ]
}

const isAmiss = ({ agreement }: Observed): boolean => agreement === 'contradicted' || agreement === 'unexplained'

/**
 * The verdict on a case with everything told, where nothing that an extension sees tells all of it: that a frame or a script
 * asked without credentials, which of two sandboxed documents asked. Null elsewhere.
 */
const toldAll = (recording: Recording): ExchangeVerdict | null => {
  const exchange = exchangeOf(recording)
  const options = { browser: 'chromium', thirdPartyCookies: recording.thirdPartyCookies } as const
  const truth = judge(exchange, { ...options, jar: recording.before })
  if (isIndistinct(recording)) return truth
  if (recording.credentials === 'include') return null
  // Cookies that stayed behind would tell, if the jar had not just been made: they may have come a moment later.
  const isOwnOrigin = recording.initiator === new URL(recording.url).origin
  const less = judge({ ...exchange, credentials: 'unknown' }, { ...options, jar: recording.before })
  return !isOwnOrigin && wordsOf(truth, []) === wordsOf(less, []) ? null : truth
}

/** A sandboxed frame's own request and that of a frame in it differ by a header, and plain http has none. */
const isIndistinct = ({ initiator, resourceType, requestHeaders }: Recording): boolean =>
  initiator === 'null' &&
  resourceType === 'sub_frame' &&
  requestHeaders.every(({ name }) => name.toLowerCase() !== 'sec-fetch-site')

/** Where the evidence is wanting, an outcome may be unknown or not confirmed, but no other than the browser's. */
const untoldDifferences = (
  truth: ExchangeVerdict,
  { setCookies, cookies }: ExchangeVerdict,
  observed: readonly Observed[],
): Difference[] => {
  const isDoubted = (operation: Observed['operation'], index: number): boolean =>
    observed.some((one) => one.operation === operation && one.index === index && one.agreement !== 'confirmed')
  const lines = setCookies.flatMap(({ line, outcome }, index) => {
    const expected = truth.setCookies[index]?.outcome
    // What deletes nothing, stored or ignored, leaves the store as it is.
    const isIdle = outcome === 'removed' && expected === 'blocked'
    return outcome === expected || outcome === 'unknown' || isIdle || isDoubted('set', index)
      ? []
      : [{ what: `line ${JSON.stringify(line.slice(0, 200))}`, ours: outcome, browser: `${expected}` }]
  })
  const jar = cookies.flatMap(({ cookie, outcome }) => {
    const expected = truth.cookies.find((one) => sameKey(one.cookie, asShown(cookie)))?.outcome
    return outcome === expected || outcome === 'unknown'
      ? []
      : [{ what: `cookie ${cookieText(cookie)}`, ours: outcome, browser: `${expected}` }]
  })
  return [...lines, ...jar]
}

const asDifference = ({ operation, index, agreement, evidence }: Observed): Difference => ({
  what: `${operation} ${index}`,
  ours: agreement,
  browser: evidence,
})

const isKnown = ({ outcome }: { outcome: string }): boolean => outcome !== 'unknown'

/** A case's page may be in a frame without credentials, of which nothing tells: its cookies stay behind in any case. */
const ofPage = (traffic: BrowserHop['traffic']): BrowserHop['traffic'] => ({
  ...traffic,
  associated: traffic.associated.map((one) => ({
    ...one,
    reasons: one.reasons.filter((reason) => reason !== 'AnonymousContext'),
  })),
})

/** CDP's reasons for each line and each cookie, the cookies that it lists, and the Cookie header. */
const trafficDifferences = (
  traffic: BrowserHop['traffic'],
  verdict: ExchangeVerdict,
  observed: readonly Observed[],
): Difference[] => {
  const shown = { ...verdict, cookies: verdict.cookies.map((one) => ({ ...one, cookie: asShown(one.cookie) })) }
  const isDoubted = (index: number): boolean =>
    observed.some((one) => one.operation === 'send' && one.index === index && one.evidence === cameTooNear)
  const isListed = (cookie: StoredCookie): boolean => traffic.associated.some((one) => sameKey(one.cookie, cookie))
  const certain = {
    setCookies: shown.setCookies.filter(isKnown),
    // One that came too near to the request need not have been there, and the verdict says so.
    cookies: shown.cookies.filter((one, index) => isKnown(one) && (isListed(one.cookie) || !isDoubted(index))),
  }
  const unlisted = traffic.associated.filter(
    ({ cookie }) => !shown.cookies.some((one) => sameKey(one.cookie, cookie) && one.cookie.value === cookie.value),
  )
  const isWhole = shown.cookies.every(isKnown)
  return [
    ...lineDifferences(traffic, certain),
    ...cookieDifferences(traffic, certain).filter(({ what }) => what !== 'Cookie header'),
    // CDP shows the header's bytes, and the cookies' text.
    ...(isWhole ? headerDifferences(traffic, verdict) : []),
    ...unlisted.map(({ cookie, reasons }) => ({
      what: `cookie ${cookieText(cookie)}`,
      ours: 'not listed',
      browser: `listed ${reasons}`,
    })),
  ]
}

const asShown = (cookie: StoredCookie): StoredCookie => ({
  ...cookie,
  name: cdpShown.name(cookie.name),
  value: cdpShown.value(cookie.value),
  path: cdpShown.path(cookie.path),
})

/** The store after the exchange, and for a request of which CDP tells nothing the Cookie header that the server saw. */
const caseDifferences = (
  recording: Recording,
  verdict: ExchangeVerdict,
  observed: readonly Observed[],
): Difference[] => [
  ...(verdict.setCookies.every(isKnown) ? storeDifferences(recording, verdict, cdpShown) : []),
  ...(recording.silent === true && verdict.cookies.every(isKnown) ? headerDifferences(recording, verdict) : []),
  ...observed.filter(({ agreement }) => agreement === 'confirmed').flatMap((one) => refuted(one, verdict, recording)),
]

/** What is called confirmed, and the store as CDP has it contradicts. */
const refuted = ({ operation, index }: Observed, verdict: ExchangeVerdict, recording: Recording): Difference[] => {
  const line = operation === 'set' ? verdict.setCookies[index] : undefined
  if (line === undefined || line.cookie === null) return []
  const cookie = asShown(line.cookie)
  const isWriter = ({ outcome, cookie: other }: ExchangeVerdict['setCookies'][number]): boolean =>
    other !== null && (outcome === 'stored' || outcome === 'removed') && sameKey(asShown(other), cookie)
  // A later line has the last word.
  if (verdict.setCookies.slice(index + 1).some(isWriter)) return []
  const there = recording.after.find((one) => sameKey(one, cookie))
  const wasThere = recording.before.some((one) => sameKey(one, cookie) && one.value === there?.value)
  const isWrittenByOther = verdict.setCookies.slice(0, index).some(isWriter)
  const isRefuted = {
    stored: there === undefined ? !isFull(recording) : !isSame(cookie, there),
    removed: there !== undefined,
    blocked: there !== undefined && there.value === cookie.value && !wasThere && !isWrittenByOther,
    unknown: false,
  }[line.outcome]
  return isRefuted
    ? [
        {
          what: `line ${JSON.stringify(line.line.slice(0, 200))}`,
          ours: `${line.outcome}, confirmed`,
          browser: there === undefined ? 'not in the store' : `in the store: ${cookieText(there)}`,
        },
      ]
    : []
}

/** The store may have deleted to make room: what it then has, the comparison of the whole store tells. */
const isFull = ({ case: { id } }: Recording): boolean => id.startsWith('crowded')

/** What is exported says the same as the log. */
const exportDifferences = (
  verdict: ExchangeVerdict,
  observed: readonly Observed[],
  exported: ReportExchange | undefined,
): Difference[] => {
  const ours = wordsOf(verdict, observed)
  const theirs = exported === undefined ? 'not exported' : wordsOf(exported.verdict, exported.observed)
  return ours === theirs ? [] : [{ what: 'export', ours, browser: theirs }]
}

const wordsOf = ({ setCookies, cookies }: ExchangeVerdict, observed: readonly Observed[]): string =>
  [
    ...[...setCookies, ...cookies].map(({ outcome, reasons }) => `${outcome} ${idsOf(reasons)}`),
    ...observed.map(({ operation, index, agreement }) => `${operation} ${index} ${agreement}`),
  ].join('; ')

export const idsOf = (reasons: readonly Pick<Reason, 'id'>[]): string => reasons.map(({ id }) => id).join()
