import type {
  CookieVerdict,
  Observed,
  Reason,
  Report,
  ReportExchange,
  SetCookieVerdict,
  StoredCookie,
} from '../contract.ts'
import { lineOf } from '../cookie/line-of.ts'
import { carryOver } from '../remedies/carry-over.ts'
import { elsewhereWords } from './elsewhere-words.ts'
import { answerText } from './event-words.ts'
import { codeBlock, codeSpan, prose } from './markdown-escape.ts'
import { type Folded, repeatsLine } from './markdown-repeats.ts'
import { snippetBlock } from './markdown-snippet.ts'
import { browserLabel, cookieName, observationOf, type ProblemExchange, utcTime } from './markdown-words.ts'
import type { Problem } from './problems.ts'
import { shorten, visible } from './visible.ts'

const LONGEST_AROUND = 400
const LONGEST_PART = 200
/** A corrected line is there to be copied: name and value alone may have 4,096 bytes. */
const LONGEST_FIX = 6000
const LONGEST_EXPLANATION = 1500
const LONGEST_NOTE = 600
const MOST_REASONS = 12
const MOST_NOTES = 8
const MOST_SNIPPETS = 4

const CONTEXT_HEADERS = ['origin', 'sec-fetch-site', 'sec-fetch-mode', 'sec-fetch-storage-access']

const TYPES: Readonly<Record<string, string>> = {
  main_frame: 'Page load',
  sub_frame: 'Frame load',
  xmlhttprequest: 'Fetch or XHR',
}

/** One request: a heading with its circumstances, and a block for each problem. */
export function problemSection(
  { exchange, number, problems }: ProblemExchange,
  report: Report,
  repeats: Folded['repeats'],
): { head: string; blocks: string[] } {
  const { method, url } = exchange
  return {
    head: `### Request ${number}: ${codeSpan(`${method} ${url}`)} → ${answerText(exchange)}\n\n${circumstances(exchange)}`,
    blocks: problems.map((problem) =>
      blocks(problemBlock(problem, exchange, report), repeatsLine(repeats.get(problem))),
    ),
  }
}

function circumstances({
  resourceType,
  initiator,
  frames,
  time,
  requestHeaders,
  redirectChain,
}: ReportExchange): string {
  const page = frames.at(-1)
  const from = redirectChain?.at(-1)
  const parts = [
    `${TYPES[resourceType] ?? codeSpan(resourceType, 40)} at ${utcTime(time)}`,
    initiator === null ? 'started by the user' : `started by ${codeSpan(initiator)}`,
    ...(page === undefined ? [] : [`on ${codeSpan(page)}`]),
    ...(from === undefined ? [] : [`redirected from ${codeSpan(from)}`]),
  ]
  const headers = requestHeaders.filter(({ name }) => CONTEXT_HEADERS.includes(name.toLowerCase())).slice(0, 4)
  const shown = headers.map(({ name, value }) => codeSpan(`${name}: ${value}`, 120))
  return `${parts.join(', ')}.${shown.length > 0 ? ` Sent with ${shown.join(', ')}.` : ''}`
}

function problemBlock(problem: Problem, exchange: ReportExchange, report: Report): string {
  const { setCookies, cookies } = exchange.verdict
  const seen = observationOf(exchange, problem.operation, problem.index)
  const name = cookieName(exchange, problem)
  const line = problem.operation === 'set' ? setCookies[problem.index] : undefined
  const cookie = problem.operation === 'send' ? cookies[problem.index] : undefined
  if (line) return lineBlock(line, problem, name, seen, exchange, report)
  return cookie ? cookieBlock(cookie, problem, name, seen, exchange, report) : ''
}

/** One short line: empty where no other browser is known. */
function elsewhereLine(exchange: ReportExchange, problem: Problem, report: Report): string {
  const words = elsewhereWords(exchange, problem, report)
  return words === ''
    ? ''
    : `Elsewhere (foretold, not tried${report.browser.name === 'safari' ? '' : '; Safari from published results'}): ${prose(words, LONGEST_NOTE)}`
}

function lineBlock(
  verdict: SetCookieVerdict,
  problem: Problem,
  name: string,
  seen: Observed | undefined,
  exchange: ReportExchange,
  report: Report,
): string {
  const { kind } = problem
  const { line, outcome, reasons, warnings } = verdict
  const words = {
    blocked: 'was not stored',
    unknown: 'may not have been stored',
    unexplained: 'was not stored',
  } as const
  const said =
    kind === 'contradicted' || kind === 'withheld'
      ? `was treated otherwise than the rules say (${outcome})`
      : words[kind]
  return blocks(
    `**${name} ${said}**${agreement(seen)}`,
    codeBlock(markedLine(line, reasons[0]?.part ?? warnings[0]?.part), 'text'),
    dispute(kind, report),
    reasonList(reasons),
    warnings.length > 0 ? `Accepted, but not as written:\n\n${reasonList(warnings)}` : '',
    fix([...reasons, ...warnings]),
    elsewhereLine(exchange, problem, report),
  )
}

