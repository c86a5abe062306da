import { code, list } from '../remedies/words.ts'
import { afterLastStep, sameTarget } from '../story/answer.ts'
import type { Evidence, Login } from '../story/evidence.ts'
import { isOwnData } from '../story/paths.ts'
import { readingOf } from '../story/reading.ts'
import type { Seen } from '../story/seen.ts'
import type { DiagnosisRule, Finding } from './diagnosis.ts'
import { answerText, durationText, hostOf, hostText, idsOf, requestText } from './exchange-text.ts'
import { isRenewed, isTurnedAway, type SessionUse, sessionUses } from './session-use.ts'

/** Between the last use of a session and its refusal: a server that waits so long before it ends one does so on purpose. */
const idleSeconds = 300

/**
 * The browser stored the session cookie and sent it, and the server does not accept it. Silent where the cookie sent is
 * another than the login's, where a token is what counts, and where what was refused works in the end.
 */
export default {
  id: 'SessionRejected',
  find: (evidence) => {
    const { login } = evidence
    if (login === null || isTurnedAway(evidence, login)) return []
    if (isRenewed(login)) return []
    // What the browser refused of it is the nearer cause.
    if (login.session.some(({ line }) => line.outcome === 'blocked')) return []
    const uses = afterLastStep(sessionUses(evidence, login))
    const refused = uses.filter((use, at) => isRefused(use) && !isRecovered(use, uses.slice(at + 1), uses.slice(0, at)))
    const first = refused[0]
    if (first !== undefined) return [findingOf({ evidence, login, uses, refused, first })]
    const untold = uses.find((use) => use.untold)
    return untold === undefined ? [] : [wantsRight({ evidence, login, uses, refused: [untold], first: untold })]
  },
} satisfies DiagnosisRule

interface Case {
  evidence: Evidence
  login: Login
  uses: readonly SessionUse[]
  refused: readonly SessionUse[]
  first: SessionUse
}

const isRefused = ({ answer, own, foreign, withheld, bearer }: SessionUse): boolean =>
  answer === 'refused' && own.length > 0 && foreign.length === 0 && !withheld && !bearer

/** The same was answered later: with a new value, or for the first time. With the old value after that, the server wavers. */
const isRecovered = (use: SessionUse, later: readonly SessionUse[], earlier: readonly SessionUse[]): boolean => {
  const accepted = later.find(({ answer, seen }) => answer === 'accepted' && sameTarget(seen, use.seen))
  if (accepted === undefined) return false
  return accepted.value !== use.value || !earlier.some((one) => isSameAccepted(one, use))
}

const isSameAccepted = (one: SessionUse, use: SessionUse): boolean =>
  one.answer === 'accepted' && one.value === use.value && sameTarget(one.seen, use.seen)

const findingOf = (found: Case): Finding => {
  const { uses, first } = found
  const earlier = uses.slice(0, uses.indexOf(first))
  const later = uses.slice(uses.indexOf(first) + 1)
  const accepted = earlier.findLast((one) => isSameAccepted(one, first))
  if (accepted === undefined) return isProven(found, earlier, later) ? partly(found) : atOnce(found)
  const isBack = later.some((one) => isSameAccepted(one, first))
  const idle = (first.seen.started - accepted.seen.started) / 1000
  return !isBack && idle > idleSeconds ? ended(found, idle) : wavering(found, accepted, isBack)
}

/** The session was good for something else: a script's answer, or the page that the login led to. And it is not lost for everything since. */
const isProven = ({ login, refused, evidence }: Case, earlier: readonly SessionUse[], later: readonly SessionUse[]) => {
  const shown = login.kind === 'script' ? undefined : login.redirects.at(-1)
  // A page may be for anybody; who is there is asked of the session alone.
  const isWhoRefused = refused.some(({ seen }) => isOwnData(readingOf(seen).segments))
  const landing = isWhoRefused ? undefined : shown
  const provesIt = ({ proves, own, seen }: SessionUse): boolean =>
    proves &&
    own.length > 0 &&
    (seen === landing || seen.exchange.resourceType === 'xmlhttprequest' || wasRefusedBefore(seen, evidence, login))
  if (later.some(provesIt)) return true
  const targets = refused.filter(({ seen }, at) => !refused.slice(0, at).some((one) => sameTarget(one.seen, seen)))
  return targets.length === 1 && earlier.some(provesIt)
}

const wasRefusedBefore = (seen: Seen, evidence: Evidence, login: Login): boolean =>
  evidence.seen.some(
    (before) => before.started < login.request.started && sameTarget(before, seen) && evidence.isRefusal(before),
  )

const check = 'Log in again, and load the page a few times: every request with the cookie is accepted.'

