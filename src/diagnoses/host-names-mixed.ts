import type { Reason } from '../contract.ts'
import { bareDomain } from '../cookie/store.ts'
import { code } from '../remedies/words.ts'
import type { Evidence, Login } from '../story/evidence.ts'
import { isDocument } from '../story/reading.ts'
import type { Seen } from '../story/seen.ts'
import type { DiagnosisRule, Finding } from './diagnosis.ts'
import { answerText, hostOf, requestText } from './exchange-text.ts'
import { areTwoNames } from './hosts.ts'
import { hasReason, outcomeOf, sameSiteReasons, unique } from './outcome.ts'
import { untilLogout } from './session-use.ts'

/**
 * Two names of one server are mixed (localhost and 127.0.0.1, `app` and `app.local`, with `www.` and without), and the session that the
 * one set is not for the other. Only where a cookie is lost by it; mixed names by which nothing is lost are left alone.
 */
export default {
  id: 'HostNamesMixed',
  explains: ['ThirdPartyCookiesBlocked'],
  find: (evidence) => {
    const { login } = evidence
    if (login === null || outcomeOf(evidence).kind === 'works') return []
    const mix = refusedIn(login) ?? withheldIn(evidence, login)
    return mix === null ? [] : [findingOf(evidence, login, mix)]
  },
} satisfies DiagnosisRule

interface Mix {
  seen: Seen
  name: string
  /** The one to keep: in the address bar. */
  host: string
  other: string
  how: 'refused' | 'withheld'
}

const betweenSites: ReadonlySet<string> = new Set([
  ...sameSiteReasons,
  'UserPreferences',
  'SameSiteNoneInsecure',
  'PartitionKeyMismatch',
])
const withholding: ReadonlySet<string> = new Set([...betweenSites, 'DomainMismatch'])

const pageHostOf = ({ exchange }: Seen): string => {
  const page = exchange.frames.at(-1) ?? exchange.initiator ?? ''
  return URL.canParse(page) ? new URL(page).hostname : ''
}

/** The page on the one name asks the other, and its session is refused as another site's. */
const refusedIn = ({ session }: Login): Mix | null => {
  for (const { line, seen, name } of session) {
    if (line.outcome !== 'blocked' || !hasReason(line.reasons, betweenSites) || isDocument(seen)) continue
    const host = pageHostOf(seen)
    if (areTwoNames(host, hostOf(seen))) return { seen, name, host, other: hostOf(seen), how: 'refused' }
  }
  return null
}

const isKept = ({ outcome, reasons }: { outcome: string; reasons: readonly Reason[] }): boolean =>
  outcome === 'blocked' && hasReason(reasons, withholding)

/** The session belongs to the one name, and a request to the other, or from it, is refused without it. */
const withheldIn = (evidence: Evidence, login: Login): Mix | null => {
  const lines = login.session.filter(({ line }) => line.outcome === 'stored' && line.cookie !== null)
  for (const seen of untilLogout(login)) {
    if (seen.fromCache || !evidence.isRefusal(seen)) continue
    for (const { line, name, seen: setter } of lines) {
      const owner = line.cookie === null ? '' : bareDomain(line.cookie)
      const asked = hostOf(seen)
      const isSent = seen.verdict.cookies.some(({ cookie, outcome }) => cookie.name === name && outcome === 'sent')
      if (isSent) continue
      const kept = seen.verdict.cookies.find((one) => one.cookie.name === name && isKept(one))
      // Cookies of another registrable domain are not in the request's list at all: 127.0.0.1 asks nothing of localhost's.
      if (
        areTwoNames(owner, asked) &&
        (kept !== undefined || !seen.verdict.cookies.some(({ cookie }) => cookie.name === name))
      )
        return { seen, name, host: asked, other: hostOf(setter), how: 'withheld' }
      const page = pageHostOf(seen)
      if (kept !== undefined && !isDocument(seen) && areTwoNames(page, asked))
        return { seen, name, host: page, other: asked, how: 'withheld' }
    }
  }
  return null
}

const findingOf = (evidence: Evidence, login: Login, { seen, name, host, other, how }: Mix): Finding => ({
  rank: 'blocks-now',
  confidence: 'seen',
  title: 'Two names of one server are mixed, and the session belongs to one of them alone',
  seen:
    how === 'refused'
      ? `The page is on ${code(host)}, and ${requestText(seen)} to ${code(other)} sets ${code(name)}. The browser refused it as another site\u2019s.`
      : `${code(name)} belongs to ${code(other)}. ${requestText(seen)} went to ${code(hostOf(seen))} without it, and the answer was ${answerText(seen)}.`,
  matters: `To a browser ${code(host)} and ${code(other)} are different hosts, whatever they lead to: each has cookies of its own${
    how === 'refused' ? ', and the one is a third party to the other' : ''
  }.`,
  actions: [{ action: 'one-host', host, other }],
  check: `Log in again by ${code(host)} alone: no request goes to ${code(other)}.`,
  exchanges: unique(seen.id, login.session[0]?.seen.id, outcomeOf(evidence).refused?.id),
})
