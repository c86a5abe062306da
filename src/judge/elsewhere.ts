import { profileOf, profiles } from '../browsers/index.ts'
import type { BrowserProfile } from '../browsers/policy.ts'
import type {
  Browser,
  CookieVerdict,
  Exchange,
  ExchangeVerdict,
  Reason,
  SendOutcome,
  SetCookieVerdict,
  SetOutcome,
  StoredCookie,
} from '../contract.ts'
import { lineOf } from '../cookie/line-of.ts'
import { bareDomain } from '../cookie/store.ts'
import { headerValue, requestEvidence } from '../rules/evidence.ts'
import { judgeUnchecked } from './judge.ts'
import { doubtful } from './judge-unverified.ts'

/** What another browser would do with one line, or one cookie. Foretold by its rules: it was not run. */
export interface ElsewhereVerdict<Outcome> {
  browser: Browser
  outcome: Outcome
  /** Why it blocks, or may. */
  reasons: Reason[]
  /** The site of the pages for which alone it stores the cookie; null: for all. */
  onlyUnder: string | null
}

export interface Elsewhere {
  /** For each of the verdict's `setCookies`, the other browsers in one order. */
  setCookies: ElsewhereVerdict<SetOutcome>[][]
  /** For each of its `cookies`. */
  cookies: ElsewhereVerdict<SendOutcome>[][]
}

/**
 * What the other browsers would do in the place of the one in which the exchange was judged, each with its usual settings
 * and with a store that the same responses have filled. Where the two stores may differ and that decides, it is `unknown`. Pure.
 * @param verdict `judge`'s of this very exchange in `browser`
 * @throws {TypeError} for a browser whose rules are not known; for a URL of the exchange that is none
 */
export const elsewhere = (exchange: Exchange, verdict: ExchangeVerdict, browser: Browser): Elsewhere => {
  const here = profileOf(browser, 'browser')
  const request = translatedRequest(exchange, verdict, here)
  const others = profiles
    .filter((profile) => profile.browser !== browser)
    .map((profile) => inBrowser(profile, here, request, verdict))
  return {
    setCookies: verdict.setCookies.map((_, index) => others.flatMap(({ setCookies }) => setCookies[index] ?? [])),
    cookies: verdict.cookies.map(({ attributesUnknown }, index) =>
      attributesUnknown === true ? [] : others.flatMap(({ cookies }) => cookies[index] ?? []),
    ),
  }
}

/** Whether some other browser certainly does otherwise with one of the lines or cookies. */
export const differs = (verdict: ExchangeVerdict, { setCookies, cookies }: Elsewhere): boolean =>
  verdict.setCookies.some((here, index) => setCookies[index]?.some((there) => setDiffers(here, there))) ||
  verdict.cookies.some((here, index) => cookies[index]?.some((there) => sendDiffers(here, there)))

/** Whether the other browser certainly does otherwise with the line: a partition of its own counts. */
export const setDiffers = (here: SetCookieVerdict, there: ElsewhereVerdict<SetOutcome>): boolean =>
  isOther(here.outcome, there.outcome) ||
  (here.outcome === 'stored' && there.outcome === 'stored' && onlyUnder(here) !== there.onlyUnder)

/** Whether the other browser certainly does otherwise with the cookie. */
export const sendDiffers = (here: CookieVerdict, there: ElsewhereVerdict<SendOutcome>): boolean =>
  isOther(here.outcome, there.outcome)

const isOther = (here: string, there: string): boolean => here !== 'unknown' && there !== 'unknown' && here !== there

const onlyUnder = ({ cookie, outcome }: SetCookieVerdict): string | null =>
  (outcome === 'stored' ? cookie?.partitionKey?.topLevelSite : undefined) ?? null

/**
 * The request as another browser would make it: without the headers that tell of this one's settings and its store, but with
 * what they told. Only what makes it a preflight, and the mode in which an element asked, is left of the headers.
 */
const translatedRequest = (exchange: Exchange, verdict: ExchangeVerdict, here: BrowserProfile): Exchange => {
  const credentials = credentialsOf(exchange, verdict, here)
  const kept = credentials === 'unknown' ? preflightHeaders : [...preflightHeaders, 'sec-fetch-mode', 'sec-fetch-dest']
  return {
    ...exchange,
    credentials,
    responseHeaders: [
      ...exchange.responseHeaders.filter(({ name }) => name.toLowerCase() === 'date'),
      ...verdict.setCookies.map(({ line }) => ({ name: 'Set-Cookie', value: line })),
    ],
    requestHeaders: kept.flatMap((name) => {
      const value = headerValue(exchange.requestHeaders, name)
      return value === null ? [] : [{ name, value }]
    }),
  }
}

const preflightHeaders = ['access-control-request-method']

const credentialsOf = (
  exchange: Exchange,
  { setCookies, cookies }: ExchangeVerdict,
  here: BrowserProfile,
): 'include' | 'omit' | 'unknown' => {
  const verdicts = [...setCookies, ...cookies]
  const said = (id: string) =>
    verdicts.some(({ outcome, reasons }) => outcome === 'blocked' && reasons.some((reason) => reason.id === id))
  // Frames without credentials are not in every browser.
  if (said('AnonymousContext')) return 'unknown'
  if (said('CredentialsOmitted')) return 'omit'
  // Only a request with credentials stores and carries any.
  if (verdicts.some(({ outcome }) => outcome === 'stored' || outcome === 'removed' || outcome === 'sent'))
    return 'include'
  return requestEvidence(exchange, { browser: here.browser, jar: [] }, here).credentials
}

