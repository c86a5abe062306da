import { describe, expect, it } from 'vitest'
import type { Browser, Report, ReportExchange } from '../contract.ts'
import { judge } from '../judge/index.ts'
import { toJson } from './json.ts'
import { toMarkdown } from './markdown.ts'
import { toReport } from './report.ts'
import { cookieOf, exchangeOf, gapOf, inputOf, lineOf, observedOf, reasonOf, storeWriteOf } from './testing/build.ts'
import { Random } from './testing/random.ts'
import { diagnosisOf, storyOf } from './testing/story.ts'

const redacted = (exchange: Partial<ReportExchange>, browser: Browser = 'chromium'): Promise<Report> =>
  toReport(inputOf([exchangeOf(exchange)], { browser: { name: browser, version: '1' } }))
const first = ({ exchanges }: Report): ReportExchange => exchanges[0] as ReportExchange

/** `text` as a pattern: `•` stands for one or more characters of a placeholder. */
const pattern = (text: string) =>
  new RegExp(`^${text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&').replaceAll('•', '[~\\dA-Za-z]+')}$`)

async function check(before: string, after: string, of: (text: string) => Promise<string>) {
  const text = await of(before)
  expect(text).toMatch(pattern(after))
  expect(text).toHaveLength(before.length)
  if (after.includes('•')) expect(text).not.toBe(before)
}

describe('URLs', () => {
  it.each([
    ['https://shop.test/a/b', 'https://shop.test/a/b'],
    ['https://shop.test/a?token=abcdef&lang=en', 'https://shop.test/a?token=•&lang=•'],
    ['https://shop.test/a?abcdef', 'https://shop.test/a?•'],
    ['https://shop.test/a?=x&&y=', 'https://shop.test/a?=•&&y='],
    ['https://shop.test/?next=https%3A%2F%2Fother.test%2F', 'https://shop.test/?next=•'],
    ['https://shop.test/cb#access_token=abc&state=def', 'https://shop.test/cb#access_token=•&state=•'],
    ['https://shop.test/#/route?x=1', 'https://shop.test/#/route?x=•'],
    ['https://bob:hunter2@shop.test/', 'https://•:•@shop.test/'],
    ['https://bob@shop.test:8443/a', 'https://•@shop.test:8443/a'],
    ['https://shop.test/a;jsessionid=0123ABC/b', 'https://shop.test/a;jsessionid=•/b'],
    ['https://shop.test/v/eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.sig/x', 'https://shop.test/v/•/x'],
    ['https://shop.test/verify/44c7364d17b2df2a411e32ee9c15f52e9eb09712', 'https://shop.test/verify/•'],
    ['https://shop.test/reset/MQ/c5xyz1-5f1c4c2bf3e04e0c8b7d6a5f4e3d2c1b/', 'https://shop.test/reset/MQ/•/'],
    [
      'https://bob@44c7364d17b2df2a411e32ee9c15f52e9eb09712.shop.test/44c7364d17b2df2a411e32ee9c15f52e9eb09712',
      'https://•@44c7364d17b2df2a411e32ee9c15f52e9eb09712.shop.test/•',
    ],
    [
      '//44c7364d17b2df2a411e32ee9c15f52e9eb09712.shop.test/44c7364d17b2df2a411e32ee9c15f52e9eb09712/b',
      '//44c7364d17b2df2a411e32ee9c15f52e9eb09712.shop.test/•/b',
    ],
    [
      'blob:https://44c7364d17b2df2a411e32ee9c15f52e9eb09712.shop.test/44c7364d17b2df2a411e32ee9c15f52e9eb09712',
      'blob:https://44c7364d17b2df2a411e32ee9c15f52e9eb09712.shop.test/•',
    ],
    ['https://shop.test/magic/3f2b8c1e-9d4a-4e6f-8b1c-2a7d5e9f0c34', 'https://shop.test/magic/•'],
    [
      'https://shop.test/users/3f2b8c1e-9d4a-4e6f-8b1c-2a7d5e9f0c34/42',
      'https://shop.test/users/3f2b8c1e-9d4a-4e6f-8b1c-2a7d5e9f0c34/42',
    ],
    ['data:text/html,<b>secret', 'data:text/html,•'],
    ['about:srcdoc', 'about:srcdoc'],
    ['https://shop.test/a?b?c=d', 'https://shop.test/a?b?c=•'],
  ])('%s', async (before, after) => {
    await check(before, after, async (url) => first(await redacted({ url })).url)
  })

  it.each(['url', 'page', 'frames', 'redirectChain'] as const)('in %s', async (field) => {
    const url = 'https://shop.test/a?token=abcdef'
    const report = await toReport(inputOf([exchangeOf({ url, frames: [url], redirectChain: [url] })], { page: url }))
    const { [field === 'page' ? 'url' : field]: found } = first(report)
    for (const one of [field === 'page' ? report.page : found].flat()) {
      expect(one).toMatch(pattern('https://shop.test/a?token=•'))
    }
  })
})

