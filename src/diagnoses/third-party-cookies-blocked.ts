import { profileOf } from '../browsers/index.ts'
import type { CookieVerdict, SetCookieVerdict, StoredCookie } from '../contract.ts'
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
const omitted: ReadonlySet<string> = new Set(['CredentialsOmitted'])
const otherwise: ReadonlySet<string> = new Set(['CredentialsOmitted', 'AnonymousContext'])

interface Block {
  seen: Seen
  names: readonly string[]
  certain: boolean
  /** Missing credentials lose it already: this would be next. */
  behind: boolean
  stored: boolean
  /** Omitted credentials may be it as well. */
  maybeOmitted: boolean
  cookies: readonly StoredCookie[]
  /** Each of them asks for a partition already. */
  isPartitioned: boolean
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
    maybeOmitted: lines.some(({ line }) => hasReason(line.reasons, omitted)),
    cookies: lines.flatMap(({ line }) => line.cookie ?? []),
    isPartitioned: lines.every(({ line }) => /;\s*partitioned\s*(?:[;=]|$)/i.test(line.line)),
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
        maybeOmitted: kept.some(({ reasons }) => hasReason(reasons, omitted)),
        cookies: kept.map(({ cookie }) => cookie),
        isPartitioned: kept.every(({ cookie }) => cookie.partitionKey !== undefined),
      }
  }
  return null
}

const findingOf = (evidence: Evidence, block: Block): Finding => {
  const { seen, names, certain, behind, stored } = block
  const outcome = outcomeOf(evidence)
  const host = hostOf(seen)
  const page = siteOf(seen.exchange.frames.at(-1) ?? seen.exchange.initiator ?? '')?.text ?? null
  const told = list([...new Set(names)].slice(0, 4).map(code))
  const where = page === null ? 'a page of another site' : `a page of ${siteName(page)}`
  const { partitionedEscapesBlocking } = profileOf(evidence.browser).policy
  return {
    rank: behind ? 'blocks-next' : certain || outcome.kind === 'fails' ? 'blocks-now' : 'odd',
    confidence: certain ? 'seen' : 'possible',
    title: certain
      ? 'The browser blocks third-party cookies, and the login needs one'
      : 'The browser may block third-party cookies, and the login needs one',
    seen: `${
      stored
        ? `${told} is in the store, but under ${where} the browser ${certain ? 'keeps' : 'kept'} it from ${requestText(seen)} to ${code(host)}; the answer was ${answerText(seen)}.`
        : `${requestText(seen)} to ${code(host)}, asked by ${where}, sets ${told}. The two are different sites, and the browser ${certain ? 'refuses third-party cookies here' : 'seems to refuse third-party cookies'}.`
    }${!certain && block.maybeOmitted ? ' A request without credentials would look the same.' : ''}`,
    matters: `That is a setting of the browser or its user, not a mistake of the server. ${byDefault(block)}`,
    actions: actionsOf(host, page, block, partitionedEscapesBlocking),
    check: 'Log in again in a window that blocks third-party cookies: the session is stored and sent.',
    exchanges: unique(seen.id, outcome.refused?.id),
  }
}

/** Whose visitors have the setting without having chosen it: Safari's (WebKit, 2020-03), and Chrome's in Incognito, which keeps Partitioned ones. */
const byDefault = ({ isPartitioned }: Block): string =>
  isPartitioned
    ? 'Safari has it by default.'
    : 'Safari has it by default, and so have Chrome\u2019s Incognito windows: whoever visits with them can\u2019t log in either.'

/** @param escapes this browser keeps cookies with Partitioned all the same */
const actionsOf = (
  host: string,
  pageSite: string | null,
  { cookies, isPartitioned }: Block,
  escapes: boolean,
): Action[] => {
  const oneSite: Action[] =
    pageSite === null ? [] : [{ action: 'share-a-site', host, pageSite, alternative: escapes && !isPartitioned }]
  const setting = { action: 'allow-third-party', partitioned: escapes } as const
  if (!escapes || isPartitioned) return [...oneSite, setting]
  return [
    { action: 'set-attribute', attribute: 'Partitioned' },
    ...(cookies.every(({ sameSite }) => sameSite === 'no_restriction')
      ? []
      : [{ action: 'set-attribute', attribute: 'SameSite', value: 'None' } as const]),
    ...(cookies.every(({ secure }) => secure) ? [] : [{ action: 'set-attribute', attribute: 'Secure' } as const]),
    setting,
    ...oneSite,
  ]
}
