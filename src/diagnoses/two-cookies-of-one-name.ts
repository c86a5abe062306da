import type { StoredCookie } from '../contract.ts'
import { encodeUtf8, sameBytes } from '../cookie/bytes.ts'
import { bareDomain, sameKey } from '../cookie/store.ts'
import type { Action } from '../remedies/action.ts'
import { byName, code, theCookie, timesText } from '../remedies/words.ts'
import { answerOf } from '../story/answer.ts'
import type { Evidence, Login } from '../story/evidence.ts'
import type { Seen } from '../story/seen.ts'
import type { DiagnosisRule, Finding } from './diagnosis.ts'
import { idsOf, requestText } from './exchange-text.ts'
import { isTurnedAway, type KeptCookie, keptSession, sentPairs, untilLogout } from './session-use.ts'

/** Two cookies of the session's name: both sent, or the wrong one alone. */
export default {
  id: 'TwoCookiesOfOneName',
  explains: ['SessionChangesEveryTime', 'SessionDeletedAtOnce', 'SessionRejected'],
  find: (evidence) => {
    const { login } = evidence
    const found = login === null || isTurnedAway(evidence, login) ? null : besideLogin(evidence, login)
    const finding = found ?? anywhere(evidence)
    return finding === null ? [] : [finding]
  },
} satisfies DiagnosisRule

/** The cookies of a name that went along, in the order of the header. */
const sentOf = ({ verdict }: Seen, name: string): StoredCookie[] =>
  verdict.cookies.flatMap(({ cookie, outcome }) => (outcome === 'sent' && sameBytes(cookie.name, name) ? [cookie] : []))

const besideLogin = (evidence: Evidence, login: Login): Finding | null => {
  const kept = keptSession(evidence, login).filter(({ ofLogin }) => ofLogin)
  const requests = untilLogout(login).filter(({ exchange, fromCache }) => exchange.status > 0 && !fromCache)
  const found = kept.flatMap((one) =>
    requests.flatMap((seen) => {
      const twins = twinsOf(seen, one)
      return twins === null ? [] : [{ kept: one, seen, ...twins, isRefused: answerOf(seen) === 'refused' }]
    }),
  )
  const first = found.find(({ isRefused }) => isRefused) ?? found[0]
  if (first === undefined) return null
  // One name for several cookies of the login itself is its own affair, and so is a twin that nobody refused alone.
  return first.isOwnSent ? bothSent(first, login) : first.isRefused ? wrongOneSent(first, login) : null
}

interface Twins {
  /** Those that the login did not set, in the order of the header. */
  others: readonly StoredCookie[]
  isOwnSent: boolean
  isOwnFirst: boolean
}
interface Case extends Twins {
  kept: KeptCookie
  seen: Seen
  isRefused: boolean
}

const twinsOf = (seen: Seen, { cookie, isOwn }: KeptCookie): Twins | null => {
  const name = encodeUtf8(cookie.name)
  const pairs = sentPairs(seen).filter((pair) => pair.name === name)
  // Nearly every request: the login's cookie alone.
  if (pairs.every(({ value }) => isOwn(value))) return null
  const others = sentOf(seen, cookie.name).filter((one) => !sameKey(one, cookie) && !isOwn(one.value))
  if (others.length === 0) return null
  return {
    others,
    isOwnSent: pairs.some(({ value }) => isOwn(value)),
    isOwnFirst: pairs[0] !== undefined && isOwn(pairs[0].value),
  }
}

/** "`.shop.test`, path `/`". */
const placeText = (cookie: StoredCookie): string =>
  `${cookie.hostOnly ? `${code(bareDomain(cookie))} alone` : `${code(bareDomain(cookie))} and its sub-domains`}, path ${code(cookie.path)}${cookie.partitionKey === undefined ? '' : ', partitioned'}`

const deletionOf = (cookie: StoredCookie): Action => ({
  action: 'delete-cookie',
  name: cookie.name,
  host: bareDomain(cookie),
  domain: cookie.hostOnly ? null : bareDomain(cookie),
  path: cookie.path,
})

/** What the line that deletes it needs besides. */
const deletionNote = (others: readonly StoredCookie[]): string =>
  others.some(({ partitionKey }) => partitionKey !== undefined)
    ? ' A partitioned cookie is deleted only by a line with `Secure; Partitioned`, in the same frame.'
    : ''