it.each(['44c7364d17b2df2a411e32ee9c15f52e9eb09712', 'qzjhxvbkwmtrdplgfnsycouiea', 'qzjhxvbkwm'])(
  'hides a token of a path everywhere, by one placeholder: %s',
  async (token) => {
    const [path, id] = [`/verify/${token}`, '3f2b8c1e-9d4a-4e6f-8b1c-2a7d5e9f0c34']
    const url = `https://shop.test${path}`
    const text = `\`GET ${path}\`, ${path}. ${token}, then ${url}, \`Path=${path}\` and ${id}`
    const line = `sid=x; Path=${path}`
    const exchange = exchangeOf({
      ...{
        url: `${url}?t=${token}`,
        initiator: url,
        frames: [url, `https://shop.test/magic/${id}`],
        redirectChain: [url],
      },
      requestHeaders: [{ name: 'Referer', value: url }],
      responseHeaders: [
        { name: 'Location', value: `/users/${id}?next=${encodeURIComponent(path)}` },
        { name: 'Set-Cookie', value: line },
      ],
      verdict: {
        setCookies: [
          lineOf(line, { cookie: cookieOf('sid', 'x', { path }), reasons: [reasonOf('X', { title: text })] }),
        ],
        cookies: [{ cookie: cookieOf('sid', 'x', { path }), outcome: 'sent', reasons: [] }],
      },
      observed: [observedOf({ evidence: text, cookie: cookieOf('sid', 'x', { path }) })],
    })
    const [diagnoses, story] = [[diagnosisOf(text)], { ...storyOf(text), parties: [], arrows: [] }]
    const storeWrites = [storeWriteOf({ cookie: cookieOf('sid', 'x', { path }) })]
    const report = await toReport(inputOf([exchange], { page: url, diagnoses, story, storeWrites }))
    for (const written of [toJson(report), toMarkdown(report)]) {
      expect(written).not.toContain(token)
      expect(written).not.toContain(id)
    }
    const [, stands = ''] = /^https:\/\/shop\.test\/verify\/([^?]+)/.exec(first(report).url) ?? []
    expect(stands).toHaveLength(token.length)
    expect(first(report).url).toBe(`https://shop.test/verify/${stands}?t=${stands}`)
    expect(first(report).verdict.cookies[0]?.cookie.path).toBe(`/verify/${stands}`)
    expect(report.diagnoses[0]?.title).toContain(`\`Path=/verify/${stands}\``)
  },
)

it('leaves a URL alone that the query of another one names', async () => {
  const callback = 'https://app.shop.test/callback'
  const authorize = `https://id.other.test/authorize?redirect_uri=${encodeURIComponent(callback)}&client_id=https://app.shop.test/client`
  const urls = [authorize, `${callback}?code=Qx7longSecret99`, 'https://app.shop.test/client/x']
  const report = await toReport(inputOf(urls.map((url, id) => exchangeOf({ id: String(id), url }))))
  const [, back, client] = report.exchanges.map(({ url }) => url)
  expect(back).toMatch(pattern(`${callback}?code=•`))
  expect(client).toMatch(/^https:\/\/app\.shop\.test\/client/)
  for (const { url } of report.exchanges) expect(URL.canParse(url)).toBe(true)
})

it('a cookie of a store write, by the same placeholder as elsewhere', async () => {
  const secret = 'Qx7longSecret99'
  const entry = exchangeOf({ requestHeaders: [{ name: 'Cookie', value: `sid=${secret}` }] })
  const storeWrites = [storeWriteOf({ cookie: cookieOf('sid', secret) })]
  const report = await toReport(inputOf([entry], { storeWrites, gaps: [gapOf()] }))
  expect(toJson(report)).not.toContain(secret)
  expect(first(report).requestHeaders[0]?.value).toBe(`sid=${report.storeWrites?.[0]?.cookie.value}`)
  expect(report.gaps).toEqual([gapOf()])
})

