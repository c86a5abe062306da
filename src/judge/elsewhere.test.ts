import { describe, expect, it } from 'vitest'
import type { Browser, Exchange, JudgeOptions, StoredCookie } from '../contract.ts'
import { differs, elsewhere, setDiffers } from './elsewhere.ts'
import { judge } from './judge.ts'

const now = Date.UTC(2026, 10, 21)

const exchangeOf = (lines: string[], over: Partial<Exchange> = {}): Exchange => ({
  url: 'https://shop.test/login',
  method: 'GET',
  resourceType: 'main_frame',
  initiator: null,
  frames: [],
  requestHeaders: [],
  status: 200,
  responseHeaders: lines.map((value) => ({ name: 'Set-Cookie', value })),
  time: now,
  ...over,
})

const cookieOf = (over: Partial<StoredCookie> = {}): StoredCookie => ({
  name: 'sid',
  value: 'hush',
  domain: 'shop.test',
  hostOnly: true,
  path: '/',
  secure: true,
  httpOnly: true,
  sameSite: 'unspecified',
  session: true,
  ...over,
})

/** A script of shop.test that asks an API of another site. */
const thirdParty: Partial<Exchange> = {
  url: 'https://api.other.test/',
  resourceType: 'xmlhttprequest',
  initiator: 'https://shop.test',
  frames: ['https://shop.test/'],
  credentials: 'include',
}

const seen = (exchange: Exchange, options: Partial<JudgeOptions> = {}) => {
  const browser: Browser = options.browser ?? 'chromium'
  const verdict = judge(exchange, { jar: [], ...options, browser })
  const there = elsewhere(exchange, verdict, browser)
  const shown = (all: { browser: Browser; outcome: string; reasons: { id: string }[] }[] | undefined) =>
    Object.fromEntries(
      (all ?? []).map((one) => [one.browser, [one.outcome, ...one.reasons.map(({ id }) => id)].join(' ')]),
    )
  return {
    verdict,
    there,
    line: shown(there.setCookies[0]),
    cookie: shown(there.cookies[0]),
    differs: differs(verdict, there),
  }
}

describe('a line', () => {
  it('that is plain is stored everywhere', () => {
    const { line, differs } = seen(exchangeOf(['sid=1; Secure; HttpOnly; SameSite=Lax']))
    expect([line, differs]).toEqual([{ firefox: 'stored', safari: 'stored' }, false])
  })

  it.each([
    ['foo', { firefox: 'stored', safari: 'blocked NamelessCookie' }, true],
    ['=x', { firefox: 'blocked NamelessCookie', safari: 'blocked NamelessCookie' }, true],
    ['sid=1; SameSite=None', { firefox: 'blocked SameSiteNoneInsecure', safari: 'stored' }, true],
    ['__Host-sid=1; Secure', { firefox: 'stored', safari: 'stored' }, true],
    ['__Host-sid=1; Path=/', { firefox: 'blocked InvalidPrefix', safari: 'blocked InvalidPrefix' }, false],
    ['sid="a;b"', { firefox: 'stored', safari: 'unknown UnverifiedReading' }, false],
    ['sid=1; Domain=other.test', { firefox: 'blocked InvalidDomain', safari: 'blocked InvalidDomain' }, false],
  ])('%s', (text, expected, otherwise) => {
    const { line, differs } = seen(exchangeOf([text]))
    expect([line, differs]).toEqual([expected, otherwise])
  })

  it('of a third party is stored for pages of one site in Firefox, and blocked in Safari', () => {
    const exchange = exchangeOf(['sid=1; Secure; SameSite=None'], thirdParty)
    const { line, there, verdict, differs } = seen(exchange, { thirdPartyCookies: 'allowed' })
    expect(line).toEqual({ firefox: 'stored', safari: 'blocked UserPreferences' })
    expect(there.setCookies[0]?.map(({ onlyUnder }) => onlyUnder)).toEqual(['https://shop.test', null])
    const [here] = verdict.setCookies
    expect(here && there.setCookies[0]?.map((one) => setDiffers(here, one))).toEqual([true, true])
    expect(differs).toBe(true)
  })

  it('is foretold from Firefox too, where nobody knows Chromium’s setting', () => {
    const { line, differs } = seen(exchangeOf(['sid=1; Secure; SameSite=None'], thirdParty), { browser: 'firefox' })
    expect(line).toEqual({ chromium: 'unknown UserPreferences', safari: 'blocked UserPreferences' })
    expect(differs).toBe(true)
  })

  it('is judged by what this browser’s headers told, not by its settings', () => {
    const exchange = exchangeOf(['sid=1; Secure; SameSite=None'], {
      ...thirdParty,
      credentials: 'unknown',
      requestHeaders: [
        { name: 'Sec-Fetch-Site', value: 'cross-site' },
        { name: 'Sec-Fetch-Mode', value: 'cors' },
        { name: 'Sec-Fetch-Storage-Access', value: 'active' },
      ],
    })
    expect(seen(exchange).line).toEqual({ firefox: 'stored', safari: 'blocked UserPreferences' })
    const omitted = { ...exchange, requestHeaders: exchange.requestHeaders.slice(0, 2) }
    expect(seen(omitted).line).toEqual({
      firefox: 'blocked CredentialsOmitted',
      safari: 'blocked CredentialsOmitted UserPreferences',
    })
  })
})

