import { splitCookiesString } from 'set-cookie-parser'
import type { SetCookieVerdict } from '../contract.ts'
import { parseLine } from '../cookie/parse.ts'
import { code, list } from '../remedies/words.ts'
import type { Evidence } from '../story/evidence.ts'
import { nameKind } from '../story/names.ts'
import { nameOfLine } from '../story/reading.ts'
import type { Seen } from '../story/seen.ts'
import type { DiagnosisRule, Finding } from './diagnosis.ts'
import { idsOf, requestText } from './exchange-text.ts'
import { outcomeOf } from './outcome.ts'
import { isOfLoginSites, sentPairs } from './session-use.ts'

/** Longer lines are no cookie's, and are not looked at. */
const longestLine = 16_384
const mostNames = 5

/** A gateway has joined several Set-Cookie headers with commas, and the session or its CSRF token was among them. */
export default {
  id: 'SetCookieFolded',
  explains: ['LoginWithoutSetCookie'],
  find: (evidence) => {
    const { login } = evidence
    const from = login === null ? evidence.seen : [login.request, ...login.redirects, ...login.after]
    const folded = from.flatMap((seen) => seen.verdict.setCookies.flatMap((line) => foldedIn(seen, line)))
    if (folded.length === 0) return []
    const sent = new Set(from.flatMap((seen) => sentPairs(seen).map(({ name }) => name)))
    const first = folded.find(({ lost }) => lost.some((name) => !sent.has(name))) ?? folded[0]
    return first === undefined ? [] : [findingOf(first, sent, evidence)]
  },
} satisfies DiagnosisRule

interface Folded {
  seen: Seen
  /** The name that the browser made of it. */
  name: string
  /** Those that it never saw. */
  lost: readonly string[]
  /** In an attribute, where the next cookie begins for certain; else in the value, where a comma may be meant. */
  isCertain: boolean
}

const isOfLogin = (name: string): boolean => ['login', 'session', 'csrf'].includes(nameKind(name))

const foldedIn = (seen: Seen, verdict: SetCookieVerdict): Folded[] => {
  const { line, warnings } = verdict
  if (line.length > longestLine) return []
  const name = nameOfLine(verdict)
  const isCertain = warnings.some(({ id }) => id === 'FoldedLines') || isAfterFlag(line)
  const lost = isCertain ? namesAfterFirst(line) : namesInValue(line)
  return lost.some(isOfLogin) || (isCertain && isOfLogin(name)) ? [{ seen, name, lost, isCertain }] : []
}

const namesAfterFirst = (line: string): string[] =>
  splitCookiesString(line)
    .slice(1)
    .map((other) => other.slice(0, Math.max(0, other.indexOf('='))).trim())

/** The first cookie ends with an attribute that has no value: `sid=1; Secure, csrftoken=2`. */
const isAfterFlag = (line: string): boolean =>
  /;[ \t]{0,9}(?:secure|httponly|partitioned)[ \t]{0,9},[ \t]{0,9}[^\s=;,]{1,200}=/i.test(line)

const pairInValue = /,[ \t]{0,3}([\w!#$%&'*+.^`|~-]{1,80})=/g

/** A cookie without attributes, joined to the next: `sid=1, csrftoken=2; Path=/`. */
const namesInValue = (line: string): string[] => {
  const { text } = parseLine(line).value
  if (!text.includes(',')) return []
  return [...text.matchAll(pairInValue)].slice(0, 50).map(([, name = '']) => name)
}

const findingOf = ({ seen, name, lost, isCertain }: Folded, sent: ReadonlySet<string>, evidence: Evidence): Finding => {
  const names = [...new Set(lost)]
  const isLost = names.some((one) => isOfLogin(one) && !sent.has(one))
  const { kind, refused } = outcomeOf(evidence)
  const isElsewhere = refused !== null && evidence.login !== null && !isOfLoginSites(refused, evidence.login)
  const isWorking = kind === 'works' || isElsewhere
  const more = names.length - mostNames
  return {
    rank: isLost && !isWorking ? 'blocks-now' : 'odd',
    confidence: isCertain ? 'seen' : 'likely',
    title: 'Several cookies of the answer are joined into one line, and the browser keeps the first only',
    seen: `${requestText(seen)} was answered with one Set-Cookie line for ${code(name)}, which goes on after a comma with ${list(names.slice(0, mostNames).map(code))}${more > 0 ? ` and ${more} more` : ''}.`,
    matters:
      'No browser takes such a line apart: what follows the comma becomes part of the first cookie, and the others are never stored. A gateway, proxy or serverless adapter has folded the headers.',
    actions: [{ action: 'send-separately' }],
    check: `Log in again: the answer has a Set-Cookie line for each cookie, and ${list(names.slice(0, 2).map(code))} ${names.length === 1 ? 'is' : 'are'} stored.`,
    exchanges: idsOf([seen]),
  }
}