function cookieBlock(
  { cookie, outcome, reasons }: CookieVerdict,
  problem: Problem,
  name: string,
  seen: Observed | undefined,
  exchange: ReportExchange,
  report: Report,
): string {
  const { kind, setBy } = problem
  const at = report.exchanges.findIndex(({ id }) => id === setBy?.id)
  const setter = report.exchanges[at]
  const line = setter?.verdict.setCookies[setBy?.index ?? -1]?.line
  const said = kind === 'contradicted' ? `was treated otherwise than the rules say (${outcome})` : 'was not sent'
  const scope = [
    cookie.hostOnly
      ? `host-only for ${codeSpan(cookie.domain)}`
      : `for ${codeSpan(cookie.domain.replace(/^\./, ''))} and its sub-domains`,
    `path ${codeSpan(cookie.path)}`,
    cookie.secure ? '`Secure`' : 'not `Secure`',
    cookie.httpOnly ? '`HttpOnly`' : 'not `HttpOnly`',
    SAME_SITE[cookie.sameSite],
    cookie.session || cookie.expirationDate === undefined
      ? 'until the browser closes'
      : `until ${utcTime(cookie.expirationDate * 1000)}`,
    ...(cookie.partitionKey ? [`partition of ${codeSpan(cookie.partitionKey.topLevelSite)}`] : []),
  ]
  return blocks(
    `**${name} ${said}**${agreement(seen)}`,
    `In the store: ${scope.join(', ')}.`,
    setter === undefined || line === undefined
      ? ''
      : blocks(
          `Set by request ${at + 1}, ${codeSpan(`${setter.method} ${setter.url}`)}:`,
          codeBlock([`Set-Cookie: ${shorten(visible(line), LONGEST_FIX)}`], 'text'),
        ),
    dispute(kind, report),
    reasonList(reasons),
    line === undefined ? fix(reasons) : fix(reasons.map((reason) => carriedOver(reason, cookie, exchange.time, line))),
    elsewhereLine(exchange, problem, report),
  )
}

/** The fix in terms of the line that the server really sent. */
function carriedOver(reason: Reason, cookie: StoredCookie, time: number, line: string): Reason {
  const { fix: mended } = reason
  if (mended?.setCookie === undefined) return reason
  return { ...reason, fix: { ...mended, setCookie: carryOver(lineOf(cookie, time), mended.setCookie, line) } }
}

const SAME_SITE = {
  no_restriction: '`SameSite=None`',
  lax: '`SameSite=Lax`',
  strict: '`SameSite=Strict`',
  unspecified: 'no `SameSite`',
} as const

function agreement(seen: Observed | undefined): string {
  if (!seen) return ' (predicted: nothing was seen yet)'
  return ` (${seen.agreement}${seen.evidence === '' ? '' : `: ${prose(seen.evidence)}`})`
}

function dispute(kind: Problem['kind'], report: Report): string {
  if (kind === 'contradicted') {
    return `Rules and browser disagree: a setting of ${prose(browserLabel(report))} that can't be read from outside, or a mistake in the rules. What was seen counts.`
  }
  return kind === 'unexplained' ? 'Every rule that is known was ruled out.' : ''
}

function reasonList(reasons: readonly Reason[]): string {
  const shown = reasons.slice(0, MOST_REASONS).map(({ id, title, explanation, spec }) => {
    return `- **${prose(title) || prose(id)}** (${codeSpan(id, 80)}, ${prose(specText(spec))}). ${prose(explanation, LONGEST_EXPLANATION)}`
  })
  const more = reasons.length - shown.length
  return [...shown, ...(more > 0 ? [`- and ${more} more`] : [])].join('\n')
}

/** `5.7` is a section of RFC 6265bis; anything else names its standard itself. */
function specText(spec: string): string {
  return /^\d/.test(spec) ? `RFC 6265bis ${spec}` : spec
}

function fix(reasons: readonly Reason[]): string {
  const lines = [...new Set(reasons.flatMap((reason) => reason.fix?.setCookie ?? []))].slice(0, 3)
  const notes = [...new Set(reasons.flatMap((reason) => reason.fix?.notes ?? []))].slice(0, MOST_NOTES)
  const snippets = reasons.flatMap((reason) => reason.fix?.snippets ?? []).slice(0, MOST_SNIPPETS)
  const shown = lines.map((line) => `Set-Cookie: ${shorten(visible(line), LONGEST_FIX)}`)
  return blocks(
    shown.length > 0 ? `Corrected line:\n\n${codeBlock(shown, 'http')}` : '',
    ...snippets.map(snippetBlock),
    notes.length > 0
      ? `${shown.length > 0 ? 'Notes' : 'What to do'}:\n\n${notes.map((note) => `- ${prose(note, LONGEST_NOTE)}`).join('\n')}`
      : '',
  )
}

/** The line as received, and under it marks below the part at fault. */
function markedLine(line: string, part: Reason['part']): string[] {
  const head = 'Set-Cookie: '
  if (!part || part.start >= part.end) return [head + shorten(visible(line), 2 * LONGEST_AROUND)]
  const before = head + shorten(visible(line.slice(0, part.start)), LONGEST_AROUND)
  const fault = shorten(visible(line.slice(part.start, part.end)), LONGEST_PART)
  const after = shorten(visible(line.slice(part.end)), LONGEST_AROUND)
  return [before + fault + after, `${' '.repeat(before.length)}${'^'.repeat(fault.length)}`]
}

function blocks(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('\n\n')
}
