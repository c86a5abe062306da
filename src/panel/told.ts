import type { Story } from '../contract.ts'
import type { FoundDiagnosis } from '../diagnoses/diagnosis.ts'
import type { CookieAtHand } from '../remedies/stack.ts'

/** What was told of the log. */
export interface Told {
  /** Null: no login in the log. */
  readonly story: Story | null
  /** Ranked. */
  readonly diagnoses: readonly FoundDiagnosis[]
  /** Name of the session cookie; null where none was seen. */
  readonly cookie: string | null
  /** Of that one and of those that the diagnoses name, whose lines were seen. */
  readonly cookies?: readonly CookieAtHand[]
}
