import { describe, expect, it } from 'vitest'
import type { JudgeOptions, Reason, StoredCookie } from '../contract.ts'
import { cookieOf, crossSite, exchangeOf, type RequestRow } from '../rules/testing.ts'
import { applyVerdict } from './apply-verdict.ts'
import { elsewhere } from './elsewhere.ts'
import { judge } from './judge.ts'
import { parseSetCookie } from './parse-set-cookie.ts'
import { reconcile } from './reconcile.ts'

/** The same numbers in every run (Park and Miller's generator). */
const seeded = (seed: number) => {
  let state = seed
  return (below: number): number => {
    state = (state * 48_271) % 2_147_483_647
    return state % below
  }
}
const random = seeded(20_261_121)
const pick = <T>(list: readonly [T, ...T[]]): T => list[random(list.length)] ?? list[0]

const names = [
  'sid',
  '__Host-sid',
  '__secure-sid',
  '__Http-sid',
  '__HOST-http-sid',
  '',
  ' ',
  '=',
  '__proto__',
  '`',
  '\u00c3\u00a9',
] as const
const values = [
  'v',
  '',
  'a=b',
  '\t',
  'a\tb',
  'a\u0001',
  '"q"',
  '\u00e9',
  '\ud800',
  '\u{1f36a}',
  'x'.repeat(4090),
  'x'.repeat(9000),
] as const
const attributes = [
  'Secure',
  'HttpOnly',
  'Partitioned',
  'SameSite',
  'Domain',
  'Path',
  'Max-Age',
  'Expires',
  'foo',
  '',
  '=',
  '\u0001',
] as const
const arguments_ = [
  ...[
    '',
    '',
    '',
    '=',
    '=None',
    '=none',
    '=Lax',
    '=Strict',
    '=foo',
    '=/',
    '=/account',
    '=x',
    '=shop.test',
    '=.shop.test',
  ],
  ...[
    '=other.test',
    '=test',
    '=a.shop.test',
    '=b\u00c3\u00bccher.test',
    '=..',
    '=[::1]',
    '=0',
    '=-1',
    '=60',
    '=99999999999',
  ],
  ...[
    '=1.5',
    '=Wed, 21 Oct 2037 07:28:00 GMT',
    '=Thu, 01 Jan 1970 00:00:00 GMT',
    '=a\tb',
    '=a=\tb',
    `=${'x'.repeat(1025)}`,
    '=`',
  ],
] as [string, ...string[]]
const blanks = ['', '', ' ', '\t', '  '] as const
const letterCase = (text: string): string => pick([text, text, text.toLowerCase(), text.toUpperCase()])

const randomLine = (): string => {
  let line = `${pick(blanks)}${pick(names)}${pick(blanks)}${pick(['=', '=', '=', ''])}${pick(blanks)}${pick(values)}${pick(blanks)}`
  for (let count = random(6); count > 0; count--)
    line += `;${pick(blanks)}${letterCase(pick(attributes))}${pick(blanks)}${pick(arguments_)}${pick(blanks)}`
  return line
}
const randomBytes = (): string =>
  Array.from({ length: random(60) }, () =>
    String.fromCharCode(pick([random(0x80), random(0x100), random(0x1_0000), 0x3b, 0x3d])),
  ).join('')

const secureJar = [
  cookieOf({ secure: true }),
  cookieOf({ name: '', secure: true }),
  cookieOf({ secure: true, domain: '.shop.test', hostOnly: false, path: '/account' }),
]
const contexts: [string, RequestRow][] = [
  ['a page', {}],
  ['an http page', { url: 'http://shop.test/account/login', jar: secureJar }],
  ['another site', crossSite],
  ['another site, blocked', { ...crossSite, thirdPartyCookies: 'blocked' }],
  ['another site on http', { ...crossSite, url: 'http://api.other.test/', thirdPartyCookies: 'blocked' }],
  [
    'an http page of the site',
    {
      ...crossSite,
      url: 'https://api.shop.test/',
      initiator: 'http://www.shop.test',
      frames: ['http://www.shop.test/'],
    },
  ],
  [
    'a sandboxed frame',
    { ...crossSite, url: 'https://www.shop.test/', initiator: 'null', thirdPartyCookies: 'blocked' },
  ],
  ['localhost', { url: 'http://localhost:3000/' }],
  ['an address', { url: 'http://[::1]/' }],
]

