import type { Reason } from '../contract.ts'
import type { Action } from '../remedies/action.ts'
import { noteOf } from '../remedies/generic.ts'
import { missingWords } from '../rules/missing.ts'
import { type RequestEvidence, type Result, type Rule, runRule } from '../rules/rule.ts'

export type Finding = Exclude<Result, { kind: 'pass' }>

const nothing: readonly Finding[] = []

/** What the rules that have a say find, in their order; those that pass left out. */
export const findings = <Evidence extends RequestEvidence>(
  rulesOn: (occasions: number) => readonly Rule<Evidence>[],
  evidence: Evidence,
): readonly Finding[] => {
  let found: Finding[] | null = null
  for (const rule of rulesOn(evidence.occasions)) {
    const result = runRule(rule, evidence)
    if (result.kind === 'pass') continue
    if (found === null) found = [result]
    else found.push(result)
  }
  return found ?? nothing
}

const isBlock = ({ kind }: Finding): boolean => kind === 'block'

/** Those that are certain to block. */
export const blockingOf = (found: readonly Finding[]): readonly Finding[] =>
  found.every(isBlock) ? found : found.filter(isBlock)

const passed = { outcome: 'passed', findings: [] } as const

/** All that blocks; where nothing does, all that could not be decided. */
export const decisive = (
  found: readonly Finding[],
): { outcome: 'blocked' | 'unknown' | 'passed'; findings: readonly Finding[] } => {
  if (found.length === 0) return passed
  const blocking = blockingOf(found)
  if (blocking.length > 0) return { outcome: 'blocked', findings: blocking }
  const open = found.filter(({ kind }) => kind === 'undecided')
  return open.length > 0 ? { outcome: 'unknown', findings: open } : passed
}

const editsLine = ({ action }: Action): boolean =>
  action === 'set-attribute' ||
  action === 'remove-attribute' ||
  action === 'encode-characters' ||
  action === 'name-the-cookie'

/** What the findings ask for, in their order. */
export const remediesOf = (found: readonly Finding[]): Action[] => {
  const actions: Action[] = []
  for (const finding of found) actions.push(...finding.remedies())
  return actions
}

/** A line that mends all that a line can mend. */
export interface CorrectedLine {
  line: string
  /** What this line asks for besides, that the one it stands for did not: https for its Secure. */
  notes: string[]
}

/** What to do about findings that no line can mend. */
export const notesOf = (open: readonly Finding[]): string[] => addNotes([], remediesOf(open), true)

/** Adds what the actions ask for, each thing once. `mended`: apart from what a corrected line gives. */
const addNotes = (notes: string[], actions: readonly Action[], mended: boolean): string[] => {
  for (const action of actions) {
    if (mended && editsLine(action)) continue
    const note = noteOf(action)
    if (!notes.includes(note)) notes.push(note)
  }
  return notes
}

/** @param corrected null where no line can mend any of the faults */
export const reasonOf = (finding: Finding, corrected: CorrectedLine | null): Reason => {
  const { title, explanation } = finding.explain()
  const actions = finding.remedies()
  const part = finding.part()
  const mended = corrected !== null && actions.some(editsLine) ? corrected : null
  const notes = addNotes([], actions, mended !== null)
  if (mended !== null) for (const note of mended.notes) if (!notes.includes(note)) notes.push(note)
  const { id, missing, spec } = finding
  const reason: Reason =
    missing === null
      ? { id, title, explanation, spec }
      : {
          id,
          title: `Not certain: ${title}`,
          explanation: `${missingWords[missing]} If that is the reason: ${explanation}`,
          spec,
        }
  if (part !== undefined) reason.part = part
  if (notes.length > 0 || mended !== null) {
    reason.fix = mended === null ? { notes } : { setCookie: mended.line, notes }
  }
  return reason
}