describe('request and response headers', () => {
  it.each([
    ['Cookie', 'sid=abcdef; theme=dark', 'sid=•; theme=•'],
    ['Cookie', 'sid="abc def"; bare; =x; a=b=c', 'sid="• •"; •; =•; a=•=•'],
    ['cookie', '', ''],
    ['Authorization', 'Bearer abcdef', 'Bearer •'],
    ['Authorization', 'abcdef ghi', '• •'],
    ['proxy-authorization', 'Basic Ym9iOmh1bnRlcjI=', 'Basic •='],
    ['X-CSRF-Token', 'abcdef', '•'],
    ['X-XSRF-TOKEN', 'abcdef', '•'],
    ['RequestVerificationToken', 'abcdef', '•'],
    ['X-Api-Key', 'abcdef', '•'],
    ['x-session-id', 'abcdef', '•'],
    ['Referer', 'https://shop.test/a?b=c', 'https://shop.test/a?b=•'],
    ['Origin', 'https://shop.test', 'https://shop.test'],
    ['Location', '/cb?code=abc#x', '/cb?code=•#•'],
    ['Location', '//bob:pw@other.test/cb', '//•:•@other.test/cb'],
    [':path', '/a?b=c', '/a?b=•'],
    ['X-Forwarded-Uri', '/a?b=c', '/a?b=•'],
    ['Refresh', '5; url=https://shop.test/?t=abc', '5; url=https://shop.test/?t=•'],
    ['Link', '</a?t=abc>; rel="next", <https://x.test/?u=d>', '</a?t=•>; rel="next", <https://x.test/?u=•>'],
    ['Location', '/verify/44c7364d17b2df2a411e32ee9c15f52e9eb09712', '/verify/•'],
    ['Location', 'verify/44c7364d17b2df2a411e32ee9c15f52e9eb09712', 'verify/•'],
    ['Link', '</verify/44c7364d17b2df2a411e32ee9c15f52e9eb09712>; rel="next"', '</verify/•>; rel="next"'],
    ['X-Trace', 'a eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln b', 'a • b'],
    ['Sec-Fetch-Site', 'cross-site', 'cross-site'],
    ['Access-Control-Allow-Credentials', 'true', 'true'],
    ['Access-Control-Request-Headers', 'authorization,x-csrf-token', 'authorization,x-csrf-token'],
    ['Content-Type', 'text/html; charset=utf-8', 'text/html; charset=utf-8'],
    ['WWW-Authenticate', 'Bearer error="invalid_token"', 'Bearer error="invalid_token"'],
  ])('%s: %s', async (name, before, after) => {
    await check(before, after, async (value) => {
      const { requestHeaders } = first(await redacted({ requestHeaders: [{ name, value }] }))
      expect(requestHeaders[0]?.name).toBe(name)
      return requestHeaders[0]?.value ?? ''
    })
  })

  it('finds a cookie value in a header of any name', async () => {
    const { requestHeaders } = first(
      await redacted({
        requestHeaders: [
          { name: 'Cookie', value: 'sid=abc123def456' },
          { name: 'X-Echo', value: 'is abc123def456 here' },
        ],
      }),
    )
    expect(requestHeaders[1]?.value).toMatch(pattern('is • here'))
  })
})

