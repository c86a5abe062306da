import type { Action } from '../remedies/action.ts'
import { code, list } from '../remedies/words.ts'
import { afterLastStep, sameTarget } from '../story/answer.ts'
import { emptyAuthorization } from '../story/carried-token.ts'
import type { Evidence, Login } from '../story/evidence.ts'
import { pathKind } from '../story/paths.ts'
import { readingOf } from '../story/reading.ts'
import type { Seen } from '../story/seen.ts'
import type { TokenFacts } from '../story/token.ts'
import { tokensOf } from '../story/token-uses.ts'
import { type Challenge, challengeOf } from './challenge.ts'
import { isSameToken, serverTime } from './clocks.ts'
import type { DiagnosisRule, Finding } from './diagnosis.ts'
import { answerText, durationText, idsOf, requestText, sendAuthorization } from './exchange-text.ts'
import { type SentToken, sentTokenOf } from './sent-token.ts'
import { isOfLoginSites, isRenewed, isTurnedAway, type SessionUse, sessionUses } from './session-use.ts'

/** What clocks may differ by without a word. Milliseconds. */
const tolerance = 60_000

/**
 * The request carries a token that is good by all that can be seen, or one that can't be read, and the server answers 401. Silent
 * where the token's own claims refuse it, where another token came afterwards, and where the same is accepted later. A 403 is
 * another thing: it knows who asks.
 */
export default {
  id: 'TokenRefused',
  find: (evidence) => {
    const { login } = evidence
    if (login === null || isTurnedAway(evidence, login) || isRenewed(login)) return []
    const uses = afterLastStep(sessionUses(evidence, login))
    for (const [at, { seen, answer }] of uses.entries()) {
      if (answer !== 'refused' || seen.exchange.status !== 401 || !isOfLoginSites(seen, login)) continue
      const later = uses.slice(at + 1)
      if (pathKind(readingOf(seen)) === 'refresh' || isSuperseded(seen, later)) continue
      const sent = sentTokenOf(seen)
      const challenge = sent === null ? null : challengeOf(seen, sent.text)
      if (sent === null || challenge?.error === 'insufficient_scope' || isOutOfTime(sent.facts, seen)) continue
      return [findingOf({ evidence, login, seen, sent, challenge, uses })]
    }
    return []
  },
} satisfies DiagnosisRule

interface Case {
  evidence: Evidence
  login: Login
  /** Refused. */
  seen: Seen
  sent: SentToken
  challenge: Challenge | null
  uses: readonly SessionUse[]
}

/** The same was accepted later, or there was another token to go on with. */
const isSuperseded = (seen: Seen, later: readonly SessionUse[]): boolean =>
  later.some((one) => (one.answer === 'accepted' && sameTarget(one.seen, seen)) || givesToken(one.seen))

const givers: ReadonlySet<string | null> = new Set(['login', 'auth', 'refresh', 'second-factor'])

/** By its body, where that was read; else by its address. */
const givesToken = (seen: Seen): boolean => {
  const { method, status } = seen.exchange
  if (status < 200 || status > 299 || status === 204) return false
  const tokens = (seen.body?.tokens.length ?? 0) + (seen.body?.opaqueTokens.length ?? 0)
  return tokens > 0 || (method === 'POST' && givers.has(pathKind(readingOf(seen))))
}

/** Its own claims say so: another diagnosis does, or nobody can tell. */
const isOutOfTime = (facts: TokenFacts | null, seen: Seen): boolean => {
  if (facts === null) return false
  const { time } = serverTime(seen)
  const isEarly = (facts.nbf ?? 0) > time + 1000 || (facts.nbf === null && (facts.iat ?? 0) > time + tolerance)
  return (facts.exp !== null && facts.exp <= time) || isEarly
}

const findingOf = (found: Case): Finding => miswritten(found) ?? older(found) ?? refused(found)

const check = 'Log in again: the request carries the token, and is accepted.'

const callWords = ({ seen, login }: Case, what: string): string =>
  `${requestText(seen, login.request)} carried ${what}, and was answered ${answerText(seen)}.`

/** What the server itself says, where it does. */
const serverWords = ({ challenge }: Case): string => {
  if (challenge === null) return ''
  const { scheme, error, description } = challenge
  const said = [error, description].filter((one) => one !== null).map(code)
  if (said.length > 0) return ` The server says ${said.join(': ')}.`
  return takesTokens.has(scheme)
    ? ''
    : ` The server asks for ${code(scheme)}, and not for a token: what stands in front of it may want a name and a password in this header.`
}

const takesTokens: ReadonlySet<string> = new Set(['bearer', 'dpop', 'token', 'jwt'])

