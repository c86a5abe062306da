import { sameRegistrableDomain } from '../cookie/domain.ts'
import { code, list } from '../remedies/words.ts'
import type { Evidence } from '../story/evidence.ts'
import { pathKind } from '../story/paths.ts'
import { headerOf, isPreflight, readingOf } from '../story/reading.ts'
import type { Seen } from '../story/seen.ts'
import { askedHeaders, type CorsFault, corsFault, corsOrigin, preflightFaults } from './cors.ts'
import type { DiagnosisRule, Finding } from './diagnosis.ts'
import { hostOf, pathText, requestText } from './exchange-text.ts'
import { hasReason, isBearerLogin, isScripted, outcomeOf, unique } from './outcome.ts'

/**
 * CORS does not let the page's script log in, or read what a request with cookies is answered. What browsers refuse, and how it shows,
 * was measured: see cors.ts. Only of requests that had credentials, as far as that can be known; of others, that it would come next.
 */
export default {
  id: 'CorsBlocksCredentials',
  find: (evidence) => {
    const refusals = refusalsIn(evidence)
    const first = refusals.find(({ rank }) => rank === 'blocks-now') ?? refusals[0]
    return first === undefined ? [] : [findingOf(evidence, first, refusals)]
  },
} satisfies DiagnosisRule

interface Refusal {
  seen: Seen
  fault: CorsFault
  /** What else would stop it, once that is mended. */
  alsoFaults?: readonly CorsFault[]
  /** The script got the answer: with credentials it would not. */
  passed?: true
  origin: string
  part: 'answer' | 'preflight'
  rank: Finding['rank']
  confidence: Finding['confidence']
  /** Header names that the request needs to be allowed. */
  headers: readonly string[]
}

/** The first few are enough. */
const mostRefusals = 8

const refusalsIn = (evidence: Evidence): Refusal[] => {
  const { kind } = outcomeOf(evidence)
  const scope = scopeOf(evidence)
  const found: Refusal[] = []
  for (const seen of evidence.seen) {
    if (found.length >= mostRefusals) break
    const refusal = isPreflight(seen)
      ? preflightRefusal(evidence, seen, scope)
      : isScripted(seen)
        ? answerRefusal(evidence, seen, scope, kind === 'works')
        : null
    // What the login can do without, as far as is seen.
    const isAside = kind === 'works' || (evidence.login !== null && !scope.hosts.has(hostOf(seen)))
    if (refusal !== null) found.push(isAside ? { ...refusal, rank: 'odd' } : refusal)
  }
  return found
}

/** Chromium ends a refused answer as failed; Firefox does not tell. */
const failsLoudly = ({ browser }: Evidence): boolean => browser === 'chromium'

/** Whether the request had credentials; null where nothing tells. */
const hadCredentials = ({ exchange, verdict, observed }: Seen): boolean | null => {
  if (headerOf(exchange.requestHeaders, 'cookie') !== null || exchange.credentials === 'include') return true
  if (headerOf(exchange.requestHeaders, 'sec-fetch-storage-access') !== null) return true
  if (
    observed.some(
      ({ operation, agreement, index }) =>
        operation === 'set' && agreement === 'confirmed' && verdict.setCookies[index]?.outcome === 'stored',
    )
  )
    return true
  const reasons = [...verdict.setCookies, ...verdict.cookies].filter(({ outcome }) => outcome === 'blocked')
  return exchange.credentials === 'omit' || reasons.some((one) => hasReason(one.reasons, omitted)) ? false : null
}

const omitted: ReadonlySet<string> = new Set(['CredentialsOmitted'])

/** What the login deals with. */
interface Scope {
  /** Its own request, and those after it. Before the login, requests are refused as they may. */
  requests: ReadonlySet<Seen>
  hosts: ReadonlySet<string>
}

const scopeOf = ({ login }: Evidence): Scope => ({
  requests: new Set(login === null ? [] : [login.request, ...login.after]),
  hosts: new Set(login === null ? [] : [login.request, ...login.session.map(({ seen }) => seen)].map(hostOf)),
})

/** @param works the login does: what goes without credentials is to go so */
const answerRefusal = (evidence: Evidence, seen: Seen, { requests }: Scope, works: boolean): Refusal | null => {
  const origin = seen.exchange.status === 0 || !requests.has(seen) ? null : corsOrigin(seen)
  if (origin === null) return null
  const fault = corsFault(seen, 'include')
  if (fault === null) return null
  const shared = { seen, fault, origin, part: 'answer', headers: headersOf(evidence, seen) } as const
  const told = hadCredentials(seen)
  const isBearer = evidence.login !== null && isBearerLogin(evidence.login)
  // No cookie is needed: it was let pass, or would be.
  if (fault.onlyWithCredentials && seen.state !== 'failed' && told !== true && (works || isBearer)) return null
  if (failsLoudly(evidence)) {
    // Without credentials only what refuses every request would have failed.
    if (seen.state === 'failed') return { ...shared, rank: 'blocks-now', confidence: 'seen' }
    // It was let pass, so it had none: it would be refused once it had.
    return seen.state === 'complete' && fault.onlyWithCredentials && told === false
      ? { ...shared, rank: 'blocks-next', confidence: 'seen', passed: true }
      : null
  }
  if (seen.state === 'pending' || seen.state === 'unfinished') return null
  // Refused whether it had any or not.
  if (told === true || !fault.onlyWithCredentials) return { ...shared, rank: 'blocks-now', confidence: 'seen' }
  return told === false
    ? { ...shared, rank: 'blocks-next', confidence: 'seen', passed: true }
    : { ...shared, rank: 'odd', confidence: 'possible' }
}

