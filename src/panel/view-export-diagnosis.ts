import type { Diagnosis, DiagnosisSnippet } from '../contract.ts'
import { toDiagnosis } from '../diagnoses/diagnose.ts'
import type { FoundDiagnosis } from '../diagnoses/diagnosis.ts'
import type { CookieAtHand, Stack } from '../remedies/stack.ts'
import { changesOf, stackTitle } from './view-stacks.ts'

/**
 * A finding as a report carries it, with the lines that the panel shows for these stacks.
 * @param session name of the session cookie; null where none was seen
 * @param cookies those whose lines were seen
 */
export function diagnosisIn(
  found: FoundDiagnosis,
  session: string | null,
  stacks: readonly Stack[],
  cookies?: readonly CookieAtHand[],
): Diagnosis {
  const diagnosis = toDiagnosis(found)
  const { changes = [] } = diagnosis
  const snippets: DiagnosisSnippet[] = []
  for (const { note, answers } of changesOf(found, session, stacks, cookies)) {
    // Changes of the same words are one.
    const change = changes.indexOf(note)
    for (const { stack, answer } of answers) {
      if (answer.kind !== 'snippet') continue
      const { kind: _, instead: __, ...lines } = answer
      snippets.push({ change, stack: stackTitle(stack), ...lines })
    }
  }
  return snippets.length > 0 ? { ...diagnosis, snippets } : diagnosis
}
