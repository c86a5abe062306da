import { isDeepStrictEqual } from 'node:util'
import { profiles } from '../src/browsers/index.ts'
import type { BrowserProfile, Policy } from '../src/browsers/policy.ts'
import type { Exchange, JudgeOptions, Reason } from '../src/contract.ts'
import { judge } from '../src/judge/index.ts'
import { cellProse, cellSpan, codeBlock, prose } from '../src/report/markdown-escape.ts'
import { shorten, visible } from '../src/report/visible.ts'
import { missingWords } from '../src/rules/missing.ts'
import type { Missing } from '../src/rules/rule.ts'
import {
  exchangeOf,
  type RequestRow,
  type SendRow,
  type SetRow,
  sendTables,
  setTables,
  storedCookieOf,
} from '../src/rules/testing.ts'
import { tableOf } from './docs-policy.ts'
import { cookieWords, requestWords } from './docs-request.ts'
import type { PageRule } from './docs-rules.ts'

/** Longer explanations there are none: the rules' tests see to that. */
const longestProse = 2000
/** Of a line, so that it can be read on a page. */
const longestExample = 160
const mostBlocked = 6
const mostPassing = 12

/** A row of a rule's table, ready to be shown. */
interface Example {
  /** The line, or the cookie in words. */
  subject: string
  isLine: boolean
  row: RequestRow
  /** What the judge says by this rule; undefined where the row lets it pass. */
  reason: Reason | undefined
}

interface Examples {
  blocked: Example[]
  passing: Example[]
  undecided: { example: Example; missing: keyof typeof missingWords }[]
}

/** The first browser with the row's policy: rows without one are about Chromium. */
const profileFor = ({ policy = {} }: RequestRow): BrowserProfile | undefined =>
  profiles.find((profile) =>
    Object.entries(policy).every(([key, value]) => isDeepStrictEqual(profile.policy[key as keyof Policy], value)),
  )

const optionsOf = (row: RequestRow, { jar = [], thirdPartyCookies } = row): JudgeOptions => ({
  browser: profileFor(row)?.browser ?? 'chromium',
  jar,
  ...(thirdPartyCookies === undefined ? {} : { thirdPartyCookies }),
})

const setExample = (id: string, { line, ...row }: SetRow): Example => {
  const exchange: Exchange = exchangeOf(row)
  exchange.responseHeaders.push({ name: 'Set-Cookie', value: line })
  const [verdict] = judge(exchange, optionsOf(row)).setCookies
  const reason = [...(verdict?.reasons ?? []), ...(verdict?.warnings ?? [])].find((one) => one.id === id)
  return { subject: line, isLine: true, row, reason }
}

const sendExample = (id: string, { cookie, ...row }: SendRow): Example => {
  const stored = storedCookieOf({ cookie, ...row })
  const [verdict] = judge(exchangeOf(row), { ...optionsOf(row), jar: [stored] }).cookies
  return {
    subject: cookieWords(stored),
    isLine: false,
    row,
    reason: verdict?.reasons.find((one) => one.id === id),
  }
}

/** The rows of a table without what only its test looks at. */
const examplesOf = (page: PageRule): Examples => {
  const { id } = page.rule
  if (page.operation === 'send') {
    const { blocks, passes, undecided = [] } = tableOf(sendTables, page.rule)
    return {
      blocked: blocks.map(({ says, silent, marks, fix, ...row }) => sendExample(id, row)),
      passing: passes.map((row) => sendExample(id, row)),
      undecided: undecided.map(({ says, silent, marks, fix, missing, ...row }) => ({
        example: sendExample(id, row),
        missing,
      })),
    }
  }
  const { blocks, passes, undecided = [] } = tableOf(setTables, page.rule)
  return {
    blocked: blocks.map(({ says, silent, marks, fix, ...row }) => setExample(id, row)),
    passing: passes.map((row) => setExample(id, row)),
    undecided: undecided.map(({ says, silent, marks, fix, missing, ...row }) => ({
      example: setExample(id, row),
      missing,
    })),
  }
}

