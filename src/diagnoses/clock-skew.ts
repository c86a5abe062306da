import { registrableDomain } from '../cookie/domain.ts'
import type { Action } from '../remedies/action.ts'
import { code } from '../remedies/words.ts'
import { answerOf, sameTarget } from '../story/answer.ts'
import type { Evidence, Login } from '../story/evidence.ts'
import type { Seen } from '../story/seen.ts'
import type { TokenFacts } from '../story/token.ts'
import { issuerOf, serverTime, skewOf, tokenSent } from './clocks.ts'
import type { DiagnosisRule, Finding } from './diagnosis.ts'
import { answerText, durationText, hostOf, hostText, idsOf, requestText } from './exchange-text.ts'
import { untilLogout } from './session-use.ts'

/** Less is not worth a word, in seconds; libraries that check tokens forgive as much. */
const least = 60
/** So far two servers' clocks may differ and count as one time. */
const agree = 30
/** Between a token's `iat` and the Date of the answer with it. Milliseconds. */
const sameMoment = 3000

/** A server's clock is off; it blocks where a token is refused for nothing else. */
export default {
  id: 'ClockSkew',
  explains: ['TokenNotValid', 'TokenRefused'],
  find: (evidence) => {
    const { login } = evidence
    if (login === null) return []
    const finding = refusedBySkew(evidence, login) ?? oddClock(evidence, login)
    return finding === null ? [] : [finding]
  },
} satisfies DiagnosisRule

const words = (seconds: number): string => `${durationText(seconds)} ${seconds > 0 ? 'ahead of' : 'behind'}`

const refusedBySkew = (evidence: Evidence, login: Login): Finding | null => {
  const later = untilLogout(login)
  for (const seen of later) {
    if (answerOf(seen) !== 'refused') continue
    const token = tokenSent(seen, evidence.isSessionName)
    const issuer = token === null ? null : (issuerOf(token, evidence.seen, seen) ?? issuedWith(token, login))
    if (token === null || issuer === null) continue
    const isRepeatedWell = later.some(
      (one) => one.started > seen.started && sameTarget(one, seen) && answerOf(one) === 'accepted',
    )
    const skews = isRepeatedWell ? null : skewsOf(token, issuer, seen)
    if (skews !== null) return blocking({ seen, issuer, token, ...skews })
  }
  return null
}

/** The login's answer, where its Date is the token's `iat`: its body need not have been read. */
const issuedWith = ({ iat }: TokenFacts, { request }: Login): Seen | null => {
  const { time, isTold } = serverTime(request)
  return iat !== null && isTold && Math.abs(iat - time) <= sameMoment ? request : null
}

interface Skews {
  /** Of the one who issued the token, of the one who refused it. Seconds. */
  issuing: number
  refusing: number
}

/** Where the token would have been good, had both the same time; null else. */
const skewsOf = (token: TokenFacts, issuer: Seen, seen: Seen): Skews | null => {
  const told = skewOf(issuer)
  const byToken = token.iat === null ? null : (token.iat - issuer.exchange.time) / 1000
  const issuing = told === null || told === 0 ? (byToken ?? told) : told
  const refusing = skewOf(seen) ?? 0
  if (issuing === null || Number.isNaN(issuing) || Math.abs(issuing - refusing) <= least) return null
  const issued = issuer.exchange.time / 1000 + issuing
  const elapsed = (seen.exchange.time - issuer.exchange.time) / 1000
  const now = seen.exchange.time / 1000 + refusing
  const exp = token.exp === null ? null : token.exp / 1000
  const from = (token.nbf ?? token.iat) === null ? null : (token.nbf ?? token.iat ?? 0) / 1000
  const isExpired = exp !== null && exp <= now && exp - issued > elapsed
  const isEarly = from !== null && from > now && from <= issued + least
  return isExpired || isEarly ? { issuing, refusing } : null
}

const blocking = ({
  seen,
  issuer,
  token,
  issuing,
  refusing,
}: Skews & { seen: Seen; issuer: Seen; token: TokenFacts }): Finding => {
  const isIssuerOff = Math.abs(issuing) >= Math.abs(refusing)
  const off = isIssuerOff ? issuer : seen
  const seconds = isIssuerOff ? issuing : refusing
  const isExpired = token.exp !== null && token.exp / 1000 <= seen.exchange.time / 1000 + refusing
  return {
    rank: 'blocks-now',
    confidence: 'likely',
    title: `A server's clock is off by ${durationText(seconds)}, so that the token counts as ${isExpired ? 'expired' : 'not valid yet'}`,
    seen: `${requestText(issuer)} gave a token; by its Date or the token's ${code('iat')} the clock there is ${issuing === 0 ? 'right' : `${words(issuing)} this computer's`}. ${requestText(seen, issuer)} carried it and was answered ${answerText(seen)}; there the clock is ${refusing === 0 ? 'right' : `${words(refusing)} this computer's`}.`,
    matters: `By the clock of the one who issued it, the token is good. Whoever checks it by another time ${isExpired ? 'finds it expired' : 'finds that it begins in the future'}.`,
    actions: syncActions(off, seconds),
    check: 'Log in again: the Date of every answer is the time of this computer, and the token is accepted.',
    exchanges: idsOf([seen, issuer]),
  }
}

const syncActions = (seen: Seen, seconds: number): Action[] =>
  hostOf(seen) === '' ? [] : [{ action: 'sync-clock', host: hostOf(seen), seconds }]

/** Answers that are not likely to be static ones, which an unnamed cache may have kept. */
const isOwnAnswer = ({ exchange, verdict }: Seen): boolean =>
  exchange.method !== 'GET' || exchange.status >= 300 || verdict.setCookies.length > 0

const oddClock = (evidence: Evidence, login: Login): Finding | null => {
  const answers = [login.request, ...login.redirects, ...login.after].filter(isOwnAnswer)
  const skewed = answers.find((seen) => Math.abs(skewOf(seen) ?? 0) > least)
  if (skewed === undefined) return null
  const seconds = skewOf(skewed) ?? 0
  const isOwn = isOfThisComputer(evidence, skewed, seconds)
  const host = hostText(skewed)
  return {
    rank: 'odd',
    confidence: isOwn ? 'likely' : 'seen',
    title: isOwn
      ? `This computer's clock is off by ${durationText(seconds)}: several sites agree on another time`
      : `The server's clock is ${durationText(seconds)} ${seconds > 0 ? 'ahead of' : 'behind'} this computer's`,
    seen: `The Date of the answer to ${requestText(skewed)} of ${host} is ${words(seconds)} this computer's time${isOwn ? ', and so is that of another site' : ''}.`,
    matters:
      'Nothing was refused for it. Browsers set a cookie’s Expires right by the Date of its answer; tokens with a short life, and codes for a second step, fail when clocks differ.',
    actions: isOwn ? [] : syncActions(skewed, seconds),
    check: isOwn
      ? "Set this computer's clock by the network and load the page again: the difference is gone."
      : "Load the page again: the Date of the answer is this computer's time.",
    exchanges: idsOf([skewed]),
  }
}

const siteOf = (seen: Seen): string => registrableDomain(hostOf(seen)) ?? hostOf(seen)

const isOfThisComputer = ({ seen: all }: Evidence, skewed: Seen, seconds: number): boolean =>
  all.some((seen) => {
    const other = siteOf(seen) === siteOf(skewed) ? null : skewOf(seen)
    return other !== null && other !== 0 && Math.abs(other - seconds) <= agree
  })