const optionsOf = ({ jar = [], thirdPartyCookies }: RequestRow): JudgeOptions => ({
  browser: 'chromium',
  jar,
  ...(thirdPartyCookies && { thirdPartyCookies }),
})
const judgeLines = (row: RequestRow, lines: string[]) => {
  const exchange = exchangeOf(row)
  exchange.responseHeaders = lines.map((value) => ({ name: 'Set-Cookie', value }))
  return { exchange, verdict: judge(exchange, optionsOf(row)) }
}
const judgeLine = (row: RequestRow, line: string) => {
  const [verdict] = judgeLines(row, [line]).verdict.setCookies
  if (verdict === undefined) throw new Error('no verdict')
  return verdict
}

const checkReason = ({ id, title, explanation, part, fix, spec }: Reason, line: string): void => {
  expect(id && spec).toBeTruthy()
  expect(title.length).toBeLessThan(120)
  expect(title).not.toMatch(/[\p{C}\n]/u)
  expect(explanation).not.toMatch(/\p{C}|undefined|``/u)
  expect(explanation.length).toBeLessThan(1600)
  if (part !== undefined) {
    expect(part.start).toBeLessThanOrEqual(part.end)
    expect(part.end).toBeLessThanOrEqual(line.length)
  }
  for (const note of fix?.notes ?? []) expect(note).toMatch(/^[A-Z][^\p{C}]+\.$/u)
}

describe.each(contexts)('two hundred lines in %s', (_what, row) => {
  const lines = Array.from({ length: 200 }, randomLine)

  it('have verdicts as the contract has them', () => {
    const { exchange, verdict } = judgeLines(row, lines)
    expect(verdict.setCookies.map(({ line }) => line)).toEqual(lines)
    for (const { line, outcome, cookie, reasons, warnings } of verdict.setCookies) {
      expect(reasons.length > 0).toBe(outcome === 'blocked' || outcome === 'unknown')
      if (outcome === 'stored' || outcome === 'removed') expect(cookie).not.toBeNull()
      else expect(warnings).toEqual([])
      for (const reason of [...reasons, ...warnings]) checkReason(reason, line)
    }
    const after = applyVerdict(optionsOf(row).jar, verdict)
    const evidence = { changes: [], jarBefore: [], jarAfter: after, settled: true }
    expect(reconcile(exchange, verdict, evidence, 'chromium')).toHaveLength(lines.length + verdict.cookies.length)
  })

  it('are foretold for the other browsers likewise', () => {
    const { exchange, verdict } = judgeLines(row, lines)
    const { setCookies, cookies } = elsewhere(exchange, verdict, 'chromium')
    expect([setCookies.length, cookies.length]).toEqual([lines.length, verdict.cookies.length])
    setCookies.forEach((each, index) => {
      expect(each.map(({ browser }) => browser)).toEqual(['firefox', 'safari'])
      for (const { outcome, reasons } of each) {
        expect(reasons.length > 0).toBe(outcome === 'blocked' || outcome === 'unknown')
        for (const reason of reasons) checkReason(reason, lines[index] ?? '')
      }
    })
  })

  it('are mended by their corrected line as far as a line can', () => {
    for (const line of lines) {
      const { outcome, reasons } = judgeLine(row, line)
      const corrected = new Set(reasons.flatMap(({ fix }) => fix?.setCookie ?? []))
      expect(corrected.size).toBeLessThanOrEqual(1)
      if (outcome !== 'blocked') continue
      for (const mended of corrected) {
        const again = judgeLine(row, mended)
        expect(again.reasons.flatMap(({ id, fix }) => (fix?.setCookie === undefined ? [] : [id]))).toEqual([])
        // What is left was said before, or stands in the notes.
        const notes = reasons.flatMap(({ fix }) => fix?.notes ?? [])
        for (const { id, fix } of again.reasons) {
          if (!reasons.some((reason) => reason.id === id)) expect(notes).toContain(fix?.notes[0])
        }
      }
    }
  })
})

it('never throws on three thousand lines of anything', () => {
  for (let count = 0; count < 3000; count++) {
    const line = randomBytes()
    const [, row] = pick(contexts as [[string, RequestRow], ...[string, RequestRow][]])
    const headers = {
      Cookie: randomBytes(),
      'Sec-Fetch-Storage-Access': randomBytes(),
      'Sec-Fetch-Site': randomBytes(),
    }
    for (const reason of judgeLine({ ...row, requestHeaders: headers, responseHeaders: { Date: randomBytes() } }, line)
      .reasons)
      checkReason(reason, line)
    parseSetCookie(line, { browser: 'chromium' })
  }
})

