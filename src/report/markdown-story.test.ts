import { describe, expect, it } from 'vitest'
import type { DiagnosisSnippet, Report, Story } from '../contract.ts'
import { toMarkdown } from './markdown.ts'
import { sequenceDiagram } from './mermaid.ts'
import { toReport } from './report.ts'
import { cookieOf, exchangeOf, inputOf, lineOf, reasonOf } from './testing/build.ts'
import { codeTexts, nodesOf } from './testing/markdown.ts'
import { nasty } from './testing/nasty.ts'
import { diagnosisOf, snippetOf, storyOf } from './testing/story.ts'

const story: Story = {
  login: '2',
  picked: 'found',
  why: ['It is a POST to `/login`.'],
  outcome: 'broken',
  sentence: 'The login breaks at step 2: Chromium dropped `sid`.',
  steps: [
    { id: 'request', mark: 'ok', title: 'POST /login 200', detail: '', exchanges: ['2'] },
    { id: 'redirects', mark: 'skipped', title: 'none', detail: '', exchanges: [] },
    { id: 'stored', mark: 'broken', title: '`sid` not stored', detail: 'It lacks `Secure`.', exchanges: ['2', '1'] },
    { id: 'sent', mark: 'open', title: 'sent', detail: '', exchanges: [] },
  ],
  parties: [
    { id: 'https://app.shop.test', kind: 'app' },
    { id: 'https://api.shop.test:8443', kind: 'api' },
  ],
  arrows: [
    { exchange: '1', party: 'https://app.shop.test', label: 'GET /login', status: 0, sent: [], set: [] },
    {
      ...{ exchange: '2', party: 'https://api.shop.test:8443', label: 'POST /login', status: 200, broken: true },
      sent: [{ name: 'theme', fate: 'sent' }],
      set: [{ name: 'sid', fate: 'refused' }],
    },
    { exchange: '3', party: 'https://nobody.test', label: 'GET /', status: 200, sent: [], set: [] },
  ],
  arrowsLeftOut: 12,
  checks: [{ id: 'cors', mark: 'ok', title: 'CORS.', detail: 'Allows credentials.' }],
}

const snippet: DiagnosisSnippet = {
  ...{ change: 0, stack: 'Express 5', file: 'app.js', language: 'js' },
  lines: "app.set('trust proxy', 1)\n\n  // indented\n",
  ...{ note: 'After `express()`.', docs: 'https://expressjs.test/behind' },
}

const entries = [exchangeOf({ id: '1', method: 'GET' }), exchangeOf({ id: '2' })]
const reportOf = (over: Parameters<typeof inputOf>[1]): Promise<Report> => toReport(inputOf(entries, over))

