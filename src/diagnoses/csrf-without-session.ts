import type { Action } from '../remedies/action.ts'
import { sameTarget } from '../story/answer.ts'
import type { Evidence, Login } from '../story/evidence.ts'
import { nameKind } from '../story/names.ts'
import { headerOf, nameOfLine, readingOf } from '../story/reading.ts'
import type { Seen } from '../story/seen.ts'
import { hasCsrfHeader } from './csrf-defect.ts'
import type { DiagnosisRule, Finding } from './diagnosis.ts'
import { answerText, hostOf, hostText, idsOf, pathText, requestText } from './exchange-text.ts'
import { cacheSign } from './login-from-cache.ts'
import { askingOrigin } from './outcome.ts'
import { sentPairs } from './session-use.ts'

/**
 * The login's form was refused, and no answer had given the browser a session that its CSRF token could belong to. Measured with
 * Rails (`secure: true` in session_store, no force_ssl, behind nginx without X-Forwarded-Proto): the page sets no cookie and says
 * nothing, and the form is answered 422 without a Set-Cookie line. express-session keeps a Secure cookie to itself in the same way.
 * Silent where a session may have come in any way: a line that the browser refused has a reason of its own, which is the cause.
 */
export default {
  id: 'CsrfWithoutSession',
  explains: ['CsrfRefused'],
  find: (evidence) => {
    const { login } = evidence
    const page = login === null ? null : pageOf(login, evidence)
    if (login === null || page === null || !isRefusedForm(login.request)) return []
    if (hadSession(login.request, evidence) || isRepeatedWell(login.request, evidence)) return []
    return [findingOf(login.request, page)]
  },
} satisfies DiagnosisRule

/** What a form's token is refused with. 400 and 422 are said of wrong passwords as well. */
const refusals = new Set([400, 403, 419, 422])
const saidOfFields = new Set([400, 422])

/** A CSRF token went along, in a header or in the form. */
const hasToken = (request: Seen): boolean => hasCsrfHeader(request) || request.body?.csrf === true

const isRefusedForm = (request: Seen): boolean => {
  const { method, resourceType, status, requestHeaders, responseHeaders } = request.exchange
  const { url, origin } = readingOf(request)
  if (method !== 'POST' || request.fromCache || !refusals.has(status) || url?.protocol !== 'https:') return false
  // A sandboxed frame's or a page's without a referrer: its Origin is what is wrong.
  if (headerOf(requestHeaders, 'origin') === 'null' || askingOrigin(request) !== origin) return false
  // Cloudflare's own page for visitors that it takes for robots.
  if (headerOf(responseHeaders, 'cf-mitigated') !== null) return false
  // What a script posts is a form where it has a form's token (Turbo, Inertia): an API that uses no cookies has none.
  if (resourceType !== 'main_frame') return resourceType === 'xmlhttprequest' && hasToken(request)
  return !(saidOfFields.has(status) && request.body?.password === true && !hasToken(request))
}

/** The last page of this origin that came over the network; null where the one with the form did not, or was not seen. */
const pageOf = ({ request, page }: Login, { seen }: Evidence): Seen | null => {
  if (page === null || page.fromCache || readingOf(page).origin !== readingOf(request).origin) return null
  const isPage = (one: Seen): boolean =>
    one.exchange.resourceType === 'main_frame' &&
    one.exchange.method === 'GET' &&
    one.exchange.status >= 200 &&
    one.exchange.status < 300
  const last = seen.findLast(
    (one) => one.started < request.started && isPage(one) && readingOf(one).origin === readingOf(request).origin,
  )
  return last === undefined || last.fromCache ? null : last
}

const carriesSession = (name: string, httpOnly: boolean): boolean => {
  const kind = nameKind(name)
  return kind === 'session' || kind === 'login' || kind === 'csrf' || (kind === 'unknown' && httpOnly)
}

