/**
 * What the rules' tests have in common: a row says only what matters to its case, the rest is a healthy top-level
 * https page load. A table names what its rule blocks, lets pass and can't decide.
 */
import { describe, expect, it } from 'vitest'
import { profileOf } from '../browsers/index.ts'
import type { Policy } from '../browsers/policy.ts'
import type { Exchange, JudgeOptions, StoredCookie } from '../contract.ts'
import { parseLine } from '../cookie/parse.ts'
import type { Action } from '../remedies/action.ts'
import { lineEvidence, requestEvidence, responseEvidence, sendEvidence } from './evidence.ts'
import {
  type Missing,
  pass,
  type RequestEvidence,
  type Result,
  type Rule,
  rulesByOccasion,
  runRule,
  type SendEvidence,
  type SetEvidence,
} from './rule.ts'

/** 2026-11-21 00:00 UTC. */
export const now = Date.UTC(2026, 10, 21)

export interface RequestRow extends Partial<Omit<Exchange, 'requestHeaders' | 'responseHeaders'>> {
  /** By name. */
  requestHeaders?: Record<string, string>
  responseHeaders?: Record<string, string>
  jar?: StoredCookie[]
  thirdPartyCookies?: JudgeOptions['thirdPartyCookies']
  /** Where a browser differs from Chromium. */
  policy?: Partial<Policy>
}
export interface SetRow extends RequestRow {
  line: string
}
export interface SendRow extends RequestRow {
  cookie: Partial<StoredCookie>
}

/** What a row expects of a rule that does not pass. */
export interface Expected {
  /** Stand in the explanation, or the title: this case's own values. */
  says?: string[]
  /** Do not. */
  silent?: string[]
  /** The piece of the line that is marked; null: none. */
  marks?: string | null
  /** As `remedyText` writes the remedies, all of them, in order. */
  fix?: string[]
}
type Undecided<Row> = Row & Expected & { missing: Missing }

export const exchangeOf = ({
  requestHeaders,
  responseHeaders,
  jar,
  thirdPartyCookies,
  policy,
  ...row
}: RequestRow): Exchange => ({
  url: 'https://shop.test/account/login',
  method: 'GET',
  resourceType: 'main_frame',
  initiator: null,
  frames: [],
  status: 200,
  time: now,
  ...row,
  requestHeaders: headers(requestHeaders),
  responseHeaders: headers(responseHeaders),
})

const headers = (byName: Record<string, string> = {}) =>
  Object.entries(byName).map(([name, value]) => ({ name, value }))

/** A script of a page on shop.test that asks a host of another site, with credentials. */
export const crossSite = {
  url: 'https://api.other.test/login',
  resourceType: 'xmlhttprequest',
  initiator: 'https://www.shop.test',
  frames: ['https://www.shop.test/login'],
  credentials: 'include',
  thirdPartyCookies: 'allowed',
} satisfies RequestRow

/** A cookie of the default row's host. */
export const cookieOf = (over: Partial<StoredCookie> = {}): StoredCookie => ({
  name: 'sid',
  value: 'hush-hush',
  domain: 'shop.test',
  hostOnly: true,
  path: '/',
  secure: false,
  httpOnly: false,
  sameSite: 'unspecified',
  session: over.expirationDate === undefined,
  ...over,
})

const requestOf = (row: RequestRow) => {
  const { jar = [], thirdPartyCookies, policy } = row
  const profile = profileOf('chromium')
  const options: JudgeOptions = { browser: 'chromium', jar, ...(thirdPartyCookies && { thirdPartyCookies }) }
  return requestEvidence(exchangeOf(row), options, { ...profile, policy: { ...profile.policy, ...policy } })
}

/** What comes of a rule on its occasion, and without. */
const resultOn = <Evidence extends RequestEvidence>(rule: Rule<Evidence>, evidence: Evidence): Result =>
  rulesByOccasion([rule])(evidence.occasions).length === 0 ? pass : runRule(rule, evidence)

export const runSet = (rule: Rule<SetEvidence>, { line, ...row }: SetRow): Result =>
  resultOn(rule, lineEvidence(line, responseEvidence(requestOf(row), row.jar ?? [])))

/** A row's cookie: of the host that is asked, unless the row says otherwise. */
export const storedCookieOf = ({ cookie, ...row }: SendRow): StoredCookie =>
  cookieOf({ domain: new URL(exchangeOf(row).url).hostname, ...cookie })

export const runSend = (rule: Rule<SendEvidence>, { cookie, ...row }: SendRow): Result =>
  resultOn(rule, sendEvidence(storedCookieOf({ cookie, ...row }), requestOf(row)))

/** `Secure`, `SameSite=None`, `-Domain`, or the action's name. */
export const remedyText = (action: Action): string => {
  if (action.action === 'set-attribute')
    return action.value === undefined ? action.attribute : `${action.attribute}=${action.value}`
  return action.action === 'remove-attribute' ? `-${action.attribute}` : action.action
}

export interface Table<Row> {
  /** Also what a rule warns of. */
  blocks: (Row & Expected)[]
  passes: Row[]
  undecided?: Undecided<Row>[]
}

/** Each rule's table, as soon as its test is loaded: the pages of docs/rules take their examples from here. */
export const setTables = new Map<Rule<SetEvidence>, Table<SetRow>>()
export const sendTables = new Map<Rule<SendEvidence>, Table<SendRow>>()

