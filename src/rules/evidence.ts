import type { BrowserProfile } from '../browsers/policy.ts'
import { readExpiry, readLine } from '../browsers/read.ts'
import { resolveDomain } from '../browsers/resolve-domain.ts'
import type { Exchange, Header, JudgeOptions, StoredCookie, ThirdPartyCookies } from '../contract.ts'
import { type RequestContext, requestContext } from '../cookie/context.ts'
import { type Filling, fillingOf } from '../cookie/filling.ts'
import { parseLine } from '../cookie/parse.ts'
import { defaultPath } from '../cookie/path.ts'
import { isExpired, sameKey } from '../cookie/store.ts'
import { parseUrl } from '../cookie/url.ts'
import { lineOccasions, occasion, requestOccasions } from './occasion.ts'
import type { RequestEvidence, SendEvidence, SetEvidence } from './rule.ts'

/** The value of the first header of a name, which is given in lower case; null without one. */
export const headerValue = (headers: readonly Header[], name: string): string | null => {
  for (const header of headers) {
    if (header.name.length === name.length && header.name.toLowerCase() === name) return header.value
  }
  return null
}

/**
 * What can be known of the request before any cookie is looked at.
 * @throws {TypeError} for a URL that is none
 */
export const requestEvidence = (
  exchange: Exchange,
  options: JudgeOptions,
  profile: BrowserProfile,
): RequestEvidence => {
  const { policy } = profile
  const url = parseUrl(exchange.url)
  if (url === null) throw new TypeError('exchange.url: expected an absolute URL')
  const context = requestContext(exchange, url, {
    schemeful: policy.schemefulSameSite,
    countRedirects: policy.redirectsCount,
    partitionAncestorBy: policy.partitionAncestorBy,
    thirdPartyTold: thirdPartyTold(exchange, policy),
  })
  const storageAccess =
    policy.storageAccessHeaderTells === 'credentials-and-blocking' ? storageAccessOf(exchange, context) : null
  const partitioning = policy.storageAccessHeaderTells === 'partitioning' ? partitioningOf(exchange, context) : null
  const preflight =
    exchange.method === 'OPTIONS' && headerValue(exchange.requestHeaders, 'access-control-request-method') !== null
  const boundToFrame = policy.credentiallessFrames && isBoundToFrame(exchange, context)
  // A frame without credentials says `none` of its requests, whatever the setting is.
  const settingTold =
    policy.storageAccessHeaderTells === 'credentials-and-blocking' && !(boundToFrame && exchange.credentials === 'omit')
  const thirdPartyCookies =
    partitioning === null
      ? thirdPartyCookiesOf(options, settingTold ? storageAccess : null, policy.thirdPartyDefault)
      : thirdPartyCookiesByHeader(options, partitioning)
  const isUntold = thirdPartyCookies === 'unknown' && partitioning === null
  const credentials = credentialsOf(exchange, context, partitioning === 'partitioned' ? 'none' : storageAccess)
  return {
    exchange,
    context,
    profile,
    preflight,
    boundToFrame,
    credentials,
    thirdPartyCookies,
    mayBeKeptApart: context.thirdParty === true && isUntold && policy.thirdPartyDefault === 'partitioned',
    occasions: requestOccasions(context, { preflight, credentials, thirdPartyCookies }, policy),
  }
}

/** The same request, had it carried credentials or not. */
export const withCredentials = (
  request: RequestEvidence,
  credentials: RequestEvidence['credentials'],
): RequestEvidence => ({
  ...request,
  credentials,
  occasions: requestOccasions(request.context, { ...request, credentials }, request.profile.policy),
})

/**
 * `Sec-Fetch-Storage-Access`, as measured in Chromium: it is there if the credentials mode is `include` and the setting
 * for third-party cookies applies (a cross-site redirect back to the page's own site has none, whatever its
 * `Sec-Fetch-Site` says). Where the setting applies and the request is to another origin, `absent` means that it was made
 * without credentials; to its own origin the mode `same-origin` sends cookies too. Null where it tells nothing. A
 * credentialless frame's navigation says `none` where third-party cookies are allowed: navigations are left out.
 */
const storageAccessOf = (exchange: Exchange, context: RequestContext): 'active' | 'none' | 'absent' | null => {
  if (isNavigation(exchange)) return null
  const value = headerValue(exchange.requestHeaders, 'sec-fetch-storage-access')
  if (value !== null) return value === 'active' ? 'active' : 'none'
  const due =
    context.thirdParty === true &&
    exchange.initiator !== null &&
    exchange.initiator !== context.url.origin &&
    headerValue(exchange.requestHeaders, 'sec-fetch-site') !== null
  return due ? 'absent' : null
}

