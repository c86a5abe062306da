import type {
  Gap,
  Observed,
  Reason,
  ReportExchange,
  SetCookieVerdict,
  StoredCookie,
  StoreWrite,
} from '../../contract.ts'
import type { ReportInput } from '../report.ts'

/** Parts of a report for tests, each with what the test does not care about filled in. */

export const cookieOf = (name: string, value: string, over: Partial<StoredCookie> = {}): StoredCookie => ({
  name,
  value,
  domain: 'api.shop.test',
  hostOnly: true,
  path: '/',
  secure: true,
  httpOnly: true,
  sameSite: 'lax',
  session: true,
  ...over,
})

export const reasonOf = (id: string, over: Partial<Reason> = {}): Reason => ({
  id,
  title: `${id} holds`,
  explanation: `Something about ${id}.`,
  spec: 'RFC 6265bis 5.7',
  ...over,
})

export const lineOf = (line: string, over: Partial<SetCookieVerdict> = {}): SetCookieVerdict => {
  const [, name = '', value = ''] = /^([^=;]*)=([^;]*)/.exec(line) ?? []
  return { line, cookie: cookieOf(name, value), outcome: 'stored', reasons: [], warnings: [], ...over }
}

export const observedOf = (over: Partial<Observed> = {}): Observed => ({
  operation: 'set',
  index: 0,
  agreement: 'confirmed',
  evidence: 'never appeared in the store',
  ...over,
})

export const exchangeOf = (over: Partial<ReportExchange> = {}): ReportExchange => ({
  id: '1',
  url: 'https://api.shop.test/login',
  method: 'POST',
  resourceType: 'xmlhttprequest',
  initiator: 'https://app.shop.test',
  frames: ['https://app.shop.test/'],
  requestHeaders: [],
  status: 200,
  responseHeaders: [],
  time: 1_795_000_000_000,
  verdict: { setCookies: [], cookies: [] },
  observed: [],
  ...over,
})

export const storeWriteOf = (over: Partial<StoreWrite> = {}): StoreWrite => ({
  id: 'w1',
  time: 1_795_000_000_000,
  removed: false,
  cause: 'explicit',
  cookie: cookieOf('theme', 'dark'),
  ...over,
})

export const gapOf = (over: Partial<Gap> = {}): Gap => ({
  id: 'g1',
  kind: 'not-recording',
  from: 1_795_000_000_000,
  to: 1_795_000_039_000,
  exchanges: null,
  ...over,
})

export const inputOf = (entries: readonly ReportExchange[], over: Partial<ReportInput> = {}): ReportInput => ({
  entries,
  browser: { name: 'chromium', version: '156.0.7000.1' },
  page: 'https://app.shop.test/',
  thirdPartyCookies: 'allowed',
  created: new Date('2026-11-21T05:32:00Z'),
  generator: { name: 'cookie-verdict', version: '0.1.0' },
  ...over,
})
