import { expect, it } from 'vitest'
import type { Exchange, ExchangeVerdict, JudgeOptions, ReportExchange, StoredCookie } from '../contract.ts'
import { judge } from '../judge/index.ts'
import { toReport } from './report.ts'
import { cookieOf, inputOf } from './testing/build.ts'
import { Random } from './testing/random.ts'
import { validateReport } from './validate.ts'

/** A report is a replayable test case: redacted, it judges to what it judged to before. */

const random = new Random(156)

const value = (): string => {
  switch (random.integer(12)) {
    case 0:
      return ''
    case 1:
      return random.text('ab"= \t', random.integer(8))
    case 2:
      return random.pick(['__Secure-', '__host-', '__Host-Http-', '__Http-x']) + random.text('ab=', 3)
    case 3:
      return `a${random.pick(['\x00', '\x01', '\t', '\x7f', '\n', '\r'])}b${random.text('ab', 4)}`
    case 4:
      return random.text('\xc3\xa9\xff\x80ab', 6)
    case 5:
      return 'v'.repeat(4080 + random.integer(24))
    case 6:
      return `1, other=${random.text('abc', 6)}`
    case 7:
      return `${random.text('abc', 3)};${random.text('def', 3)}`
    default:
      return random.text('abcdefXYZ0123456789-_.~%', 1 + random.integer(40))
  }
}
/** With a token that redaction takes out of it. */
const LINK = '/verify/44c7364d17b2df2a411e32ee9c15f52e9eb09712'

const name = (): string =>
  random.pick(['sid', 'sid', 'csrf', '__Host-sid', '__Secure-sid', '', '=', 'a\x01', 'caf\xc3\xa9', 'sid '])
const attribute = (): string =>
  random.pick([
    ...['Secure', 'HttpOnly', 'Partitioned', 'SameSite=None', 'SameSite=Lax', 'SameSite=Strict', 'SameSite=foo'],
    ...[
      'Path=/',
      'Path=/account',
      'Path=x',
      `Path=${LINK}`,
      `Path=${LINK}/`,
      `Path=${LINK.slice(0, -1)}`,
      'Domain=shop.test',
      'Domain=other.test',
      'Domain=test',
      'Domain=',
    ],
    ...['Max-Age=60', 'Max-Age=0', 'Max-Age=1.5', 'Expires=Wed, 21 Oct 2015 07:28:00 GMT', 'Expires=soon'],
    ...[
      'foo=bar',
      'foo',
      'secure=no',
      'Same-Site=None',
      `Path=/${'p'.repeat(1100)}`,
      'x=\x02',
      '',
      `Path=/, b=${value()}`,
    ],
  ])
const line = (): string => {
  const pair = random.chance(0.1) ? value() : `${name()}=${value()}`
  return [pair, ...Array.from({ length: random.integer(5) }, attribute)].join(random.pick([';', '; ', ' ; ']))
}

const hosts = [
  'https://app.shop.test',
  'https://api.shop.test',
  'http://app.shop.test',
  'https://other.test',
  'http://localhost:8080',
]
const url = (): string =>
  `${random.pick(hosts)}${random.pick(['/', '/account/login', '/a;jsessionid=0123456789ABC/b', '/eyJhbGciOiJIUzI1NiJ9.eyJz.s/x', LINK, `${LINK}/x`])}${random.pick(['', '?q=1', '?code=abc#x'])}`

const jarCookie = (): StoredCookie => {
  const hostOnly = random.chance(0.5)
  return cookieOf(random.pick(['sid', 'csrf', '__Host-sid', '']), value().replace(/;.*/, ''), {
    domain: random.pick(hostOnly ? ['app.shop.test', 'api.shop.test', 'localhost'] : ['.shop.test', '.app.shop.test']),
    hostOnly,
    path: random.pick([
      '/',
      '/account',
      '/a;jsessionid=0123456789ABC',
      '/eyJhbGciOiJIUzI1NiJ9.eyJz.s',
      LINK,
      `${LINK}/`,
    ]),
    secure: random.chance(0.5),
    sameSite: random.pick(['no_restriction', 'lax', 'strict', 'unspecified']),
    ...(random.chance(0.2) && { partitionKey: { topLevelSite: 'https://shop.test', hasCrossSiteAncestor: false } }),
    ...(random.chance(0.5) && { creation: 1_795_000_000_000 - random.integer(300_000) }),
  })
}

