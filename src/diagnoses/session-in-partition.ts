import { profileOf } from '../browsers/index.ts'
import type { CookieVerdict } from '../contract.ts'
import { parseLine } from '../cookie/parse.ts'
import { code, siteName } from '../remedies/words.ts'
import type { Evidence, Login, SessionLine } from '../story/evidence.ts'
import type { Seen } from '../story/seen.ts'
import type { DiagnosisRule, Finding } from './diagnosis.ts'
import { answerText, hostOf, hostText, requestText } from './exchange-text.ts'
import { hasReason, outcomeOf, unique } from './outcome.ts'
import { untilLogout } from './session-use.ts'

/**
 * The session was stored while another site's page was in the address bar (a login in a frame, or by that page's script), for pages of
 * that one site alone, and a page of its own site is refused without it: the browser keeps third-party cookies apart by page
 * (Firefox), or the line asks for it (Partitioned).
 */
export default {
  id: 'SessionInPartition',
  find: (evidence) => {
    const { login } = evidence
    if (login === null || outcomeOf(evidence).kind === 'works') return []
    const found = lostIn(evidence, login)
    return found === null ? [] : [findingOf(evidence, found)]
  },
} satisfies DiagnosisRule

const otherPage: ReadonlySet<string> = new Set(['PartitionKeyMismatch'])

interface Lost {
  seen: Seen
  of: SessionLine
  /** Site of the pages that the session is stored for. */
  site: string
}

const lostIn = (evidence: Evidence, { session, ...login }: Login): Lost | null => {
  const lines = session.flatMap((of) => {
    const site = of.line.outcome === 'stored' ? of.line.cookie?.partitionKey?.topLevelSite : undefined
    return site === undefined ? [] : [{ of, site }]
  })
  for (const seen of untilLogout({ session, ...login })) {
    if (seen.fromCache || hostOf(seen) === '' || !evidence.isRefusal(seen) || seen.exchange.frames.length > 0) continue
    const { cookies } = seen.verdict
    if (cookies.some(({ cookie, outcome }) => outcome === 'sent' && session.some(({ name }) => name === cookie.name)))
      continue
    const lost = lines.find(({ of, site }) => cookies.some((one) => isKeptFor(one, of.name, site)))
    if (lost !== undefined) return { seen, ...lost }
  }
  return null
}

/** Nothing but the page keeps it. */
const isKeptFor = ({ cookie, outcome, reasons }: CookieVerdict, name: string, site: string): boolean =>
  cookie.name === name &&
  cookie.partitionKey?.topLevelSite === site &&
  outcome === 'blocked' &&
  reasons.length === 1 &&
  hasReason(reasons, otherPage)

const findingOf = (evidence: Evidence, { seen, of, site }: Lost): Finding => {
  const { name, policy } = profileOf(evidence.browser)
  const isAsked = parseLine(of.line.line).attributes.some((attribute) => attribute.name === 'partitioned')
  const host = hostOf(seen)
  const byItself = policy.thirdPartyDefault === 'partitioned'
  return {
    rank: 'blocks-now',
    confidence: 'seen',
    title: 'The session is stored for the pages of another site alone, and a page of its own is refused without it',
    seen: `${requestText(of.seen)} to ${hostText(of.seen)} set ${code(of.name)} while a page of ${siteName(site)} was in the address bar, and ${name} stored it for such pages alone. ${requestText(seen, of.seen)} is a page of ${code(host)} itself: it went without it, and the answer was ${answerText(seen)}.`,
    matters: `${
      isAsked
        ? 'The line asks for that: it has `Partitioned`.'
        : byItself
          ? `${name} does so by itself with every third party\u2019s cookies (state partitioning, Total Cookie Protection); the line does not ask for it. Other browsers differ: Chromium keeps such a cookie apart only where its line has \`Partitioned\`.`
          : 'A cookie in a partition goes to no other pages.'
    } So whoever logs in under another site\u2019s page is not logged in on ${code(host)}.`,
    actions: [
      { action: 'log-in-on-own-page', host },
      ...(isAsked ? [{ action: 'remove-attribute', attribute: 'Partitioned' } as const] : []),
    ],
    check: 'Log in on a page of the host itself: its next page carries the session.',
    exchanges: unique(seen.id, of.seen.id),
  }
}
