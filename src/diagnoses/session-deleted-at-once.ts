import { parseLine } from '../cookie/parse.ts'
import { sameKey } from '../cookie/store.ts'
import { code } from '../remedies/words.ts'
import { answerOf, targetOf } from '../story/answer.ts'
import type { Evidence, Login, SessionLine } from '../story/evidence.ts'
import { pathKind } from '../story/paths.ts'
import { readingOf } from '../story/reading.ts'
import type { Seen } from '../story/seen.ts'
import type { DiagnosisRule, Finding } from './diagnosis.ts'
import { answerText, idsOf, requestText } from './exchange-text.ts'
import { isTurnedAway, type KeptCookie, keptSession, undoneBy, untilLogout } from './session-use.ts'

/** A deletion that no refusal goes with counts only so soon after the login. */
const soonMs = 30_000
/** After so long without use a session may end on purpose. */
const idleMs = 300_000

/** The server deletes the session cookie that it has only just set. A logout by the user, and other cookies, are none of it. */
export default {
  id: 'SessionDeletedAtOnce',
  explains: ['SessionRejected'],
  find: (evidence) => {
    const { login } = evidence
    if (login === null || isTurnedAway(evidence, login)) return []
    const born = bornDead(login)
    if (born !== null) return [born]
    return keptSession(evidence, login)
      .filter(({ ofLogin }) => ofLogin)
      .flatMap((kept) => deletedLater(kept, evidence, login))
      .slice(0, 1)
  },
} satisfies DiagnosisRule

/** The answer itself leaves nothing: it deletes after it has set, or gives a value that is already over. */
const bornDead = ({ session, request }: Login): Finding | null => {
  const left = session.some(({ seen, index, line }) => line.outcome !== 'removed' && undoneBy(seen, index) === null)
  const first = session[0]
  if (left || first === undefined) return null
  const over = session.find(({ line }) => line.outcome === 'removed')
  return over === undefined ? undone(first, request) : alreadyOver(over)
}

/** What ends it, as it was written: Max-Age counts where there are both. A date is no secret. */
const endWords = (line: string): string => {
  const { attributes } = parseLine(line.slice(0, 8192))
  const last = (name: string) => attributes.findLast((one) => one.name === name)?.value.slice(0, 60)
  const maxAge = last('max-age')
  const expires = last('expires')
  if (maxAge !== undefined) return `${code(`Max-Age=${maxAge}`)}, which is over at once`
  if (expires === undefined) return 'an expiry that has passed'
  const isInSeconds = /\b[12]\d[ -]Jan[ -](?:19)?70\b/i.test(expires)
  return `${code(`Expires=${expires}`)}, which has passed${isInSeconds ? ' (a day of January 1970 comes of a time in seconds, where milliseconds are wanted)' : ''}`
}

const alreadyOver = ({ name, seen, line }: SessionLine): Finding => ({
  rank: 'blocks-now',
  confidence: 'seen',
  title: 'The login sets the session cookie with an expiry that is already past',
  seen: `${requestText(seen)} gives ${code(name)} a value and ${endWords(line.line)}: to the browser the line deletes the cookie.`,
  matters:
    'Nothing is stored, so the next request comes without a session. A lifetime of zero or below, one in the wrong unit, or a clock that is behind does that.',
  actions: [{ action: 'session-lifetime', name, seconds: 0 }],
  check: `Log in again: ${code(name)} is stored, and its expiry lies ahead.`,
  exchanges: [seen.id],
})

const undone = ({ name, seen }: SessionLine, request: Seen): Finding => ({
  rank: 'blocks-now',
  confidence: 'seen',
  title: 'The login sets the session cookie and deletes it in the same answer',
  seen: `${requestText(seen)} has two lines for ${code(name)}: one sets it, a later one deletes it. The last one counts.`,
  matters:
    'Nothing is left of the login. Two parts of the app write the same cookie: an old logout or clean-up, a second session library, or a middleware that runs last.',
  actions: [],
  check: `Log in again: the answer has one line for ${code(name)}, and it is stored.`,
  exchanges: idsOf([seen, request]),
})

