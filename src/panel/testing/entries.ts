import type {
  Agreement,
  CookieVerdict,
  Exchange,
  Observed,
  SetCookieVerdict,
  StoredCookie,
  StoreWrite,
} from '../../contract.ts'
import type { LogEntry } from '../session.ts'

/** Entries for the tests of the panel's views. */

export const cookieOf = (name: string, over: Partial<StoredCookie> = {}): StoredCookie => ({
  name,
  value: 'v',
  domain: 'shop.test',
  hostOnly: true,
  path: '/',
  secure: true,
  httpOnly: true,
  sameSite: 'lax',
  session: true,
  ...over,
})

export const setOf = (name: string, outcome: SetCookieVerdict['outcome']): SetCookieVerdict => ({
  line: `${name}=v; Path=/`,
  cookie: cookieOf(name),
  outcome,
  reasons: outcome === 'blocked' ? [{ id: 'SecureOnly', title: '', explanation: '', spec: '5.7' }] : [],
  warnings: [],
})

export const sendOf = (name: string, outcome: CookieVerdict['outcome']): CookieVerdict => ({
  cookie: cookieOf(name),
  outcome,
  reasons: outcome === 'blocked' ? [{ id: 'SchemefulSameSiteLax', title: '', explanation: '', spec: '5.2' }] : [],
})

export const seenOf = (operation: Observed['operation'], index: number, agreement: Agreement): Observed => ({
  operation,
  index,
  agreement,
  evidence: '',
})

interface Draft extends Partial<Omit<LogEntry, 'exchange' | 'verdict'>> {
  sets?: SetCookieVerdict[]
  cookies?: CookieVerdict[]
  exchange?: Partial<Exchange>
}

export const entryOf = (id: string, { sets = [], cookies = [], exchange, ...rest }: Draft = {}): LogEntry => ({
  id,
  exchange: {
    url: `https://shop.test/${id}`,
    method: 'GET',
    resourceType: 'xmlhttprequest',
    initiator: 'https://shop.test',
    frames: ['https://shop.test/'],
    requestHeaders: [],
    status: 200,
    responseHeaders: [],
    time: 0,
    ...exchange,
  },
  verdict: { setCookies: sets, cookies },
  observed: [],
  state: 'complete',
  fromCache: false,
  started: 0,
  ...rest,
})

export const writeOf = (id: string, time: number, over: Partial<StoreWrite> = {}): StoreWrite => ({
  id,
  time,
  removed: false,
  cause: 'explicit',
  cookie: cookieOf('sid'),
  ...over,
})
