import type { Reason, StackSnippet } from '../contract.ts'
import { lineOf } from '../cookie/line-of.ts'
import { parseLine } from '../cookie/parse.ts'
import type { Stack } from '../remedies/stack.ts'
import type { Problem } from '../report/problems.ts'
import type { LogEntry } from './session.ts'
import { attributeAnswers, stackTitle } from './view-stacks.ts'

/**
 * The verdict of a request with problems, as a report carries it: beside each problem's corrected line, the lines that the panel
 * shows for the stacks that sent it.
 * @param stacksOf by the id of the exchange that set the cookie
 */
export function verdictWithSnippets(
  { id, verdict, exchange }: LogEntry,
  problems: readonly Problem[],
  stacksOf: (setter: string) => readonly Stack[],
): LogEntry['verdict'] {
  const setCookies = [...verdict.setCookies]
  const cookies = [...verdict.cookies]
  for (const { operation, index, setBy } of problems) {
    const line = setCookies[index]
    const sent = cookies[index]
    if (operation === 'set' && line !== undefined) {
      const name = line.cookie?.name ?? parseLine(line.line).name.text
      setCookies[index] = { ...line, reasons: mended(line.reasons, name, line.line, stacksOf(id)) }
    } else if (operation === 'send' && sent !== undefined && setBy !== undefined) {
      const { name } = sent.cookie
      const before = lineOf(sent.cookie, exchange.time)
      cookies[index] = { ...sent, reasons: mended(sent.reasons, name, before, stacksOf(setBy.id)) }
    }
  }
  return { setCookies, cookies }
}

/** The decisive reason comes first, and is the one that the panel shows the lines for. */
function mended([first, ...others]: readonly Reason[], name: string, line: string, stacks: readonly Stack[]): Reason[] {
  if (first === undefined) return []
  const { fix } = first
  if (fix?.setCookie === undefined) return [first, ...others]
  const snippets = snippetsOf(name, line, fix.setCookie, stacks)
  return [snippets.length > 0 ? { ...first, fix: { ...fix, snippets } } : first, ...others]
}

function snippetsOf(name: string, line: string, fixed: string, stacks: readonly Stack[]): StackSnippet[] {
  return attributeAnswers(name, line, fixed, stacks).flatMap(({ stack, answer }) => {
    if (answer.kind !== 'snippet') return []
    const { kind: _, instead: __, ...lines } = answer
    return [{ stack: stackTitle(stack), ...lines }]
  })
}