/** Of the browser as it is: rows of other policies are for the test. */
const isOfBrowser = ({ row }: Example): boolean => row.policy === undefined

/** Those of Chromium; where the rule finds nothing there, of the browsers in which it does. */
const ofTheirBrowsers = (examples: readonly Example[]): readonly Example[] => {
  const own = examples.filter(isOfBrowser)
  return own.length > 0 ? own : examples.filter(({ row }) => profileFor(row) !== undefined)
}

/** What a text says, whatever names and values it quotes. */
const withoutValues = (text: string): string => text.replace(/`[^`]*`|\d+/g, '…')

/** The first rows that say each thing, in the table's order: other rows differ in names and values alone. */
const mostTelling = (examples: readonly Example[]): Example[] => {
  const said = new Set<string>()
  const telling = examples.filter(({ reason }) => {
    const words = reason === undefined ? '' : withoutValues(`${reason.title} ${reason.explanation}`)
    if (reason === undefined || said.has(words)) return false
    said.add(words)
    return true
  })
  return telling.slice(0, mostBlocked)
}

/** The header, long values cut. */
const lineBlock = (line: string): string => codeBlock([`Set-Cookie: ${shorten(visible(line), longestExample)}`], 'http')

const subjectBlock = ({ subject, isLine }: Example): string =>
  isLine ? lineBlock(subject) : `The stored cookie ${subject}`

/** One case: the line, what happened, why, what to do. */
const caseLines = (example: Example, reason: Reason): string[] => {
  const { setCookie, notes = [] } = reason.fix ?? {}
  return [
    `### ${prose(reason.title, longestProse)}`,
    '',
    subjectBlock(example),
    '',
    `Request: ${requestWords(example.row)}.${isOfBrowser(example) ? '' : ` In ${profileFor(example.row)?.name}:`}`,
    '',
    prose(reason.explanation, longestProse),
    '',
    ...(setCookie === undefined ? [] : ['Corrected:', '', lineBlock(setCookie), '']),
    ...(notes.length === 0 ? [] : [...notes.map((note) => `- ${prose(note, longestProse)}`), '']),
  ]
}

const casesOf = (examples: readonly Example[]): string[] =>
  mostTelling(ofTheirBrowsers(examples)).flatMap((example) =>
    example.reason === undefined ? [] : caseLines(example, example.reason),
  )

export const blockedSection = (page: PageRule): string[] => casesOf(examplesOf(page).blocked)

/** Of a rule that is never certain: empty for all others. */
export const doubtfulSection = (page: PageRule): string[] => {
  const { blocked, undecided } = examplesOf(page)
  return blocked.length > 0 ? [] : casesOf(undecided.map(({ example }) => example))
}

export const passingSection = (page: PageRule): string[] => {
  const passing = examplesOf(page).passing.filter(isOfBrowser).slice(0, mostPassing)
  return [
    `| ${page.operation === 'set' ? 'Line' : 'Cookie'} | Request |`,
    '| --- | --- |',
    ...passing.map(
      ({ subject, isLine, row }) =>
        `| ${isLine ? cellSpan(subject, longestExample) : subject} | ${requestWords(row)} |`,
    ),
  ]
}

/** What has to be known, with a request in which it is not; empty for a rule that can always decide. */
export const undecidedSection = (page: PageRule): string[] => {
  const firsts = new Map<Missing, Example>()
  for (const { example, missing } of examplesOf(page).undecided) if (!firsts.has(missing)) firsts.set(missing, example)
  return [...firsts].map(([missing, example]) => {
    // Of a browser whose behaviour is not known the line tells, of all else the request.
    const { subject, isLine } = example
    const such =
      missing !== 'browser' ? requestWords(example.row) : isLine ? cellSpan(subject, longestExample) : subject
    return `- ${cellProse(missingWords[missing])} Such as: ${such}.`
  })
}
