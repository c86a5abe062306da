import type { StoredCookie } from '../contract.ts'
import { byteLength } from '../cookie/bytes.ts'
import { bareDomain } from '../cookie/store.ts'
import type { Action } from '../remedies/action.ts'
import { bytesText, list, theCookie } from '../remedies/words.ts'
import { sameTarget } from '../story/answer.ts'
import type { Evidence } from '../story/evidence.ts'
import { headerOf } from '../story/reading.ts'
import type { Seen } from '../story/seen.ts'
import type { DiagnosisRule, Finding } from './diagnosis.ts'
import { answerText, hostOf, idsOf, requestText } from './exchange-text.ts'
import { evictedSession } from './session-evicted.ts'
import { isOfLoginSites } from './session-use.ts'

/** Servers take 8 kB of headers, or of one line of them, as they come: what is not much less may be too much. */
const suspicious = 7500
/** With less a server that says 431 means something else than cookies. */
const least = 2000
/** Cookies of this size are worth a deletion. */
const large = 1000

/** So many cookies have piled up that the server refuses the request, or that the browser gave up the session for them. */
export default {
  id: 'HeadersTooLarge',
  explains: ['CsrfRefused', 'SessionChangesEveryTime', 'SessionDeletedAtOnce', 'SessionRejected'],
  find: (evidence) => {
    const refused = evidence.seen.findLast((seen) => isTooLarge(seen, evidence))
    if (refused !== undefined) return [tooLarge(refused, evidence)]
    const evicted = evictedSession(evidence)
    return evicted === null ? [] : [evicted]
  },
} satisfies DiagnosisRule

const cookieBytes = ({ exchange }: Seen): number => byteLength(headerOf(exchange.requestHeaders, 'cookie') ?? '')

const headerBytes = ({ exchange }: Seen): number =>
  exchange.requestHeaders.reduce((sum, { name, value }) => sum + byteLength(name) + byteLength(value) + 4, 0)

const isTooLarge = (seen: Seen, evidence: Evidence): boolean => {
  const { status } = seen.exchange
  if (status !== 431 && status !== 400) return false
  const bytes = cookieBytes(seen)
  if (status === 431 ? bytes < least || bytes * 2 < headerBytes(seen) : bytes < suspicious) return false
  // As much was taken elsewhere, or the same request later: it is not the size.
  return !evidence.seen.some(
    (other) =>
      other.exchange.status >= 200 &&
      other.exchange.status < 400 &&
      hostOf(other) === hostOf(seen) &&
      (sameTarget(other, seen) ? other.started > seen.started : status !== 431 && cookieBytes(other) >= bytes),
  )
}

const sizeOf = ({ name, value }: StoredCookie): number => byteLength(name) + byteLength(value) + 3

const tooLarge = (seen: Seen, { login }: Evidence): Finding => {
  const sent = seen.verdict.cookies
    .flatMap(({ cookie, outcome }) => (outcome === 'sent' ? [cookie] : []))
    .toSorted((a, b) => sizeOf(b) - sizeOf(a))
  const largest = sent.slice(0, 3).map((cookie) => `${theCookie(cookie.name)} (${bytesText(sizeOf(cookie))})`)
  return {
    rank: login === null || isOfLoginSites(seen, login) ? 'blocks-now' : 'odd',
    confidence: seen.exchange.status === 431 ? 'seen' : 'likely',
    title: 'The server refused the request: it carries more cookies than the server takes',
    seen: `${requestText(seen)} had a Cookie header of ${bytesText(cookieBytes(seen))} and was answered ${answerText(seen)}.${largest.length === 0 ? '' : ` The largest of ${sent.length}: ${list(largest)}.`}`,
    matters:
      'The browser sends every cookie that fits with every request. Servers and proxies have a limit, 8 kB as a rule, and refuse what is above it, the login and the logout as well.',
    actions: [...deletions(sent), { action: 'header-limit', bytes: headerBytes(seen) }],
    check: 'Delete the large cookies and log in again: the request is answered, and the Cookie header stays small.',
    exchanges: idsOf([seen]),
  }
}

const deletions = (sent: readonly StoredCookie[]): Action[] =>
  sent
    .filter((cookie) => sizeOf(cookie) >= large)
    .slice(0, 3)
    .map((cookie) => ({
      action: 'delete-cookie',
      name: cookie.name,
      host: bareDomain(cookie),
      domain: cookie.hostOnly ? null : bareDomain(cookie),
      path: cookie.path,
    }))
