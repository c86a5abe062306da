import type { Report, ReportExchange } from '../contract.ts'
import { NOTHING_TO_REMOVE } from '../judge/reconcile.ts'
import { BLAME_WORDS, type Blame } from './culprits.ts'
import { answerText } from './event-words.ts'
import { cellProse, cellSpan } from './markdown-escape.ts'
import { browserLabel, utcTime } from './markdown-words.ts'
import type { Problem } from './problems.ts'

const LONGEST_URL = 120

/** @param legend what stands for the values */
export function environmentTable(report: Report, legend: string): string {
  const { browser, page, thirdPartyCookies, created, redacted, exchanges } = report
  const rows: [string, string][] = [
    ['Browser', cellProse(`${browserLabel(report)} (${browser.version})`)],
    ['Page', cellSpan(page)],
    ['Third-party cookies', thirdPartyCookies],
    ['Recorded', recorded(exchanges)],
    ['Report made', utcTime(Date.parse(created))],
    ['Values', redacted ? legend : 'shown in full'],
  ]
  return ['| Environment | |', '| --- | --- |', ...rows.map(([name, value]) => `| ${name} | ${value} |`)].join('\n')
}

export const requestTableHead = [
  '| # | Request | Status | Set-Cookie | Cookies | Problems |',
  '| --- | --- | --- | --- | --- | --- |',
].join('\n')

function recorded(exchanges: readonly ReportExchange[]): string {
  const times = exchanges.map(({ time }) => time).filter(Number.isFinite)
  if (times.length === 0) return 'no request'
  const [first, last] = [times.reduce((a, b) => Math.min(a, b)), times.reduce((a, b) => Math.max(a, b))].map(utcTime)
  return first === last ? `at ${first}` : `from ${first} to ${last}`
}

const NOTHING = 'with nothing to remove'

/** One line of the table of all requests. */
export function requestRow(
  exchange: ReportExchange,
  number: number,
  problems: readonly Problem[],
  blame: Blame = 'none',
): string {
  const { method, url, verdict, observed } = exchange
  const idle = new Set(
    observed.flatMap((one) => (one.operation === 'set' && one.evidence === NOTHING_TO_REMOVE ? [one.index] : [])),
  )
  const fates = verdict.setCookies.map(({ outcome }, i) => ({
    outcome: outcome === 'removed' && idle.has(i) ? NOTHING : outcome,
  }))
  const cells = [
    String(number),
    cellSpan(`${method} ${url.replace(/[?#].*$/s, '')}`, LONGEST_URL),
    answerText(exchange),
    tally(fates, ['stored', 'removed', NOTHING, 'blocked', 'unknown']),
    tally(verdict.cookies, ['sent', 'unknown']),
    [...(blame === 'none' ? [] : [BLAME_WORDS[blame].toLowerCase()]), ...problemCell(problems)].join(', '),
  ]
  return `| ${cells.join(' | ')} |`
}

function tally(list: readonly { outcome: string }[], outcomes: readonly string[]): string {
  return outcomes
    .flatMap((outcome) => {
      const n = list.filter((one) => one.outcome === outcome).length
      return n > 0 ? [`${n} ${outcome}`] : []
    })
    .join(', ')
}

const KIND_WORDS: Readonly<Record<Problem['kind'], string>> = {
  contradicted: 'contradicted',
  unexplained: 'unexplained',
  blocked: 'not stored',
  unknown: 'not certain',
  withheld: 'not sent',
}

function problemCell(problems: readonly Problem[]): string[] {
  const kinds = [...new Set(problems.map(({ kind }) => kind))]
  return kinds.map((kind) => `${problems.filter((one) => one.kind === kind).length} ${KIND_WORDS[kind]}`)
}
