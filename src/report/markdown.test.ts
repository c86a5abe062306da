import { describe, expect, it } from 'vitest'
import type { Diagnosis, Report, ReportExchange } from '../contract.ts'
import { toMarkdown } from './markdown.ts'
import { toReport } from './report.ts'
import { cookieOf, exchangeOf, gapOf, inputOf, lineOf, observedOf, reasonOf, storeWriteOf } from './testing/build.ts'
import { codeTexts, FOUND_LATER, nodesOf, plainTexts, typesOf, UNSEEN } from './testing/markdown.ts'
import { nasty } from './testing/nasty.ts'
import { diagnosisOf, storyOf } from './testing/story.ts'

const LINE = 'sid=abcdef; Path=/; SameSite=None'
const insecure = reasonOf('SameSiteNoneInsecure', {
  title: 'SameSite=None needs Secure',
  explanation: '`sid` asks to be sent from other sites.',
  part: { start: 20, end: 33 },
  fix: { setCookie: `${LINE}; Secure`, notes: ['Serve it over https.'] },
})
const dropped = exchangeOf({
  verdict: {
    setCookies: [{ line: LINE, cookie: null, outcome: 'blocked', reasons: [insecure], warnings: [] }],
    cookies: [],
  },
  observed: [observedOf()],
})
const withheld = exchangeOf({
  id: '2',
  url: 'https://api.shop.test/account?tab=orders',
  method: 'GET',
  resourceType: 'main_frame',
  initiator: null,
  frames: [],
  verdict: {
    setCookies: [],
    cookies: [
      {
        cookie: cookieOf('sid', 'x', { sameSite: 'strict' }),
        outcome: 'blocked',
        reasons: [reasonOf('SchemefulSameSiteStrict', { title: 'Strict is withheld here' })],
      },
    ],
  },
  observed: [observedOf({ operation: 'send', evidence: 'it is not in the Cookie header' })],
})
const healthy = exchangeOf({
  id: '3',
  verdict: {
    setCookies: [lineOf('sid=abc; Path=/')],
    cookies: [{ cookie: cookieOf('sid', 'abc'), outcome: 'sent', reasons: [] }],
  },
  observed: [observedOf(), observedOf({ operation: 'send' })],
})

const markdownOf = async (entries: readonly ReportExchange[], redact = true, diagnoses: Diagnosis[] = []) =>
  toMarkdown(await toReport(inputOf(entries, { diagnoses }), { redact }))

