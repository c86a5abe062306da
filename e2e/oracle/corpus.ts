/**
 * `npm run corpus -- DIR`: replays outside test cases (its README explains their fields) through the rules and prints
 * the agreement per file. Where upstream's expectation and the real browser differ, the browser counts.
 */
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { profileOf } from '../../src/browsers/index.ts'
import { expiresAt } from '../../src/browsers/read.ts'
import type { Browser, StoredCookie, ThirdPartyCookies } from '../../src/contract.ts'
import { encodeUtf8 } from '../../src/cookie/bytes.ts'
import { judge } from '../../src/judge/index.ts'
import { type Case, exchangeTo, type LineCase, now, type StepCase, setLines } from './corpus-cases.ts'
import { type Foretold, foretellLines, foretellSteps } from './corpus-webkit.ts'

type SameSiteCase = Case & {
  store: { setFrom: string; setCookie: string }[]
  request: {
    type: string
    method: string
    initiator: string | null
    topLevelUrl: string
    frameAncestors: string[]
    redirectChain: string[]
  }
  sendUrl: string
  credentials: 'include' | 'omit'
  thirdPartyCookies: 'allowed' | 'blocked'
  expectedSent: Record<string, boolean>
}
type DateCase = Case & { date: string; expected: string | null }

/** A browser that the cases were replayed in, by its name in their `observed`. */
interface Target {
  browser: Browser
  name: string
  key: string
  /** Whether upstream's dates are this browser's own: else only past, future or session was seen. */
  exactDates: boolean
  /** In the files on SameSite, by setting: absent, the case's own. */
  sameSite: { key: string; thirdPartyCookies?: ThirdPartyCookies }[]
}

const targets: readonly Target[] = [
  { browser: 'chromium', name: 'Chromium 156', key: 'chrome156', exactDates: true, sameSite: [{ key: 'chrome156' }] },
  {
    browser: 'firefox',
    name: 'Firefox 153',
    key: 'firefox153',
    exactDates: false,
    sameSite: [
      { key: 'firefox153_default', thirdPartyCookies: 'partitioned' },
      { key: 'firefox153_cookieBehavior0', thirdPartyCookies: 'allowed' },
    ],
  },
]

/** null: agrees; a text: what we said and what the browser did. */
type Replay<C> = (entry: C, target: Target) => string | null

const headerFor = (browser: Browser, jar: StoredCookie[], url: string, via: string): string | null => {
  const visible = jar.filter(({ httpOnly }) => via === 'http' || !httpOnly)
  const { cookies } = judge(exchangeTo(url, {}), { browser, jar: visible })
  const sent = cookies.filter(({ outcome }) => outcome === 'sent').map(({ cookie }) => cookie)
  return sent.length === 0 ? null : sent.map(({ name, value }) => (name === '' ? value : `${name}=${value}`)).join('; ')
}

const compare = (ours: string | null, theirs: string | null | undefined): string | null => {
  const expected = theirs === null || theirs === undefined ? null : encodeUtf8(theirs)
  return ours === expected ? null : `ours ${JSON.stringify(ours)}, browser ${JSON.stringify(expected)}`
}

const replayLines: Replay<LineCase> = (entry, { browser, key }) => {
  const seen = entry.observed[key]
  if (seen === undefined || seen.notRun !== undefined) return null
  const jar = setLines(browser, [], entry.requestUrl, entry, entry.via ?? 'http').jar
  if (entry.expectedCookieHeader === undefined) {
    const stored = seen.stored ?? entry.expected?.stored
    return stored === jar.length > 0 ? null : `ours stored ${jar.length}, browser ${stored}`
  }
  return compare(
    headerFor(browser, jar, entry.sendUrl, 'http'),
    'cookieHeader' in seen ? seen.cookieHeader : entry.expectedCookieHeader,
  )
}

const replaySteps: Replay<StepCase> = ({ steps, observed }, { browser, key }) => {
  let jar: StoredCookie[] = []
  let index = 0
  for (const step of steps) {
    if (step.set !== undefined) jar = setLines(browser, jar, step.set.url, step.set, step.set.via).jar
    if (step.get === undefined) continue
    const header = headerFor(browser, jar, step.get.url, step.get.via)
    const gets = observed[key]?.gets
    const { expectedCookieHeader, expectedContains } = step.get
    if (expectedContains !== undefined && gets === undefined) {
      if (!expectedContains.every((part) => header?.includes(part)))
        return `ours ${header}, browser contains ${expectedContains}`
    } else {
      const difference = compare(header, gets === undefined ? expectedCookieHeader : gets[index])
      if (difference !== null) return difference
    }
    index++
  }
  return null
}

const replaySameSite: Replay<SameSiteCase> = (entry, { browser, sameSite }) => {
  const found = sameSite.flatMap(({ key, thirdPartyCookies = entry.thirdPartyCookies }) => {
    const difference = replayRequest(entry, browser, key, thirdPartyCookies)
    return difference === null ? [] : [`${thirdPartyCookies}: ${difference}`]
  })
  return found.length === 0 ? null : found.join('; ')
}

