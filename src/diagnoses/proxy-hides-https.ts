import type { Action } from '../remedies/action.ts'
import { code, list } from '../remedies/words.ts'
import type { Evidence, SessionLine } from '../story/evidence.ts'
import { nameKind } from '../story/names.ts'
import { headerOf, isDocument, readingOf } from '../story/reading.ts'
import type { Seen } from '../story/seen.ts'
import type { DiagnosisRule, Finding } from './diagnosis.ts'
import { hostOf, pathText, requestText } from './exchange-text.ts'
import { isPublicHttps } from './hosts.ts'
import { hasReason, hopAfter, isScripted, isSessionStored, isStopped, outcomeOf, unique } from './outcome.ts'

/**
 * The app behind a proxy believes that its visitors are on http. What shows it: it sends them from https to http of the same host,
 * or from an https address to that very address (it insists on https and does not see it); it asks an identity provider to return to
 * http; it leaves Secure out of a cookie that asks for SameSite=None. One of these alone has other explanations, two have not. That
 * the session has no Secure is no more than odd by itself: many apps just leave it out.
 *
 * Measured (Chromium 156, Firefox ESR 153): a redirect of a script's request to http is seen with its Location, and no answer of a next
 * hop; the browser refuses it as mixed content. A navigation's is followed, unless HSTS makes it https again: then that hop is not seen.
 */
export default {
  id: 'ProxyHidesHttps',
  explains: ['RedirectLeavesHttps'],
  find: (evidence) => {
    // Who logs in on http may be meant to.
    if (evidence.login !== null && readingOf(evidence.login.request).url?.protocol !== 'https:') return []
    const signs = signsIn(evidence)
    return signs.length === 0 ? [] : [findingOf(evidence, signs)]
  },
} satisfies DiagnosisRule

interface Sign {
  kind: 'redirect' | 'loop' | 'redirect-uri' | 'none' | 'no-secure'
  seen: Seen
  words: string
}

/** At most one of a kind. */
const signsIn = (evidence: Evidence): Sign[] => {
  const hosts = hostsOf(evidence)
  const own = evidence.seen.filter((one) => isOfApp(one, hosts))
  const lines = (evidence.login?.session ?? []).filter(({ seen }) => isOfApp(seen, hosts) && !knowsHttps(own, seen))
  const state = (evidence.login?.oauth?.stateLines ?? []).filter(
    ({ seen }) => isOfApp(seen, hosts) && !knowsHttps(own, seen),
  )
  const none = noneIn([...lines, ...state])
  return [loopIn(own), redirectIn(own), redirectUriIn(evidence, hosts), none ?? noSecureIn(lines)].filter(
    (sign) => sign !== null,
  )
}

/** The hosts that the login deals with; of a log without one, the inspected page's, and that of the page that was asked for last: it may never come. */
const hostsOf = ({ login, page, seen }: Evidence): ReadonlySet<string> => {
  if (login === null) {
    const asked = seen.findLast(({ exchange }) => exchange.resourceType === 'main_frame')
    return new Set([
      ...(URL.canParse(page) ? [new URL(page).hostname] : []),
      ...(asked === undefined ? [] : [hostOf(asked)]),
    ])
  }
  const { authorize, callback } = login.oauth ?? { authorize: null, callback: null }
  const asked = [login.request, login.page, callback, ...login.redirects, ...login.session.map(({ seen }) => seen)]
  const provider = authorize === null ? null : hostOf(authorize)
  return new Set(asked.flatMap((one) => (one === null ? [] : [hostOf(one)])).filter((host) => host !== provider))
}

const isOfApp = (seen: Seen, hosts: ReadonlySet<string>): boolean => {
  const { url } = readingOf(seen)
  return url !== null && isPublicHttps(url) && hosts.has(url.hostname) && (isDocument(seen) || isScripted(seen))
}

const redirectIn = (own: readonly Seen[]): Sign | null => {
  const seen = own.find((one) => {
    const { url, location } = readingOf(one)
    return location !== null && location.protocol === 'http:' && location.hostname === url?.hostname
  })
  if (seen === undefined) return null
  const target = readingOf(seen).location
  const words = `${requestText(seen)}, asked over https, was answered with a redirect to ${code(`http://${target?.host}${pathText(target?.href ?? '')}`)}`
  return { kind: 'redirect', seen, words }
}

/** So often in a row, a redirect to the same address is no check whether cookies are accepted. */
const mostRepeats = 3

