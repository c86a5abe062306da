import type { Observed, Reason, Report, ReportExchange } from '../contract.ts'
import { codeSpan, prose } from './markdown-escape.ts'
import type { Problem } from './problems.ts'

const BROWSERS = { chromium: 'Chromium', firefox: 'Firefox', safari: 'Safari' } as const
const LONGEST_URL = 160
const LONGEST_NAME = 60
const LONGEST_TITLE = 200

/** A place of a report and what is the matter there. */
export interface ProblemExchange {
  readonly exchange: ReportExchange
  /** As in the table of all requests, from 1. */
  readonly number: number
  readonly problems: readonly Problem[]
}

/** `Chromium 156`. */
export function browserLabel({ browser }: Report): string {
  const [major = ''] = /^\d{1,4}/.exec(browser.version) ?? []
  return `${BROWSERS[browser.name]} ${major}`.trimEnd()
}

/** `1 line`, `2 lines`. */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${n.toLocaleString('en-GB')} ${n === 1 ? one : many}`
}

/** `2026-11-21 05:32:00 UTC`. */
export function utcTime(epochMs: number): string {
  const date = new Date(epochMs)
  return Number.isNaN(date.getTime()) ? 'an unknown time' : `${date.toISOString().slice(0, 19).replace('T', ' ')} UTC`
}

/** What the browser or we did of one verdict, seen on its own. */
export function observationOf(
  { observed }: ReportExchange,
  operation: Problem['operation'],
  index: number,
): Observed | undefined {
  return observed.find((one) => one.operation === operation && one.index === index)
}

/** Name of a cookie, quoted. */
export function cookieName(exchange: ReportExchange, { operation, index }: Problem): string {
  const { setCookies, cookies } = exchange.verdict
  const line = operation === 'set' ? setCookies[index] : undefined
  const name = line ? nameOfLine(line.line, line.cookie?.name) : cookies[index]?.cookie.name
  return name ? codeSpan(name, LONGEST_NAME) : 'a cookie without a name'
}

function nameOfLine(line: string, name: string | undefined): string {
  return name ?? /^([^=;]*)=/.exec(line)?.[1]?.trim() ?? ''
}

export function reasonsOf({ verdict }: ReportExchange, { operation, index }: Problem): readonly Reason[] {
  return (operation === 'set' ? verdict.setCookies[index]?.reasons : verdict.cookies[index]?.reasons) ?? []
}

/** The report in one sentence. */
export function summaryHeading(report: Report, problems: readonly ProblemExchange[]): string {
  const browser = prose(browserLabel(report))
  const { exchange, problem } = foremost(problems) ?? {}
  if (!exchange || !problem) {
    if (report.exchanges.length === 0) return `${browser}: no request was recorded`
    const requests = count(report.exchanges.length, 'request')
    return report.story?.outcome === 'broken'
      ? noneLost(report, requests)
      : `${browser}: no cookie problem in ${requests}`
  }
  const name = cookieName(exchange, problem)
  const title = reasonsOf(exchange, problem)[0]?.title
  const why = title ? `: ${prose(title, LONGEST_TITLE)}` : ''
  return `${browser} ${deed(problem, name, requestSpan(exchange, LONGEST_URL))}${why}`
}

/** "No problem" would be odd below a login that breaks. */
function noneLost({ exchanges }: Report, requests: string): string {
  const isWithheld = exchanges.some(({ verdict }) => verdict.cookies.some(({ outcome }) => outcome === 'blocked'))
  return isWithheld
    ? `No cookie was refused in ${requests}, nor withheld where that seems to matter`
    : `No cookie was refused or withheld in ${requests}`
}

const WEIGHT: readonly Problem['kind'][] = ['blocked', 'unexplained', 'withheld', 'contradicted', 'unknown']

/** What to name first: on a request that may be a login rather than an image; what was lost rather than doubted. */
function foremost(problems: readonly ProblemExchange[]): { exchange: ReportExchange; problem: Problem } | undefined {
  const all = problems.flatMap(({ exchange, problems: own }) => own.map((problem) => ({ exchange, problem })))
  const rank = ({ exchange, problem }: (typeof all)[number]) =>
    WEIGHT.indexOf(problem.kind) + (isLogin(exchange) ? 0 : WEIGHT.length)
  return all.reduce<(typeof all)[number] | undefined>(
    (best, one) => (best === undefined || rank(one) < rank(best) ? one : best),
    undefined,
  )
}

function deed({ operation, kind }: Problem, name: string, request: string): string {
  if (kind === 'contradicted') return `treated ${name} of ${request} otherwise than the rules say`
  if (operation === 'send')
    return kind === 'withheld' ? `did not send ${name} with ${request}` : unexplained(name, request)
  if (kind === 'unexplained') return unexplained(name, request)
  return kind === 'unknown' ? `may have dropped ${name} from ${request}` : `dropped ${name} from ${request}`
}

function unexplained(name: string, request: string): string {
  return `lost ${name} of ${request}, and no rule says why`
}

/** Method and URL without its query, quoted. */
export function requestSpan({ method, url }: ReportExchange, longest: number): string {
  return codeSpan(`${method} ${url.replace(/[?#].*$/s, '')}`, longest)
}

function isLogin({ resourceType }: ReportExchange): boolean {
  return resourceType === 'main_frame' || resourceType === 'sub_frame' || resourceType === 'xmlhttprequest'
}

const KINDS: readonly (readonly [operation: Problem['operation'], kind: Problem['kind'], one: string, many: string])[] =
  [
    ['set', 'blocked', 'cookie not stored', 'cookies not stored'],
    ['send', 'withheld', 'cookie not sent', 'cookies not sent'],
    ['set', 'unexplained', 'cookie lost without a known reason', 'cookies lost without a known reason'],
    ['send', 'unexplained', 'cookie left out without a known reason', 'cookies left out without a known reason'],
    ['set', 'contradicted', 'line treated otherwise than predicted', 'lines treated otherwise than predicted'],
    ['send', 'contradicted', 'cookie treated otherwise than predicted', 'cookies treated otherwise than predicted'],
    ['set', 'unknown', 'line whose verdict is not certain', 'lines whose verdict is not certain'],
  ]

export function problemSummary({ exchanges }: Report, problems: readonly ProblemExchange[]): string {
  const all = problems.flatMap((one) => one.problems)
  const parts = KINDS.flatMap(([operation, kind, one, many]) => {
    const n = all.filter((problem) => problem.operation === operation && problem.kind === kind).length
    return n > 0 ? [count(n, one, many)] : []
  })
  return `${problems.length} of ${count(exchanges.length, 'request')} ${problems.length === 1 ? 'has' : 'have'} a cookie problem: ${parts.join(', ')}.`
}

/** What was looked at and found right. */
export function healthySummary({ exchanges }: Report): string {
  if (exchanges.length === 0) return 'Nothing was recorded: log in, or reload the page, with DevTools open.'
  const lines = exchanges.flatMap(({ verdict }) => verdict.setCookies)
  const cookies = exchanges.flatMap(({ verdict }) => verdict.cookies)
  const confirmed = (operation: Problem['operation']) =>
    exchanges.flatMap(({ observed }) =>
      observed.filter((one) => one.operation === operation && one.agreement === 'confirmed'),
    ).length
  const of = (list: readonly { outcome: string }[], outcome: string) =>
    list.filter((one) => one.outcome === outcome).length
  const withheld = of(cookies, 'blocked')
  return [
    `Looked at ${count(exchanges.length, 'request')} with ${count(lines.length, 'Set-Cookie line')}:`,
    `${of(lines, 'stored')} stored, ${of(lines, 'removed')} removed; ${confirmed('set')} confirmed by the store.`,
    `${count(of(cookies, 'sent'), 'cookie')} sent along with requests; ${confirmed('send')} confirmed by the Cookie header.`,
    ...(withheld > 0
      ? [`${count(withheld, 'cookie')} left out where the rules say so, with no sign that it mattered.`]
      : []),
  ].join(' ')
}
