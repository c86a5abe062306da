import type { Observed } from '../contract.ts'
import { parseLine } from '../cookie/parse.ts'
import { NOTHING_TO_REMOVE } from '../judge/reconcile.ts'
import { UNFINISHED } from '../report/event-words.ts'
import type { Problem } from '../report/problems.ts'
import type { LogEntry } from './session.ts'

/**
 * The sign in front of a request. blocked: a line was not stored; notSent: a cookie stayed behind; doubt: the browser
 * did otherwise than the rules say, or they can't tell; none: nothing to do with cookies, and preflights.
 */
export type Mark = 'blocked' | 'notSent' | 'doubt' | 'ok' | 'none' | 'redirect' | 'pending'

/** What is told about one request in the list. `notStored`: unexplained; lines that are contradicted count only there. */
export interface Counts {
  readonly blocked: number
  readonly notStored: number
  readonly notSent: number
  readonly unknown: number
  readonly contradicted: number
  readonly stored: number
  readonly removed: number
  /** Lines that delete what the store did not have. */
  readonly idle: number
}

/** What a row needs of an entry alone, read once per entry object. */
export interface EntrySummary {
  /** Path and query. */
  readonly path: string
  /** Host and port. */
  readonly host: string
  readonly preflight: boolean
  readonly redirect: boolean
  /** Undisputed ones only. */
  readonly stored: number
  readonly removed: number
  readonly idle: number
  readonly sent: number
  /** Lower case; method, URL, status or error, cookie names, attribute names, reason ids. No value. */
  readonly search: string
}

const summaries = new WeakMap<LogEntry, EntrySummary>()

export function summaryOf(entry: LogEntry): EntrySummary {
  let summary = summaries.get(entry)
  if (!summary) {
    summary = summarise(entry)
    summaries.set(entry, summary)
  }
  return summary
}

const REDIRECTS = new Set([301, 302, 303, 307, 308])

function summarise({ exchange, verdict, observed, error, state }: LogEntry): EntrySummary {
  const url = URL.canParse(exchange.url) ? new URL(exchange.url) : null
  const words = [exchange.method, exchange.url, exchange.status > 0 ? String(exchange.status) : '', error ?? '']
  if (state === 'unfinished') words.push(UNFINISHED)
  let stored = 0
  let removed = 0
  let idle = 0
  let sent = 0
  verdict.setCookies.forEach(({ line, cookie, outcome, reasons }, index) => {
    const attributes = parseLine(line).attributes.map(({ name }) => name)
    words.push(cookie?.name ?? '', ...attributes, ...reasons.map(({ id }) => id))
    if (disputed(observed, 'set', index)) return
    if (outcome === 'stored') stored++
    if (outcome !== 'removed') return
    if (observationOf(observed, 'set', index)?.evidence === NOTHING_TO_REMOVE) idle++
    else removed++
  })
  verdict.cookies.forEach(({ cookie, outcome, reasons }, index) => {
    words.push(cookie.name, ...reasons.map(({ id }) => id))
    if (outcome === 'sent' && !disputed(observed, 'send', index)) sent++
  })
  return {
    path: url ? url.pathname + url.search : exchange.url,
    host: url?.host ?? '',
    preflight: exchange.method === 'OPTIONS',
    redirect: REDIRECTS.has(exchange.status),
    stored,
    removed,
    idle,
    sent,
    search: words.join('\n').toLowerCase(),
  }
}

/** What was seen of one verdict; null where nothing is reported. */
export function observationOf(
  observed: readonly Observed[],
  operation: 'set' | 'send',
  index: number,
): Observed | null {
  return observed.find((one) => one.operation === operation && one.index === index) ?? null
}

function disputed(observed: readonly Observed[], operation: 'set' | 'send', index: number): boolean {
  const agreement = observationOf(observed, operation, index)?.agreement
  return agreement === 'contradicted' || agreement === 'unexplained'
}

export function countsOf({ stored, removed, idle }: EntrySummary, problems: readonly Problem[]): Counts {
  const of = (operation: Problem['operation'] | null, ...kinds: Problem['kind'][]) =>
    problems.filter((problem) => (operation ?? problem.operation) === problem.operation && kinds.includes(problem.kind))
      .length
  return {
    blocked: of('set', 'blocked'),
    notStored: of('set', 'unexplained'),
    notSent: of('send', 'withheld', 'unexplained'),
    unknown: of(null, 'unknown'),
    contradicted: of(null, 'contradicted'),
    stored,
    removed,
    idle,
  }
}

export function markOf(entry: LogEntry, summary: EntrySummary, counts: Counts): Mark {
  if (counts.blocked + counts.notStored > 0) return 'blocked'
  if (counts.notSent > 0) return 'notSent'
  if (counts.contradicted + counts.unknown > 0) return 'doubt'
  if (entry.state === 'pending') return 'pending'
  if (summary.preflight) return 'none'
  if (summary.redirect) return 'redirect'
  return summary.stored + summary.removed + summary.idle + summary.sent > 0 ? 'ok' : 'none'
}

/** The mark in words. */
export const MARK_WORDS: Readonly<Record<Mark, string>> = {
  blocked: 'Cookie not stored',
  notSent: 'Cookie not sent',
  doubt: 'Unclear',
  ok: 'Cookies fine',
  none: 'No cookies',
  redirect: 'Redirect',
  pending: 'Waiting for the response',
}

/** The counts in words, the worst first. */
export function countWords(counts: Counts): { readonly kind: keyof Counts; readonly text: string }[] {
  const words: [keyof Counts, string][] = [
    ['blocked', 'blocked'],
    ['notStored', 'not stored'],
    ['contradicted', 'contradicted'],
    ['unknown', 'not known'],
    ['notSent', 'not sent'],
    ['stored', 'stored'],
    ['removed', 'removed'],
    ['idle', 'with nothing to remove'],
  ]
  return words.filter(([kind]) => counts[kind] > 0).map(([kind, word]) => ({ kind, text: `${counts[kind]} ${word}` }))
}
