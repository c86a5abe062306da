import type { Reason } from '../contract.ts'
import type { Action } from '../remedies/action.ts'
import { noteOf } from '../remedies/generic.ts'
import { missingWords } from '../rules/missing.ts'
import type { Result, Rule } from '../rules/rule.ts'

export type Finding = Exclude<Result, { kind: 'pass' }>

const nothing: readonly Finding[] = []

/** What the rules find, in their order; those that pass left out. */
export const findings = <Evidence>(rules: readonly Rule<Evidence>[], evidence: Evidence): readonly Finding[] => {
  let found: Finding[] | null = null
  for (const rule of rules) {
    const result = rule.run(evidence)
    if (result.kind === 'pass') continue
    if (found === null) found = [result]
    else found.push(result)
  }
  return found ?? nothing
}

const passed = { outcome: 'passed', findings: [] } as const

/** All that blocks; where nothing does, all that could not be decided. */
export const decisive = (
  found: readonly Finding[],
): { outcome: 'blocked' | 'unknown' | 'passed'; findings: readonly Finding[] } => {
  if (found.length === 0) return passed
  const blocking = found.filter(({ kind }) => kind === 'block')
  if (blocking.length > 0) return { outcome: 'blocked', findings: blocking }
  const open = found.filter(({ kind }) => kind === 'undecided')
  return open.length > 0 ? { outcome: 'unknown', findings: open } : passed
}

const editsLine = ({ action }: Action): boolean =>
  action === 'set-attribute' ||
  action === 'remove-attribute' ||
  action === 'encode-characters' ||
  action === 'name-the-cookie'

/** A line that mends all that a line can mend. */
export interface CorrectedLine {
  line: string
  /** What this line asks for besides, that the one it stands for did not: https for its Secure. */
  notes: string[]
}

/** What to do about findings that no line can mend. */
export const notesOf = (open: readonly Finding[]): string[] =>
  open.flatMap((finding) =>
    finding
      .remedies()
      .filter((action) => !editsLine(action))
      .map(noteOf),
  )

/** @param corrected null where no line can mend any of the faults */
export const reasonOf = (finding: Finding, corrected: CorrectedLine | null): Reason => {
  const words = finding.explain()
  const actions = finding.remedies()
  const part = finding.part()
  const mended = corrected !== null && actions.some(editsLine) ? corrected : null
  const notes = [
    ...actions.filter((action) => mended === null || !editsLine(action)).map(noteOf),
    ...(mended?.notes ?? []),
  ]
  return {
    id: finding.id,
    title: finding.missing === null ? words.title : `Not certain: ${words.title}`,
    explanation:
      finding.missing === null
        ? words.explanation
        : `${missingWords[finding.missing]} If that is the reason: ${words.explanation}`,
    ...(part === undefined ? {} : { part }),
    ...(notes.length === 0 && mended === null
      ? {}
      : { fix: { ...(mended === null ? {} : { setCookie: mended.line }), notes: [...new Set(notes)] } }),
    spec: finding.spec,
  }
}