it('never throws on a jar of anything', () => {
  for (let count = 0; count < 500; count++) {
    const jar: StoredCookie[] = Array.from({ length: 3 }, () =>
      cookieOf({
        name: randomBytes(),
        value: randomBytes(),
        path: `/${randomBytes()}`,
        domain: pick(['shop.test', '.shop.test', 'a.shop.test']),
        hostOnly: pick([true, false]),
        secure: pick([true, false]),
        sameSite: pick(['no_restriction', 'lax', 'strict', 'unspecified']),
        expirationDate: pick([0, 1e12, -1e300, random(1e9) * 4]),
        ...pick([{}, { partitionKey: { topLevelSite: randomBytes() } }]),
      }),
    )
    const row: RequestRow = {
      jar,
      url: 'http://b.shop.test/',
      initiator: pick(['null', 'https://other.test']),
      method: pick(['GET', 'POST']),
    }
    for (const { reasons } of judgeLines(row, []).verdict.cookies) for (const reason of reasons) checkReason(reason, '')
  }
})

/** In the request's own context, but answered by the cookie's own host and path: where a server would set it. */
const setBy = (row: RequestRow, { domain, path }: StoredCookie): RequestRow => {
  const url = new URL(exchangeOf(row).url)
  return { ...row, url: `${url.protocol}//${domain.replace(/^\./, '')}${path}` }
}

it('sends a cookie that its corrected line made, as far as a line can', () => {
  const rows: RequestRow[] = [
    {},
    { initiator: 'https://idp.test' },
    { initiator: 'https://idp.test', method: 'POST' },
    { ...crossSite, url: 'https://b.shop.test/x', initiator: 'https://other.test', frames: ['https://other.test/'] },
    {
      ...crossSite,
      url: 'https://shop.test/',
      initiator: 'https://other.test',
      frames: ['https://other.test/'],
      thirdPartyCookies: 'blocked',
    },
  ]
  let mended = 0
  for (let count = 0; count < 1000; count++) {
    const row = pick(rows as [RequestRow, ...RequestRow[]])
    const hostOnly = pick([true, false])
    const cookie = cookieOf({
      name: pick(['sid', '__Host-sid', '__Secure-sid', '']),
      domain: pick(hostOnly ? ['shop.test', 'a.shop.test'] : ['.shop.test', '.a.shop.test']),
      hostOnly,
      path: pick(['/', '/account', '/x']),
      secure: true,
      sameSite: pick(['no_restriction', 'lax', 'strict', 'unspecified']),
      creation: 0,
      ...pick<Partial<StoredCookie>>([{}, { expirationDate: 4e9 }, { expirationDate: 1 }]),
    })
    if (cookie.name === '__Host-sid' && !(hostOnly && cookie.path === '/')) continue
    const [verdict] = judgeLines({ ...row, jar: [cookie] }, []).verdict.cookies
    const corrected = new Set(verdict?.reasons.flatMap(({ fix }) => fix?.setCookie ?? []))
    expect(corrected.size).toBeLessThanOrEqual(1)
    for (const line of corrected) {
      const made = judgeLine(setBy(row, cookie), line)
      expect([made.outcome, line]).toEqual(['stored', line])
      const [again] = judgeLines({ ...row, jar: made.cookie === null ? [] : [{ ...made.cookie, creation: 0 }] }, [])
        .verdict.cookies
      expect(again?.reasons.flatMap(({ id, fix }) => (fix?.setCookie === undefined ? [] : [id]))).toEqual([])
      mended++
    }
  }
  expect(mended).toBeGreaterThan(300)
})

it('keeps up with a response of a thousand lines and a jar of a thousand cookies', () => {
  const jar = Array.from({ length: 1000 }, (_, index) => cookieOf({ name: `c${index}`, path: '/x', secure: true }))
  const lines = Array.from({ length: 1000 }, (_, index) => `c${index}=1; SameSite=None; Path=/x`)
  const start = performance.now()
  judgeLines({ url: 'http://shop.test/', jar }, lines)
  expect(performance.now() - start).toBeLessThan(10_000)
})
