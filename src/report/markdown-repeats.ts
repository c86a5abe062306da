import type { ReportExchange } from '../contract.ts'
import { parseLine } from '../cookie/parse.ts'
import { observationOf, type ProblemExchange } from './markdown-words.ts'
import { cookieKey, type Problem } from './problems.ts'

const MOST_NUMBERS = 20

export interface Folded {
  /** The requests, each with the problems that no earlier request had; none without any. */
  readonly sections: readonly ProblemExchange[]
  /** Numbers of the later requests that have the same problem. */
  readonly repeats: ReadonlyMap<Problem, readonly number[]>
}

/** One section for each cookie with the same reasons, however many requests it was on: a page asks again and again. */
export function foldRepeats(problems: readonly ProblemExchange[]): Folded {
  const first = new Map<string, { problem: Problem; number: number }>()
  const repeats = new Map<Problem, number[]>()
  const sections = problems.flatMap((one) => {
    const { exchange, number } = one
    const own = one.problems.filter((problem) => {
      const key = keyOf(exchange, problem)
      const known = first.get(key)
      if (known === undefined) first.set(key, { problem, number })
      if (known === undefined || known.number === number) return true
      const numbers = repeats.get(known.problem) ?? []
      if (numbers.at(-1) !== number) repeats.set(known.problem, [...numbers, number])
      return false
    })
    return own.length > 0 ? [{ ...one, problems: own }] : []
  })
  return { sections, repeats }
}

/** `Also in requests 14 and 17.` Empty where there is none. */
export function repeatsLine(numbers: readonly number[] = []): string {
  const shown = numbers.slice(0, MOST_NUMBERS).map(String)
  const more = numbers.length - shown.length
  const all = more > 0 ? [...shown, `${more.toLocaleString('en-GB')} more`] : shown
  const last = all.at(-1)
  if (last === undefined) return ''
  return `Also in ${all.length === 1 ? `request ${last}` : `requests ${all.slice(0, -1).join(', ')} and ${last}`}.`
}

/** The cookie but for its value, and all that is said of it. */
function keyOf(exchange: ReportExchange, { operation, index, kind, setBy }: Problem): string {
  const line = operation === 'set' ? exchange.verdict.setCookies[index] : undefined
  const sent = operation === 'send' ? exchange.verdict.cookies[index] : undefined
  const reasons = [...(line?.reasons ?? sent?.reasons ?? []), ...(line?.warnings ?? [])]
  return JSON.stringify([
    operation,
    kind,
    line && { ...lineKey(line.line), host: URL.canParse(exchange.url) ? new URL(exchange.url).host : exchange.url },
    sent && cookieKey(sent.cookie),
    setBy?.id,
    observationOf(exchange, operation, index)?.agreement,
    reasons.map(({ id, explanation }) => [id, explanation]),
  ])
}

function lineKey(line: string): { name: string; attributes: string } {
  const { name, value } = parseLine(line)
  return { name: name.text, attributes: line.slice(value.end) }
}