/** The header is not what a server can read a token from. */
const miswritten = (found: Case): Finding | null => {
  const { sent, seen, challenge } = found
  const fault = sent.fault === 'bare' && challenge?.scheme !== 'bearer' ? null : sent.fault
  if (fault === null) return null
  const { title, matters } = faults[fault]
  const header = emptyAuthorization(seen)
  const what = fault !== 'empty' || header === null ? faults[fault].what : code(`Authorization: ${header}`.trim())
  return {
    rank: worksOtherwise(found) ? 'odd' : 'blocks-now',
    confidence: fault === 'empty' ? 'seen' : 'likely',
    title,
    seen: `${callWords(found, what)}${serverWords(found)}`,
    matters,
    actions: sendAuthorization(seen, false),
    check,
    exchanges: idsOf([seen]),
  }
}

const faults = {
  empty: {
    title: 'Authorization is sent without a token in it',
    what: 'an Authorization header with nothing in it',
    matters:
      'The script asks before it has the token, or reads it from where it is not: another name, another storage, or a field that the login\u2019s answer does not have.',
  },
  quoted: {
    title: 'The token is sent in quotation marks, which are not part of it',
    what: 'a token in quotation marks',
    matters:
      'A text that was put into storage by `JSON.stringify` has them. Read it with `JSON.parse`, or store the text as it is.',
  },
  twice: {
    title: 'Authorization says Bearer twice',
    what: 'a token with `Bearer` twice before it',
    matters:
      'What is stored has the word already, or two places of the script add it. The server takes it for a token.',
  },
  bare: {
    title: 'Authorization holds the token without the word Bearer before it',
    what: 'a token without a scheme before it',
    matters: 'The server asks for `Bearer`, a space, and the token. Without the word most servers find none.',
  },
} as const

const givenIn = (seen: Seen): readonly TokenFacts[] =>
  tokensOf(seen).flatMap(({ where, token }) => (where === 'body' ? [token] : []))

/** The answer that gave the token last, and what it gave, as far as bodies were read. */
const lastGiver = ({ login, seen }: Case): Seen | null =>
  [login.request, ...login.after].findLast((one) => one.started < seen.started && givenIn(one).length > 0) ?? null

/** One that was kept from before: the login gave another. */
const older = (found: Case): Finding | null => {
  const { sent, seen, login } = found
  const { facts } = sent
  const giver = lastGiver(found)
  // Where an opaque one came as well, that may be the one that counts.
  if (facts === null || facts.iat === null || giver === null || giver.body?.opaqueTokens.length !== 0) return null
  const given = givenIn(giver)
  const time = facts.iat
  if (!given.every(({ iat }) => iat !== null && iat > time)) return null
  const [first] = given
  return {
    rank: worksOtherwise(found) ? 'odd' : 'blocks-now',
    confidence: 'likely',
    title: 'The request carries an older token than the one that the login gave',
    seen: `${callWords(found, 'a token')}${serverWords(found)} By its ${code('iat')} it was made ${durationText(((first?.iat ?? time) - time) / 1000)} before the one that ${requestText(giver, login.request)} gave.`,
    matters:
      'The script kept a token from before, and sends that one. A server may have ended it at the login, or know it no longer.',
    actions: sendAuthorization(seen, false),
    check: 'Log in again: the request carries the token that the login gave, and is accepted.',
    exchanges: idsOf([seen, giver]),
  }
}

const refused = (found: Case): Finding => {
  const { sent, seen, challenge, login } = found
  const giver = lastGiver(found)
  const isOwn =
    giver !== null && sent.facts !== null && givenIn(giver).some((one) => isSameToken(one, sent.facts as TokenFacts))
  const from = isOwn ? `the token that ${requestText(giver, login.request)} gave` : 'a token in Authorization'
  const elsewhere = acceptedElsewhere(found)
  const elsewhereWords =
    elsewhere === null ? '' : ` ${requestText(elsewhere, seen)} carried the same token, and was accepted.`
  const common = {
    seen: `${callWords(found, from)}${serverWords(found)} ${factsWords(found)}${elsewhereWords}`,
    check,
    exchanges: idsOf([seen, ...(isOwn ? [giver] : []), ...(elsewhere === null ? [] : [elsewhere])]),
  }
  if (worksOtherwise(found))
    return {
      ...common,
      rank: 'odd',
      confidence: 'possible',
      title: 'One request was refused although it carried a token',
      matters:
        'Elsewhere the login is accepted. What was refused may want another right or another token than this one; or the token was good until then, and was ended.',
      actions: actionsOf(found, elsewhere !== null),
    }
  return {
    ...common,
    rank: 'blocks-now',
    confidence: challenge?.error === 'invalid_token' ? 'seen' : 'likely',
    title: 'The token was sent, and the server does not accept it',
    matters: `The browser did its part. ${whyOf(found, elsewhere !== null)}`,
    actions: actionsOf(found, elsewhere !== null),
  }
}