describe('the story', () => {
  it('stands first: its sentence, the login, the steps, who asked whom, what was checked', async () => {
    const markdown = toMarkdown(await reportOf({ story }))
    expect(markdown.split('\n### ')[0]).toBe(
      `## Chromium 156: The login breaks at step 2: Chromium dropped \`sid\`.

The login is request 2. It is a POST to \`/login\`.

1. ✓ **POST /login 200** (request 2)
2. ✗ **\`sid\` not stored** (request 2). It lacks \`Secure\`.

Step 3 was not reached.

Checked:

- ✓ **CORS.** Allows credentials.
`,
    )
    expect(markdown).toContain(
      `
### Who asked whom

\`\`\`mermaid
sequenceDiagram
  participant B as Browser
  participant P0 as App app.shop.test
  participant P1 as API api.shop.test#58;8443
  B->>P0: GET /login
  B->>P1: POST /login, theme sent
  P1-->>B: 200, sid not stored
  Note over B,P1: The login breaks here
  Note over B: 12 more requests left out
\`\`\`

### All requests (2)

| # | Request | Status | Set-Cookie | Cookies | Problems |
| --- | --- | --- | --- | --- | --- |
| 1 | \`GET https://api.shop.test/login\` | 200 |  |  |  |
| 2 | \`POST https://api.shop.test/login\` | 200 |  |  | the login breaks here |
`,
    )
    // Read as it is written, what a renderer draws would be in the way.
    expect(markdown.indexOf('### No cookie')).toBeLessThan(markdown.indexOf('### Who asked whom'))
    expect(markdown).toContain('\n### No cookie was refused or withheld in 2 requests\n')
    const healthy: Story = { ...story, outcome: 'healthy' }
    expect(toMarkdown(await reportOf({ story: healthy }))).toContain(
      '\n### Chromium 156: no cookie problem in 2 requests\n',
    )
  })

  it('says that cookies were withheld, where that does no harm', async () => {
    const cookies = [{ cookie: cookieOf('theme', 'dark'), outcome: 'blocked' as const, reasons: [] }]
    const entry = exchangeOf({ id: '2', verdict: { setCookies: [], cookies } })
    const markdown = toMarkdown(await toReport(inputOf([entry], { story })))
    expect(markdown).toContain('### No cookie was refused in 1 request, nor withheld where that seems to matter')
  })

  it('tells http and https of one host apart', () => {
    const parties: Story['parties'] = [
      { id: 'http://shop.test', kind: 'app' },
      { id: 'https://shop.test', kind: 'app' },
      { id: 'https://id.test', kind: 'provider' },
    ]
    expect(sequenceDiagram({ ...story, parties, arrows: [], arrowsLeftOut: 0 }).slice(2)).toEqual([
      '  participant P0 as App (http) shop.test',
      '  participant P1 as App (https) shop.test',
      '  participant P2 as Provider id.test',
    ])
  })

  it('has what was found after it, ranked', async () => {
    const odd = diagnosisOf('', { id: 'SessionLifetime', title: 'Short', rank: 'odd', confidence: 'possible' })
    const diagnoses = [
      diagnosisOf('', { title: 'A proxy hides https', changes: ['Trust it.', 'Or `not`.'], check: 'Log in.' }),
      odd,
    ]
    const markdown = toMarkdown(await reportOf({ story, diagnoses }))
    expect(markdown).toContain(
      `### Why it breaks, and what to change

**A proxy hides https** (breaks the login; likely; \`ProxyHidesHttps\`).  Seen in request 1.`,
    )
    expect(markdown.indexOf('### Why it breaks')).toBeLessThan(markdown.indexOf('### Who asked whom'))
    expect(markdown).toContain('What to change:\n\n- Trust it.\n- Or `not`.\n\nHow to check: Log in.')
    expect(markdown).toContain(
      '\n### Worth knowing\n\n**Short** (worth knowing; one of several explanations; `SessionLifetime`).',
    )
    expect(toMarkdown(await reportOf({ story, diagnoses: [odd] }))).toContain('### Worth knowing')
  })

  it('comes first with the verdict that breaks it, where no finding says why; what is odd stands behind, in words', async () => {
    const dropped = (id: string, line: string, reason: string, fixed: string) =>
      exchangeOf({
        id,
        verdict: {
          setCookies: [
            lineOf(line, { outcome: 'blocked', reasons: [reasonOf(reason, { fix: { setCookie: fixed, notes: [] } })] }),
          ],
          cookies: [],
        },
      })
    const own = [
      dropped('1', 'track=1', 'SchemefulSameSiteLax', 'track=1; SameSite=None; Secure'),
      dropped('2', 'sid=1; Domain=x.test', 'InvalidDomain', 'sid=1; Path=/'),
    ]
    const odd = diagnosisOf('Short', { rank: 'odd', changes: ['Log in.'], snippets: [snippet] })
    const markdown = toMarkdown(await toReport(inputOf(own, { story, diagnoses: [odd] })))
    const places = ['### Request 2:', 'Corrected line:', '### Request 1:', '### Worth knowing', '### Who asked whom']
    expect(places.map((text) => markdown.indexOf(text))).toEqual(
      places.map((text) => markdown.indexOf(text)).sort((a, b) => a - b),
    )
    expect(markdown).toContain('### Request 2:')
    expect(markdown).toContain('### Worth knowing')
    expect(markdown).not.toContain('app.js')
  })

  it('counts the requests up', async () => {
    const markdown = toMarkdown(await reportOf({ story, diagnoses: [diagnosisOf('t', { exchanges: ['2', '1'] })] }))
    expect(markdown).toContain(' Seen in requests 1 and 2.')
  })

  it('has the lines for the stack under what they change', async () => {
    const diagnoses = [diagnosisOf('', { changes: ['Trust it.', 'Log in.'], snippets: [snippet] })]
    expect(toMarkdown(await reportOf({ story, diagnoses }))).toContain(`What to change:

- Trust it.

  Express 5, \`app.js\`:

  \`\`\`js
  app.set('trust proxy', 1)

    // indented
  \`\`\`

  After \`express()\`. Documented at \`https://expressjs.test/behind\`.

- Log in.`)
  })

  it('has no lines for what is merely odd beside what breaks the login', async () => {
    const odd = diagnosisOf('', { rank: 'odd', changes: ['Log in.'], snippets: [snippet] })
    const breaks = diagnosisOf('', { changes: ['Trust it.'] })
    expect(toMarkdown(await reportOf({ story, diagnoses: [breaks, odd] }))).not.toContain('app.js')
    const healthy: Story = { ...story, outcome: 'healthy', steps: [] }
    expect(toMarkdown(await reportOf({ story: healthy, diagnoses: [odd] }))).toContain('app.js')
  })

  it('leaves those lines out where the words alone have room', async () => {
    const long = { ...snippet, lines: `${'x'.repeat(290)}\n`.repeat(70) }
    const markdown = toMarkdown(await reportOf({ story, diagnoses: [diagnosisOf('t', { snippets: [long] })] }))
    expect(markdown).toContain('What to change:\n\n- t\n\nHow to check')
    expect(markdown).not.toContain('xxx')
  })

  it('is no part of a report without a login', async () => {
    expect(toMarkdown(await reportOf({ story: null }))).toMatch(/^## Chromium 156: no cookie problem/)
  })

  it('leaves room for the rest, however long it is', async () => {
    const [arrow] = story.arrows
    const long: Story = { ...story, arrows: Array.from({ length: 500 }, () => arrow).flatMap((one) => one ?? []) }
    const diagnoses = Array.from({ length: 200 }, () => diagnosisOf('word '.repeat(400)))
    const markdown = toMarkdown(await reportOf({ story: long, diagnoses }))
    expect(markdown.length).toBeLessThan(30_000)
    expect(markdown).toContain('### All requests')
    expect(markdown).toContain('Note over B: 472 more requests left out')
    expect(markdown).toMatch(/_\d+ diagnoses left out: see the report file \(JSON\)\._/)
  })
})

describe('hostile names', () => {
  it.each(nasty)('%s', async (_label, text) => {
    const told = storyOf(text)
    for (const line of sequenceDiagram(told).slice(1)) {
      const [, words = ''] = /^ {2}(?:participant \w+ as |B->>P0: |P0-->>B: |Note over B,P0: )(.*)$/.exec(line) ?? []
      expect(line).toContain(words)
      expect(words).not.toBe('')
      expect(words.replaceAll(/#\d+;|,<br\/>/g, '')).not.toMatch(/[^\p{L}\p{M}\p{N} ._/=…,-]/u)
    }
    const diagnoses = [diagnosisOf(text, { snippets: [snippetOf(text)] })]
    const markdown = toMarkdown({ ...(await reportOf({ story: told })), diagnoses })
    const types = new Set(nodesOf(markdown).map(({ type }) => type))
    for (const type of ['html', 'link', 'image', 'definition', 'footnoteReference', 'delete', 'blockquote'] as const) {
      expect(types).not.toContain(type)
    }
    const diagrams = codeTexts(markdown).filter((code) => code.startsWith('sequenceDiagram'))
    expect(diagrams).toHaveLength(1)
  })
})
