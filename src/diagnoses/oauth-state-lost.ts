import type { Action } from '../remedies/action.ts'
import { code } from '../remedies/words.ts'
import type { Evidence, Login, OAuthTrip, SessionLine } from '../story/evidence.ts'
import { readingOf } from '../story/reading.ts'
import type { Seen } from '../story/seen.ts'
import { failsAt, isProvidersError, isUnanswered, sentFrom } from './callback.ts'
import type { DiagnosisRule, Finding } from './diagnosis.ts'
import { answeredText, durationText, hostOf, pathText, requestText } from './exchange-text.ts'
import { isPrivateHost } from './hosts.ts'
import { hasReason, outcomeOf, sameSiteReasons, unique } from './outcome.ts'
import { sentPairs } from './session-use.ts'

/**
 * The cookie that remembers an OAuth login's state (nonce, verifier, correlation) was set before the provider was called and does
 * not come back with the callback, or never got into the store. Most often the callback is on another host than the login began on.
 * What SameSite withholds is SameSiteOnReturn's. Silent where the callback went well, where the provider itself sent an error, and
 * where nothing answered on the right host: no server missed the cookie there.
 */
export default {
  id: 'OAuthStateLost',
  explains: ['CsrfRefused'],
  find: (evidence) => {
    const { login } = evidence
    const trip = login?.oauth ?? null
    if (login === null || trip === null || trip.callback === null || isProvidersError(trip.callback)) return []
    if (hostOf(trip.callback) === '' || beginOf(trip)?.hostname === '') return []
    const finding = findingOf(evidence, login, trip, trip.callback)
    return finding === null ? [] : [finding]
  },
} satisfies DiagnosisRule

type Why = 'host' | 'refused' | 'expired' | 'path' | 'http' | 'gone'

interface Loss {
  why: Why
  line: SessionLine | null
}

/** Where the login began: the address that set the state, else the app's hop before the provider. */
const beginOf = (trip: OAuthTrip): URL | null => {
  const setter = trip.stateLines.at(-1)?.seen
  return setter === undefined ? sentFrom(trip) : readingOf(setter).url
}

const lossIn = (trip: OAuthTrip, callback: Seen): Loss | null => {
  const sent = new Set(sentPairs(callback).map(({ name }) => name))
  const begun = beginOf(trip)
  const isHostOther = begun !== null && begun.hostname !== hostOf(callback)
  const lost = trip.stateLines.filter(({ name }) => !sent.has(name))
  const [line] = lost
  if (line === undefined) return trip.stateLines.length === 0 && isHostOther ? { why: 'host', line: null } : null
  if (line.line.outcome === 'blocked') return { why: 'refused', line }
  const kept = callback.verdict.cookies.find(({ cookie }) => cookie.name === line.name)
  if (kept !== undefined && hasReason(kept.reasons, sameSiteReasons)) return null
  if (isHostOther && (kept === undefined || hasReason(kept.reasons, domain))) return { why: 'host', line }
  if (kept !== undefined && hasReason(kept.reasons, path)) return { why: 'path', line }
  if (kept !== undefined && hasReason(kept.reasons, secureOnly)) return { why: 'http', line }
  if (isOver(line, callback) || (kept !== undefined && hasReason(kept.reasons, expired)))
    return { why: 'expired', line }
  return { why: 'gone', line }
}

const domain: ReadonlySet<string> = new Set(['DomainMismatch'])
const path: ReadonlySet<string> = new Set(['NotOnPath'])
const secureOnly: ReadonlySet<string> = new Set(['SecureOnly'])
const expired: ReadonlySet<string> = new Set(['Expired'])

const isOver = ({ line }: SessionLine, callback: Seen): boolean =>
  line.cookie?.expirationDate !== undefined && line.cookie.expirationDate * 1000 <= callback.started

const findingOf = (evidence: Evidence, login: Login, trip: OAuthTrip, callback: Seen): Finding | null => {
  const loss = lossIn(trip, callback)
  if (loss === null || (isUnanswered(callback) && loss.why !== 'host')) return null
  const outcome = outcomeOf(evidence)
  const fails = failsAt(evidence, callback)
  if (!fails && (outcome.kind === 'works' || login.session.some(({ line }) => line.outcome === 'stored'))) return null
  const { why, line } = loss
  const isCertain = line !== null && why !== 'gone' && !isUnanswered(callback)
  return {
    rank: fails || outcome.kind === 'fails' ? 'blocks-now' : 'odd',
    confidence: !fails ? 'possible' : isCertain ? 'seen' : 'likely',
    title: titles[why],
    seen: `${howLost(loss, trip, callback)} ${answeredText(callback)}`,
    matters:
      'The app compares what comes back with what it remembered when it sent the visitor away. Without that cookie it can\u2019t, and refuses the login ("state mismatch", "correlation failed").',
    actions: actionsOf(loss, trip, callback),
    ...(line !== null && { cookie: line.name }),
    check: 'Log in again: the request that comes back from the provider has the state cookie in its Cookie header.',
    exchanges: unique(callback.id, line?.seen.id, trip.authorize?.id),
  }
}

