import type { Report } from '../contract.ts'

/** The contract's order of reading. Fields added later come after these, by name. */
const ORDER = [
  ...['schema', 'id', 'operation', 'index', 'agreement', 'evidence', 'line', 'outcome', 'name', 'version', 'value'],
  ...[
    'mark',
    'rank',
    'title',
    'explanation',
    'detail',
    'matters',
    'changes',
    'snippets',
    'check',
    'confidence',
    'part',
    'start',
    'end',
    'fix',
    'setCookie',
    'notes',
    'spec',
  ],
  ...['generator', 'browser', 'created', 'page', 'redacted', 'thirdPartyCookies'],
  ...['url', 'method', 'resourceType', 'initiator', 'frames', 'redirectChain', 'credentials'],
  ...['requestHeaders', 'status', 'responseHeaders', 'time', 'verdict', 'observed', 'unfinished', 'fromCache', 'error'],
  ...['kind', 'from', 'to', 'removed', 'cause', 'setCookies', 'cookies', 'cookie', 'reasons', 'warnings', 'exchanges'],
  ...['login', 'picked', 'why', 'sentence', 'steps', 'parties', 'arrows', 'arrowsLeftOut', 'checks'],
  ...['exchange', 'party', 'label', 'sent', 'set', 'broken', 'fate'],
  ...['change', 'stack', 'file', 'language', 'lines', 'note', 'docs'],
  ...['storeWrites', 'gaps', 'diagnoses', 'story'],
  ...['domain', 'hostOnly', 'path', 'secure', 'httpOnly', 'sameSite', 'session', 'expirationDate'],
  ...['partitionKey', 'topLevelSite', 'hasCrossSiteAncestor', 'creation'],
]
const RANK = new Map(ORDER.map((key, rank) => [key, rank]))

/** The report file: the same report gives the same text, whatever order its fields were made in. */
export function toJson(report: Report): string {
  return `${JSON.stringify(report, inOrder, 2)}\n`
}

function inOrder(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  const rank = (key: string) => RANK.get(key) ?? ORDER.length
  const entries = Object.entries(value)
  entries.sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1))
  return Object.fromEntries(entries)
}
