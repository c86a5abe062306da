import type { Report, ReportExchange } from '../contract.ts'
import { cellProse, cellSpan } from './markdown-escape.ts'
import { browserLabel } from './markdown-words.ts'
import type { Problem } from './problems.ts'

const LONGEST_URL = 120

export function environmentTable(report: Report): string {
  const { browser, page, thirdPartyCookies, created, redacted } = report
  const rows: [string, string][] = [
    ['Browser', cellProse(`${browserLabel(report)} (${browser.version})`)],
    ['Page', cellSpan(page)],
    ['Third-party cookies', thirdPartyCookies],
    ['Recorded', cellProse(created)],
    ['Values', redacted ? 'replaced by their length and a hash' : 'shown in full'],
  ]
  return ['| Environment | |', '| --- | --- |', ...rows.map(([name, value]) => `| ${name} | ${value} |`)].join('\n')
}

export const requestTableHead = [
  '| # | Request | Status | Set-Cookie | Cookies | Problems |',
  '| --- | --- | --- | --- | --- | --- |',
].join('\n')

/** One line of the table of all requests. */
export function requestRow(exchange: ReportExchange, number: number, problems: readonly Problem[]): string {
  const { method, url, status, verdict } = exchange
  const cells = [
    String(number),
    cellSpan(`${method} ${url.replace(/[?#].*$/s, '')}`, LONGEST_URL),
    status === 0 ? 'no response' : String(status),
    tally(verdict.setCookies, ['stored', 'removed', 'blocked', 'unknown']),
    tally(verdict.cookies, ['sent', 'unknown']),
    problemCell(problems),
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

function problemCell(problems: readonly Problem[]): string {
  const kinds = [...new Set(problems.map(({ kind }) => kind))]
  return kinds.map((kind) => `${problems.filter((one) => one.kind === kind).length} ${KIND_WORDS[kind]}`).join(', ')
}
