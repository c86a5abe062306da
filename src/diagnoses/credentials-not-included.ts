import type { Reason } from '../contract.ts'
import type { Action } from '../remedies/action.ts'
import { code, list } from '../remedies/words.ts'
import type { Evidence, Login } from '../story/evidence.ts'
import { headerOf } from '../story/reading.ts'
import type { Seen } from '../story/seen.ts'
import { corsFault } from './cors.ts'
import type { DiagnosisRule, Finding } from './diagnosis.ts'
import { answerText, hostOf, requestText } from './exchange-text.ts'
import { askingOrigin, hasReason, isBearerLogin, isScripted, isSessionStored, outcomeOf, unique } from './outcome.ts'
import { untilLogout } from './session-use.ts'

/**
 * The script's request goes without credentials: the login's Set-Cookie lines are ignored, or the session stays at home on a request
 * after it. Measured in both browsers: neither the console nor the store says a word of it. In Chromium a cross-site request without
 * `Sec-Fetch-Storage-Access` was made so, for certain; within one site it follows from cookies that stayed behind or never appeared.
 * Silent where a token is what counts.
 */
export default {
  id: 'CredentialsNotIncluded',
  find: (evidence) => {
    const { login } = evidence
    if (login === null || isBearerLogin(login)) return []
    const found = ofLogin(login) ?? ofLater(evidence, login)
    return found === null ? [] : [findingOf(evidence, login, found)]
  },
} satisfies DiagnosisRule

const omitted: ReadonlySet<string> = new Set(['CredentialsOmitted'])

interface Omission {
  seen: Seen
  /** Of the cookies that were ignored, or stayed at home. */
  names: readonly string[]
  certain: boolean
  reasons: readonly Reason[]
  of: 'login' | 'later'
}

const ofLogin = ({ request, session }: Login): Omission | null => {
  if (!isScripted(request) || hostOf(request) === '') return null
  const lines = session.filter(
    ({ seen, line }) =>
      seen === request &&
      (line.outcome === 'blocked' || line.outcome === 'unknown') &&
      hasReason(line.reasons, omitted),
  )
  const [first] = lines
  if (first === undefined || lines.length < session.length) return null
  return {
    seen: request,
    names: lines.map(({ name }) => name),
    certain: lines.every(({ line }) => line.outcome === 'blocked'),
    reasons: first.line.reasons,
    of: 'login',
  }
}

/** Of a request that the server refused; what is public needs no cookie. */
const ofLater = (evidence: Evidence, login: Login): Omission | null => {
  if (!isSessionStored(login)) return null
  const names = new Set(login.session.map(({ name }) => name))
  for (const seen of untilLogout(login)) {
    if (!isScripted(seen) || seen.fromCache || !evidence.isRefusal(seen)) continue
    const kept = seen.verdict.cookies.filter(
      ({ cookie, outcome, reasons }) => names.has(cookie.name) && outcome !== 'sent' && hasReason(reasons, omitted),
    )
    const [first] = kept
    if (first === undefined) continue
    return {
      seen,
      names: kept.map(({ cookie }) => cookie.name),
      certain: kept.every(({ outcome }) => outcome === 'blocked'),
      reasons: first.reasons,
      of: 'later',
    }
  }
  return null
}

/** Nothing but omitted credentials explains it, and the browser's own header says so. */
const isTold = ({ exchange }: Seen): boolean => headerOf(exchange.requestHeaders, 'sec-fetch-site') === 'cross-site'

const rankOf = (evidence: Evidence, { request, after }: Login, { of, certain }: Omission): Finding['rank'] => {
  const { kind } = outcomeOf(evidence)
  if (kind === 'works') return 'odd'
  if (of === 'later' || kind === 'fails') return 'blocks-now'
  // A token may have come in an answer that nobody has looked at, and be sent next.
  const mayBeToken = request.body === undefined && after.length === 0
  return !certain ? 'odd' : mayBeToken ? 'blocks-next' : 'blocks-now'
}

const findingOf = (evidence: Evidence, login: Login, omission: Omission): Finding => {
  const { seen, names, certain, of } = omission
  const origin = askingOrigin(seen) ?? 'null'
  const host = hostOf(seen)
  const told = list([...new Set(names)].slice(0, 4).map(code))
  const isCrossOrigin = !URL.canParse(seen.exchange.url) || new URL(seen.exchange.url).origin !== origin
  return {
    rank: rankOf(evidence, login, omission),
    confidence: !certain ? 'possible' : isTold(seen) ? 'seen' : 'likely',
    title:
      of === 'login'
        ? `The script ${certain ? 'sends' : 'may send'} the login without credentials, so the browser ignores its cookies`
        : `The script ${certain ? 'asks' : 'may ask'} without credentials, so the session cookie stays at home`,
    seen:
      of === 'login'
        ? `The answer to ${requestText(seen)} sets ${told}. The page at ${code(origin)} ${certain ? 'asked' : 'may have asked'} ${code(host)} without credentials, and nothing was stored.`
        : `${told} is in the store and fits, but ${requestText(seen, login.request)} went without cookies, and the answer was ${answerText(seen)}.`,
    matters: `A script\u2019s request to another origin neither sends nor takes cookies unless it says so, even within one site.${
      certain
        ? ''
        : ' It can\u2019t be told apart here from third-party cookies that the browser blocks: look first whether the script asks for credentials.'
    } No browser says a word of it in its console.`,
    actions: actionsOf(seen, origin, isCrossOrigin),
    check:
      of === 'login'
        ? 'Log in again: the cookie is in the store, and the next request sends it.'
        : 'Repeat the request: its Cookie header has the session.',
    exchanges: unique(seen.id, of === 'later' ? login.session[0]?.seen.id : outcomeOf(evidence).refused?.id),
  }
}

const isAllowed = (seen: Seen): boolean =>
  corsFault(seen, 'include') === null &&
  headerOf(seen.exchange.responseHeaders, 'access-control-allow-credentials') === 'true'

/** CORS has to allow it too, once the request is made with credentials. */
const actionsOf = (seen: Seen, origin: string, crossOrigin: boolean): Action[] => [
  {
    ...{ action: 'include-credentials', origin, crossOrigin, element: false },
    ...(isAllowed(seen) && { allowed: true }),
  },
  ...(crossOrigin && corsFault(seen, 'include') !== null
    ? [{ action: 'allow-credentials', origin, headers: [] } as const]
    : []),
]
