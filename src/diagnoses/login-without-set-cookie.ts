import type { Action } from '../remedies/action.ts'
import { code, list } from '../remedies/words.ts'
import type { Evidence, Login } from '../story/evidence.ts'
import { isSessionName, nameKind } from '../story/names.ts'
import { headerOf, isDocument, nameOfLine, readingOf } from '../story/reading.ts'
import { isRouteData, isRouterRedirect } from '../story/router-redirects.ts'
import type { Seen } from '../story/seen.ts'
import type { DiagnosisRule, Finding } from './diagnosis.ts'
import { answerText, hostOf, pathText, requestText } from './exchange-text.ts'
import { isPublicHttps } from './hosts.ts'
import { answersOf, isBearerLogin, outcomeOf, unique } from './outcome.ts'
import { isTurnedAway } from './session-use.ts'

/**
 * The login is answered as if it had gone well, and no answer sets a cookie. Silent where none is needed: a token came in the body or
 * goes along in Authorization, a script wrote the cookie, the session that the visitor had goes on, a link by mail may follow. A wrong password may look the
 * same: the form's page once more, or `200` to a script. What says otherwise is what the server answers next.
 */
export default {
  id: 'LoginWithoutSetCookie',
  find: (evidence) => {
    const { login } = evidence
    if (login === null || hostOf(login.request) === '' || !isAnswered(login) || isTurnedAway(evidence, login)) return []
    if (setsAny(login) || isBearerLogin(login) || isOpenTrip(login) || isWritten(evidence, login)) return []
    const finding = findingOf(evidence, login)
    return finding === null ? [] : [finding]
  },
} satisfies DiagnosisRule

const isAnswered = ({ request: { exchange, fromCache } }: Login): boolean =>
  exchange.status >= 200 && exchange.status < 400 && exchange.status !== 304 && !fromCache

/** A deletion sets nothing; what a load balancer or a tool sets is none of the login's. */
const setsAny = (login: Login): boolean =>
  login.session.length > 0 ||
  answersOf(login).some(({ verdict }) =>
    verdict.setCookies.some((line) => line.outcome !== 'removed' && nameKind(nameOfLine(line)) !== 'tool'),
  )

/** On its way to an identity provider: nothing has to be set yet. */
const isOpenTrip = ({ oauth }: Login): boolean => oauth !== null && oauth.callback === null

const isWritten = ({ storeWrites }: Evidence, { request, next }: Login): boolean =>
  storeWrites.some(
    ({ removed, time, cookie }) =>
      !removed && time >= request.started && (next === null || time < next.started) && isSessionName(cookie.name),
  )

const namesSet = ({ verdict }: Seen): string[] => [
  ...new Set(verdict.setCookies.filter(({ outcome }) => outcome !== 'removed').map(nameOfLine)),
]

const findingOf = (evidence: Evidence, login: Login): Finding | null => {
  const { request } = login
  const outcome = outcomeOf(evidence)
  // What it goes on with may be good, whatever it is.
  if (outcome.kind === 'works') return null
  const goesOn = request.verdict.cookies.some(
    ({ cookie, outcome: sent }) => sent === 'sent' && evidence.isSessionName(cookie.name),
  )
  const { refused } = outcome
  const setsTools = answersOf(login).some((one) => namesSet(one).length > 0)
  const tools = namesSet(request).slice(0, 3).map(code)
  if (refused === null && (goesOn || request.exchange.status === 204 || login.after.length === 0)) return null
  // Its mail may not have come yet.
  const isFirstStep = sendsNoPassword(request)
  if (refused === null && isFirstStep) return null
  const isRedirect = request.exchange.status >= 300 || isRouterRedirect(request)
  // An action's data, other than a redirect, is what the form's page shows next.
  const isForm = !isRedirect && (isDocument(request) || isRouteData(request))
  return {
    rank: refused === null ? 'odd' : 'blocks-now',
    confidence: refused === null || goesOn || isForm || isFirstStep ? 'possible' : isRedirect ? 'seen' : 'likely',
    title: setsTools
      ? 'The login is answered, but no answer sets a session cookie'
      : 'The login is answered, but no answer sets a cookie',
    seen: `The answer to ${requestText(request)} was ${answerText(request)}, ${
      tools.length === 0 ? 'without a Set-Cookie line' : `and sets ${list(tools)} only, of a load balancer or a tool`
    }${
      goesOn ? '; the session cookie that the browser had before stays as it was' : ''
    }. ${afterwards(login, refused)}`,
    matters: causesOf(request, isForm, isFirstStep),
    actions: actionsOf(request),
    check: `Log in again: the answer to ${code(pathText(request.exchange.url) || 'the login')} has a Set-Cookie line, and the next request sends that cookie.`,
    exchanges: unique(request.id, refused?.id),
  }
}

const afterwards = ({ request }: Login, refused: Seen | null): string =>
  refused === null
    ? 'What came after it carried neither a session cookie nor a token, and was not refused.'
    : `Then the answer to ${requestText(refused, request)} was ${answerText(refused)}.`

/** Its body was read, and holds no password: the first step of a login by mail, mostly. */
const sendsNoPassword = ({ body }: Seen): boolean => body?.password === false

const isCached = ({ exchange }: Seen): boolean =>
  headerOf(exchange.responseHeaders, 'age') !== null ||
  ['x-cache', 'cf-cache-status', 'x-vercel-cache', 'x-nextjs-cache'].some((name) =>
    /\bhit\b/i.test((headerOf(exchange.responseHeaders, name) ?? '').slice(0, 200)),
  )

const isHttps = (seen: Seen): boolean => {
  const { url } = readingOf(seen)
  return url !== null && isPublicHttps(url)
}

/** Several causes, the likeliest first: which one it is, no answer tells. */
const causesOf = (request: Seen, isForm: boolean, isFirstStep: boolean): string =>
  [
    ...(isFirstStep
      ? [
          'It sends no password: if a link or a code comes by mail, the session is set only when that is used, and nothing is wrong yet.',
        ]
      : []),
    ...(isForm ? ['The login may have failed by itself: a wrong password is answered so, too.'] : []),
    ...(isCached(request)
      ? ['The answer has marks of a cache, and caches drop Set-Cookie or hand out old answers.']
      : []),
    ...(isHttps(request)
      ? [
          'Without a cookie the next request is a stranger\u2019s. A library that is told to set a Secure cookie and believes that it is on http, behind a proxy say, sets none and says nothing.',
        ]
      : [
          'Without a cookie the next request is a stranger\u2019s. A library that is told to set a Secure cookie sets none over plain http.',
        ]),
    'A gateway or CDN may have taken the line out, a server may have kept it to itself, or the session was not saved. If a token is meant to count instead, nothing has sent it.',
  ].join(' ')

const actionsOf = (request: Seen): Action[] => {
  const host = hostOf(request)
  return [
    ...(isCached(request) ? [{ action: 'no-store', path: pathText(request.exchange.url) } as const] : []),
    ...(isHttps(request)
      ? [{ action: 'trust-proxy', host } as const, { action: 'forward-proto', host } as const]
      : [{ action: 'use-https', host, who: 'server' } as const]),
    { action: 'pass-on-set-cookie', name: null },
  ]
}