const loopIn = (own: readonly Seen[]): Sign | null => {
  const isToItself = (one: Seen): boolean => {
    const { url, location } = readingOf(one)
    return url !== null && location?.href === url.href && isDocument(one)
  }
  const seen = own.find(
    (one) =>
      isToItself(one) &&
      (one.exchange.redirectChain ?? []).filter((hop) => hop === one.exchange.url).length >= mostRepeats - 1,
  )
  if (seen === undefined) return null
  const words = `${requestText(seen)} is sent to its own https address again and again, as by an app that insists on https and does not see that it is there`
  return { kind: 'loop', seen, words }
}

const redirectUriIn = ({ login }: Evidence, hosts: ReadonlySet<string>): Sign | null => {
  const { authorize = null, redirectUri = null } = login?.oauth ?? {}
  if (authorize === null || redirectUri === null || redirectUri.protocol !== 'http:') return null
  if (visitedAt(login, redirectUri) === null || !hosts.has(redirectUri.hostname)) return null
  return {
    kind: 'redirect-uri',
    seen: authorize,
    words: `the app asks the identity provider to send visitors back to ${code(`http://${redirectUri.host}${pathText(redirectUri.href)}`)}`,
  }
}

/** Where visitors are, on the host that the provider is to return to; null where they are not there on https. */
const visitedAt = (login: Evidence['login'], { hostname }: URL): URL | null => {
  const urls = [login?.page, login?.request].map((one) => (one == null ? null : readingOf(one).url))
  return urls.find((url) => url !== null && isPublicHttps(url) && url.hostname === hostname) ?? null
}

/** Another cookie of the host, not one of a tool or a CDN, is Secure: the app knows. */
const knowsHttps = (own: readonly Seen[], { exchange }: Seen): boolean => {
  const host = readingOf({ exchange } as Seen).url?.hostname
  return own.some(
    (one) =>
      hostOf(one) === host &&
      one.verdict.setCookies.some(({ cookie }) => cookie?.secure === true && nameKind(cookie.name) !== 'tool'),
  )
}

const insecure: ReadonlySet<string> = new Set(['SameSiteNoneInsecure'])

const noneIn = (lines: readonly SessionLine[]): Sign | null => {
  const found = lines.find(({ line }) => line.outcome === 'blocked' && hasReason(line.reasons, insecure))
  return found === undefined
    ? null
    : {
        kind: 'none',
        seen: found.seen,
        words: `the cookie ${code(found.name)} asks for SameSite=None and leaves out Secure, without which Chromium and Firefox refuse it`,
      }
}

const noSecureIn = (lines: readonly SessionLine[]): Sign | null => {
  const found = lines.find(({ line }) => line.cookie?.secure === false && line.outcome === 'stored')
  return found === undefined
    ? null
    : { kind: 'no-secure', seen: found.seen, words: `the cookie ${code(found.name)} is set without Secure` }
}

const proxyHeaders = [
  'via',
  'cf-ray',
  'x-amz-cf-id',
  'x-served-by',
  'x-cache',
  'x-vercel-id',
  'fly-request-id',
  'x-envoy-upstream-service-time',
]

/** A proxy or a CDN has left its name. */
const hasProxyTrace = ({ exchange }: Seen): boolean =>
  proxyHeaders.some((name) => headerOf(exchange.responseHeaders, name) !== null)

const confidenceOf = (signs: readonly Sign[]): Finding['confidence'] => {
  if (signs.length > 1) return 'seen'
  const [sign] = signs
  if (sign === undefined || sign.kind === 'no-secure') return 'possible'
  return sign.kind !== 'none' || hasProxyTrace(sign.seen) ? 'likely' : 'possible'
}

/** By itself it says no more than that one of two things is so. */
const mayBeElse = ({ kind, seen }: Sign): boolean =>
  kind === 'no-secure' || ((kind === 'none' || kind === 'redirect') && !hasProxyTrace(seen))

const rankOf = (evidence: Evidence, signs: readonly Sign[]): Finding['rank'] => {
  const has = (kind: Sign['kind']): boolean => signs.some((sign) => sign.kind === kind)
  const { login } = evidence
  const outcome = outcomeOf(evidence)
  if (outcome.kind === 'works' || (signs.length === 1 && has('no-secure'))) return 'odd'
  if (has('loop')) return 'blocks-now'
  if (login === null) return 'odd'
  const isLost = login.session.length > 0 && !isSessionStored(login)
  const isCut = signs.some(({ kind, seen }) => kind === 'redirect' && isScripted(seen) && isStopped(evidence, seen))
  // A navigation that got no answer there: nobody listens on http.
  const isLostThere = signs.some(({ kind, seen }) => kind === 'redirect' && isUnanswered(hopAfter(evidence, seen)))
  const isNotBack = has('redirect-uri') && login.oauth?.callback == null
  return outcome.kind === 'fails' || isLost || isCut || isLostThere || isNotBack ? 'blocks-now' : 'blocks-next'
}

