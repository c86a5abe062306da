import { sameRegistrableDomain } from '../cookie/domain.ts'
import { code, list } from '../remedies/words.ts'
import { answerOf, sameTarget } from '../story/answer.ts'
import { carriesToken } from '../story/carried-token.ts'
import type { Evidence, Login } from '../story/evidence.ts'
import { pathKind } from '../story/paths.ts'
import { readingOf } from '../story/reading.ts'
import type { Seen } from '../story/seen.ts'
import type { DiagnosisRule, Finding } from './diagnosis.ts'
import { answerText, hostOf, hostText, idsOf, requestText, sendAuthorization } from './exchange-text.ts'
import { isOfLoginSites, isTurnedAway, type SessionUse, sentPairs, sessionUses } from './session-use.ts'

/** A token is what counts, and the request does not carry it: never sent, lost on a redirect, or a cookie sent in its place. */
export default {
  id: 'BearerMissing',
  explains: ['SessionRejected'],
  find: (evidence) => {
    const { login } = evidence
    const dropped = droppedOnRedirect(evidence)
    if (dropped !== null) return [dropped]
    if (login === null || isTurnedAway(evidence, login)) return []
    const finding = notSent(evidence, login)
    return finding === null ? [] : [finding]
  },
} satisfies DiagnosisRule

const isScript = ({ exchange }: Seen): boolean => exchange.resourceType === 'xmlhttprequest'

/** Whether the same was answered well later. */
const isRepeatedWell = (seen: Seen, evidence: Evidence): boolean =>
  evidence.seen.some(
    (later) => later.started > seen.started && sameTarget(later, seen) && answerOf(later) === 'accepted',
  )

/** A hop with Authorization, and the next one, at another origin, without. */
const droppedOnRedirect = (evidence: Evidence): Finding | null => {
  const known = new Map<string, Seen>()
  for (const seen of evidence.seen) {
    const before = known.get(seen.exchange.redirectChain?.at(-1) ?? '')
    if (
      before !== undefined &&
      carriesToken(before) &&
      !carriesToken(seen) &&
      readingOf(before).origin !== readingOf(seen).origin &&
      readingOf(seen).origin !== '' &&
      answerOf(seen) === 'refused' &&
      !isRepeatedWell(seen, evidence)
    )
      return dropped(before, seen, evidence.login)
    if (readingOf(seen).location !== null && seen.exchange.method !== 'OPTIONS') known.set(seen.exchange.url, seen)
  }
  return null
}

const dropped = (before: Seen, seen: Seen, login: Login | null): Finding => ({
  rank: login === null || isOfLoginSites(before, login) ? 'blocks-now' : 'odd',
  confidence: 'seen',
  title: 'The token was lost on a redirect to another origin',
  seen: `${requestText(before)} carried Authorization and was redirected from ${hostText(before)} to ${hostText(seen)}. There ${requestText(seen)} came without it, and was answered ${answerText(seen)}.`,
  matters:
    'A browser does not hand Authorization on to another origin: another host, another port, or http instead of https.',
  actions: sendAuthorization(seen, true),
  check: 'Repeat the request: it goes to the final URL at once, carries Authorization and is accepted.',
  exchanges: idsOf([seen, before]),
})

const notSent = (evidence: Evidence, login: Login): Finding | null => {
  const uses = sessionUses(evidence, login)
  const fields = tokenFields(login)
  const byBearer = uses.find(({ answer, bearer, seen }) => bearer && answer === 'accepted' && isScript(seen))
  if (fields.length === 0 && byBearer === undefined) return null
  const refused = uses.find(
    (use) =>
      use.answer === 'refused' &&
      isScript(use.seen) &&
      !use.bearer &&
      isOfApi(use.seen, login, byBearer) &&
      pathKind(readingOf(use.seen)) !== 'refresh' &&
      !isRepeatedWell(use.seen, evidence),
  )
  if (refused === undefined) return null
  const byCookie = uses.some(
    ({ proves, bearer, own, seen }) =>
      proves && !bearer && own.length > 0 && isScript(seen) && seen.started < refused.seen.started,
  )
  // With the cookie alone all is well elsewhere: that is what the server answers to.
  if (byCookie) return null
  return findingOf({ evidence, login, refused, fields, byBearer: byBearer ?? null, isLost: isLost(refused, uses) })
}