describe('Set-Cookie', () => {
  it.each<[string, string, Browser?]>([
    ['sid=abcdef', 'sid=•'],
    ['sid=abcdef; Path=/a; Domain=shop.test; Secure', 'sid=•; Path=/a; Domain=shop.test; Secure'],
    ['sid=abcdef; Path=/verify/44c7364d17b2df2a411e32ee9c15f52e9eb09712', 'sid=•; Path=/verify/•'],
    ['sid = abcdef ;Max-Age=60', 'sid = • ;Max-Age=60'],
    ['sid=a; Expires=Wed, 21 Oct 2037 07:28:00 GMT', 'sid=•; Expires=Wed, 21 Oct 2037 07:28:00 GMT'],
    ['sid="ab cd"; SameSite=None', 'sid="• •"; SameSite=None'],
    ['sid=', 'sid='],
    ['abcdef; Secure', '•; Secure'],
    ['abcdef; Secure', 'abcdef; Secure', 'firefox'],
    ['=abcdef', '=•'],
    ['=a=b', '=•=•'],
    ['=__Host-abc', '=__Host-•'],
    ['sid="ab;cdefg"; Secure', 'sid="•;•"; Secure'],
    ['sid=ab;cdefg; Secure', 'sid=•;•; Secure'],
    ['sid=1; token=abcdef; Comment=hello', 'sid=•; token=•; Comment=•'],
    ['sid=1; Same-Site=None; SameSite:None; HttpsOnly', 'sid=•; Same-Site=None; SameSite:None; HttpsOnly'],
    ['sid=1; HttpOnly=0; Secure=false; Partitioned=abc', 'sid=•; HttpOnly=0; Secure=false; Partitioned=•'],
    ['a=1, b=abcdef; Path=/', 'a=•, b=•; Path=/'],
    ['a=1; Path=/, b=abc,def; Secure', 'a=•; Path=/, b=•; Secure'],
    ['a=1; Path=/;; =; x', 'a=•; Path=/;; =; •'],
    ['', ''],
  ])('%s → %s', async (before, after, browser) => {
    const reasons = [reasonOf('X', { fix: { setCookie: before, notes: [] } })]
    const report = await redacted(
      {
        responseHeaders: [{ name: 'Set-Cookie', value: before }],
        verdict: { setCookies: [lineOf(before, { reasons })], cookies: [] },
      },
      browser,
    )
    const { responseHeaders, verdict } = first(report)
    const header = responseHeaders[0]?.value ?? ''
    await check(before, after, async () => header)
    expect(verdict.setCookies[0]?.line).toBe(header)
    expect(verdict.setCookies[0]?.reasons[0]?.fix?.setCookie).toBe(header)
  })

  it('gives the cookie, the store and the next Cookie header one placeholder', async () => {
    const cookie = cookieOf('sid', 'a secret')
    const report = await redacted({
      requestHeaders: [{ name: 'Cookie', value: 'sid=a secret' }],
      verdict: {
        setCookies: [lineOf('sid=a secret; Path=/')],
        cookies: [{ cookie, outcome: 'sent', reasons: [] }],
      },
      observed: [observedOf({ cookie })],
    })
    const { requestHeaders, verdict, observed } = first(report)
    const value = verdict.setCookies[0]?.cookie?.value ?? ''
    expect(value).toMatch(pattern('• •'))
    expect(verdict.setCookies[0]?.line).toBe(`sid=${value}; Path=/`)
    expect(verdict.cookies[0]?.cookie.value).toBe(value)
    expect(observed[0]?.cookie?.value).toBe(value)
    expect(requestHeaders[0]?.value).toBe(`sid=${value}`)
  })
})