/** The elements of which it was measured that they have the header whenever it is due. */
const alwaysTelling = new Set(['image', 'script', 'sub_frame', 'websocket'])

/**
 * `Sec-Fetch-Storage-Access`, as measured in Firefox: it is there on a third party's requests with credentials, over https,
 * where third-party cookies are partitioned, and never where they are allowed or blocked. `none`: the host is of another site
 * than the page; `inactive`: a document stands between. A worker's fetch and a redirected request have none, so that nothing
 * follows from its absence there. Null where it tells nothing.
 */
const partitioningOf = (exchange: Exchange, context: RequestContext): 'partitioned' | 'not-partitioned' | null => {
  const { requestHeaders, resourceType, redirectChain = [] } = exchange
  if (headerValue(requestHeaders, 'sec-fetch-storage-access') !== null) return 'partitioned'
  const due =
    context.thirdParty === true &&
    redirectChain.length === 0 &&
    alwaysTelling.has(resourceType) &&
    (isNoCorsElement(exchange) || isNavigation(exchange) || resourceType === 'websocket') &&
    headerValue(requestHeaders, 'sec-fetch-site') !== null
  return due ? 'not-partitioned' : null
}

const thirdPartyCookiesByHeader = (
  { thirdPartyCookies = 'unknown' }: JudgeOptions,
  told: 'partitioned' | 'not-partitioned',
): ThirdPartyCookies =>
  told === 'partitioned' ? 'partitioned' : thirdPartyCookies === 'partitioned' ? 'unknown' : thirdPartyCookies

/**
 * On navigations too, the header is there where the setting for third-party cookies applies, and in Chromium only there
 * (measured). Plain http to a host that is not local has no such headers.
 */
const thirdPartyTold = (
  { requestHeaders, initiator }: Exchange,
  { storageAccessHeaderTells }: BrowserProfile['policy'],
): boolean | null => {
  // Nobody asks of another.
  if (initiator !== 'null' || storageAccessHeaderTells === 'nothing') return null
  if (headerValue(requestHeaders, 'sec-fetch-storage-access') !== null) return true
  return headerValue(requestHeaders, 'sec-fetch-site') === null || storageAccessHeaderTells === 'partitioning'
    ? null
    : false
}

/**
 * Requests that carry credentials unless their frame has none (`<iframe credentialless>`): no script and no attribute of an
 * element chooses it. Elements of another origin may also lose them by the page's Cross-Origin-Embedder-Policy.
 */
const isBoundToFrame = (exchange: Exchange, { url }: RequestContext): boolean =>
  exchange.resourceType === 'sub_frame' ||
  exchange.resourceType === 'websocket' ||
  (exchange.initiator === url.origin && exchange.resourceType !== 'main_frame' && isNoCorsElement(exchange))

export const isNoCorsElement = ({ requestHeaders }: Exchange): boolean =>
  headerValue(requestHeaders, 'sec-fetch-mode') === 'no-cors' &&
  headerValue(requestHeaders, 'sec-fetch-dest') !== 'empty'

const isNavigation = ({ resourceType }: Exchange): boolean =>
  resourceType === 'main_frame' || resourceType === 'sub_frame'

/** Requests whose credentials mode a script or a `crossorigin` attribute chooses. */
const choosable = new Set(['xmlhttprequest', 'font', 'other', 'speculative'])

/**
 * Fetch 2.2.5: navigations, images and the like always include credentials; a cors request does to its own origin, and
 * elsewhere only if its script asked for it.
 */
const credentialsOf = (
  exchange: Exchange,
  context: RequestContext,
  storageAccess: 'active' | 'none' | 'absent' | null,
): RequestEvidence['credentials'] => {
  if (exchange.credentials === 'include' || exchange.credentials === 'omit') return exchange.credentials
  if (storageAccess !== null) return storageAccess === 'absent' ? 'omit' : 'include'
  const { requestHeaders, resourceType } = exchange
  if (isNavigation(exchange) || resourceType === 'websocket' || headerValue(requestHeaders, 'cookie') !== null)
    return 'include'
  const mode = headerValue(requestHeaders, 'sec-fetch-mode')
  if (mode === null ? !choosable.has(resourceType) : mode === 'no-cors') return 'include'
  return exchange.initiator === context.url.origin ? 'include' : 'unknown'
}

const thirdPartyCookiesOf = (
  options: JudgeOptions,
  storageAccess: 'active' | 'none' | 'absent' | null,
  byDefault: ThirdPartyCookies,
): ThirdPartyCookies => {
  if (storageAccess === 'active') return 'allowed'
  if (storageAccess === 'none') return 'blocked'
  return options.thirdPartyCookies ?? byDefault
}

