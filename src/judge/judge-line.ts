import type { Reason, SetCookieVerdict } from '../contract.ts'
import { correctLine } from '../remedies/correct-line.ts'
import { lineEvidence, type ResponseEvidence } from '../rules/evidence.ts'
import { setRulesOn, warnRulesOn } from '../rules/index.ts'
import { occasion } from '../rules/occasion.ts'
import { type Layer, layers, runRule, type SetEvidence } from '../rules/rule.ts'
import foldedLines from '../rules/warn/folded-lines.ts'
import {
  blockingOf,
  type CorrectedLine,
  decisive,
  type Finding,
  findings,
  notesOf,
  reasonOf,
  remediesOf,
} from './reasons.ts'

/** A line that is stopped in one of these layers never becomes a cookie. */
const beforeCookie: readonly Layer[] = layers.slice(layers.indexOf('content'), layers.indexOf('line') + 1)

export const judgeLine = (line: string, response: ResponseEvidence): SetCookieVerdict => {
  const evidence = lineEvidence(line, response)
  const { outcome, findings: deciding } = decisive(findings(setRulesOn, evidence))
  if (outcome !== 'passed') {
    const cookie = deciding.some(({ layer }) => beforeCookie.includes(layer)) ? null : evidence.cookie
    const corrected = outcome === 'blocked' && !isFolded(evidence) ? correctedLine(line, deciding, response) : null
    return { line, cookie, outcome, reasons: deciding.map((finding) => reasonOf(finding, corrected)), warnings: [] }
  }
  const warnings: Reason[] = []
  const folded = isFolded(evidence)
  for (const finding of findings(warnRulesOn, evidence)) {
    const mended = folded ? line : correctLine(line, finding.remedies())
    warnings.push(reasonOf(finding, mended === line ? null : { line: mended, notes: [] }))
  }
  const { cookie } = evidence
  const removed = cookie.expirationDate !== undefined && cookie.expirationDate * 1000 <= response.request.exchange.time
  return { line, cookie, outcome: removed ? 'removed' : 'stored', reasons: [], warnings }
}

/** Other cookies' lines follow in this one: whatever is mended in one of its attributes would take them away with it. */
const isFolded = (evidence: SetEvidence): boolean =>
  (evidence.occasions & occasion.comma) !== 0 && runRule(foldedLines, evidence).kind !== 'pass'

/** Mending one fault can uncover the next: SameSite=None asks for Secure. Three rounds reach them all. */
const rounds = 3

/** The line that mends all that a line can mend; null where none of its faults is of that kind. */
const correctedLine = (
  line: string,
  blocking: readonly Finding[],
  response: ResponseEvidence,
): CorrectedLine | null => {
  let corrected = line
  let open = blocking
  for (let round = 0; round < rounds && open.length > 0; round++) {
    const mended = correctLine(corrected, remediesOf(open))
    if (mended === corrected) break
    corrected = mended
    open = blockingOf(findings(setRulesOn, lineEvidence(corrected, response)))
  }
  if (corrected === line) return null
  if (open.length === 0) return { line: corrected, notes: [] }
  const uncovered = open.filter(({ id }) => !blocking.some((finding) => finding.id === id))
  return { line: corrected, notes: notesOf(uncovered) }
}
