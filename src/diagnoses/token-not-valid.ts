import { sameRegistrableDomain } from '../cookie/domain.ts'
import { code, list } from '../remedies/words.ts'
import { answerOf, sameTarget } from '../story/answer.ts'
import type { Evidence, Login } from '../story/evidence.ts'
import { headerOf, readingOf } from '../story/reading.ts'
import type { Seen } from '../story/seen.ts'
import type { TokenFacts } from '../story/token.ts'
import { tokensOf } from '../story/token-uses.ts'
import { isSameToken, issuerOf, serverTime, tokenSent } from './clocks.ts'
import type { DiagnosisRule, Finding } from './diagnosis.ts'
import { answerText, durationText, hostOf, idsOf, requestText, sendAuthorization } from './exchange-text.ts'
import { isRenewed, isTurnedAway, untilLogout } from './session-use.ts'

/** A token that was good for longer may end on purpose. Milliseconds. */
const longLife = 300_000
/** What clocks may differ by without a word. Milliseconds. */
const tolerance = 60_000
/** No token expired before 2001: what is smaller is a duration. */
const earliestSense = 1_000_000_000_000

/** A request with a token was refused, and the token's own claims say why: expired, too early, of or for someone else. */
export default {
  id: 'TokenNotValid',
  explains: ['TokenRefused', 'SessionRejected'],
  find: (evidence) => {
    const { login } = evidence
    if (login === null || isTurnedAway(evidence, login) || isRenewed(login)) return []
    const later = untilLogout(login)
    for (const seen of later) {
      if (answerOf(seen) !== 'refused' || !isMeant(seen, login)) continue
      if (isRepeatedWell(seen, later)) continue
      const token = tokenSent(seen, evidence.isSessionName)
      const finding = token === null ? null : findingOf({ evidence, login, seen, token, later })
      if (finding !== null) return [finding]
    }
    return []
  },
} satisfies DiagnosisRule

/** Another site's 401 counts only where it was asked with Authorization. */
const isMeant = (seen: Seen, { request }: Login): boolean =>
  sameRegistrableDomain(hostOf(seen), hostOf(request)) ||
  headerOf(seen.exchange.requestHeaders, 'authorization') !== null

const isRepeatedWell = (seen: Seen, later: readonly Seen[]): boolean =>
  later.some((one) => one.started > seen.started && sameTarget(one, seen) && answerOf(one) === 'accepted')

interface Case {
  evidence: Evidence
  login: Login
  /** Refused. */
  seen: Seen
  token: TokenFacts
  later: readonly Seen[]
}

const findingOf = (found: Case): Finding | null => outOfTime(found) ?? ofAnother(found)

const check = 'Log in again: the request carries a token that is good now, and is accepted.'

const outOfTime = (found: Case): Finding | null => {
  const { token, seen } = found
  const { time, isTold } = serverTime(seen)
  const clock = isTold ? "by the server's Date" : "by this computer's clock"
  if (token.exp !== null && token.exp <= time)
    return isRenewedLater(found) ? null : expired(found, token.exp, time, clock, isTold)
  const from = token.nbf ?? token.iat
  if (from === null || from <= time + (token.nbf === null ? tolerance : 1000)) return null
  const isNbf = token.nbf !== null
  return {
    rank: 'blocks-now',
    confidence: isNbf && isTold ? 'seen' : isNbf ? 'likely' : 'possible',
    title: 'The token is not valid yet',
    seen: `${sentWords(found)} Its ${code(isNbf ? 'nbf' : 'iat')} lies ${durationText((from - time) / 1000)} ahead, ${clock}.`,
    matters:
      'The one who issued the token has another time than the one who checks it, or wrote the claim in the wrong unit: it is in seconds since 1970.',
    actions: [{ action: 'renew-token' }],
    check,
    exchanges: idsOf([seen, ...issuerList(found)]),
  }
}

/** Another token came, and was accepted: the script has done what an expired one asks for. */
const isRenewedLater = ({ seen, token, later, evidence }: Case): boolean =>
  later.some((one) => {
    const sent =
      one.started > seen.started && answerOf(one) === 'accepted' ? tokenSent(one, evidence.isSessionName) : null
    return sent !== null && !isSameToken(sent, token)
  })

const issuerList = ({ token, evidence, seen }: Case): Seen[] => {
  const issuer = issuerOf(token, evidence.seen, seen)
  return issuer === null ? [] : [issuer]
}

const sentWords = ({ seen, login }: Case): string => {
  const where =
    headerOf(seen.exchange.requestHeaders, 'authorization') !== null
      ? 'a token in Authorization'
      : 'a token in its cookie'
  return `${requestText(seen, login.request)} carried ${where} and was answered ${answerText(seen)}.`
}