/** "`POST /login` set `sid`; the browser stored it and sent it with `GET /me`." */
const sentWords = ({ login, first }: Case): string => {
  const names = list([...new Set(first.own)].map(code))
  const setter = login.session.find(({ name }) => first.own.includes(name))?.seen
  const origin =
    setter === undefined
      ? `The browser had ${names} at the login`
      : `${requestText(setter)} set ${names}, the browser stored it`
  return `${origin} and sent it with ${requestText(first.seen, login.request)}.`
}

const exchangesOf = ({ login, refused }: Case, ...more: readonly SessionUse[]): string[] =>
  idsOf([...[...refused.slice(0, 3), ...more].map(({ seen }) => seen), login.session[0]?.seen ?? login.request])

const atOnce = (found: Case): Finding => {
  const { login, first } = found
  const { status } = first.seen.exchange
  const setter = login.session[0]?.seen ?? login.request
  const isElsewhere = hostOf(setter) !== hostOf(first.seen)
  // A page that was shown with the cookie may be one that anybody sees, or not.
  const isShown = found.uses.some(({ answer, own }) => answer === 'accepted' && own.length > 0)
  // What else was shown may be for strangers as well; this page alone may want another right.
  const isOfRight =
    found.refused.every(({ seen }) => sameTarget(seen, first.seen)) &&
    first.seen.exchange.resourceType === 'main_frame' &&
    found.uses.some(({ proves, seen }) => proves && readingOf(seen).url?.pathname !== '/')
  const where = isElsewhere
    ? ` The cookie is of ${hostText(setter)}, the request went to ${hostText(first.seen)}: both need the same secret and the same session store.`
    : ''
  return {
    rank: 'blocks-now',
    confidence:
      login.session.length === 0 || isOfRight
        ? 'possible'
        : isElsewhere || isShown || status === 403
          ? 'likely'
          : 'seen',
    title: 'The session cookie was stored and sent, but the server does not accept it',
    seen: `${sentWords(found)} The answer was ${answerText(first.seen)}.${where}`,
    matters:
      'The browser did its part. The server gets the cookie and finds no session for it: its secret differs between instances or changed with a deploy, the session store is not shared or was lost, or the session was not saved before the answer went out.',
    actions: [{ action: 'share-session' }],
    check,
    exchanges: exchangesOf(found),
  }
}

const wavering = (found: Case, accepted: SessionUse, isBack: boolean): Finding => ({
  rank: 'blocks-now',
  confidence: isBack ? 'seen' : 'likely',
  title: isBack
    ? 'The server accepts the session on one request and refuses it on the next'
    : 'The server accepted the session, then no longer',
  seen: `${sentWords(found)} With the same value ${requestText(accepted.seen, found.login.request)} was answered ${answerText(accepted.seen)} before, and ${answerText(found.first.seen)} now${isBack ? ', and was accepted again later' : ''}.`,
  matters:
    'The browser sent the same cookie each time. Where the answer changes, so does who answers: several instances that do not share secret or session store, or one that was started anew and has forgotten its sessions.',
  actions: [{ action: 'share-session' }],
  check,
  exchanges: exchangesOf(found, accepted),
})

const ended = (found: Case, idle: number): Finding => ({
  rank: 'odd',
  confidence: 'possible',
  title: `The server ended the session after ${durationText(idle)} without use, or lost it`,
  seen: `${sentWords(found)} It had been accepted ${durationText(idle)} before; now the answer was ${answerText(found.first.seen)}.`,
  matters:
    'A server may end an idle session on purpose. If yours should not have: a session that is kept in the memory of one process is lost when that process starts anew.',
  actions: [{ action: 'share-session' }],
  check: 'Log in again and come back after the same time.',
  exchanges: exchangesOf(found),
})

const partly = (found: Case): Finding => ({
  rank: 'odd',
  confidence: 'possible',
  title: 'One request was refused although the session cookie went along',
  seen: `${sentWords(found)} The answer was ${answerText(found.first.seen)}, while the session was accepted elsewhere.`,
  matters:
    'The session itself holds. What was refused may want another right, a token rather than the cookie, or is answered by an instance that does not share the session.',
  actions: [{ action: 'share-session' }],
  check: 'Repeat the refused request a few times: where it works now and then, instances differ.',
  exchanges: exchangesOf(found),
})

const wantsRight = (found: Case): Finding => ({
  rank: 'odd',
  confidence: 'possible',
  title: 'A page sends the visitor to the login although the session cookie went along',
  seen: `${sentWords(found)} The answer was ${answerText(found.first.seen)}; what was asked before was accepted, and nothing was since.`,
  matters:
    'The page may want another right than this visitor has. Or the server has lost the session since: it was started anew, or another instance answers that does not share the session store.',
  actions: [{ action: 'share-session' }],
  check:
    'Open a page again that was shown before: if it is shown, the session holds, and this page wants another right.',
  exchanges: exchangesOf(found),
})
