import { code } from '../remedies/words.ts'
import { sameTarget } from '../story/answer.ts'
import type { Evidence, Login } from '../story/evidence.ts'
import { headerOf } from '../story/reading.ts'
import type { Seen } from '../story/seen.ts'
import type { DiagnosisRule, Finding } from './diagnosis.ts'
import { answerText, idsOf, pathText, requestText } from './exchange-text.ts'
import { outcomeOf } from './outcome.ts'
import { isTurnedAway, untilLogout } from './session-use.ts'

/** A cache answered the login, or tells the visitor afterwards what it told the one who was not logged in yet. */
export default {
  id: 'LoginFromCache',
  explains: ['LoginWithoutSetCookie', 'SessionRejected'],
  find: (evidence) => {
    const { login } = evidence
    if (login === null || isTurnedAway(evidence, login)) return []
    const finding = cachedLogin(evidence, login) ?? cachedRefusal(evidence, login) ?? sharedSession(login)
    return finding === null ? [] : [finding]
  },
} satisfies DiagnosisRule

/** What shows that a cache answered: in words; null where nothing does. */
export const cacheSign = ({ exchange, fromCache }: Seen): string | null => {
  if (fromCache) return "the browser's own cache answered"
  const age = headerOf(exchange.responseHeaders, 'age')
  if (age !== null && /^\d{1,10}$/.test(age.trim()) && Number(age) > 0) return `it has ${code(`Age: ${age.trim()}`)}`
  const hit = ['x-cache', 'cf-cache-status', 'cdn-cache', 'x-vercel-cache', 'x-cache-status', 'x-proxy-cache'].find(
    (name) => /^hit\b/i.test(headerOf(exchange.responseHeaders, name)?.trim().slice(0, 40) ?? ''),
  )
  return hit === undefined ? null : `${code(hit)} says ${code('HIT')}`
}

/** Nothing of an answer of its own: it has no session, and signs of a cache. */
const cachedLogin = (evidence: Evidence, login: Login): Finding | null => {
  const cached = [login.request, ...login.redirects].find(
    (seen) => cacheSign(seen) !== null && seen.verdict.setCookies.length === 0 && isOfLogin(seen, login),
  )
  const hasToken = login.request.body !== undefined && tokensIn(login.request) > 0
  if (cached === undefined || login.session.length > 0 || hasToken) return null
  if (outcomeOf(evidence).kind === 'works') return null
  return {
    rank: 'blocks-now',
    confidence: cached.fromCache ? 'seen' : 'likely',
    title: 'The login was answered from a cache, without its Set-Cookie line',
    seen: `${requestText(cached)} was answered ${answerText(cached)}, and ${cacheSign(cached)}. It set no cookie.`,
    matters:
      'A cache leaves Set-Cookie out, or repeats an answer that was made for someone else. The login itself never reached the app.',
    actions: [{ action: 'no-store', path: pathText(cached.exchange.url) }],
    check: 'Log in again: the answer has a Set-Cookie line, no Age, and no word of a cache hit.',
    exchanges: idsOf([cached, login.request]),
  }
}

const tokensIn = ({ body }: Seen): number => (body?.tokens.length ?? 0) + (body?.opaqueTokens.length ?? 0)

/** The page that the login leads to may be a static one: it is the login's own answer that counts, and a callback's hops. */
const isOfLogin = (seen: Seen, { request, kind }: Login): boolean =>
  seen === request || (kind === 'callback' && seen.exchange.status >= 300 && seen.exchange.status < 400)

/** A script asks who is logged in, and gets the 401 from before the login. */
const cachedRefusal = (evidence: Evidence, login: Login): Finding | null => {
  const stale = untilLogout(login).find(
    (seen) =>
      seen.exchange.method === 'GET' &&
      evidence.isRefusal(seen) &&
      cacheSign(seen) !== null &&
      evidence.seen.some(
        (before) =>
          before.started < login.request.started && sameTarget(before, seen) && sameAnswer(before, seen, evidence),
      ),
  )
  if (stale === undefined) return null
  const isRepeated = untilLogout(login).some(
    (seen) => seen.started > stale.started && sameTarget(seen, stale) && !evidence.isRefusal(seen),
  )
  if (isRepeated) return null
  return {
    rank: 'blocks-now',
    confidence: stale.fromCache ? 'seen' : 'likely',
    title: 'After the login a cache still gives the answer from before it',
    seen: `${requestText(stale, login.request)} was answered ${answerText(stale)}, as before the login, and ${cacheSign(stale)}.`,
    matters: 'The visitor is logged in, and is told otherwise: the server was not asked.',
    actions: [{ action: 'no-store', path: pathText(stale.exchange.url) }],
    check: 'Log in again: the request is answered by the server, for the visitor who is logged in.',
    exchanges: idsOf([stale, login.request]),
  }
}

const sameAnswer = (before: Seen, seen: Seen, { isRefusal }: Evidence): boolean =>
  isRefusal(before) && before.exchange.status === seen.exchange.status

/** The answer with the session may be kept by caches that many share. */
const sharedSession = ({ session }: Login): Finding | null => {
  for (const { seen, line, name } of session) {
    const value = headerOf(seen.exchange.responseHeaders, 'cache-control')?.toLowerCase().slice(0, 300) ?? ''
    const isShared = /(?:^|[\s,])(?:public|s-maxage=[1-9]\d{0,9})(?:$|[\s,])/.test(value)
    const isOwn = /(?:^|[\s,])(?:private|no-store|no-cache)(?:$|[\s,=])/.test(value)
    if (line.outcome !== 'stored' || !isShared || isOwn || seen.exchange.method !== 'GET') continue
    return {
      rank: 'odd',
      confidence: 'possible',
      title: 'Caches may keep the answer that sets the session cookie',
      seen: `${requestText(seen)} set ${code(name)}, and its ${code('Cache-Control')} lets shared caches keep it.`,
      matters:
        'A cache that keeps it gives the next visitor an answer without a session, or with the session of someone else.',
      actions: [{ action: 'no-store', path: pathText(seen.exchange.url) }],
      check: `Log in again: the answer has ${code('Cache-Control: no-store')}.`,
      exchanges: [seen.id],
    }
  }
  return null
}