const exchange = (jar: readonly StoredCookie[]): Exchange => {
  const resourceType = random.pick(['main_frame', 'sub_frame', 'xmlhttprequest', 'image'])
  const initiator = random.pick([null, 'null', ...hosts])
  const requestHeaders = [{ name: 'User-Agent', value: 'Mozilla/5.0' }]
  if (random.chance(0.6)) {
    const pairs = jar.filter(() => random.chance(0.7)).map((cookie) => `${cookie.name}=${cookie.value}`)
    requestHeaders.push({ name: 'Cookie', value: pairs.join('; ') })
  }
  if (random.chance(0.3)) requestHeaders.push({ name: 'Sec-Fetch-Site', value: 'cross-site' })
  if (random.chance(0.3)) {
    requestHeaders.push({ name: 'Sec-Fetch-Storage-Access', value: random.pick(['none', 'active']) })
  }
  return {
    url: url(),
    method: random.pick(['GET', 'POST', 'OPTIONS']),
    resourceType,
    initiator,
    frames: resourceType === 'main_frame' ? [] : [url(), ...(random.chance(0.3) ? [url()] : [])],
    ...(random.chance(0.3) && { redirectChain: [url()] }),
    ...(random.chance(0.3) && { credentials: random.pick(['include', 'omit', 'unknown'] as const) }),
    requestHeaders,
    status: 200,
    responseHeaders: Array.from({ length: random.integer(4) }, () => ({ name: 'Set-Cookie', value: line() })),
    time: 1_795_000_000_000,
  }
}

/** The verdict as it is held against browsers; sentences may tell a JWT from another long value, so they are left out. */
const essence = ({ setCookies, cookies }: ExchangeVerdict) => ({
  setCookies: setCookies.map(({ line, cookie, outcome, reasons, warnings }) => ({
    line,
    cookie,
    outcome,
    reasons: reasons.map(({ id, part }) => ({ id, part })),
    warnings: warnings.map(({ id, part }) => ({ id, part })),
  })),
  cookies: cookies.map(({ cookie, outcome, reasons }) => ({ cookie, outcome, reasons: reasons.map(({ id }) => id) })),
})

it('judges to the same verdicts after redaction', async () => {
  const seen = { blocked: 0, stored: 0, withheld: 0 }
  for (let round = 0; round < 1000; round++) {
    const jar = Array.from({ length: random.integer(5) }, jarCookie)
    const options: JudgeOptions = {
      browser: 'chromium',
      jar,
      thirdPartyCookies: random.pick(['allowed', 'blocked', 'unknown']),
    }
    const one = exchange(jar)
    const verdict = judge(one, options)
    const entry: ReportExchange = { ...one, id: '1', verdict, observed: [] }
    const report = await toReport(inputOf([entry], { thirdPartyCookies: options.thirdPartyCookies ?? 'unknown' }))
    expect(validateReport(JSON.parse(JSON.stringify(report)))).toMatchObject({ ok: true })
    const [redacted] = report.exchanges
    if (!redacted) throw new Error('no exchange')
    expect(JSON.stringify(redacted)).not.toContain(LINK)
    const replayed = judge(redacted, { ...options, jar: redacted.verdict.cookies.map(({ cookie }) => cookie) })
    expect(essence(replayed)).toEqual(essence(redacted.verdict))
    expect(essence(replayed).setCookies.map(({ reasons }) => reasons)).toEqual(
      essence(verdict).setCookies.map(({ reasons }) => reasons),
    )
    expect(essence(replayed).cookies.map(({ outcome, reasons }) => ({ outcome, reasons }))).toEqual(
      essence(verdict).cookies.map(({ outcome, reasons }) => ({ outcome, reasons })),
    )
    for (const { outcome } of verdict.setCookies) if (outcome === 'blocked' || outcome === 'stored') seen[outcome]++
    seen.withheld += verdict.cookies.filter(({ outcome }) => outcome === 'blocked').length
  }
  expect(Math.min(...Object.values(seen))).toBeGreaterThan(100)
})