/** What the preflight was asked for, so that the remedy names them all. */
const headersOf = (evidence: Evidence, { exchange }: Seen): readonly string[] => {
  const preflight = evidence.seen.findLast((one) => isPreflight(one) && one.exchange.url === exchange.url)
  return preflight === undefined ? [] : askedHeaders(preflight)
}

/** Milliseconds in which a request follows its preflight. */
const soon = 60_000

const followOf = (evidence: Evidence, preflight: Seen): Seen | null => {
  const method = headerOf(preflight.exchange.requestHeaders, 'access-control-request-method')
  return (
    evidence.seen.find(
      (one) =>
        isScripted(one) &&
        one.exchange.url === preflight.exchange.url &&
        one.exchange.method === method &&
        one.exchange.status !== 0 &&
        Math.abs(one.started - preflight.started) < soon,
    ) ?? null
  )
}

const preflightRefusal = (evidence: Evidence, seen: Seen, scope: Scope): Refusal | null => {
  const origin = concernsLogin(evidence, seen, scope) ? corsOrigin(seen) : null
  if (origin === null) return null
  const faults = preflightFaults(seen)
  const [fault] = faults
  if (fault === undefined || followOf(evidence, seen) !== null) return null
  const alsoFaults = faults.slice(1).filter((one) => !one.onlyWithCredentials || !goesWithout(evidence, seen))
  const headers = askedHeaders(seen)
  return { seen, fault, alsoFaults, origin, part: 'preflight', rank: 'blocks-now', confidence: 'seen', headers }
}

/** Its request seems to go without credentials: it has a token, or another to that origin was let pass without. */
const goesWithout = (evidence: Evidence, preflight: Seen): boolean =>
  askedHeaders(preflight).includes('authorization') ||
  (failsLoudly(evidence) &&
    evidence.seen.some(
      (one) =>
        isScripted(one) &&
        one.state === 'complete' &&
        one.exchange.status !== 0 &&
        readingOf(one).origin === readingOf(preflight).origin &&
        corsFault(one, 'include')?.onlyWithCredentials === true,
    ))

/** The preflight of a login, or of what comes after one, on a host that the login deals with. */
const concernsLogin = ({ login, page }: Evidence, seen: Seen, { hosts }: Scope): boolean => {
  // Where there is no login, its own preflight may be why.
  if (login === null) {
    const kind = pathKind(readingOf(seen))
    return (kind === 'login' || kind === 'auth') && sameRegistrableDomain(hostOf(seen), hostOfText(page))
  }
  if (seen === login.preflight) return true
  const isLater = seen.started >= login.request.started && (login.next === null || seen.started < login.next.started)
  return isLater && hosts.has(hostOf(seen))
}

const hostOfText = (url: string): string => (URL.canParse(url) ? new URL(url).hostname : '')

const titles = {
  answer: 'CORS does not allow credentials, so the page\u2019s script gets an error instead of the answer',
  preflight: 'The preflight is refused, so the browser never sends the request itself',
  next: 'CORS does not allow credentials yet: the request will fail once it is made with them',
} as const

const titleOf = ({ fault, part, rank, passed }: Refusal): string => {
  if (rank === 'blocks-next' || passed) return titles.next
  return part === 'preflight' && fault.short !== undefined
    ? `${fault.short}, so the browser never sends the request itself`
    : titles[part]
}

/** Else the next try would show the next fault. */
const alsoWords = ({ alsoFaults = [] }: Refusal): string =>
  alsoFaults
    .map(({ words, onlyWithCredentials }) =>
      onlyWithCredentials
        ? ` A request with credentials would be stopped even so: the answer ${words}.`
        : ` It also ${words}.`,
    )
    .join('')

const findingOf = (evidence: Evidence, refusal: Refusal, all: readonly Refusal[]): Finding => {
  const { seen, fault, origin, part, rank, confidence, headers } = refusal
  const others = all.filter((one) => one !== refusal && one.part === part)
  const answer =
    part === 'answer'
      ? `The answer to ${requestText(seen, evidence.login?.page)}`
      : `The answer to ${requestText(seen, evidence.login?.page)}, which asks whether ${code(method(seen))} is allowed,`
  return {
    rank,
    confidence,
    title: titleOf(refusal),
    seen: `The page is at ${code(origin)}. ${answer} ${fault.words}.${alsoWords(refusal)}${others.length === 0 ? '' : ` The same holds for ${others.length === 1 ? 'another answer' : `${others.length} other answers`}.`}${storedWords(refusal)}`,
    matters:
      part === 'preflight'
        ? 'Before a request with another method than GET, HEAD and POST, with JSON as its content, or with a header such as `Authorization`, a browser asks the other origin by OPTIONS. Where that says no, the server never sees the request.'
        : `A script may read what another origin answers to a request with cookies only if the answer names the script\u2019s own origin and allows credentials, both exactly.${confidence === 'possible' ? ' Whether this request had credentials can\u2019t be seen; without them it would pass.' : ''}`,
    actions: [{ action: 'allow-credentials', origin, headers }],
    check: `Log in again: the console names no CORS error, and the answer to ${code(pathText(seen.exchange.url) || 'the request')} has these headers, each once.`,
    exchanges: unique(seen.id, ...others.map((one) => one.seen.id)),
  }
}

const method = ({ exchange }: Seen): string => headerOf(exchange.requestHeaders, 'access-control-request-method') ?? ''

/** Many articles say otherwise. */
const storedWords = ({ seen, part, rank }: Refusal): string => {
  const names = seen.verdict.setCookies.flatMap(({ outcome, cookie }) =>
    outcome === 'stored' && cookie !== null ? [code(cookie.name)] : [],
  )
  if (part === 'preflight' || rank === 'blocks-next' || names.length === 0) return ''
  return ` Only the script is refused: the browser stored ${list([...new Set(names)].slice(0, 4))} all the same.`
}