const isUnanswered = (hop: Seen | null): boolean => hop !== null && hop.state === 'failed' && hop.exchange.status === 0

const titles = {
  thinks: 'The app thinks that its visitors are on http: the proxy in front of it hides https',
  none: 'The session cookie has SameSite=None without Secure: the app may think that it is on http',
  redirect: 'The app sends its visitors to http: its base URL says so, or a proxy hides https from it',
  odd: 'The session cookie is set without Secure, although the page is on https',
} as const

const findingOf = (evidence: Evidence, signs: readonly Sign[]): Finding => {
  const confidence = confidenceOf(signs)
  const [first] = signs as [Sign]
  const alone = signs.length === 1 && mayBeElse(first) ? first.kind : null
  const uri = first.kind === 'redirect-uri' ? evidence.login?.oauth?.redirectUri : null
  const host = uri?.hostname ?? hostOf(first.seen)
  const told = list(signs.map(({ words }) => words))
  return {
    rank: rankOf(evidence, signs),
    confidence,
    title: titleOf(alone),
    seen: `Visitors are on ${code(`https://${host}`)}. ${told.startsWith('`') ? told : told.charAt(0).toUpperCase() + told.slice(1)}.`,
    matters: mattersOf(evidence, signs, alone),
    actions: actionsOf(evidence, signs, host, alone),
    check: `Log in again: redirects lead to https addresses${alone === 'redirect' ? '' : ', and the line that sets the session has Secure'}.`,
    exchanges: unique(...signs.map(({ seen }) => seen.id)),
  }
}

const titleOf = (alone: Sign['kind'] | null): string =>
  alone === null
    ? titles.thinks
    : alone === 'redirect'
      ? titles.redirect
      : alone === 'no-secure'
        ? titles.odd
        : titles.none

const mattersOf = (evidence: Evidence, signs: readonly Sign[], alone: Sign['kind'] | null): string => {
  if (alone === 'no-secure')
    return 'The cookie would travel over plain http too, where others can read it. Either the app just leaves Secure out, or it decides by the scheme of the connection and sees the http between its proxy and itself.'
  const other =
    alone === 'redirect'
      ? 'Either a base URL in the configuration begins with http, or a'
      : alone === 'none'
        ? 'Either Secure was forgotten, or a'
        : 'The'
  return `${other} proxy takes https from the visitor and speaks http to the app, which takes that for the visitor's own. So it ${effectsOf(evidence, signs)}.`
}

/** What was seen to come of it, nothing else; "leaves Secure out and builds its addresses with http". */
const effectsOf = ({ login }: Evidence, signs: readonly Sign[]): string => {
  const has = (...kinds: Sign['kind'][]): boolean => signs.some(({ kind }) => kinds.includes(kind))
  return list([
    ...(has('none', 'no-secure') ? ['leaves Secure out'] : []),
    ...(has('redirect', 'redirect-uri') ? ['builds its addresses with http'] : []),
    ...(has('loop') ? ['sends them on to https without end'] : []),
    ...(login !== null && login.session.length === 0 && has('redirect')
      ? ['may keep the session cookie to itself']
      : []),
  ])
}

const actionsOf = ({ login }: Evidence, signs: readonly Sign[], host: string, alone: Sign['kind'] | null): Action[] => {
  const { redirectUri = null } = login?.oauth ?? {}
  // An app may make its addresses from what its configuration says of it.
  const redirect = signs.find(({ kind }) => kind === 'redirect')
  const asksForHttp = signs.some(({ kind }) => kind === 'redirect-uri')
  // The app's own port: that of the address on http is another's, or no more than the app's behind the proxy.
  const visited = redirectUri === null ? null : visitedAt(login, redirectUri)
  return [
    ...(alone === 'none' || alone === 'no-secure' ? [{ action: 'set-attribute', attribute: 'Secure' } as const] : []),
    { action: 'trust-proxy', host },
    { action: 'forward-proto', host },
    ...(asksForHttp && redirectUri !== null && visited !== null
      ? [{ action: 'public-url', url: visited.origin, callbackPath: pathText(redirectUri.href) } as const]
      : redirect === undefined
        ? []
        : [{ action: 'public-url', url: readingOf(redirect.seen).origin, callbackPath: null } as const]),
  ]
}
