import type { DiagnosisRank } from '../contract.ts'
import type { Action } from '../remedies/action.ts'
import type { Evidence } from '../story/evidence.ts'

/** What a diagnosis found. All words are plain text with code spans (`code` of remedies/words.ts), no cookie value, no token. */
export interface Finding {
  rank: DiagnosisRank
  confidence: 'seen' | 'likely' | 'possible'
  /** One line: what is wrong, in the words of the one who mends it. */
  title: string
  /** What was seen. */
  seen: string
  /** Why it matters. */
  matters: string
  /** What to change, the first the best; their words are remedies/generic.ts's, and a stack's own. */
  actions: readonly Action[]
  /** Name of the cookie whose attributes the actions mean; left out where that is the session's. */
  cookie?: string
  /** How to see that it worked. */
  check: string
  /** Ids of the exchanges that show it, the most telling first. */
  exchanges: readonly string[]
}

/** One diagnosis over several exchanges. Pure. A healthy login has no finding that blocks. */
export interface DiagnosisRule {
  /** Stable: `ProxyHidesHttps`. */
  id: string
  /**
   * Diagnoses, by id, that tell a mere consequence of this one: they are not shown beside it. They stand later in
   * index.ts, whose order is from cause to consequence.
   */
  explains?: readonly string[]
  find(evidence: Evidence): readonly Finding[]
}

export interface FoundDiagnosis extends Finding {
  id: string
}