const titles: Record<Why, string> = {
  host: 'The provider returns to another host than the login began on, and the state cookie is not there',
  refused: 'The browser refused the cookie that remembers the OAuth state',
  expired: 'The cookie that remembers the OAuth state expired before the provider returned',
  path: 'The Path of the OAuth state cookie does not cover the callback',
  http: 'The provider returns to http, where the Secure cookie that remembers the OAuth state does not go',
  gone: 'The cookie that remembers the OAuth state did not come back with the callback',
}

const howLost = ({ why, line }: Loss, trip: OAuthTrip, callback: Seen): string => {
  const host = code(hostOf(callback))
  const begun = code(beginOf(trip)?.hostname ?? '')
  if (line === null) return `The login began on ${begun}, and the provider returned to ${host}.`
  const name = code(line.name)
  const setter = requestText(line.seen)
  const lifetime = lifetimeOf(line)
  switch (why) {
    case 'host':
      return `${setter} set ${name} on ${begun}. The provider returned to ${host}, which does not get that cookie.`
    case 'refused':
      return `${setter} set ${name}, and the browser refused it.`
    case 'expired':
      return `${setter} set ${name} for ${lifetime === null ? 'a while' : durationText(lifetime)}, and the provider returned later.`
    case 'path':
      return `${setter} set ${name} for the path ${code(line.line.cookie?.path ?? '/')}, and the callback is at ${code(pathText(callback.exchange.url))}.`
    case 'http':
      return `${setter} set ${name} with Secure, and the provider returned to ${code(`http://${readingOf(callback).url?.host}`)}.`
    default:
      return `${setter} set ${name}; the callback on ${host} did not carry it. Another login in a second tab may have overwritten it, or something deleted it.`
  }
}

const actionsOf = ({ why, line }: Loss, trip: OAuthTrip, callback: Seen): Action[] => {
  const begun = beginOf(trip)
  const host = begun?.hostname ?? hostOf(callback)
  const callbackPath = pathText(callback.exchange.url)
  switch (why) {
    case 'host':
      return [
        { action: 'public-url', url: publicUrl(begun, callback), callbackPath },
        { action: 'one-host', host, other: hostOf(callback) },
      ]
    case 'http':
      return [
        { action: 'public-url', url: publicUrl(begun, callback), callbackPath },
        { action: 'use-https', host, who: 'server' },
      ]
    case 'refused':
      return line === null ? [] : mends(line, host)
    case 'expired':
      return line === null ? [] : [{ action: 'session-lifetime', name: line.name, seconds: lifetimeOf(line) }]
    case 'path':
      return [{ action: 'set-attribute', attribute: 'Path', value: '/' }]
    case 'gone':
      return []
  }
}

/**
 * The app's own address: where the login began. On one's own machine a second server may take the callback; a cookie does not mind
 * the port, so that it is the one that answers there.
 */
const publicUrl = (begun: URL | null, callback: Seen): string => {
  const { url } = readingOf(callback)
  if (begun === null) return url?.origin ?? ''
  const isBeside = url?.protocol === begun.protocol && isPrivateHost(begun.hostname) && isPrivateHost(url.hostname)
  const port = isBeside && !isUnanswered(callback) ? url.port : begun.port
  return `${begun.protocol}//${begun.hostname}${port === '' ? '' : `:${port}`}`
}

/** Seconds. */
const lifetimeOf = ({ line, seen }: SessionLine): number | null => {
  const seconds = Math.round((line.cookie?.expirationDate ?? Number.NaN) - seen.exchange.time / 1000)
  return Number.isFinite(seconds) ? seconds : null
}

/** The line's own verdict has the whole fix; this is what most need. */
const mends = ({ line }: SessionLine, host: string): Action[] => {
  const [first] = line.reasons
  switch (first?.id) {
    case 'SameSiteNoneInsecure':
      return [{ action: 'set-attribute', attribute: 'Secure' }]
    case 'SecureOnly':
      return [{ action: 'use-https', host, who: 'server' }]
    case 'InvalidDomain':
      return [{ action: 'remove-attribute', attribute: 'Domain' }]
    default:
      return []
  }
}