describe('a problem', () => {
  it('is told in the heading, in full', async () => {
    const markdown = await markdownOf([dropped], false)
    expect(
      markdown,
    ).toBe(`## Chromium 156 dropped \`sid\` from \`POST https://api.shop.test/login\`: SameSite=None needs Secure

1 of 1 request has a cookie problem: 1 cookie not stored.

| Environment | |
| --- | --- |
| Browser | Chromium 156 (156.0.7000.1) |
| Page | \`https://app.shop.test/\` |
| Third-party cookies | allowed |
| Recorded | at 2026-11-18 11:06:40 UTC |
| Report made | 2026-11-21 05:32:00 UTC |
| Values | shown in full |

### Request 1: \`POST https://api.shop.test/login\` → 200

Fetch or XHR at 2026-11-18 11:06:40 UTC, started by \`https://app.shop.test\`, on \`https://app.shop.test/\`.

**\`sid\` was not stored** (confirmed: never appeared in the store)

\`\`\`text
Set-Cookie: sid=abcdef; Path=/; SameSite=None
                                ^^^^^^^^^^^^^
\`\`\`

- **SameSite=None needs Secure** (\`SameSiteNoneInsecure\`, RFC 6265bis 5.7). \`sid\` asks to be sent from other sites.

Corrected line:

\`\`\`http
Set-Cookie: sid=abcdef; Path=/; SameSite=None; Secure
\`\`\`

Notes:

- Serve it over https.

Elsewhere (foretold, not tried; Safari from published results): Firefox does not store it; Safari: not known (depends on whether the request carries credentials).

### All requests (1)

| # | Request | Status | Set-Cookie | Cookies | Problems |
| --- | --- | --- | --- | --- | --- |
| 1 | \`POST https://api.shop.test/login\` | 200 | 1 blocked |  | 1 not stored |

Made by cookie-verdict 0.1.0 in Chromium 156.
`)
  })

  it('on the send side', async () => {
    const markdown = await markdownOf([withheld])
    expect(markdown).toContain(
      '## Chromium 156 did not send `sid` with `GET https://api.shop.test/account`: Strict is withheld here',
    )
    expect(markdown).toContain('**`sid` was not sent** (confirmed: it is not in the Cookie header)')
    expect(markdown).toContain(
      'In the store: host-only for `api.shop.test`, path `/`, `Secure`, `HttpOnly`, `SameSite=Strict`, until the browser closes.',
    )
    expect(markdown).toContain('started by the user')
  })

  it.each<[string, Partial<ReportExchange>, string, string]>([
    [
      'contradicted',
      {
        verdict: { setCookies: [lineOf('sid=1')], cookies: [] },
        observed: [observedOf({ agreement: 'contradicted' })],
      },
      'treated `sid` of `POST https://api.shop.test/login` otherwise than the rules say',
      'What was seen counts.',
    ],
    [
      'unexplained',
      { verdict: { setCookies: [lineOf('sid=1')], cookies: [] }, observed: [observedOf({ agreement: 'unexplained' })] },
      'lost `sid` of `POST https://api.shop.test/login`, and no rule says why',
      'Every rule that is known was ruled out.',
    ],
    [
      'not certain',
      { verdict: { setCookies: [lineOf('sid=1', { outcome: 'unknown', reasons: [insecure] })], cookies: [] } },
      'may have dropped `sid` from `POST https://api.shop.test/login`: SameSite=None needs Secure',
      '**`sid` may not have been stored** (predicted: nothing was seen yet)',
    ],
    [
      'without a name',
      { verdict: { setCookies: [{ ...lineOf('=x'), cookie: null, outcome: 'blocked' }], cookies: [] } },
      'dropped a cookie without a name from',
      '**a cookie without a name was not stored**',
    ],
  ])('%s', async (_name, exchange, heading, body) => {
    const markdown = await markdownOf([exchangeOf(exchange)])
    expect(markdown.split('\n')[0]).toContain(heading)
    expect(markdown).toContain(body)
  })

  it('of a login goes before that of an image', async () => {
    const image = { ...dropped, id: '9', url: 'https://img.test/x', resourceType: 'image' }
    expect((await markdownOf([image, withheld])).split('\n')[0]).toContain('did not send `sid`')
    expect((await markdownOf([withheld, dropped])).split('\n')[0]).toContain('dropped `sid`')
  })

  it('is told once, and of the later requests their numbers', async () => {
    const later = (id: string, evidence = 'it is not in the Cookie header') => ({
      ...withheld,
      id,
      url: `https://api.shop.test/${id}`,
      observed: [observedOf({ operation: 'send', evidence })],
    })
    const markdown = await markdownOf([withheld, later('a'), dropped, later('b'), later('c')])
    expect(markdown.match(/^### Request \d+/gm)).toEqual(['### Request 1', '### Request 3'])
    expect(markdown).toContain('\n\nAlso in requests 2, 4 and 5.\n\n### Request 3')
    expect(markdown).toContain('| 5 | `GET https')
    const other = { ...later('d'), verdict: { ...withheld.verdict, cookies: [] } }
    expect(await markdownOf([withheld, other])).not.toContain('Also in')
  })

  it('comes with warnings, several reasons and diagnoses', async () => {
    const both = exchangeOf({
      verdict: {
        setCookies: [
          {
            line: LINE,
            cookie: null,
            outcome: 'blocked',
            reasons: [insecure, reasonOf('InvalidDomain')],
            warnings: [reasonOf('ExpiryCapped')],
          },
        ],
        cookies: [],
      },
    })
    const markdown = await markdownOf([both], true, [
      {
        id: 'ProxyHidesHttps',
        title: 'A proxy hides https',
        explanation: 'It `does`.',
        confidence: 'likely',
        exchanges: ['1', 'gone'],
      },
    ])
    expect(markdown).toContain(
      '### Why it breaks, and what to change\n\n**A proxy hides https** (likely; `ProxyHidesHttps`). It `does`. Seen in request 1.',
    )
    expect(markdown).toContain('- **InvalidDomain holds**')
    expect(markdown).toContain('Accepted, but not as written:\n\n- **ExpiryCapped holds**')
  })
})

describe('no problem', () => {
  it('says what was looked at', async () => {
    const markdown = await markdownOf([healthy])
    expect(markdown).toContain('## Chromium 156: no cookie problem in 1 request')
    expect(markdown).toContain(
      'Looked at 1 request with 1 Set-Cookie line: 1 stored, 0 removed; 1 confirmed by the store. 1 cookie sent along with requests; 1 confirmed by the Cookie header.',
    )
  })

  it('nothing recorded', async () => {
    expect(await markdownOf([])).toContain('## Chromium 156: no request was recorded\n\nNothing was recorded: log in')
  })
})

const ALLOWED = new Set([
  ...['root', 'heading', 'paragraph', 'text', 'strong', 'emphasis', 'inlineCode', 'code', 'list', 'listItem'],
  ...['table', 'tableRow', 'tableCell'],
])

/** The same report, with harmless text in place of the hostile. */
const structureOf = (markdown: string) => typesOf(markdown).filter((type) => type !== 'text' && type !== 'inlineCode')

describe('what is no request', () => {
  it('is told in short, one line a cookie', async () => {
    const report = await toReport(
      inputOf([healthy], {
        storeWrites: [
          storeWriteOf(),
          storeWriteOf({ id: 'w2', time: 1_795_000_005_000 }),
          storeWriteOf({ id: 'w3', removed: true, cause: 'evicted', cookie: cookieOf('cart', 'secretvalue1') }),
        ],
        gaps: [gapOf(), gapOf({ id: 'g2', kind: 'capacity', exchanges: 1250 })],
      }),
    )
    const markdown = toMarkdown(report)
    expect(markdown).toContain(`### Not from a response

- \`theme\` of \`api.shop.test\`, path \`/\`: written twice by another tab, an extension or the browser, 11:06:40 UTC to 11:06:45 UTC
- \`cart\` of \`api.shop.test\`, path \`/\`: evicted to make room, 11:06:40 UTC

### Gaps

- Not recording 11:06:40 UTC to 11:07:19 UTC (39 s)
- 1,250 older requests were given up to save memory, those without a problem first

`)
    expect(markdown).not.toContain('secretvalue1')
  })

  it('is left out where there is too much of it', async () => {
    const storeWrites = Array.from({ length: 4_000 }, (_, i) =>
      storeWriteOf({ id: `w${i}`, cookie: cookieOf(`c${i}`, 'v') }),
    )
    const gaps = Array.from({ length: 500 }, (_, i) => gapOf({ id: `g${i}` }))
    const markdown = toMarkdown(await toReport(inputOf([healthy], { storeWrites, gaps })))
    expect(markdown).toContain('_3,985 more cookies left out')
    expect(markdown).toContain('_485 more gaps left out')
    expect(markdown.length).toBeLessThan(10_000)
  })

  it('is no section where there is none', async () => {
    expect(await markdownOf([healthy])).not.toMatch(/Not from a response|Gaps/)
  })
})

describe('hostile text', () => {
  const everywhere = (text: string): ReportExchange => {
    const cookie = cookieOf(text, text, {
      domain: text,
      path: text,
      partitionKey: { topLevelSite: text },
    })
    const reason = reasonOf(text, {
      title: text,
      explanation: `The cookie \`${text}\`, and ${text}`,
      part: { start: 0, end: text.length },
      fix: { setCookie: text, notes: [text, `x ${text}`] },
      spec: text,
    })
    return exchangeOf({
      url: text,
      method: text,
      resourceType: text,
      initiator: text,
      frames: [text],
      redirectChain: [text],
      requestHeaders: [{ name: 'Origin', value: text }],
      verdict: {
        setCookies: [{ line: text, cookie, outcome: 'blocked', reasons: [reason], warnings: [reason] }],
        cookies: [{ cookie, outcome: 'sent', reasons: [reason] }],
      },
      observed: [
        observedOf({ evidence: text }),
        observedOf({ operation: 'send', agreement: 'contradicted', evidence: text }),
      ],
    })
  }
  const written = (text: string): string => {
    const report: Report = {
      schema: 'cookie-verdict/report@1',
      generator: { name: text, version: text },
      browser: { name: 'chromium', version: text },
      created: text,
      page: text,
      redacted: false,
      thirdPartyCookies: 'allowed',
      exchanges: [everywhere(text)],
      storeWrites: [
        storeWriteOf({ id: text, cause: text, cookie: cookieOf(text, text, { domain: text, path: text }) }),
      ],
      gaps: [gapOf({ id: text })],
      diagnoses: [diagnosisOf(text, { id: text })],
      story: storyOf(text),
    }
    return toMarkdown(report)
  }
  const plain = written('x')

  it.each(nasty)('%s', (_label, text) => {
    const markdown = written(text)
    expect(markdown.length).toBeLessThanOrEqual(60_000)
    expect([...new Set(typesOf(markdown))].filter((type) => !ALLOWED.has(type))).toEqual([])
    for (const one of plainTexts(markdown)) {
      expect(one).not.toMatch(FOUND_LATER)
      expect(one).not.toMatch(UNSEEN)
    }
    for (const code of codeTexts(markdown)) expect(code).not.toMatch(UNSEEN)
    const cells = (types: readonly string[]) => types.filter((type) => type === 'tableCell').length
    if (text.trim() !== '') expect(cells(structureOf(markdown))).toBe(cells(structureOf(plain)))
    expect(headingsOf(markdown)).toHaveLength(headingsOf(plain).length)
  })
})

const headingsOf = (markdown: string) => nodesOf(markdown).filter(({ type }) => type === 'heading')

describe('size', () => {
  const big = 'v'.repeat(4300)
  const many = (n: number, of: (i: number) => ReportExchange) => Array.from({ length: n }, (_, i) => of(i))
  const problem = (i: number): ReportExchange => ({
    ...dropped,
    id: `p${i}`,
    url: `https://api.shop.test/${i}/${'a'.repeat(200)}`,
    verdict: {
      setCookies: [
        { line: LINE.replace('sid', `sid${i}`), cookie: null, outcome: 'blocked', reasons: [insecure], warnings: [] },
      ],
      cookies: [],
    },
  })

  it.each<[string, ReportExchange[], RegExp]>([
    ['many problems', many(2000, problem), /more requests with a problem left out/],
    ['many requests', many(5000, (i) => ({ ...healthy, id: `h${i}` })), /_4,800 more requests left out/],
    [
      'one response with 500 lines',
      [
        exchangeOf({
          verdict: {
            setCookies: many(500, problem).flatMap(({ verdict }) => verdict.setCookies),
            cookies: [],
          },
        }),
      ],
      /more problems of this request left out/,
    ],
    [
      'long lines',
      many(50, (i) => ({
        ...dropped,
        id: `${i}`,
        verdict: {
          setCookies: [
            {
              line: `sid${i}=${big}; Secure`,
              cookie: null,
              outcome: 'blocked' as const,
              reasons: [
                reasonOf('NameValuePairExceedsMaxSize', {
                  part: { start: 0, end: 4304 },
                  explanation: big,
                  fix: { setCookie: `sid=${big}`, notes: [big] },
                }),
              ],
              warnings: [],
            },
          ],
          cookies: [],
        },
      })),
      /more requests with a problem left out/,
    ],
  ])('%s: stays under 60,000 characters and says what is left out', async (_name, entries, expected) => {
    for (const redact of [true, false]) {
      const markdown = await markdownOf(entries, redact)
      expect(markdown.length).toBeLessThanOrEqual(60_000)
      expect(markdown).toMatch(redact && _name === 'long lines' ? /Request 1/ : expected)
      expect(markdown.length).toBeGreaterThan(10_000)
    }
  })

  it('keeps a long corrected line whole, so that it can be copied', async () => {
    const line = `sid=${'v'.repeat(4000)}; Path=/`
    const reasons = [reasonOf('SecureOnly', { fix: { setCookie: line, notes: [] } })]
    const entry = exchangeOf({
      verdict: { setCookies: [{ line, cookie: null, outcome: 'blocked', reasons, warnings: [] }], cookies: [] },
    })
    expect(await markdownOf([entry], false)).toContain(`Set-Cookie: ${line}\n`)
  })
})