/** A cookie that may be the token's went along, stayed behind, or was to be set by this host before. */
const hadSession = (request: Seen, { seen }: Evidence): boolean => {
  const host = hostOf(request)
  const isThere = request.verdict.cookies.some(
    ({ cookie, reasons, attributesUnknown }) =>
      carriesSession(cookie.name, cookie.httpOnly || attributesUnknown === true) &&
      !reasons.some(({ id }) => id === 'DomainMismatch'),
  )
  if (isThere || sentPairs(request).some(({ name }) => carriesSession(name, false))) return true
  return seen.some((one) => one.started <= request.started && hostOf(one) === host && setsSession(one))
}

const setsSession = ({ verdict }: Seen): boolean =>
  verdict.setCookies.some((line) => {
    const isDeletion = line.outcome === 'removed' && (line.cookie?.value ?? '') === ''
    const httpOnly = line.cookie?.httpOnly ?? /;\s{0,20}httponly\b/i.test(line.line.slice(0, 8_192))
    return !isDeletion && carriesSession(nameOfLine(line), httpOnly)
  })

/** With another password, say: what was refused was not the form. */
const isRepeatedWell = (request: Seen, { seen }: Evidence): boolean =>
  seen.some(
    (one) =>
      one.started > request.started &&
      one.exchange.status >= 200 &&
      one.exchange.status < 400 &&
      sameTarget(one, request),
  )

const findingOf = (request: Seen, page: Seen): Finding => {
  const token = hasToken(request)
  const isTold = token || request.exchange.status === 419
  const cached = cacheSign(page)
  return {
    rank: 'blocks-now',
    confidence: isTold && !carriesOther(request) ? 'likely' : 'possible',
    title: titleOf(isTold, cached !== null),
    seen: `No answer of ${hostText(request)} set a session cookie, that to ${requestText(page)} included. ${requestText(request)} carried ${token ? 'a CSRF token and no' : 'no'} session cookie, and was answered ${answerText(request)}.`,
    matters: [isTold ? whyWithToken : whyElse, otherCauses(cached, isTold)].join(' '),
    actions: actionsOf(request, page, token, cached !== null),
    check:
      'Load the login page again: its answer sets the session cookie. Then log in: the form carries the cookie, and is accepted.',
    exchanges: idsOf([request, page]),
  }
}

/** Cookies whose names tell nothing: a page's own, or the token's by a name of its own. */
const carriesOther = (request: Seen): boolean => sentPairs(request).some(({ name }) => nameKind(name) === 'unknown')

const titleOf = (isTold: boolean, isCached: boolean): string => {
  const what = isTold ? 'CSRF protection refused the form' : 'The login\u2019s form was refused'
  return isCached
    ? `${what}, and its page came from a cache, without a session cookie`
    : `${what}, and no session cookie ever came; the app may think it is on http`
}

const whyWithToken =
  'A CSRF token belongs to a session, and the browser was given none that it could send back. A library that is told to set a Secure cookie, and believes that it is on http because the proxy in front hides https, sets none and says nothing.'

const whyElse =
  'CSRF protection refuses a form that comes without its session, and one whose Origin has another scheme than the app sees. An app that believes that it is on http, because the proxy in front hides https, does both: it keeps its Secure cookie to itself, and expects another Origin.'

/** What no answer tells apart from it. */
const otherCauses = (cached: string | null, isTold: boolean): string =>
  [
    cached === null
      ? 'A cache, a gateway or another extension of this browser may have taken the Set-Cookie line out as well.'
      : `Of the page\u2019s answer, ${cached}: caches leave Set-Cookie out, and hand the same token to everybody.`,
    isTold
      ? 'The app may also refuse this login for a reason of its own: its log says which.'
      : 'The app may as well refuse this login for a reason of its own (a wrong password, a firewall): its log says which.',
  ].join(' ')

const actionsOf = (request: Seen, page: Seen, token: boolean, isCached: boolean): Action[] => {
  const host = hostOf(request)
  const path = pathText(page.exchange.url)
  const asksOrigin = request.exchange.status === 403 && !token
  return [
    ...(isCached ? [{ action: 'no-store', path } as const] : []),
    { action: 'trust-proxy', host },
    { action: 'forward-proto', host },
    ...(asksOrigin ? [{ action: 'trust-origin', origin: readingOf(request).origin } as const] : []),
  ]
}
