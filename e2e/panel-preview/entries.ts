import type {
  Agreement,
  CookieVerdict,
  Exchange,
  Observed,
  Reason,
  SetCookieVerdict,
  StoredCookie,
  StoreWrite,
} from '../../src/contract.ts'
import type { LogEntry } from '../../src/panel/session.ts'

/** Short ways to write the entries of a made-up log. */

/** When the made-up log begins. */
export const START = new Date(2026, 10, 21, 12, 4, 33, 120).getTime()

export const SECRET = 'k3J9xQ2mLw8vT5rYb7Nc1Za4Hd6Sf0Pe'

export function cookie(name: string, over: Partial<StoredCookie> = {}): StoredCookie {
  return {
    name,
    value: SECRET,
    domain: 'api.shop.test',
    hostOnly: true,
    path: '/',
    secure: true,
    httpOnly: true,
    sameSite: 'lax',
    session: true,
    ...over,
  }
}

interface LineDraft {
  outcome?: SetCookieVerdict['outcome']
  reasons?: Reason[]
  warnings?: Reason[]
  cookie?: Partial<StoredCookie> | null
}

export function line(text: string, draft: LineDraft = {}): SetCookieVerdict {
  const [pair = ''] = text.split(';')
  const name = pair.slice(0, Math.max(0, pair.indexOf('=')))
  return {
    line: text,
    cookie: draft.cookie === null ? null : cookie(name, { value: pair.slice(pair.indexOf('=') + 1), ...draft.cookie }),
    outcome: draft.outcome ?? (draft.reasons ? 'blocked' : 'stored'),
    reasons: draft.reasons ?? [],
    warnings: draft.warnings ?? [],
  }
}

/** `part` is looked up in the line. */
export function reason(
  id: string,
  text: string,
  over: Partial<Reason> & { in?: [line: string, part: string] } = {},
): Reason {
  const { in: place, ...rest } = over
  const [title = '', ...more] = text.split(' | ')
  const start = place ? place[0].lastIndexOf(place[1]) : -1
  return {
    id,
    title,
    explanation: more.join(' '),
    spec: 'RFC 6265bis 5.7',
    ...(place ? { part: { start, end: start + place[1].length } } : {}),
    ...rest,
  }
}

export function sent(name: string, over: Partial<StoredCookie> = {}): CookieVerdict {
  return { cookie: cookie(name, over), outcome: 'sent', reasons: [] }
}

export function withheld(name: string, reasons: Reason[], over: Partial<StoredCookie> = {}): CookieVerdict {
  return { cookie: cookie(name, over), outcome: 'blocked', reasons }
}

export function seen(
  operation: Observed['operation'],
  index: number,
  agreement: Agreement,
  evidence: string,
): Observed {
  return { operation, index, agreement, evidence }
}

export interface EntryDraft extends Partial<Pick<LogEntry, 'state' | 'error' | 'fromCache' | 'started'>> {
  sets?: SetCookieVerdict[]
  cookies?: CookieVerdict[]
  observed?: Observed[]
  exchange?: Partial<Exchange>
}

export function entry(id: string, request: string, status: number, draft: EntryDraft = {}): LogEntry {
  const [method = 'GET', url = ''] = request.split(' ')
  const { sets = [], cookies = [], observed = [], exchange, ...rest } = draft
  const started = START + Number.parseInt(id.replace(/\D/g, '') || '0', 10) * 173
  return {
    id,
    started,
    exchange: {
      url,
      method,
      resourceType: 'xmlhttprequest',
      initiator: 'https://app.shop.test',
      frames: ['https://app.shop.test/login'],
      requestHeaders: [],
      status,
      responseHeaders: [],
      time: started + 40,
      ...exchange,
    },
    verdict: { setCookies: sets, cookies },
    observed,
    state: 'complete',
    fromCache: false,
    ...rest,
  }
}

/** @param after milliseconds after the log began; the cause of a removal makes it one */
export function write(
  id: string,
  after: number,
  name: string,
  over: Partial<StoredCookie> = {},
  removedBy?: string,
): StoreWrite {
  const removed = removedBy !== undefined
  return { id, time: START + after, removed, cause: removedBy ?? 'explicit', cookie: cookie(name, over) }
}