/** The same was answered with the token before; now it goes without, and nothing since has brought the token back. */
const isLost = (refused: SessionUse, uses: readonly SessionUse[]): boolean => {
  const at = uses.indexOf(refused)
  const isBack = ({ bearer, answer, seen }: SessionUse): boolean =>
    answer === 'accepted' && (bearer || (seen.exchange.status !== 204 && pathKind(readingOf(seen)) === 'refresh'))
  return (
    uses.slice(0, at).some((one) => one.bearer && one.answer === 'accepted' && sameTarget(one.seen, refused.seen)) &&
    !uses.slice(at + 1).some(isBack)
  )
}

/** The token is for the origin that gave it, and for those that it went to: another site's 401 is none of it. */
const isOfApi = (seen: Seen, { request }: Login, byBearer: SessionUse | undefined): boolean =>
  sameRegistrableDomain(hostOf(seen), hostOf(request)) ||
  (byBearer !== undefined && readingOf(byBearer.seen).origin === readingOf(seen).origin)

const tokenFields = ({ request, redirects, after }: Login): string[] => {
  const bodies = [request, ...redirects, ...after].flatMap(({ body }) => (body === undefined ? [] : [body]))
  return [
    ...new Set(bodies.flatMap(({ tokens, opaqueTokens }) => [...tokens.map(({ field }) => field), ...opaqueTokens])),
  ]
}

interface Case {
  evidence: Evidence
  login: Login
  refused: SessionUse
  fields: readonly string[]
  byBearer: SessionUse | null
  isLost: boolean
}

const findingOf = ({ evidence, login, refused, fields, byBearer, isLost: lost }: Case): Finding => {
  const { seen } = refused
  const cookies = sentPairs(seen).filter(({ name }) => evidence.isSessionName(name))
  const isCookie = cookies.length > 0
  const isSameOrigin = readingOf(seen).origin === readingOf(login.request).origin
  const token =
    fields.length === 0
      ? 'Requests after the login carried a token'
      : `${requestText(login.request)} or what followed was answered with a token (${list(fields.slice(0, 3).map(code))})`
  const instead = isCookie
    ? `carried the cookie ${code(cookies[0]?.name ?? '')} and no Authorization`
    : 'carried neither Authorization nor a session cookie'
  const elsewhere =
    byBearer === null ? '' : ` ${requestText(byBearer.seen, login.request)} carried Authorization and was accepted.`
  return {
    rank: byBearer === null || lost ? 'blocks-now' : 'odd',
    confidence: isCookie && byBearer === null ? 'possible' : isSameOrigin ? 'likely' : 'possible',
    title: isCookie
      ? 'The server seems to want the token, and the request carries a cookie only'
      : lost
        ? 'The request does not carry the token any more'
        : 'The login gives a token, and the request after it does not carry it',
    seen: `${token}. ${requestText(seen, login.request)} ${instead}, and was answered ${answerText(seen)}.${elsewhere}`,
    matters: isCookie
      ? 'With a token and a cookie side by side it is easy to lose track of which one an endpoint reads. This one did not take the cookie.'
      : lost
        ? 'With the token the same was accepted before. A script that keeps it in memory alone has lost it when the page is loaded anew: it has to get another one first, by a refresh cookie say.'
        : 'No browser sends a token by itself: the script has to put it into each request.',
    actions: sendAuthorization(seen, false),
    check: 'Log in again: the request carries Authorization, and is accepted.',
    exchanges: idsOf([seen, login.request]),
  }
}
