import type { Reason } from '../contract.ts'
import { afterLastStep, sameTarget } from '../story/answer.ts'
import { carriesToken } from '../story/carried-token.ts'
import type { Evidence, Login } from '../story/evidence.ts'
import { headerOf, isPreflight, readingOf } from '../story/reading.ts'
import type { Seen } from '../story/seen.ts'
import { corsFault } from './cors.ts'
import { isTurnedAway, type SessionUse, sessionUses } from './session-use.ts'

/** What became of a login, as far as the log shows. */
export interface Outcome {
  /**
   * works: the server accepted its session, or its token, and refused nothing for good; fails: it refused what came after, and did
   * not accept the same later; unknown: neither was seen.
   */
  readonly kind: 'works' | 'fails' | 'unknown'
  /** The first request that was refused for good. */
  readonly refused: Seen | null
}

const nothingSeen: Outcome = { kind: 'unknown', refused: null }

/** What became of the login that the evidence is about. A wrong password is no outcome. */
export const outcomeOf = (evidence: Evidence): Outcome => {
  const { login } = evidence
  if (login === null || isTurnedAway(evidence, login)) return nothingSeen
  const uses = afterLastStep(sessionUses(evidence, login))
  const refused = uses.find((use, at) => use.answer === 'refused' && !isAcceptedIn(uses.slice(at + 1), use))
  if (refused !== undefined) return { kind: 'fails', refused: refused.seen }
  const accepted = uses.some(({ proves, seen }) => proves && isReadable(seen))
  return accepted ? { kind: 'works', refused: null } : nothingSeen
}

/** CORS lets the script have the answer; and it came to its end. */
const isReadable = (seen: Seen): boolean =>
  seen.state !== 'failed' &&
  corsFault(seen, headerOf(seen.exchange.requestHeaders, 'cookie') === null ? 'omit' : 'include') === null

const isAcceptedIn = (later: readonly SessionUse[], { seen }: SessionUse): boolean =>
  later.some((one) => one.answer === 'accepted' && sameTarget(one.seen, seen))

/** The login's own answer and those it led to, in order. */
export const answersOf = ({ request, redirects }: Login): readonly Seen[] => [
  request,
  ...redirects.filter((one) => one !== request),
]

/** The hop of the same request that came next; null where none was seen. Firefox tells of one that it stopped, as failed. */
export const hopAfter = (evidence: Evidence, seen: Seen): Seen | null => {
  const { location, url } = readingOf(seen)
  if (location === null || url === null) return null
  const place = evidence.seen.indexOf(seen)
  return (
    evidence.seen
      .slice(place + 1)
      .find(
        ({ exchange }) =>
          exchange.redirectChain?.at(-1) === seen.exchange.url && exchange.resourceType === seen.exchange.resourceType,
      ) ?? null
  )
}

/** The browser did not ask the address that this answer leads to. */
export const isStopped = (evidence: Evidence, seen: Seen): boolean => {
  const hop = hopAfter(evidence, seen)
  return hop === null || (hop.state === 'failed' && hop.exchange.status === 0)
}

export const hasReason = (reasons: readonly Reason[], ids: ReadonlySet<string>): boolean =>
  reasons.some(({ id }) => ids.has(id))

/** The names that Chromium has for a cookie that SameSite kept back. */
export const sameSiteReasons: ReadonlySet<string> = new Set([
  'SchemefulSameSiteStrict',
  'SchemefulSameSiteLax',
  'SchemefulSameSiteUnspecifiedTreatedAsLax',
])

/** Some line of the session was stored. */
export const isSessionStored = ({ session }: Login): boolean => session.some(({ line }) => line.outcome === 'stored')

/** A token came in the answer, or goes along in `Authorization` afterwards: the cookie is not what counts. */
export const isBearerLogin = ({ request, after }: Login): boolean =>
  (request.body !== undefined && request.body.tokens.length + request.body.opaqueTokens.length > 0) ||
  after.some(carriesToken)

/** The origin that asked: of the document, as the browser wrote it into `Origin` where it did. */
export const askingOrigin = ({ exchange }: Seen): string | null => {
  const origin = headerOf(exchange.requestHeaders, 'origin')
  if (origin !== null && origin !== 'null') return origin
  if (exchange.initiator !== null && exchange.initiator !== 'null') return exchange.initiator
  const frame = exchange.frames[0]
  return frame !== undefined && URL.canParse(frame) ? new URL(frame).origin : null
}

/** Scripts' requests. */
export const isScripted = (seen: Seen): boolean => seen.exchange.resourceType === 'xmlhttprequest' && !isPreflight(seen)

export const unique = (...ids: readonly (string | undefined)[]): string[] => [
  ...new Set(ids.filter((id) => id !== undefined)),
]