const replayRequest = (
  entry: SameSiteCase,
  browser: Browser,
  key: string,
  thirdPartyCookies: ThirdPartyCookies,
): string | null => {
  let jar: StoredCookie[] = []
  for (const { setFrom, setCookie } of entry.store)
    jar = setLines(browser, jar, setFrom, { setCookie: [setCookie] }, 'http').jar
  const { type, method, initiator, topLevelUrl, frameAncestors, redirectChain } = entry.request
  const frames = type === 'main_frame' ? [] : [...frameAncestors, ...(topLevelUrl === null ? [] : [topLevelUrl])]
  const verdict = judge(
    exchangeTo(entry.sendUrl, {
      method,
      resourceType: type,
      initiator,
      frames,
      redirectChain,
      credentials: entry.credentials,
    }),
    { browser, jar, thirdPartyCookies },
  )
  const ours = verdict.cookies
    .filter(({ outcome }) => outcome === 'sent')
    .map(({ cookie }) => cookie.name)
    .sort()
  const unknown = verdict.cookies.filter(({ outcome }) => outcome === 'unknown').map(({ cookie }) => cookie.name)
  const theirs = entry.observed[key]?.sent ?? Object.keys(entry.expectedSent).filter((name) => entry.expectedSent[name])
  return unknown.length === 0 && ours.join() === [...theirs].sort().join()
    ? null
    : `ours ${ours} (unknown ${unknown}), browser ${theirs}`
}

const replayDate: Replay<DateCase> = ({ date, expected, observed }, { browser, key, exactDates }) => {
  const ours = expiresAt(encodeUtf8(date), profileOf(browser).policy)
  const kind = ours === null ? 'session' : ours <= now ? 'expired' : 'future'
  const seen = observed[key]
  if (kind !== seen?.as) return `ours ${kind}, browser ${seen?.as}`
  return exactDates && seen.agrees && expected !== null && ours !== Date.parse(expected)
    ? `ours ${ours}, expected ${expected}`
    : null
}

const files: Record<string, Replay<never>> = {
  'http-state-parser.json': replayLines,
  'wpt-set-cookie.json': replayLines,
  'chromium-unit.json': replayLines,
  'wpt-steps.json': replaySteps,
  'firefox-gtest.json': replaySteps,
  'wpt-samesite.json': replaySameSite,
  'cookie-dates.json': replayDate,
}

const foretold: Record<string, (entry: never) => Foretold | null> = {
  'wpt-set-cookie.json': foretellLines,
  'wpt-steps.json': foretellSteps,
}

/** Prints how the foretold Safari compares with WebKit's own results; gives the number of cases in which it is wrong. */
const printForetold = (file: string, cases: readonly Case[]): number => {
  const foretell = foretold[file]
  if (foretell === undefined) return 0
  const all = cases.flatMap((entry) => {
    const result = foretell(entry as never)
    return result === null ? [] : [{ id: entry.id, result }]
  })
  const wrong = all.filter(({ result }) => result !== 'agrees' && result !== 'unknown')
  const unknown = all.filter(({ result }) => result === 'unknown')
  console.log(
    `${file}: of ${all.length} with a result of WebKit's, Safari foretold: ${all.length - wrong.length - unknown.length} agree, ${unknown.length} unknown, ${wrong.length} disagree`,
  )
  for (const { id, result } of wrong) console.log(`  ${id}: ${result}`)
  if (unknown.length > 0) console.log(`  unknown: ${unknown.map(({ id }) => id).join(', ')}`)
  return wrong.length
}

/** Why a folder can't be used; null where it can. */
const problemOf = (dir: string | undefined): string | null => {
  if (dir === undefined) return 'Which folder?'
  if (!existsSync(dir)) return `There is no ${dir}.`
  if (!statSync(dir).isDirectory()) return `${dir} is no folder.`
  return Object.keys(files).some((file) => existsSync(join(dir, file))) ? null : `${dir} has none of the files.`
}

const main = (dir: string | undefined): number => {
  const problem = problemOf(dir)
  if (dir === undefined || problem !== null) {
    console.error(
      `${problem} usage: npm run corpus -- DIR   (a folder with the corpus files, such as http-state-parser.json)`,
    )
    return 2
  }
  let failed = 0
  for (const [file, replay] of Object.entries(files)) {
    const path = join(dir, file)
    if (!existsSync(path)) {
      console.log(`${file}: not there`)
      continue
    }
    const { cases } = JSON.parse(readFileSync(path, 'utf8')) as { cases: Case[] }
    for (const target of targets) {
      const differences = cases.flatMap((entry) => {
        const difference = replay(entry as never, target)
        return difference === null ? [] : [`  ${entry.id}: ${difference}`]
      })
      console.log(`${file}: ${cases.length - differences.length} of ${cases.length} agree with ${target.name}`)
      for (const line of differences) console.log(line)
      failed += differences.length
    }
    failed += printForetold(file, cases)
  }
  return failed === 0 ? 0 : 1
}

process.exitCode = main(process.argv[2])
