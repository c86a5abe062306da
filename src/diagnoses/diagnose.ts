import type { Diagnosis } from '../contract.ts'
import { changeNote, changesIn } from '../remedies/generic.ts'
import type { Evidence } from '../story/evidence.ts'
import type { DiagnosisRule, Finding, FoundDiagnosis } from './diagnosis.ts'
import { diagnoses } from './index.ts'

const RANKS: readonly Finding['rank'][] = ['blocks-now', 'blocks-next', 'odd']
const CONFIDENCES: readonly Finding['confidence'][] = ['seen', 'likely', 'possible']

/**
 * What the exchanges show together, ranked: what blocks now, what would next, what is odd; then by confidence; then the
 * cause before its consequence. What another finding explains is left out.
 * @param rules from cause to consequence
 */
export const diagnose = (evidence: Evidence, rules: readonly DiagnosisRule[] = diagnoses): FoundDiagnosis[] => {
  /** For each diagnosis that is explained: the weightiest rank of what explains it. */
  const explained = new Map<string, number>()
  const found: FoundDiagnosis[] = []
  for (const rule of rules) {
    const { id, explains = [] } = rule
    for (const finding of rule.find(evidence)) {
      const rank = RANKS.indexOf(finding.rank)
      const isConsequence = rank >= (explained.get(id) ?? Number.POSITIVE_INFINITY)
      if (!isConsequence) found.push({ ...finding, id })
      // One of several explanations explains nothing away; nor does what blocks nothing explain what does.
      if (finding.confidence === 'possible' && !isConsequence) continue
      for (const other of explains) explained.set(other, Math.min(rank, explained.get(other) ?? rank))
    }
  }
  return found.sort(
    (a, b) =>
      RANKS.indexOf(a.rank) - RANKS.indexOf(b.rank) ||
      CONFIDENCES.indexOf(a.confidence) - CONFIDENCES.indexOf(b.confidence),
  )
}

/** As the panel shows it and the report carries it. */
export const toDiagnosis = (found: FoundDiagnosis): Diagnosis => {
  const { id, title, seen, confidence, exchanges, rank, matters, actions, cookie = null, check } = found
  return {
    id,
    title,
    explanation: seen,
    confidence,
    exchanges: [...new Set(exchanges)],
    rank,
    matters,
    changes: [...new Set(changesIn(actions).map((change) => changeNote(change, cookie)))],
    check,
  }
}