interface InBrowser {
  setCookies: ElsewhereVerdict<SetOutcome>[]
  cookies: ElsewhereVerdict<SendOutcome>[]
}

const inBrowser = (
  there: BrowserProfile,
  here: BrowserProfile,
  request: Exchange,
  verdict: ExchangeVerdict,
): InBrowser => {
  const { browser } = there
  const jar = verdict.cookies.map(({ cookie }) => asElsewhere(cookie, here))
  const judged = judgeUnchecked(request, { browser, jar })
  const sent = sendingsOf(judged, jar, otherPlaces(jar, there, here, request), request, browser)
  return {
    setCookies: judged.setCookies.map((line) => ({
      browser,
      outcome: line.outcome,
      reasons: line.reasons,
      onlyUnder: onlyUnder(line),
    })),
    cookies: jar.map((cookie, index) => ({
      browser,
      ...ifMade(settingOf(cookie, browser, request.time), sent[index] ?? notKnown),
      onlyUnder: null,
    })),
  }
}

/** Browsers that ask for Secure beside SameSite=None have no such cookie without it: none was given. */
const asElsewhere = (cookie: StoredCookie, { policy }: BrowserProfile): StoredCookie =>
  policy.noneNeedsSecure && cookie.sameSite === 'no_restriction' && !cookie.secure
    ? { ...cookie, sameSite: 'unspecified' }
    : cookie

interface Sending {
  outcome: SendOutcome
  reasons: Reason[]
}

const notKnown: Sending = { outcome: 'unknown', reasons: [] }

/** The verdict on each cookie of the jar, wherever in the store it may be. */
const sendingsOf = (
  judged: ExchangeVerdict,
  jar: readonly StoredCookie[],
  others: readonly StoredCookie[],
  request: Exchange,
  browser: Browser,
): Sending[] => {
  const inPlace = new Map(judged.cookies.map((verdict) => [verdict.cookie, verdict]))
  const isMoved = others.some((other, index) => other !== jar[index])
  const moved = isMoved
    ? judgeUnchecked({ ...request, responseHeaders: [] }, { browser, jar: [...others] }).cookies
    : []
  const elsewhereInStore = new Map(moved.map((verdict) => [verdict.cookie, verdict]))
  return jar.map((cookie, index) => {
    const first = inPlace.get(cookie) ?? notKnown
    const other = others[index]
    const second = other === undefined || other === cookie ? first : (elsewhereInStore.get(other) ?? notKnown)
    if (first.outcome === second.outcome) return { outcome: first.outcome, reasons: first.reasons }
    return { outcome: 'unknown', reasons: [...first.reasons, ...second.reasons].map(doubtful) }
  })
}

/** A cookie that the other browser would not have stored cannot be sent there. */
const ifMade = (made: Pick<SetCookieVerdict, 'outcome' | 'reasons'>, sending: Sending): Sending => {
  if (made.outcome === 'blocked') return { outcome: 'blocked', reasons: made.reasons }
  return made.outcome === 'unknown' && sending.outcome === 'sent'
    ? { outcome: 'unknown', reasons: made.reasons }
    : { outcome: sending.outcome, reasons: sending.reasons }
}

/** What the browser would do with a line that makes the cookie, on the cookie's own site. */
const settingOf = (
  { partitionKey, ...cookie }: StoredCookie,
  browser: Browser,
  time: number,
): Pick<SetCookieVerdict, 'outcome' | 'reasons'> => {
  const url = `https://${bareDomain(cookie)}/`
  const page: Exchange = {
    url,
    method: 'GET',
    resourceType: 'main_frame',
    initiator: null,
    frames: [],
    requestHeaders: [],
    status: 200,
    responseHeaders: [{ name: 'Set-Cookie', value: lineOf(cookie, time) }],
    time,
  }
  const [verdict] = URL.canParse(url) ? judgeUnchecked(page, { browser, jar: [] }).setCookies : []
  return verdict ?? { outcome: 'unknown', reasons: [] }
}

/**
 * Where else in the other browser's store each cookie may be: nobody saw whether its own site was in the address bar when it
 * was set, or another's. That makes a difference where one of the two browsers keeps third-party cookies apart by page.
 */
const otherPlaces = (
  jar: readonly StoredCookie[],
  there: BrowserProfile,
  here: BrowserProfile,
  request: Exchange,
): StoredCookie[] => {
  const { context } = requestEvidence(request, { browser: there.browser, jar: [] }, there)
  const isApart = (profile: BrowserProfile) => profile.policy.thirdPartyDefault === 'partitioned'
  const key = isApart(there) && context.thirdParty !== false ? context.partitionKey : null
  return jar.map((cookie) => {
    if (cookie.partitionKey === undefined) return key === null ? cookie : { ...cookie, partitionKey: key }
    if (!isApart(here)) return cookie
    const { partitionKey, ...plain } = cookie
    return plain
  })
}