const deletedLater = (kept: KeptCookie, evidence: Evidence, login: Login): Finding[] => {
  const { cookie } = kept
  let usedWell: Seen | null = null
  for (const seen of untilLogout(login)) {
    const isGone = endsIn(seen, cookie, evidence)
    if (isGone && pathKind(readingOf(seen)) === 'logout') return [byLink(kept, seen, login)]
    if (isGone) return counts(seen, usedWell, evidence, login) ? [deleted(kept, seen, usedWell, login)] : []
    if (answerOf(seen) === 'accepted' && !login.forAnybody.has(targetOf(seen))) usedWell = seen
  }
  return []
}

/** The answer deletes the cookie, and sets no other session in its place. */
const endsIn = ({ verdict }: Seen, cookie: KeptCookie['cookie'], { isSessionName }: Evidence): boolean => {
  const last = verdict.setCookies.findLast((line) => line.cookie !== null && sameKey(line.cookie, cookie))
  const isReplaced = verdict.setCookies.some(
    (line) => line.outcome === 'stored' && line.cookie !== null && isSessionName(line.cookie.name),
  )
  return last?.outcome === 'removed' && !isReplaced
}

/** With a refusal, unless the session was idle for long; else only by a request that can't be a logout, soon and before any use. */
const counts = (seen: Seen, usedWell: Seen | null, evidence: Evidence, login: Login): boolean => {
  const lastUse = usedWell ?? login.request
  if (answerOf(seen) === 'refused') return seen.started - lastUse.started < idleMs
  const isPlain = seen.exchange.method === 'GET' || seen.exchange.method === 'HEAD'
  const isOnlyOne = keptSession(evidence, login).length === 1
  return isOnlyOne && isPlain && usedWell === null && seen.started - login.request.started < soonMs
}

/** A link that the page's router, or the browser, followed by itself. */
const byLink = ({ cookie }: KeptCookie, seen: Seen, login: Login): Finding => ({
  rank: 'blocks-now',
  confidence: 'seen',
  title: 'A link to the logout was fetched ahead, and that logs out',
  seen: `${requestText(seen, login.request)} was fetched ahead, before anybody followed the link, and deleted ${code(cookie.name)}.`,
  matters:
    'Routers and browsers fetch the links of a page ahead, for they take a GET to change nothing. Log out by a form or a script that sends a POST.',
  actions: [],
  check: `Log in again: no answer deletes ${code(cookie.name)} before you log out.`,
  exchanges: idsOf([seen, login.session[0]?.seen ?? login.request]),
})

const deleted = ({ cookie }: KeptCookie, seen: Seen, usedWell: Seen | null, login: Login): Finding => {
  const isRefused = answerOf(seen) === 'refused'
  return {
    rank: 'blocks-now',
    confidence: isRefused && usedWell === null ? 'seen' : 'likely',
    title: 'The server deletes the session cookie right after it has set it',
    seen: `${requestText(login.session[0]?.seen ?? login.request)} set ${code(cookie.name)}; ${requestText(seen, login.request)} deleted it again and was answered ${answerText(seen)}${usedWell === null ? '' : `, after ${requestText(usedWell, login.request)} had been accepted`}.`,
    matters: isRefused
      ? 'The server did not accept its own session and cleared it away: its secret or session store differs between instances or was lost, or the session was not saved before the answer went out.'
      : 'The server cleared its own session away. Either it did not accept it, or something runs on that request that logs out.',
    actions: [{ action: 'share-session' }],
    check: `Log in again: no answer deletes ${code(cookie.name)} before you log out.`,
    exchanges: idsOf([seen, login.session[0]?.seen ?? login.request]),
  }
}