const expired = (found: Case, exp: number, time: number, clock: string, isTold: boolean): Finding => {
  const { seen, token, later, evidence } = found
  const [issuer] = issuerList(found)
  const isBornOld = issuer !== undefined && exp <= serverTime(issuer).time
  const wasGood = later.some((one) => {
    const sent = tokenSent(one, evidence.isSessionName)
    return one.started < seen.started && answerOf(one) === 'accepted' && sent !== null && isSameToken(sent, token)
  })
  const ago =
    exp < earliestSense
      ? 'Its `exp` is near 1970'
      : `Its ${code('exp')} passed ${durationText((time - exp) / 1000)} ago`
  const livedLong = issuer !== undefined && exp - issuer.exchange.time > longLife
  return {
    rank: wasGood && livedLong ? 'odd' : 'blocks-now',
    confidence: isTold ? 'seen' : 'likely',
    title: isBornOld ? 'The token has expired already when it is given' : 'The token that was sent has expired',
    seen: `${sentWords(found)} ${ago}, ${clock}.${issuer === undefined ? '' : ` ${requestText(issuer, found.login.request)} gave it.`}`,
    matters: isBornOld
      ? `${code('exp')} is a point in time, in seconds since 1970: not a duration, and not in milliseconds. Set it to a time ahead when the token is made, by a clock that is right.`
      : 'A token is refused from its expiry on. The script has to get a new one in time, and keep that one.',
    actions: isBornOld ? [] : [{ action: 'renew-token' }],
    check,
    exchanges: idsOf([seen, ...(issuer === undefined ? [] : [issuer])]),
  }
}

/** Another token than the one that is accepted, or than the login gave. */
const ofAnother = (found: Case): Finding | null => {
  const { seen, token, later, evidence, login } = found
  const idToken = idTokenSent(found)
  if (idToken !== null) return idToken
  const accepted = later.find(
    (one) => answerOf(one) === 'accepted' && readingOf(one).origin === readingOf(seen).origin && differs(one, found),
  )
  const good = accepted === undefined ? null : tokenSent(accepted, evidence.isSessionName)
  const given = [login.request, ...login.redirects].find((one) => givenBy(one) !== null)
  const own = given === undefined ? null : givenBy(given)
  const other = good ?? own
  const shown = accepted ?? given
  const claim = other === null ? null : differing(token, other)
  if (other === null || shown === undefined || claim === null) return null
  return {
    rank: 'blocks-now',
    confidence: 'likely',
    title: `The token that was sent is ${claim === 'iss' ? 'of another issuer' : 'for another audience'} than the login's`,
    seen: `${sentWords(found)} Its ${code(claim)} is ${claimText(token, claim)}; that of the token ${good === null ? `which ${requestText(shown, login.request)} gave` : `which ${requestText(shown, login.request)} carried, and was accepted with`} is ${claimText(other, claim)}.`,
    matters:
      'A server takes tokens of the issuer and for the audience that it knows. One kept from another environment, or asked for with other parameters, it refuses.',
    actions: [{ action: 'match-token', claim }],
    check,
    exchanges: idsOf([seen, shown]),
  }
}

const givenBy = (seen: Seen): TokenFacts | null =>
  tokensOf(seen).find(({ where }) => where === 'body' || where === 'set-cookie')?.token ?? null

const differs = (one: Seen, { token, evidence }: Case): boolean => {
  const sent = tokenSent(one, evidence.isSessionName)
  return sent !== null && differing(token, sent) !== null
}

/** A claim that both have, and that is not the same. */
const differing = (a: TokenFacts, b: TokenFacts): 'iss' | 'aud' | null => {
  if (a.iss !== null && b.iss !== null && a.iss !== b.iss) return 'iss'
  return a.aud.length > 0 && b.aud.length > 0 && !a.aud.some((one) => b.aud.includes(one)) ? 'aud' : null
}

const claimText = ({ iss, aud }: TokenFacts, claim: 'iss' | 'aud'): string =>
  claim === 'iss' ? code(iss ?? '') : list(aud.slice(0, 3).map(code))

/** The ID token is for the client alone; an API wants the access token. */
const idTokenSent = (found: Case): Finding | null => {
  const { seen, token, login, evidence } = found
  const giver = evidence.seen.findLast(
    (one) =>
      one.started < seen.started &&
      tokensOf(one).some(
        ({ where, name, token: given }) => where === 'body' && isIdToken(name) && isSameToken(given, token),
      ),
  )
  const access = [...(giver?.body?.opaqueTokens ?? []), ...(giver?.body?.tokens ?? []).map(({ field }) => field)].find(
    (field) => /access_?token$/i.test(field.slice(-40)),
  )
  const isSameAsAccess = giver?.body?.tokens.some(
    ({ field, token: given }) => field === access && isSameToken(given, token),
  )
  if (giver === undefined || access === undefined || isSameAsAccess === true) return null
  return {
    rank: 'blocks-now',
    confidence: 'likely',
    title: 'The request carries the ID token, where the API wants the access token',
    seen: `${sentWords(found)} It is the ID token that ${requestText(giver, login.request)} gave beside ${code(access)}.`,
    matters: `The ID token tells the app who logged in; its audience is the app${token.aud.length === 0 ? '' : ` (${claimText(token, 'aud')})`}. An API checks the access token.`,
    actions: sendAuthorization(seen, false),
    check,
    exchanges: idsOf([seen, giver]),
  }
}

const isIdToken = (field: string): boolean => /id_?token$/i.test(field.slice(-40))