/** What the server says of it, where its words are of one of these. */
const says = ({ challenge }: Case, what: keyof typeof topics): boolean =>
  topics[what].test((challenge?.description ?? '').slice(0, 300))

const topics = {
  audience: /audience|\baud\b/i,
  issuer: /issuer|\biss\b/i,
  end: /expired|revoked|inactive/i,
  key: /signature|\bkey\b|\bkid\b/i,
} as const

const whyOf = (found: Case, isAlive: boolean): string => {
  if (says(found, 'audience') || says(found, 'issuer')) {
    const claim = code(says(found, 'audience') ? 'aud' : 'iss')
    return `The server expects another ${claim} than the one that the token names. A token asked for with other parameters, or of another environment, has another.`
  }
  if (says(found, 'end'))
    return 'By its own claims the token goes on, or it has none that can be read; the server has ended it, at a logout say, or gives it less time.'
  if (says(found, 'key'))
    return 'The token was signed with another key than the server checks it with: that of another environment, or one from before a change of keys. The server has to load the keys of the one who issued it.'
  if (isAlive)
    return 'The token is alive: this server expects another audience or another issuer, or checks it with another key. Its log says which.'
  return found.sent.facts === null
    ? 'Only the server can tell what is wrong with it. It may look the token up where it is not (another environment, the memory of another instance), the token may have been revoked, have ended, or be meant for another API. Its log says which.'
    : 'The server may check the signature with another key (of another environment, or an old one), expect another `iss` or `aud`, know that the token was revoked, or have a clock that is off. Its log says which.'
}

/** What the token says of itself, as far as a server compares it. */
const factsWords = ({ sent: { facts }, seen }: Case): string => {
  if (facts === null) return 'What the token says can\u2019t be read.'
  const { iss, aud, alg, kid, exp } = facts
  const claims = [
    ...(iss === null ? [] : [`${code('iss')} is ${code(iss)}`]),
    ...(aud.length === 0 ? [] : [`${code('aud')} is ${list(aud.slice(0, 3).map(code))}`]),
    ...(alg === null ? [] : [`${code('alg')} is ${code(alg)}`]),
    ...(kid === null ? [] : [`${code('kid')} is ${code(kid)}`]),
  ]
  const told = claims.length === 0 ? 'The token names no issuer and no audience' : `The token\u2019s ${list(claims)}`
  const { time, isTold } = serverTime(seen)
  const clock = isTold ? 'the server\u2019s Date' : 'this computer\u2019s clock'
  return `${told}; ${exp === null ? 'it says no end' : `by ${clock} it is good for another ${durationText((exp - time) / 1000)}`}.`
}

/** At another origin: whether this one's is a page for everybody can't be seen. */
const acceptedElsewhere = ({ seen, sent, uses }: Case): Seen | null =>
  uses.find(
    (one) =>
      one.bearer &&
      one.answer === 'accepted' &&
      readingOf(one.seen).origin !== readingOf(seen).origin &&
      sentTokenOf(one.seen)?.text === sent.text,
  )?.seen ?? null

/** The login holds for something else: by its cookie, or by a token at the same server. */
const worksOtherwise = ({ seen, uses }: Case): boolean =>
  uses.some(
    (one) =>
      one.proves && (one.own.length > 0 || (one.bearer && readingOf(one.seen).origin === readingOf(seen).origin)),
  )

/** What to change: by the server's own words, where they tell. */
const actionsOf = (found: Case, isAlive: boolean): Action[] => {
  const { facts } = found.sent
  const matchAudience = { action: 'match-token', claim: 'aud' } as const
  const matchIssuer = { action: 'match-token', claim: 'iss' } as const
  const shareSecret = { action: 'share-session' } as const
  // Signed with a secret that both sides have; what can't be read may be.
  const isSecretShared = facts === null || facts.alg?.startsWith('HS') === true
  if (says(found, 'audience')) return [matchAudience]
  if (says(found, 'issuer')) return [matchIssuer]
  if (says(found, 'end')) return [{ action: 'renew-token' }]
  if (says(found, 'key')) return isSecretShared ? [shareSecret] : []
  if (facts === null) return isAlive ? [matchAudience] : [shareSecret, { action: 'renew-token' }]
  return [
    ...(isSecretShared && !isAlive ? [shareSecret] : []),
    ...(facts.aud.length > 0 ? [matchAudience] : []),
    ...(facts.iss === null ? [] : [matchIssuer]),
  ]
}