const bothSent = (found: Case, login: Login): Finding => {
  const { kept, seen, others, isOwnFirst, isRefused } = found
  const { name } = kept.cookie
  const setter = requestText(login.session[0]?.seen ?? login.request)
  return {
    rank: isRefused ? 'blocks-now' : 'odd',
    confidence: isRefused ? 'likely' : 'seen',
    title: isRefused
      ? 'Two cookies of one name were sent, and the server refused: it may read the wrong one'
      : 'Two cookies of one name were sent: which one a server reads is left to chance',
    seen: `${requestText(seen, login.request)} carried ${theCookie(name)} ${timesText(others.length + 1)}. The one that ${setter} set belongs to ${placeText(kept.cookie)}; the other to ${others.slice(0, 2).map(placeText).join(', and to ')}. ${isOwnFirst ? "The login's" : 'The other one'} was sent first: longer paths go first, then older cookies.`,
    matters: `A request tells names and values only, so the server can't know which is which, and mostly takes the first or the last.${deletionNote(others)}`,
    actions: others.slice(0, 3).map(deletionOf),
    check: `Log in again: the Cookie header has one ${code(name)} only.`,
    exchanges: idsOf([seen, login.session[0]?.seen ?? login.request]),
  }
}

const wrongOneSent = ({ kept, seen, others }: Case, login: Login): Finding => {
  const { cookie } = kept
  const stays = seen.verdict.cookies.find((one) => sameKey(one.cookie, cookie))
  const isOffPath = stays?.reasons.some(({ id }) => id === 'NotOnPath') === true
  return {
    rank: 'blocks-now',
    confidence: 'likely',
    title: "An older cookie of the same name is sent in place of the login's",
    seen: `${requestText(login.session[0]?.seen ?? login.request)} set ${theCookie(cookie.name)} for ${placeText(cookie)}. ${requestText(seen, login.request)} carried another cookie of that name, of ${others.slice(0, 2).map(placeText).join(', and of ')}, and was refused.`,
    matters: `The server got a value that it did not give at this login.${isOffPath ? " The login's own cookie is kept for another path." : ''}${deletionNote(others)}`,
    actions: [
      ...others.slice(0, 3).map(deletionOf),
      ...(isOffPath ? [{ action: 'set-attribute', attribute: 'Path', value: '/' } as const] : []),
    ],
    check: `Log in again: the request carries the ${byName(cookie.name)} that the login set, and no other.`,
    exchanges: idsOf([seen, login.session[0]?.seen ?? login.request]),
  }
}

/** Without a login to go by: which of them is the right one can't be told. */
const anywhere = (evidence: Evidence): Finding | null => {
  for (const seen of evidence.seen.toReversed()) {
    if (seen.exchange.status === 0 || seen.fromCache) continue
    const twins = sessionTwins(seen, evidence)
    if (twins !== null) return untold(seen, twins)
  }
  return null
}

/** Of one name and different values. */
const sessionTwins = (seen: Seen, { isSessionName }: Evidence): readonly StoredCookie[] | null => {
  const name = twinName(seen, isSessionName)
  const cookies = name === null ? [] : sentOf(seen, name)
  return cookies.length > 1 ? cookies : null
}

/** Exchanges are replaced, never changed. */
const twinNames = new WeakMap<Seen['exchange'], { name: string | null }>()

const twinName = (seen: Seen, isSessionName: (name: string) => boolean): string | null => {
  let known = twinNames.get(seen.exchange)
  if (known === undefined) {
    const values = new Map<string, string>()
    const twin = sentPairs(seen).find(({ name, value }) => {
      const before = values.get(name)
      if (before === undefined) values.set(name, value)
      return before !== undefined && before !== value && isSessionName(name)
    })
    known = { name: twin?.name ?? null }
    twinNames.set(seen.exchange, known)
  }
  return known.name
}

const untold = (seen: Seen, cookies: readonly StoredCookie[]): Finding => {
  const isRefused = answerOf(seen) === 'refused'
  const name = cookies[0]?.name ?? ''
  return {
    rank: isRefused ? 'blocks-next' : 'odd',
    confidence: isRefused ? 'possible' : 'seen',
    title: 'Two session cookies of one name were sent: which one a server reads is left to chance',
    seen: `${requestText(seen)} carried ${theCookie(name)} ${timesText(cookies.length)}, in this order: ${cookies.slice(0, 3).map(placeText).join('; ')}. Longer paths go first, then older cookies.`,
    matters: `A request tells names and values only, so the server can't know which is which, and mostly takes the first or the last. Delete the one that your app does not set any more.${deletionNote(cookies)}`,
    actions: cookies.slice(0, 3).map(deletionOf),
    check: `Log in again: the Cookie header has one ${code(name)} only.`,
    exchanges: [seen.id],
  }
}