export const testSetRule = (rule: Rule<SetEvidence>, table: Table<SetRow>): void => {
  setTables.set(rule, table)
  testRule(rule.id, table, {
    run: (row) => runSet(rule, row),
    text: ({ line, ...row }) => `${short(JSON.stringify(line))} ${short(contextText(row))}`,
    line: ({ line }) => line,
    secret: ({ line }) => parseLine(line).value.text,
    hostile: hostileLines,
  })
}

export const testSendRule = (rule: Rule<SendEvidence>, table: Table<SendRow>): void => {
  sendTables.set(rule, table)
  testRule(rule.id, table, {
    run: (row) => runSend(rule, row),
    text: ({ cookie, ...row }) => `${short(JSON.stringify(cookie))} ${short(contextText(row))}`,
    line: () => '',
    secret: ({ cookie }) => cookie.value ?? cookieOf().value,
    hostile: hostileCookies,
  })
}

interface Means<Row> {
  run(row: Row): Result
  text(row: Row): string
  line(row: Row): string
  secret(row: Row): string
  hostile(row: Row): Row[]
}

const testRule = <Row>(id: string, { blocks, passes, undecided = [] }: Table<Row>, means: Means<Row>): void => {
  const { run, text } = means
  const findings = (kinds: string[], row: Row & Expected, missing: Missing | null) => {
    const result = run(row)
    expect(kinds).toContain(result.kind)
    if (result.kind === 'pass') return
    expect(result.missing).toBe(missing)
    expectSound(result, means.secret(row))
    const { title, explanation } = result.explain()
    for (const said of row.says ?? []) expect(`${title}\n${explanation}`).toContain(said)
    for (const unsaid of row.silent ?? []) expect(`${title}\n${explanation}`).not.toContain(unsaid)
    const part = result.part()
    if (row.marks === null) expect(part).toBeUndefined()
    else if (row.marks !== undefined) expect(part && means.line(row).slice(part.start, part.end)).toBe(row.marks)
    if (row.fix !== undefined) expect(result.remedies().map(remedyText)).toEqual(row.fix)
  }
  if (blocks.length > 0) {
    describe(`${id} finds`, () => {
      for (const row of blocks) it(text(row), () => findings(['block', 'warn'], row, null))
    })
  }
  describe(`${id} lets pass`, () => {
    for (const row of passes) it(text(row), () => expect(run(row).kind).toBe('pass'))
  })
  if (undecided.length > 0) {
    describe(`${id} can't decide`, () => {
      for (const row of undecided) it(text(row), () => findings(['undecided'], row, row.missing))
    })
  }
  it(`${id} keeps its words sound on hostile names and attributes`, () => {
    const results = [...blocks, ...undecided].flatMap(means.hostile).map(run)
    expect(results.some(({ kind }) => kind !== 'pass')).toBe(true)
    for (const result of results) if (result.kind !== 'pass') expectSound(result, '')
  })
}

/** Words that can be shown whatever the page sent: short, on one line, whole quotations, nothing hidden, no value. */
const expectSound = (result: Exclude<Result, { kind: 'pass' }>, secret: string): void => {
  const { title, explanation } = result.explain()
  const words = `${title}\n${explanation}`
  // An undecided title gets "Not certain: " before it.
  expect(title.length).toBeLessThan(result.kind === 'undecided' ? 107 : 120)
  expect(title).toMatch(/^\S.*[^.\s]$/)
  expect(explanation).toMatch(/^\S.*\.$/)
  expect(explanation.length).toBeLessThan(1200)
  expect(words).not.toMatch(/[^\P{C}\n]|[\p{Zl}\p{Zp}]|``|undefined|\bnull\b|NaN|\[object/u)
  expect(explanation.split('`').length % 2).toBe(1)
  if (secret.length > 3) expect(words).not.toContain(secret)
}

const hostiles = [
  '`',
  '``` | <img src=x onerror=alert(1)>',
  'x'.repeat(10_240),
  '\u00c3\u00a9'.repeat(60),
  '\u0000\u0001\u001b[31m\u007f\u0085',
  '\t',
  '\ud800',
  '\u{1f36a}'.repeat(100),
  '\u202egnp.exe',
  '\u2028\r\n',
  '__proto__',
  '\u00ff\u00fe',
]

/** The line with a hostile name, then with a hostile value for each of its attributes, then with a hostile attribute. */
const hostileLines = (row: SetRow & Expected): (SetRow & Expected)[] => {
  const { name, attributes } = parseLine(row.line)
  const at = (offset: number, text: string): string => row.line.slice(0, offset) + text + row.line.slice(offset)
  return hostiles
    .flatMap((text) => [
      at(name.end, text),
      ...attributes.map(({ valuePiece, hasEquals }) => at(valuePiece.end, hasEquals ? text : `=${text}`)),
      `${row.line}; ${text}=${text}`,
    ])
    .map((line) => ({ ...row, line }))
}

const hostileCookies = (row: SendRow & Expected): (SendRow & Expected)[] =>
  hostiles.flatMap((text) => [
    { ...row, cookie: { ...row.cookie, name: text } },
    { ...row, cookie: { ...row.cookie, name: '' } },
    { ...row, cookie: { ...row.cookie, path: `/${text}` } },
    { ...row, cookie: { ...row.cookie, domain: `${text}.${row.cookie.domain ?? 'shop.test'}` } },
  ])

const contextText = ({
  says,
  silent,
  marks,
  fix,
  missing,
  jar,
  ...row
}: RequestRow & Expected & { missing?: Missing }) => (Object.keys(row).length === 0 ? '' : JSON.stringify(row))

const short = (text: string): string => (text.length > 160 ? `${text.slice(0, 159)}…` : text)
