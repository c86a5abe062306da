import { describe, expect, it } from 'vitest'
import { profiles } from '../browsers/index.ts'
import type { Exchange, StoredCookie } from '../contract.ts'
import { judge } from './index.ts'

const exchangeOf = (line: string | null, over: Partial<Exchange> = {}): Exchange => ({
  url: 'https://shop.test/login',
  method: 'GET',
  resourceType: 'main_frame',
  initiator: null,
  frames: [],
  requestHeaders: [],
  status: 200,
  responseHeaders: line === null ? [] : [{ name: 'Set-Cookie', value: line }],
  time: Date.UTC(2026, 10, 21),
  ...over,
})

const verdictOf = (line: string, over: Partial<Exchange> = {}) => {
  const [verdict] = judge(exchangeOf(line, over), { browser: 'safari', jar: [] }).setCookies
  if (verdict === undefined) throw new Error('no verdict')
  return { ...verdict, ids: verdict.reasons.map(({ id }) => id) }
}

const thirdParty: Partial<Exchange> = {
  url: 'https://api.other.test/',
  resourceType: 'xmlhttprequest',
  initiator: 'https://shop.test',
  frames: ['https://shop.test/'],
  credentials: 'include',
}
const plain = { url: 'http://shop.test/' }

it('has a source for each value of Safari’s that is known, and no verdict by the rest', () => {
  const safari = profiles.find(({ browser }) => browser === 'safari')
  for (const [key, source] of Object.entries(safari?.sources ?? {})) {
    if (safari?.unknown.has(key)) expect(source).toBe('no source')
    else expect(source, key).toMatch(/WebKit|MDN/)
  }
  for (const { browser, unknown, alternatives, unverified } of profiles) {
    if (browser !== 'safari') expect([unknown.size, alternatives.length, unverified.size]).toEqual([0, 0, 0])
  }
})

describe('Safari, foretold', () => {
  it.each([
    ['sid=abcdef; Path=/; Secure; HttpOnly; SameSite=Lax', {}, 'stored', []],
    ['sid=abcdef; SameSite=None', {}, 'stored', []],
    ['sid=abcdef; Max-Age=0', {}, 'removed', []],
    ['sid=abcdef; Expires=Wed, 21 Oct 2037 07:28:00 GMT', {}, 'stored', []],
    ['__HOST-sid=abcdef', {}, 'stored', []],
    ['__Http-sid=abcdef', {}, 'stored', []],
    ['__Host-sid=abcdef', {}, 'blocked', ['InvalidPrefix']],
    ['abcdef', {}, 'blocked', ['NamelessCookie']],
    ['sid=abcdef; Domain=other.test', {}, 'blocked', ['InvalidDomain']],
    ['sid=abcdef; SameSite=Strict', thirdParty, 'blocked', ['UserPreferences']],
    ['sid=abcdef; SameSite=Lax', { ...thirdParty, url: 'http://api.shop.test/' }, 'stored', []],
    ['sid=abcdef', { ...thirdParty, credentials: 'omit' }, 'blocked', ['CredentialsOmitted', 'UserPreferences']],
  ] as const)('%s: certain', (line, over, outcome, ids) => {
    const verdict = verdictOf(line, { ...over })
    expect([verdict.outcome, verdict.ids]).toEqual([outcome, ids])
  })

  it.each([
    // Values that are not known.
    ['sid=abcdef; Max-Age=-', {}, 'UnverifiedReading'],
    ['sid=abcdef; Expires=1 Jan 2020', {}, 'UnverifiedReading'],
    ['sid=abcdef; Secure; Partitioned; SameSite=None', thirdParty, 'UserPreferences'],
    [`sid=abcdef`, { url: `https://shop.test/${'x'.repeat(1100)}/` }, 'DefaultPathExceedsMaxSize'],
    // Rules that were never seen at work.
    ['sid=abcdef; Secure', plain, 'SecureOnly'],
    ['sid=abcdef; Partitioned', {}, 'InvalidPartitioned'],
    ['sid=abcdef; Domain=test', {}, 'InvalidDomain'],
    // Lines that it reads in a way of its own.
    ['sid="a;b"', {}, 'UnverifiedReading'],
    ['sid=a, b', {}, 'UnverifiedReading'],
  ])('%s: not certain', (line, over, id) => {
    const { outcome, ids, reasons } = verdictOf(line, { ...over })
    expect([outcome, ids]).toEqual(['unknown', [id]])
    for (const { title, explanation } of reasons) {
      expect(title).toMatch(/^Not certain: \S/)
      expect(title.length).toBeLessThan(120)
      expect(explanation).toMatch(/^What this browser does here is not known/)
    }
  })

  it('is certain of a cookie that is sent, and not of one that only some partition would send', () => {
    const cookie: StoredCookie = {
      name: 'sid',
      value: 'x',
      domain: 'shop.test',
      hostOnly: true,
      path: '/',
      secure: true,
      httpOnly: true,
      sameSite: 'lax',
      session: true,
    }
    const other = { ...cookie, name: 'other', partitionKey: { topLevelSite: 'https://other.test' } }
    const { cookies } = judge(exchangeOf(null), { browser: 'safari', jar: [cookie, other] })
    expect(cookies.map(({ cookie: { name }, outcome }) => [name, outcome])).toEqual([
      ['sid', 'sent'],
      ['other', 'unknown'],
    ])
    const local = { ...cookie, domain: 'localhost' }
    const onLocal = judge(exchangeOf(null, { url: 'http://localhost:3000/' }), { browser: 'safari', jar: [local] })
    expect(onLocal.cookies.map(({ outcome, reasons }) => [outcome, reasons.map(({ id }) => id)])).toEqual([
      ['blocked', ['SecureOnly']],
    ])
  })

  it('warns of what is certain only', () => {
    expect(verdictOf('sid=abcdef; Secure=false').warnings.map(({ id }) => id)).toEqual(['FlagWithValue'])
    expect(verdictOf('sid=abcdef; Max-Age=99999999999').warnings).toEqual([])
  })
})
