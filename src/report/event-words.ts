import type { Gap, ReportExchange, StoreWrite } from '../contract.ts'
import { timesText } from '../remedies/words.ts'

/** Of a request that recording's end cut off. */
export const UNFINISHED = 'not seen to its end'

/** The status of a response, or why there is none. */
export function answerText({ status, unfinished }: Pick<ReportExchange, 'status' | 'unfinished'>): string {
  if (status > 0) return String(status)
  return unfinished === true ? UNFINISHED : 'no response'
}

/** No script can write or remove what is HttpOnly. */
const byWhom = (writes: readonly Write[]): string =>
  writes.every(({ cookie }) => cookie?.httpOnly === true)
    ? 'by another tab, an extension or the browser'
    : 'by script or by the browser'

type Write = Pick<StoreWrite, 'removed' | 'cause'> & { readonly cookie?: Pick<StoreWrite['cookie'], 'httpOnly'> }

/** What became of a cookie in writes of the store that follow each other: `written 34 times by script or by the browser`. */
export function writesText(writes: readonly Write[]): string {
  const by = byWhom(writes)
  const written = writes.filter(({ removed }) => !removed).length
  const removals = writes.filter(({ removed }) => removed)
  const last = removals.at(-1)
  if (last === undefined) return written === 1 ? `written ${by}` : `written ${timesText(written)} ${by}`
  if (written > 0) return `written ${timesText(written)}, removed ${timesText(removals.length)} ${by}`
  const how = removalText(last.cause, by)
  return removals.length === 1 ? how : `${how}, ${timesText(removals.length)}`
}

function removalText(cause: string, by: string): string {
  switch (cause) {
    case 'expired':
      return 'expired'
    case 'evicted':
      return 'evicted to make room'
    case 'expired_overwrite':
      return `removed ${by}, with an expiry date in the past`
    default:
      return `removed ${by}`
  }
}

/**
 * In which time exchanges are missing, and why: `Not recording 12:04:31 to 12:05:10 (39 s)`. `clock` writes a time, `named`
 * a host.
 */
export function gapText(gap: Gap, clock: (epochMs: number) => string, named = (host: string) => host): string {
  const { kind, from, to, exchanges } = gap
  const span = spanText(from, to, clock)
  const missed = exchanges === null || exchanges === 0 ? '' : `: ${countText(exchanges, 'request')} missed`
  switch (kind) {
    case 'not-recording':
      return `Not recording ${span}${missed}`
    case 'no-host-access':
      return gap.hosts === undefined
        ? `The extension could not see this site ${span}${missed}`
        : `No access to ${hostsText(gap.hosts.map(named))}: requests to and from there were not seen ${span}`
    case 'tab-crashed':
      return `The tab crashed, nothing recorded ${span}${missed}`
    case 'connection-lost':
      return `The extension was reloaded, nothing recorded ${span}${missed}`
    case 'interrupted':
      return `The browser interrupted the extension, nothing recorded ${span}${missed}`
    case 'capacity':
      return capacityText(gap)
  }
}

/** Hosts that are named, before the rest is only counted. */
const NAMED = 3

function hostsText(hosts: readonly string[]): string {
  const rest = hosts.length - NAMED
  const parts = rest > 1 ? [...hosts.slice(0, NAMED), `${rest} other hosts`] : [...hosts]
  const last = parts.pop() ?? ''
  return parts.length === 0 ? last : `${parts.join(', ')} and ${last}`
}

function spanText(from: number, to: number | null, clock: (epochMs: number) => string): string {
  if (to === null) return `since ${clock(from)}`
  const [start, end] = [clock(from), clock(to)]
  return start === end ? `at ${start}` : `${start} to ${end} (${durationText(to - from)})`
}

function capacityText({ exchanges, storeWrites = 0 }: Gap): string {
  const requests = (exchanges ?? 0) > 0 ? [countText(exchanges ?? 0, 'older request')] : []
  const writes = storeWrites > 0 ? [countText(storeWrites, 'older store write')] : []
  const all = [...requests, ...writes]
  if (all.length === 0) return 'Older marks like this one were given up to save memory'
  const verb = (exchanges ?? 0) + storeWrites === 1 ? 'was' : 'were'
  const first = requests.length > 0 ? ', those without a problem first' : ''
  return `${all.join(' and ')} ${verb} given up to save memory${first}`
}

function countText(n: number, one: string): string {
  return `${n.toLocaleString('en-GB')} ${one}${n === 1 ? '' : 's'}`
}

/** `39 s`, `12 min`, `3 h 5 min`. */
export function durationText(ms: number): string {
  const seconds = Math.round(ms / 1000)
  if (seconds < 100) return `${Math.max(1, seconds)} s`
  const minutes = Math.round(seconds / 60)
  if (minutes < 100) return `${minutes} min`
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}
