import { describe, expect, it } from 'vitest'
import type { ReportExchange } from '../contract.ts'
import { toMarkdown } from './markdown.ts'
import { toReport } from './report.ts'
import { cookieOf, exchangeOf, gapOf, inputOf, lineOf, observedOf, reasonOf, storeWriteOf } from './testing/build.ts'
import { dropped, healthy, insecure, LINE, markdownOf, withheld } from './testing/markdown-rows.ts'

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
