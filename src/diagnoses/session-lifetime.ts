import { domainMatch } from '../cookie/domain.ts'
import { parseLine } from '../cookie/parse.ts'
import { bareDomain, sameKey } from '../cookie/store.ts'
import { code } from '../remedies/words.ts'
import type { Evidence, Login, SessionLine } from '../story/evidence.ts'
import { isStepName } from '../story/names.ts'
import type { Seen } from '../story/seen.ts'
import type { DiagnosisRule, Finding } from './diagnosis.ts'
import { durationText, hostOf, idsOf, requestText } from './exchange-text.ts'
import { isTurnedAway, keptSession, type SessionUse, sessionUses } from './session-use.ts'

/** A session that is over sooner is hardly meant so. Seconds. */
const short = 300

/** Times that people write, in seconds: a thousand times one of these was meant in milliseconds. */
const roundTimes = new Set([
  1800, 3600, 7200, 28_800, 43_200, 86_400, 172_800, 604_800, 1_209_600, 2_592_000, 7_776_000,
])

/** The session cookie is kept for another time than was likely meant. */
export default {
  id: 'SessionLifetime',
  find: (evidence) => {
    const { login } = evidence
    if (login === null || isTurnedAway(evidence, login)) return []
    const lives = livesOf(evidence, login)
    // The one that lasts longest decides: an access cookie of minutes beside a refresh cookie of weeks is in order.
    const longest = lives.toSorted((a, b) => endOf(b) - endOf(a))[0]
    if (longest === undefined) return []
    const finding = findingOf(longest, evidence, login)
    return finding === null ? [] : [finding]
  },
} satisfies DiagnosisRule

interface Life {
  line: SessionLine
  /** Null: until the browser is closed. */
  seconds: number | null
  /** As it was written; null without one that is a number. */
  maxAge: number | null
}

/** What lasts as long as the browser's session outlives what is kept for minutes. */
const endOf = ({ seconds }: Life): number => seconds ?? Number.MAX_VALUE

const livesOf = (evidence: Evidence, login: Login): Life[] => {
  const kept = keptSession(evidence, login)
  return login.session.flatMap((one): Life[] => {
    const { cookie, line } = one.line
    // A step of a login is to be over soon.
    if (isStepName(one.name)) return []
    if (cookie === null || !kept.some((each) => sameKey(each.cookie, cookie))) return []
    const { expirationDate } = cookie
    const seconds = expirationDate === undefined ? null : expirationDate - one.seen.exchange.time / 1000
    return Number.isNaN(seconds) ? [] : [{ line: one, seconds, maxAge: maxAgeOf(line) }]
  })
}

const maxAgeOf = (line: string): number | null => {
  const value = parseLine(line.slice(0, 8192)).attributes.findLast(({ name }) => name === 'max-age')?.value
  return value !== undefined && /^\d{1,15}$/.test(value) ? Number(value) : null
}

const findingOf = (life: Life, evidence: Evidence, login: Login): Finding | null => {
  const { seconds, maxAge, line } = life
  // That it ends with the browser is as it should be, mostly: a risk among the story's checks, no finding.
  if (seconds === null) return null
  if (maxAge !== null && maxAge % 1000 === 0 && roundTimes.has(maxAge / 1000)) return milliseconds(line, maxAge)
  const uses = sessionUses(evidence, login)
  const ending = endedBy(line, seconds, uses)
  if (ending !== null) return ended(life, seconds, ending)
  return seconds > short || isRenewed(line.line, uses) ? null : tooShort(life, seconds)
}

const actionsOf = ({ name }: SessionLine, seconds: number) =>
  [{ action: 'session-lifetime', name, seconds: Math.round(seconds) }] as const

const checkOf = ({ name }: SessionLine): string =>
  `Log in again: ${code(name)} has the expiry that you mean, and is still sent a while later.`

const milliseconds = (line: SessionLine, maxAge: number): Finding => ({
  rank: 'odd',
  confidence: 'likely',
  title: 'Max-Age of the session cookie looks like milliseconds; it counts seconds',
  seen: `${requestText(line.seen)} set ${code(line.name)} with ${code(`Max-Age=${maxAge}`)}: that is ${durationText(maxAge)}. In milliseconds it would be ${durationText(maxAge / 1000)}.`,
  matters: 'The browser keeps the session far longer than meant; browsers that have a limit keep it 400 days.',
  actions: actionsOf(line, maxAge),
  check: checkOf(line),
  exchanges: [line.seen.id],
})

/** "Minutes or hours were meant": numbers that people write in another unit. */
const unitWords = (maxAge: number | null): string => {
  if (maxAge === null || maxAge > 120) return ''
  return ` ${code(`Max-Age=${maxAge}`)} counts seconds; perhaps minutes, hours or days were meant.`
}

const tooShort = ({ line, maxAge }: Life, seconds: number): Finding => ({
  rank: 'blocks-next',
  confidence: unitWords(maxAge) === '' ? 'possible' : 'likely',
  title: `The session cookie is kept for ${durationText(seconds)} only`,
  seen: `${requestText(line.seen)} set ${code(line.name)}, which expires ${durationText(seconds)} later.${unitWords(maxAge)}`,
  matters: 'Then the browser deletes it, and the visitor is logged out. No answer since has set it anew.',
  actions: actionsOf(line, seconds),
  check: checkOf(line),
  exchanges: [line.seen.id],
})

/** The request that was refused because the cookie had expired; null where none was seen. */
const endedBy = ({ line, seen }: SessionLine, seconds: number, uses: readonly SessionUse[]): Seen | null => {
  const { cookie } = line
  const end = seen.exchange.time + seconds * 1000
  if (cookie === null || isRenewed(line, uses)) return null
  const lost = uses.find(
    ({ seen: later, answer, own, bearer }) =>
      answer === 'refused' &&
      !bearer &&
      later.started >= end &&
      !own.includes(cookie.name) &&
      domainMatch(hostOf(later), bareDomain(cookie)),
  )
  return lost?.seen ?? null
}

const isRenewed = ({ cookie }: SessionLine['line'], uses: readonly SessionUse[]): boolean =>
  uses.some(({ seen }) =>
    seen.verdict.setCookies.some(
      (one) => one.outcome === 'stored' && one.cookie !== null && cookie !== null && sameKey(one.cookie, cookie),
    ),
  )

const ended = ({ line, maxAge }: Life, seconds: number, refused: Seen): Finding => ({
  rank: seconds <= short ? 'blocks-now' : 'odd',
  confidence: 'seen',
  title: `The session cookie expired after ${durationText(seconds)}`,
  seen: `${requestText(line.seen)} set ${code(line.name)} for ${durationText(seconds)}. ${requestText(refused, line.seen)} came later, without it, and was refused.${unitWords(maxAge)}`,
  matters: 'The browser deletes a cookie when it expires. No answer had set it anew.',
  actions: actionsOf(line, seconds),
  check: checkOf(line),
  exchanges: idsOf([refused, line.seen]),
})
