import { describe, expect, it } from 'vitest'
import type { Report, ReportExchange } from '../contract.ts'
import { toMarkdown } from './markdown.ts'
import { cookieOf, exchangeOf, gapOf, observedOf, reasonOf, storeWriteOf } from './testing/build.ts'
import { codeTexts, FOUND_LATER, nodesOf, plainTexts, typesOf, UNSEEN } from './testing/markdown.ts'
import { dropped, healthy, insecure, LINE, markdownOf } from './testing/markdown-rows.ts'
import { nasty } from './testing/nasty.ts'
import { diagnosisOf, storyOf } from './testing/story.ts'

const ALLOWED = new Set([
  ...['root', 'heading', 'paragraph', 'text', 'strong', 'emphasis', 'inlineCode', 'code', 'list', 'listItem'],
  ...['table', 'tableRow', 'tableCell'],
])

/** The same report, with harmless text in place of the hostile. */
const structureOf = (markdown: string) => typesOf(markdown).filter((type) => type !== 'text' && type !== 'inlineCode')

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
