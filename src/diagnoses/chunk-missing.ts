import type { SetCookieVerdict } from '../contract.ts'
import { byteLength, isDigit } from '../cookie/bytes.ts'
import { parseLine } from '../cookie/parse.ts'
import type { Action } from '../remedies/action.ts'
import { code, list } from '../remedies/words.ts'
import { answerOf } from '../story/answer.ts'
import type { Evidence, Login } from '../story/evidence.ts'
import { nameOfLine } from '../story/reading.ts'
import type { Seen } from '../story/seen.ts'
import type { DiagnosisRule, Finding } from './diagnosis.ts'
import { idsOf, requestText } from './exchange-text.ts'
import { outcomeOf } from './outcome.ts'
import { sentPairs } from './session-use.ts'

/** A session that is cut into several cookies, of which one is missing. */
export default {
  id: 'ChunkMissing',
  explains: ['SessionChangesEveryTime', 'SessionDeletedAtOnce', 'SessionRejected'],
  find: (evidence) => {
    const { login } = evidence
    if (login === null) return []
    const finding = refusedPart(evidence, login) ?? holeInHeader(evidence, login)
    return finding === null ? [] : [finding]
  },
} satisfies DiagnosisRule

interface Part {
  base: string
  number: number
}

const partName = /^(.{1,160}?)(\.|_|C)(\d{1,2})$/

/** `session.0`, `_oauth2_proxy_1`, `.AspNetCore.CookiesC1`; null for what is no part of a session. */
const partOf = (name: string, { isSessionName }: Evidence): Part | null => {
  if (!isDigit(name.charCodeAt(name.length - 1))) return null
  const [, base, mark, number] = partName.exec(name) ?? []
  if (base === undefined || mark === undefined || number === undefined) return null
  if (mark === 'C' && !/^(?:__Host-|__Secure-)?\.AspNetCore\./i.test(base)) return null
  return isSessionName(base) || isSessionName(name) ? { base: base + mark, number: Number(number) } : null
}

/** The answer that set the parts, one of which the browser refused. */
const refusedPart = (evidence: Evidence, login: Login): Finding | null => {
  for (const seen of [login.request, ...login.redirects, ...login.after]) {
    const parts = seen.verdict.setCookies.flatMap((line) => {
      const part = partOf(nameOfLine(line), evidence)
      return part === null ? [] : [{ ...part, line }]
    })
    const refused = parts.find(({ line }) => line.outcome === 'blocked')
    if (refused === undefined) continue
    const stored = parts.filter(({ base, line }) => base === refused.base && line.outcome === 'stored')
    if (stored.length === 0) continue
    return refusedFinding({ seen, refused: refused.line, stored: stored.map(({ line }) => line), evidence })
  }
  return null
}

interface Refused {
  seen: Seen
  refused: SetCookieVerdict
  stored: readonly SetCookieVerdict[]
  evidence: Evidence
}

const check = 'Log in again: every part is stored, and every part is sent.'

const matters =
  'A session that is too large for one cookie is cut into parts. With one of them missing the server can put nothing together, and treats the visitor as logged out.'

const refusedFinding = ({ seen, refused, stored, evidence }: Refused): Finding => ({
  rank: outcomeOf(evidence).kind === 'works' ? 'odd' : 'blocks-now',
  confidence: 'seen',
  title: 'One part of the session cookie was refused, so the session is not whole',
  seen: `${requestText(seen)} set the session in ${stored.length + 1} or more parts. ${code(nameOfLine(refused))} was refused: ${refused.reasons[0]?.title ?? 'the browser did not store it'}. ${list(stored.slice(0, 4).map((line) => code(nameOfLine(line))))} ${stored.length === 1 ? 'was' : 'were'} stored.`,
  matters,
  actions: sizeActions(refused),
  check,
  exchanges: idsOf([seen]),
})

const limit = 4096

const sizeActions = ({ line, reasons }: SetCookieVerdict): Action[] => {
  if (reasons[0]?.id !== 'NameValuePairExceedsMaxSize') return []
  const { name, value } = parseLine(line)
  return [{ action: 'shorten-value', bytes: byteLength(name.text) + byteLength(value.text), limit }]
}

/** A request with `.0` and `.2`: one that was refused, if there is one. */
const holeInHeader = (evidence: Evidence, login: Login): Finding | null => {
  let first: Finding | null = null
  for (const seen of login.after) {
    const numbers = new Map<string, Set<number>>()
    for (const { name } of sentPairs(seen)) {
      const part = partOf(name, evidence)
      if (part !== null) numbers.set(part.base, (numbers.get(part.base) ?? new Set()).add(part.number))
    }
    for (const [base, sent] of numbers) {
      const missing = missingOf(base, sent)
      if (missing === null || (first !== null && answerOf(seen) !== 'refused')) continue
      const finding = holeFinding(
        seen,
        base + missing,
        [...sent].map((one) => base + one),
      )
      if (finding.rank === 'blocks-now') return finding
      first ??= finding
    }
  }
  return first
}

/** The first number that is not there, below the highest that is. ASP.NET counts from 1. */
const missingOf = (base: string, sent: ReadonlySet<number>): number | null => {
  const highest = Math.max(...sent)
  for (let number = base.endsWith('C') ? 1 : 0; number < highest; number++) if (!sent.has(number)) return number
  return null
}

const holeFinding = (seen: Seen, missing: string, sent: readonly string[]): Finding => {
  const withheld = seen.verdict.cookies.find(({ cookie, outcome }) => cookie.name === missing && outcome !== 'sent')
  const isRefused = answerOf(seen) === 'refused'
  return {
    rank: isRefused ? 'blocks-now' : 'odd',
    confidence: isRefused ? 'likely' : 'possible',
    title: 'One part of the session cookie was not sent, so the session is not whole',
    seen: `${requestText(seen)} carried ${list(sent.slice(0, 4).map(code))}, and no ${code(missing)}${withheld === undefined ? ': the browser has no such cookie' : `, which stayed behind: ${withheld.reasons[0]?.title ?? 'the browser withheld it'}`}.`,
    matters,
    actions: withheld?.reasons.some(({ id }) => id === 'NotOnPath')
      ? [{ action: 'set-attribute', attribute: 'Path', value: '/' }]
      : [],
    check,
    exchanges: [seen.id],
  }
}