describe('sentences', () => {
  const explained = async (value: string, explanation: string): Promise<string> => {
    const reasons = [reasonOf('X', { explanation })]
    const line = `sid=${value}; Path=/`
    const report = await redacted({ verdict: { setCookies: [lineOf(line, { reasons })], cookies: [] } })
    return first(report).verdict.setCookies[0]?.reasons[0]?.explanation ?? ''
  }

  it.each([
    ['abc123def456', 'holds abc123def456.', 'holds •.'],
    ['abc123def456', 'inside xabc123def456y', 'inside x•y'],
    ['a1b2', 'holds `sid=a1b2`, and xsid=a1b2, sid=a1b2c', 'holds `sid=•`, and xsid=a1b2, sid=a1b2c'],
    ['p@ss', 'holds p@ss, and xp@ss', 'holds •, and xp@ss'],
    ['code', 'with `code` and `state`', 'with `code` and `state`'],
    ['POST', '`POST /login`, a "POST" and sid=POST', '`POST /login`, a "POST" and sid=•'],
    ['1800', '`Max-Age=1800` in line sid=1800', '`Max-Age=1800` in line sid=•'],
    ['dark', 'a dark page, theme=dark', 'a dark page, theme=dark'],
    ['1', 'line sid=1; 1 byte', 'line sid=•; 1 byte'],
    ['1', 'Path=1', 'Path=1'],
    ['Secure', 'needs `Secure`', 'needs `Secure`'],
    ['api.shop.test', 'not sent to `api.shop.test`', 'not sent to `api.shop.test`'],
    ['xyz', 'see https://shop.test/?a=b.', 'see https://shop.test/?a=•.'],
    ['xyz', 'went to `/cb?code=4/abc&state=s` twice', 'went to `/cb?code=•&state=•` twice'],
    ['xyz', 'the token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln', 'the token •'],
  ])('value %s: %s', async (value, before, after) => {
    await check(before, after, (text) => explained(value, text))
  })

  // Each form in which a rule quotes what redaction takes for a secret, and what else might.
  it.each([1, 2, 3, 4, 7, 12, 30])('of the rules quote no secret of %i characters', async (length) => {
    const random = new Random(length)
    const quoting = new Set<string>()
    for (let round = 0; round < 40; round++) {
      const secrets: string[] = []
      const secret = () => {
        const text = random.text('QZ', length)
        secrets.push(text)
        return text
      }
      const name = random.pick(['sid', 'a', '__Host-x'])
      const attribute = random.pick([
        ...['Secure', 'HttpOnly', 'Partitioned', 'token', 'Same-Site'].map((flag) => `${flag}=•`),
        ...['Path=x', 'Path=/', 'Domain=shop.test', 'SameSite=y', 'Max-Age=1.5'].map((one) => `${one}, b=•`),
        ...['Path=x;p=•', 'Path=/a;p=•, b=•', '•'],
      ])
      const line = `${name}=•; ${attribute}`.replace(/•/g, secret)
      const exchange = exchangeOf({ credentials: 'include', responseHeaders: [{ name: 'Set-Cookie', value: line }] })
      const verdict = judge(exchange, { browser: 'chromium', jar: [], thirdPartyCookies: 'allowed' })
      const report = await toReport(inputOf([{ ...exchange, verdict }]))
      const prose = (of: ReportExchange) =>
        of.verdict.setCookies
          .flatMap(({ reasons, warnings }) => [...reasons, ...warnings])
          .flatMap(({ title, explanation, fix }) => [title, explanation, ...(fix?.notes ?? [])])
      for (const text of prose({ ...exchange, verdict })) {
        if (secrets.some((one) => text.includes(one))) quoting.add(text.replace(/[QZ]/g, ''))
      }
      const leaking = prose(first(report)).filter((text) => secrets.some((one) => text.includes(one)))
      expect(leaking).toEqual([])
    }
    expect(quoting.size).toBeGreaterThan(2)
  })

  it('in titles, notes, evidence and diagnoses too', async () => {
    const secret = 'abc123def456'
    const text = `it is ${secret}`
    const exchange = exchangeOf({
      requestHeaders: [{ name: 'Cookie', value: `sid=${secret}` }],
      verdict: {
        setCookies: [
          lineOf('a=b', {
            reasons: [reasonOf('X', { title: text, fix: { notes: [text] } })],
            warnings: [reasonOf('Y', { title: text })],
          }),
        ],
        cookies: [{ cookie: cookieOf('c', 'd'), outcome: 'blocked', reasons: [reasonOf('Z', { title: text })] }],
      },
      observed: [observedOf({ evidence: text })],
    })
    const [diagnoses, story] = [[diagnosisOf(text)], { ...storyOf(text), parties: [], arrows: [] }]
    const json = toJson(await toReport(inputOf([exchange], { diagnoses, story })))
    expect(json).not.toContain(secret)
    expect(json.match(/it is ~/g)).toHaveLength(5 + 5 + 6)
  })

  it('in the arrows of a story, which keeps them together with their parties', async () => {
    const party = 'https://bob:hunter22x@shop.test'
    const [arrow] = storyOf(party).arrows
    const told = { ...storyOf(party), arrows: arrow === undefined ? [] : [{ ...arrow, sent: [], set: [] }] }
    const { story } = await toReport(inputOf([exchangeOf({ url: `${party}/` })], { story: told }))
    expect(JSON.stringify(story)).not.toContain('hunter22x')
    expect(story?.arrows[0]?.party).toBe(story?.parties[0]?.id)
  })
})

it('leaves everything alone when asked to', async () => {
  const exchange = exchangeOf({
    url: 'https://bob:pw@shop.test/?a=b',
    requestHeaders: [{ name: 'Cookie', value: 'a=b' }],
  })
  const report = await toReport(inputOf([exchange]), { redact: false })
  expect(report.redacted).toBe(false)
  expect(report.exchanges).toEqual([exchange])
})
