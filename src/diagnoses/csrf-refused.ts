import type { StoredCookie } from '../contract.ts'
import { sameRegistrableDomain } from '../cookie/domain.ts'
import { parseUrl } from '../cookie/url.ts'
import { code } from '../remedies/words.ts'
import { sameTarget } from '../story/answer.ts'
import type { Evidence } from '../story/evidence.ts'
import { nameKind } from '../story/names.ts'
import { pathKind } from '../story/paths.ts'
import { headerOf, readingOf } from '../story/reading.ts'
import type { Seen } from '../story/seen.ts'
import { csrfAction, csrfHeaderOf, defectOf, hasCsrfHeader, tokenWorth } from './csrf-defect.ts'
import { refusedLogin } from './csrf-form.ts'
import type { DiagnosisRule, Finding } from './diagnosis.ts'
import { answerText, hostOf, idsOf, requestText } from './exchange-text.ts'
import { isOfLoginSites, untilLogout } from './session-use.ts'

const unsafe = new Set(['POST', 'PUT', 'PATCH', 'DELETE'])
/** 400 and 422 have other meanings as well, and 403 mostly has: they count with a defect alone. */
const statuses = new Set([400, 403, 419, 422])

/** A request that changes something was refused for want of a token against forged requests, or for its Origin. */
export default {
  id: 'CsrfRefused',
  find: (evidence) => {
    const { login } = evidence
    const requests =
      login === null
        ? evidence.seen.filter((seen) => isOfPage(seen, evidence))
        : [login.request, ...untilLogout(login).filter((seen) => isOfLoginSites(seen, login))]
    const changing = requests.filter(isChanging)
    for (const seen of changing) {
      if (!isRefused(seen) || isRepeatedWell(seen, changing)) continue
      const finding = findingOf(seen, changing, evidence)
      if (finding !== null) return [finding]
    }
    const refused = refusedLogin(evidence)
    return refused === null ? [] : [refused]
  },
} satisfies DiagnosisRule

const carriers = new Set(['main_frame', 'sub_frame', 'xmlhttprequest'])

const isChanging = ({ exchange, fromCache }: Seen): boolean =>
  unsafe.has(exchange.method) && carriers.has(exchange.resourceType) && exchange.status > 0 && !fromCache

/** What other sites are asked is theirs to refuse. */
const isOfPage = (seen: Seen, { page }: Evidence): boolean =>
  sameRegistrableDomain(hostOf(seen), parseUrl(page)?.hostname ?? '')

const isRefused = (seen: Seen): boolean => statuses.has(seen.exchange.status) || saysCsrf(seen)

/** Auth.js sends back to its login with `?csrf=true`. */
const saysCsrf = (seen: Seen): boolean => readingOf(seen).location?.searchParams.get('csrf') === 'true'

const isWell = ({ exchange }: Seen): boolean => exchange.status >= 200 && exchange.status < 300

/** Searches, statistics and heartbeats are excepted from such protection as a rule. */
const isAside = (seen: Seen): boolean => ['other', 'refresh'].includes(pathKind(readingOf(seen)) ?? '')

/** With a new token the same worked. */
const isRepeatedWell = (seen: Seen, changing: readonly Seen[]): boolean =>
  changing.slice(changing.indexOf(seen) + 1).some((later) => isWell(later) && sameTarget(later, seen))

const findingOf = (seen: Seen, changing: readonly Seen[], evidence: Evidence): Finding | null => {
  const isTold = seen.exchange.status === 419 || saysCsrf(seen)
  const worth = tokenWorth(seen, evidence)
  // Another script's request was accepted with no more than this one had: the server asks for no token.
  const needsNone = changing.some(
    (other) =>
      isWell(other) &&
      !isAside(other) &&
      readingOf(other).origin === readingOf(seen).origin &&
      other.exchange.resourceType === seen.exchange.resourceType &&
      tokenWorth(other, evidence) <= worth,
  )
  if (needsNone && !isTold) return null
  const defect = defectOf(seen, evidence)
  if (defect !== null) {
    const isOpen = seen.exchange.status === 422 || seen.exchange.status === 400
    return {
      rank: 'blocks-now',
      confidence: isOpen ? 'possible' : 'likely',
      ...defect,
      seen: `${answerWords(seen)} ${defect.seen}`,
      check: checkWords,
      exchanges: idsOf([seen, ...(defect.setter === null ? [] : [defect.setter])]),
    }
  }
  if (isTold) return untold(seen, evidence)
  return otherOrigin(seen, needsNone, evidence)
}

const checkWords = 'Repeat the request: it is accepted, with the same session.'

const answerWords = (seen: Seen): string => `${requestText(seen)} was answered ${answerText(seen)}.`

/** The server says that it is the token, and all that can be seen of it is in order. */
const untold = (seen: Seen, evidence: Evidence): Finding => {
  const hasSession = seen.verdict.cookies.some(
    ({ cookie, outcome }) => outcome === 'sent' && evidence.isSessionName(cookie.name),
  )
  const cookie = csrfCookieOf(seen)
  const isForm = seen.exchange.resourceType !== 'xmlhttprequest'
  return {
    rank: 'blocks-now',
    confidence: 'likely',
    title: hasSession
      ? 'CSRF protection refused the request: its token is missing, or of another session'
      : 'CSRF protection refused the request, which came without a session',
    seen: `${answerWords(seen)} ${hasSession ? 'The session cookie went along' : 'No session cookie went along, to which a token could belong'}; a form's own token is in its body, which is not looked at.`,
    matters:
      'The token belongs to a session. Where the session began anew since the page was loaded (by a login, a logout, or because it was lost), the page still has the old one.',
    actions: [
      cookie === null || isForm
        ? { action: 'send-csrf-token', name: null, header: isForm ? null : csrfHeaderOf(null) }
        : csrfAction(cookie, csrfHeaderOf(cookie.name)),
    ],
    check: checkWords,
    exchanges: [seen.id],
  }
}

const csrfCookieOf = ({ verdict }: Seen): StoredCookie | null =>
  verdict.cookies.find(({ cookie }) => nameKind(cookie.name) === 'csrf')?.cookie ?? null

/** A 403 with everything in order but the Origin: one of several explanations, a missing right the commonest of the others. */
const otherOrigin = (seen: Seen, needsNone: boolean, { login }: Evidence): Finding | null => {
  const { status, requestHeaders, url } = seen.exchange
  const origin = headerOf(requestHeaders, 'origin')
  const from = origin === null ? null : parseUrl(origin)
  if (status !== 403 || needsNone || from === null || from.host === parseUrl(url)?.host) return null
  if (csrfCookieOf(seen) === null && !hasCsrfHeader(seen)) return null
  return {
    rank: seen === login?.request ? 'blocks-now' : 'odd',
    confidence: 'possible',
    title: 'The server refused a request from another origin: its CSRF protection may not know that origin',
    seen: `${answerWords(seen)} Its Origin is ${code(from.origin)}, another host than it was sent to. The CSRF token went along.`,
    matters:
      'CSRF protection compares the Origin with the hosts that it trusts. A 403 may as well mean that the user lacks a right.',
    actions: [{ action: 'trust-origin', origin: from.origin }],
    check: checkWords,
    exchanges: [seen.id],
  }
}
