import type { Browser, Exchange, StoredCookie } from '../../src/contract.ts'
import { encodeUtf8 } from '../../src/cookie/bytes.ts'
import { sameKey } from '../../src/cookie/store.ts'
import { applyVerdict, judge } from '../../src/judge/index.ts'

export type Observed = {
  agrees: boolean
  cookieHeader?: string | null
  stored?: boolean
  domain?: string
  gets?: (string | null)[]
  sent?: string[]
  as?: 'session' | 'expired' | 'future'
  notRun?: string
  reasons?: string[]
}
export type Case = { id: string; observed: Record<string, Observed | undefined>; now?: string }
export type Lines = { setCookie: string[]; setCookieBase64?: string[] }
export type LineCase = Case &
  Lines & {
    requestUrl: string
    via?: string
    sendUrl: string
    expectedCookieHeader?: string | null
    expected?: { stored?: boolean; domain?: string; hostOnly?: boolean }
  }
export type Step = {
  set?: Lines & { url: string; via: string }
  get?: { url: string; via: string; expectedCookieHeader?: string | null; expectedContains?: string[] }
}
export type StepCase = Case & { steps: Step[] }
export const now = Date.parse('2026-11-21T00:00:00Z')

export const exchangeTo = (url: string, over: Partial<Exchange>): Exchange => ({
  url,
  method: 'GET',
  resourceType: 'main_frame',
  initiator: null,
  frames: [],
  requestHeaders: [],
  status: 200,
  responseHeaders: [],
  time: now,
  ...over,
})

const wire = ({ setCookie, setCookieBase64 }: Lines): string[] =>
  setCookieBase64 === undefined
    ? setCookie.map(encodeUtf8)
    : setCookieBase64.map((line) => Buffer.from(line, 'base64').toString('latin1'))

/**
 * A script can neither make an HttpOnly cookie nor write over one; else its writes are stored as a response's are.
 * @returns the jar after the lines, and what each was judged to be
 */
export const setLines = (browser: Browser, jar: StoredCookie[], url: string, lines: Lines, via: string) => {
  const kept = wire(lines).filter((line) => via === 'http' || !/;\s*httponly|^\s*__(host-)?http-/i.test(line))
  const responseHeaders = kept.map((value) => ({ name: 'Set-Cookie', value }))
  const verdict = judge(exchangeTo(url, { responseHeaders }), { browser, jar })
  const setCookies = verdict.setCookies.filter(
    ({ cookie }) => via === 'http' || !jar.some((old) => old.httpOnly && cookie !== null && sameKey(old, cookie)),
  )
  return { jar: applyVerdict(jar, { ...verdict, setCookies }, browser), setCookies }
}
