import { describe, expect, it } from 'vitest'
import type { Browser, StoredCookie } from '../contract.ts'
import { cookieOf, crossSite, exchangeOf, now, type RequestRow } from '../rules/testing.ts'
import { judgeObserved } from './judge-observed.ts'
import type { StoreChange, StoreEvidence } from './reconcile.ts'

/** A script that asks a sibling, with an empty jar: no header tells whether with credentials. */
const fetched = {
  ...crossSite,
  url: 'https://api.shop.test/login',
  credentials: 'unknown',
  requestHeaders: { 'Sec-Fetch-Mode': 'cors', 'Sec-Fetch-Site': 'same-site' },
} satisfies RequestRow
const of = (name: string, value: string, over: Partial<StoredCookie> = {}) =>
  cookieOf({ name, value, domain: 'api.shop.test', ...over })
const stored = (cookie: StoredCookie): StoreChange => ({ removed: false, cause: 'explicit', cookie, time: now })
const removed = (cookie: StoredCookie): StoreChange => ({
  removed: true,
  cause: 'expired_overwrite',
  cookie,
  time: now,
})

const run = (
  lines: string[],
  evidence: Partial<StoreEvidence>,
  row: RequestRow = {},
  browser: Browser = 'chromium',
) => {
  const exchange = exchangeOf({ ...fetched, ...row })
  exchange.responseHeaders = lines.map((value) => ({ name: 'Set-Cookie', value }))
  const jarBefore = evidence.jarBefore ?? []
  const result = judgeObserved(
    exchange,
    { browser, jar: [...jarBefore], thirdPartyCookies: row.thirdPartyCookies ?? 'allowed' },
    { changes: [], jarBefore, jarAfter: jarBefore, settled: true, ...evidence },
  )
  return {
    credentials: result.exchange.credentials,
    sets: result.verdict.setCookies.map(({ outcome, reasons }, index) => {
      const observed = result.observed.find((one) => one.operation === 'set' && one.index === index)
      return [outcome, reasons.map(({ id }) => id).join(), observed?.agreement]
    }),
  }
}
const stays = ['stored', '', 'confirmed']
const ignored = ['blocked', 'CredentialsOmitted', 'confirmed']
const open = ['unknown', 'CredentialsOmitted', 'predicted']

describe('credentials that no header tells', () => {
  it('were there if a line of the answer was stored', () => {
    const cookie = of('a', '1')
    expect(run(['a=1', 'b=2'], { changes: [stored(cookie), stored(of('b', '2'))] })).toEqual({
      credentials: 'include',
      sets: [stays, stays],
    })
    // Then what did not come is unexplained.
    expect(run(['a=1', 'b=2'], { changes: [stored(cookie)], jarAfter: [cookie] }).sets[1]).toEqual([
      'stored',
      '',
      'unexplained',
    ])
    expect(run(['a=caf\u00c3\u00a9'], { changes: [stored(of('a', 'caf\u00e9'))] }).credentials).toBe('include')
  })

  it('were not if none was', () => {
    expect(run(['a=1', 'b=2'], {})).toEqual({ credentials: 'omit', sets: [ignored, ignored] })
    expect(
      run(['a=1'], { changes: [stored(of('a', '2')), stored(of('x', '1')), removed(of('a', '1'))] }).credentials,
    ).toBe('omit')
  })

  it('stay open where the browser does not tell of a write that changes nothing', () => {
    const there = of('a', '1')
    const settled = { jarAfter: [there] }
    expect(run(['a=1'], settled).credentials).toBe('omit')
    expect(run(['a=1'], settled, {}, 'firefox').credentials).toBe('unknown')
    // Another value, or one that is kept for a time, would have been told.
    expect(run(['a=2'], settled, {}, 'firefox').credentials).toBe('omit')
    expect(run(['a=1; Max-Age=60'], settled, {}, 'firefox').credentials).toBe('omit')
  })

  it('stay open where another may have written it', () => {
    expect(run(['a=1'], { changes: [{ ...stored(of('a', '1')), doubtful: true }] })).toEqual({
      credentials: 'unknown',
      sets: [open],
    })
  })

  it('stay open until the store has answered', () => {
    expect(run(['a=1'], { settled: false, jarAfter: null })).toEqual({ credentials: 'unknown', sets: [open] })
  })

  it('stay open where all that the answer did was to delete what was not there', () => {
    expect(run(['a=; Max-Age=0'], {})).toEqual({ credentials: 'unknown', sets: [open] })
    expect(run([], {})).toEqual({ credentials: 'unknown', sets: [] })
  })

  it('are told by a deletion of what was there', () => {
    const old = of('a', 'old', { path: '/x' })
    const line = 'a=; Max-Age=0; Path=/x'
    expect(run([line], { jarBefore: [old], jarAfter: [], changes: [removed(old)] })).toEqual({
      credentials: 'include',
      sets: [['removed', '', 'confirmed']],
    })
    expect(run([line], { jarBefore: [old], jarAfter: [old] })).toEqual({ credentials: 'omit', sets: [ignored] })
  })

  it('are told by lines that only they leave open', () => {
    expect(run(['a=1; SameSite=None', '__Host-b=1'], {}).credentials).toBe('unknown')
    expect(run(['a=1', '__Host-b=1'], {}).sets.map(([outcome]) => outcome)).toEqual(['blocked', 'blocked'])
    const third = { url: 'https://api.other.test/', thirdPartyCookies: 'unknown', requestHeaders: {} } as const
    expect(run(['a=1; SameSite=None; Secure'], {}, third)).toEqual({
      credentials: 'unknown',
      sets: [['unknown', 'CredentialsOmitted,UserPreferences', 'predicted']],
    })
  })

  it('are as stated where they are', () => {
    expect(run(['a=1'], {}, { credentials: 'include' })).toEqual({
      credentials: 'include',
      sets: [['stored', '', 'unexplained']],
    })
    expect(run(['a=1'], { changes: [stored(of('a', '1'))] }, { credentials: 'omit' }).sets).toEqual([
      ['blocked', 'CredentialsOmitted', 'contradicted'],
    ])
  })
})

it('hands back the exchange as it was given where nothing was open', () => {
  const exchange = exchangeOf({})
  const { exchange: judged, observed } = judgeObserved(
    exchange,
    { browser: 'chromium', jar: [] },
    { changes: [], jarBefore: [], jarAfter: [], settled: true },
  )
  expect(judged).toBe(exchange)
  expect(observed).toEqual([])
})

it('throws as judge does', () => {
  const evidence = { changes: [], jarBefore: [], jarAfter: [], settled: true }
  expect(() => judgeObserved({ ...exchangeOf({}), url: 'x' }, { browser: 'chromium', jar: [] }, evidence)).toThrow(
    /^exchange\.url/,
  )
})
