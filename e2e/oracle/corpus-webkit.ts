import type { StoredCookie } from '../../src/contract.ts'
import { encodeUtf8 } from '../../src/cookie/bytes.ts'
import { judge } from '../../src/judge/index.ts'
import { exchangeTo, type LineCase, type Lines, type StepCase, setLines } from './corpus-cases.ts'

/** How the foretold Safari and WebKit's own checked-in test result compare. */
export type Foretold = 'agrees' | 'unknown' | string

/**
 * A jar as far as it is foretold. Cookies of which a verdict isn't certain are left out, and their lines counted: what
 * WebKit's test says then can neither agree nor differ.
 */
interface Known {
  jar: StoredCookie[]
  doubts: number
}

const browser = 'safari'

const set = ({ jar, doubts }: Known, url: string, lines: Lines, via: string): Known => {
  const after = setLines(browser, jar, url, lines, via)
  const unsure = after.setCookies.filter(({ outcome }) => outcome === 'unknown').length
  // Which names a script may write is no verdict of ours.
  const scripted = via !== 'http' && lines.setCookie.some((line) => /^__(host-)?http-/i.test(line))
  return { jar: after.jar, doubts: doubts + unsure + (scripted ? 1 : 0) }
}

/** The Cookie header's pairs, in no order: Safari has one of its own. */
const sentPairs = ({ jar, doubts }: Known, url: string, via: string): string[] | 'unknown' => {
  // What document.cookie shows of a cookie that became HttpOnly is no verdict of ours.
  if (via !== 'http' && jar.some(({ httpOnly }) => httpOnly)) return 'unknown'
  const { cookies } = judge(exchangeTo(url, {}), { browser, jar })
  if (doubts > 0 || cookies.some(({ outcome }) => outcome === 'unknown')) return 'unknown'
  return cookies
    .filter(({ outcome }) => outcome === 'sent')
    .map(({ cookie: { name, value } }) => `${name}=${value}`)
    .sort()
}

const pairsOf = (header: string | null | undefined): string[] =>
  header === null || header === undefined ? [] : encodeUtf8(header).split('; ').sort()

/** @param agrees whether WebKit did as the test expects; where it did not, all that is known is that it did otherwise */
const compare = (ours: string[] | 'unknown', expected: string[], agrees: boolean): Foretold => {
  if (ours === 'unknown') return 'unknown'
  const same = ours.join('; ') === expected.join('; ')
  return same === agrees
    ? 'agrees'
    : `ours ${JSON.stringify(ours)}, WebKit ${agrees ? '' : 'not '}${expected.join('; ')}`
}

export const foretellLines = (entry: LineCase): Foretold | null => {
  const seen = entry.observed['webkitExpectation']
  if (seen === undefined) return null
  const known = set({ jar: [], doubts: 0 }, entry.requestUrl, entry, entry.via ?? 'http')
  if (seen.stored !== undefined || entry.expectedCookieHeader === undefined) {
    const stored = seen.stored ?? entry.expected?.stored
    if (known.doubts > 0) return 'unknown'
    return stored === known.jar.length > 0 ? 'agrees' : `ours stored ${known.jar.length}, WebKit ${stored}`
  }
  const ours = sentPairs(known, entry.sendUrl, 'http')
  return seen.cookieHeader === undefined
    ? compare(ours, pairsOf(entry.expectedCookieHeader), seen.agrees)
    : compare(ours, pairsOf(seen.cookieHeader), true)
}

/**
 * The steps of a test agree, or one of them does not, and nobody says which.
 */
export const foretellSteps = ({ steps, observed }: StepCase): Foretold | null => {
  const seen = observed['webkitExpectation']
  if (seen === undefined) return null
  let known: Known = { jar: [], doubts: 0 }
  const found: Foretold[] = []
  for (const step of steps) {
    if (step.set !== undefined) known = set(known, step.set.url, step.set, step.set.via)
    if (step.get === undefined) continue
    const { url, via, expectedCookieHeader, expectedContains } = step.get
    const ours = sentPairs(known, url, via)
    if (expectedContains === undefined) found.push(compare(ours, pairsOf(expectedCookieHeader), true))
    else if (ours === 'unknown') found.push(ours)
    else
      found.push(
        expectedContains.every((part) => ours.some((pair) => pair.includes(part)))
          ? 'agrees'
          : `ours ${ours.join('; ')}`,
      )
  }
  if (found.includes('unknown')) return 'unknown'
  const differs = found.find((one) => one !== 'agrees')
  if (seen.agrees) return differs ?? 'agrees'
  return differs === undefined ? 'ours as the test expects, WebKit otherwise' : 'agrees'
}
