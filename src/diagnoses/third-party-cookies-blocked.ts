import type { CookieVerdict, SetCookieVerdict } from '../contract.ts'
import { siteOf } from '../cookie/site.ts'
import type { Action } from '../remedies/action.ts'
import { code, list, siteName } from '../remedies/words.ts'
import type { Evidence, Login } from '../story/evidence.ts'
import type { Seen } from '../story/seen.ts'
import type { DiagnosisRule, Finding } from './diagnosis.ts'
import { answerText, hostOf, requestText } from './exchange-text.ts'
import { hasReason, isBearerLogin, outcomeOf, unique } from './outcome.ts'
import { untilLogout } from './session-use.ts'

/**
 * The browser, or its user, blocks third-party cookies, and the login's are of that kind: its lines are refused, or what is stored
 * stays at home under another site's page. Said only where a verdict says so; `possible` where the setting is not known and the
 * cookie did not come back.
 */
export default {
  id: 'ThirdPartyCookiesBlocked',
  find: (evidence) => {
    const { login } = evidence
    if (login === null || isBearerLogin(login) || outcomeOf(evidence).kind === 'works') return []
    const found = atLogin(login) ?? afterwards(evidence, login)
    return found === null || hostOf(found.seen) === '' ? [] : [findingOf(evidence, found)]
  },
} satisfies DiagnosisRule

const blocking: ReadonlySet<string> = new Set(['UserPreferences'])
const otherwise: ReadonlySet<string> = new Set(['CredentialsOmitted', 'AnonymousContext'])

interface Block {
  seen: Seen
  names: readonly string[]
  certain: boolean
  /** Missing credentials lose it already: this would be next. */
  behind: boolean
  stored: boolean
  secure: boolean
}

/** Reasons of another kind that may be it as well: then it is one of several. */
const isSure = ({ outcome, reasons }: SetCookieVerdict | CookieVerdict): boolean =>
  outcome === 'blocked' && !hasReason(reasons, otherwise)

const atLogin = ({ session }: Login): Block | null => {
  const lines = session.filter(
    ({ line }) => (line.outcome === 'blocked' || line.outcome === 'unknown') && hasReason(line.reasons, blocking),
  )
  const [first] = lines
  if (first === undefined || lines.length < session.length) return null
  return {
    seen: first.seen,
    names: lines.map(({ name }) => name),
    certain: lines.every(({ line }) => isSure(line)),
    behind: lines.every(({ line }) => line.outcome === 'blocked' && hasReason(line.reasons, otherwise)),
    stored: false,
    secure: lines.every(({ line }) => line.cookie?.secure === true),
  }
}

const afterwards = (evidence: Evidence, login: Login): Block | null => {
  const names = new Set(login.session.map(({ name }) => name))
  for (const seen of untilLogout(login)) {
    if (seen.fromCache || !evidence.isRefusal(seen)) continue
    const kept = seen.verdict.cookies.filter(
      (one) => names.has(one.cookie.name) && one.outcome !== 'sent' && hasReason(one.reasons, blocking),
    )
    if (kept.length > 0)
      return {
        seen,
        names: kept.map(({ cookie }) => cookie.name),
        certain: kept.every(isSure),
        behind: kept.every(({ outcome, reasons }) => outcome === 'blocked' && hasReason(reasons, otherwise)),
        stored: true,
        secure: kept.every(({ cookie }) => cookie.secure),
      }
  }
  return null
}

const findingOf = (evidence: Evidence, { seen, names, certain, behind, stored, secure }: Block): Finding => {
  const outcome = outcomeOf(evidence)
  const host = hostOf(seen)
  const page = siteOf(seen.exchange.frames.at(-1) ?? seen.exchange.initiator ?? '')?.text ?? null
  const told = list([...new Set(names)].slice(0, 4).map(code))
  const where = page === null ? 'a page of another site' : `a page of ${siteName(page)}`
  return {
    rank: behind ? 'blocks-next' : certain || outcome.kind === 'fails' ? 'blocks-now' : 'odd',
    confidence: certain ? 'seen' : 'possible',
    title: certain
      ? 'The browser blocks third-party cookies, and the login needs one'
      : 'The browser may block third-party cookies, and the login needs one',
    seen: stored
      ? `${told} is in the store, but under ${where} the browser ${certain ? 'keeps' : 'kept'} it from ${requestText(seen)} to ${code(host)}; the answer was ${answerText(seen)}.`
      : `${requestText(seen)} to ${code(host)}, asked by ${where}, sets ${told}. The two are different sites, and the browser ${certain ? 'refuses third-party cookies here' : 'seems to refuse third-party cookies'}.`,
    matters:
      'That is a setting of the browser or its user, not a mistake of the server. Safari and private windows have it by default: whoever visits with them can\u2019t log in either.',
    actions: actionsOf(host, page, secure),
    check: 'Log in again in a window that blocks third-party cookies: the session is stored and sent.',
    exchanges: unique(seen.id, outcome.refused?.id),
  }
}

const actionsOf = (host: string, pageSite: string | null, secure: boolean): Action[] => [
  { action: 'set-attribute', attribute: 'Partitioned' },
  ...(secure ? [] : [{ action: 'set-attribute', attribute: 'Secure' } as const]),
  { action: 'allow-third-party' },
  ...(pageSite === null ? [] : [{ action: 'share-a-site', host, pageSite } as const]),
]