describe('a cookie', () => {
  const jarOf = (over: Partial<StoredCookie>) => ({ jar: [cookieOf(over)] })

  it('that is plain is sent everywhere', () => {
    const { cookie, differs } = seen(exchangeOf([]), jarOf({}))
    expect([cookie, differs]).toEqual([{ firefox: 'sent', safari: 'sent' }, false])
  })

  it('without SameSite goes with a cross-site POST in Firefox and Safari', () => {
    const post = exchangeOf([], { method: 'POST', initiator: 'https://idp.test' })
    const { cookie, differs } = seen(post, jarOf({ creation: now - 600_000 }))
    expect([cookie, differs]).toEqual([{ firefox: 'sent', safari: 'sent' }, true])
  })

  it('that is Secure stays behind in Safari on localhost', () => {
    const { cookie } = seen(exchangeOf([], { url: 'http://localhost:3000/' }), jarOf({ domain: 'localhost' }))
    expect(cookie).toEqual({ firefox: 'sent', safari: 'blocked SecureOnly' })
  })

  it('that the other browser would not have stored is not sent there', () => {
    const { cookie } = seen(exchangeOf([]), jarOf({ name: '' }))
    expect(cookie).toEqual({ firefox: 'sent', safari: 'blocked NamelessCookie' })
  })

  it('of a third party: nobody knows in which of Firefox’s jars it would be', () => {
    const cookie = { sameSite: 'no_restriction', domain: 'api.other.test' } as const
    const here = { ...jarOf(cookie), thirdPartyCookies: 'allowed' } as const
    expect(seen(exchangeOf([], thirdParty), here).cookie).toEqual({
      firefox: 'unknown PartitionKeyMismatch',
      safari: 'blocked UserPreferences',
    })
    // Whichever it is in, Strict does not go.
    const strict = { ...here, ...jarOf({ ...cookie, sameSite: 'strict' }) }
    expect(seen(exchangeOf([], thirdParty), strict).cookie['firefox']).toMatch(/^blocked .*SchemefulSameSiteStrict/)
  })

  it('of a partition that Firefox made is somewhere else in other browsers', () => {
    const partitionKey = { topLevelSite: 'https://shop.test' }
    const jar = [cookieOf({ sameSite: 'no_restriction', domain: 'api.other.test', partitionKey })]
    expect(seen(exchangeOf([], thirdParty), { browser: 'firefox', jar }).cookie['chromium']).toMatch(/^unknown/)
    // Without Secure it is not one that a line with Partitioned made.
    const local = { ...thirdParty, url: 'http://api.other.test/', frames: ['http://shop.test/'] }
    const plain = [cookieOf({ secure: false, domain: 'api.other.test', partitionKey })]
    expect(seen(exchangeOf([], local), { browser: 'firefox', jar: plain }).cookie['chromium']).not.toMatch(
      /Partitioned/,
    )
  })
})

it('gives one verdict for each of the other browsers, and leaves its input as it was', () => {
  const exchange = exchangeOf(['a=1', 'b=2; SameSite=None'])
  const jar = [cookieOf(), cookieOf({ name: 'other', sameSite: 'no_restriction', secure: false })]
  const verdict = judge(exchange, { browser: 'safari', jar })
  const before = structuredClone({ exchange, verdict })
  const { setCookies, cookies } = elsewhere(exchange, verdict, 'safari')
  expect({ exchange, verdict }).toEqual(before)
  expect([setCookies.length, cookies.length]).toEqual([2, 2])
  for (const each of [...setCookies, ...cookies])
    expect(each.map(({ browser }) => browser)).toEqual(['chromium', 'firefox'])
})

it('of a cookie of which only name and value are known nothing is foretold', () => {
  const exchange = exchangeOf([], thirdParty)
  const verdict = judge(exchange, { jar: [cookieOf({ domain: 'other.test' })], browser: 'chromium' })
  const [known] = verdict.cookies
  if (known === undefined) throw new Error('There is no cookie.')
  const there = elsewhere(exchange, { ...verdict, cookies: [{ ...known, attributesUnknown: true }, known] }, 'chromium')
  expect(there.cookies.map(({ length }) => length)).toEqual([0, 2])
})