/** Whether a script chose the credentials mode: only then can it be inferred from cookies that stayed behind. */
export const isScripted = (exchange: Exchange): boolean => {
  const mode = headerValue(exchange.requestHeaders, 'sec-fetch-mode')
  return (
    !isNavigation(exchange) &&
    (mode === null ? exchange.resourceType === 'xmlhttprequest' : mode === 'cors' || mode === 'same-origin')
  )
}

/** A request's evidence with all that the lines of its response have in common. */
export interface ResponseEvidence {
  request: RequestEvidence
  /** Before the line in hand. */
  store: Filling
  /** Epoch ms of the Date header; null without one. */
  serverDate: number | null
}

export const responseEvidence = (request: RequestEvidence, jar: readonly StoredCookie[]): ResponseEvidence => {
  const date = headerValue(request.exchange.responseHeaders, 'date')
  return { request, store: fillingOf(jar), serverDate: date === null ? null : parseHttpDate(date) }
}

/** A Date header as Chromium reads it (measured): GMT where it names no zone, whatever zone this machine is in. */
const parseHttpDate = (date: string): number | null => {
  const time = Date.parse(/(?:[a-z]|[+-]\d\d:?\d\d)\s*$/i.test(date) ? date : `${date} GMT`)
  return Number.isNaN(time) ? null : time
}

/** Whether the browser keeps this request's cookies apart by page, whatever their lines say (Firefox). */
export const isPartitionedHere = ({ occasions }: RequestEvidence): boolean => (occasions & occasion.keptApart) !== 0

// Literals instead of spreads: these are made for every cookie and every line.

/**
 * What follows where no Cookie header was sent although cookies would have gone: a script asked without credentials; or,
 * less certainly, the frame or the page has none for what is not its own.
 */
export const omissionBehind = ({ exchange, boundToFrame }: RequestEvidence): 'omit' | 'unknown' | null => {
  if (isScripted(exchange)) {
    // There on requests with credentials alone.
    return headerValue(exchange.requestHeaders, 'sec-fetch-storage-access') === null ? 'omit' : null
  }
  const inFrame = exchange.resourceType === 'sub_frame' || exchange.frames.length > 1
  return (boundToFrame && inFrame) || (!boundToFrame && isNoCorsElement(exchange)) ? 'unknown' : null
}

export const sendEvidence = (cookie: StoredCookie, request: RequestEvidence): SendEvidence => ({
  exchange: request.exchange,
  context: request.context,
  profile: request.profile,
  credentials: request.credentials,
  thirdPartyCookies: request.thirdPartyCookies,
  mayBeKeptApart: request.mayBeKeptApart,
  occasions: request.occasions,
  preflight: request.preflight,
  boundToFrame: request.boundToFrame,
  cookie,
})

export const lineEvidence = (line: string, { request, store, serverDate }: ResponseEvidence): SetEvidence => {
  const { context, exchange, profile } = request
  const read = readLine(parseLine(line), profile.policy)
  const domain = resolveDomain(context.url.hostname, read.domain?.value, profile.policy)
  const expiry = readExpiry(read, profile.policy, exchange.time, serverDate)
  const cookie: StoredCookie = {
    name: read.name,
    value: read.value,
    domain: domain.ok && !domain.hostOnly ? `.${domain.domain}` : context.url.hostname,
    hostOnly: !domain.ok || domain.hostOnly,
    path: read.path?.value.startsWith('/') ? read.path.value : defaultPath(context.url.pathname),
    secure: read.secure !== undefined,
    httpOnly: read.httpOnly !== undefined,
    sameSite: read.sameSiteStatus,
    session: expiry.session,
    creation: exchange.time,
  }
  if (!expiry.session) cookie.expirationDate = expiry.at / 1000
  const isPartitioned = read.partitioned !== undefined || isPartitionedHere(request) || request.mayBeKeptApart
  if (isPartitioned && context.partitionKey !== null) cookie.partitionKey = context.partitionKey
  if (profile.policy.keepsCreation === 'always') {
    const creation = store.cookies.find((old) => sameKey(old, cookie) && !isExpired(old, exchange.time))?.creation
    if (creation !== undefined) cookie.creation = creation
  }
  const capped = !expiry.session && expiry.capped
  return {
    exchange,
    context,
    profile,
    credentials: request.credentials,
    thirdPartyCookies: request.thirdPartyCookies,
    mayBeKeptApart: request.mayBeKeptApart,
    occasions: request.occasions | lineOccasions(read, domain, cookie, capped, store.cookies.length, profile.policy),
    preflight: request.preflight,
    boundToFrame: request.boundToFrame,
    read,
    domain,
    cookie,
    jar: store.cookies,
    store,
  }
}
