import csrfRefused from './csrf-refused.ts'
import type { DiagnosisRule } from './diagnosis.ts'
import sessionChangesEveryTime from './session-changes-every-time.ts'
import sessionDeletedAtOnce from './session-deleted-at-once.ts'
import sessionRejected from './session-rejected.ts'
import twoCookiesOfOneName from './two-cookies-of-one-name.ts'

/** Every diagnosis there is. */
export const diagnoses: readonly DiagnosisRule[] = [
  twoCookiesOfOneName,
  csrfRefused,
  sessionChangesEveryTime,
  sessionDeletedAtOnce,
  sessionRejected,
]
