import { sameBytes } from '../cookie/bytes.ts'
import { sameKey } from '../cookie/store.ts'
import { code } from '../remedies/words.ts'
import { afterLastStep } from '../story/answer.ts'
import type { Login } from '../story/evidence.ts'
import type { Seen } from '../story/seen.ts'
import type { DiagnosisRule, Finding } from './diagnosis.ts'
import { answerText, idsOf, requestText } from './exchange-text.ts'
import { isTurnedAway, type KeptCookie, keptSession, type SessionUse, sessionUses } from './session-use.ts'

/** So often it changes before it is worth a word while the session holds. */
const odd = 3

/** The session cookie gets another value time and again: for want of the session it stood for, or because it slides. */
export default {
  id: 'SessionChangesEveryTime',
  explains: ['SessionDeletedAtOnce', 'SessionRejected'],
  find: (evidence) => {
    const { login } = evidence
    if (login === null || isTurnedAway(evidence, login)) return []
    const uses = afterLastStep(sessionUses(evidence, login))
    return keptSession(evidence, login)
      .flatMap((kept) => findingsOf(kept, uses, login))
      .slice(0, 1)
  },
} satisfies DiagnosisRule

const findingsOf = (kept: KeptCookie, uses: readonly SessionUse[], login: Login): Finding[] => {
  const changes = changesOf(kept, uses)
  const last = changes.at(-1)
  if (last === undefined || changes.length < 2) return []
  const refused = uses.filter(({ answer, bearer, own }) => answer === 'refused' && !bearer && own.length > 0)
  const isHeld = !refused.some(({ seen }) => seen.started >= (changes[0]?.started ?? 0))
  if (isHeld) return changes.length < odd ? [] : [slides(kept, changes, login)]
  const isBack = uses.some(({ proves, seen }) => proves && seen.started > last.started)
  const wasRefused = refused.filter(({ seen }) => changes.includes(seen))
  // Renewed after a refusal, and good again: that is what a refusal is for.
  if (wasRefused.length < 2 && isBack) return []
  return [
    isLost(
      kept,
      changes,
      refused.map(({ seen }) => seen),
      login,
    ),
  ]
}

/** Answers to requests with the session that gave it another value. */
const changesOf = ({ cookie }: KeptCookie, uses: readonly SessionUse[]): Seen[] => {
  let value = cookie.value
  return uses.flatMap(({ seen, own }) => {
    const line = seen.verdict.setCookies.findLast(
      ({ outcome, cookie: set }) => outcome === 'stored' && set !== null && sameKey(set, cookie),
    )
    if (line?.cookie == null || sameBytes(line.cookie.value, value)) return []
    value = line.cookie.value
    return own.includes(cookie.name) ? [seen] : []
  })
}

const isLost = ({ cookie }: KeptCookie, changes: readonly Seen[], refused: readonly Seen[], login: Login): Finding => ({
  rank: 'blocks-now',
  confidence: 'likely',
  title: 'The server starts a new session with every answer instead of finding the one it gave',
  seen: `After ${requestText(login.request)} ${changes.length} answers gave ${code(cookie.name)} another value, although the browser had sent the last one each time. ${refused
    .slice(0, 2)
    .map((seen) => `${requestText(seen, login.request)} was answered ${answerText(seen)}`)
    .join(', ')}.`,
  matters:
    'A server that does not recognise a session makes a new, empty one. That is what a login looks like behind several instances with secrets or stores of their own, or with a secret that is made anew at each start.',
  actions: [{ action: 'share-session' }],
  check: 'Log in again: the value stays the same from answer to answer, or the session holds when it changes.',
  exchanges: idsOf([...refused.slice(0, 2), ...changes.slice(0, 4), login.request]),
})

const slides = ({ cookie }: KeptCookie, changes: readonly Seen[], login: Login): Finding => ({
  rank: 'odd',
  confidence: 'likely',
  title: 'The session cookie gets a new value with nearly every answer, and the session holds',
  seen: `After ${requestText(login.request)} ${changes.length} answers gave ${code(cookie.name)} another value, and no request was refused.`,
  matters:
    'A sliding session, or one that lives in the cookie itself, does so on purpose. Only where requests run side by side can the answer that comes last put an older state back.',
  actions: [],
  check: 'Nothing has to change while logins hold.',
  exchanges: idsOf([...changes.slice(0, 5), login.request]),
})
