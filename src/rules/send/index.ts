import type { Rule, SendEvidence } from '../rule.ts'
import anonymousContext from './anonymous-context.ts'
import corsPreflight from './cors-preflight.ts'
import credentialsOmitted from './credentials-omitted.ts'
import domainMismatch from './domain-mismatch.ts'
import expired from './expired.ts'
import notOnPath from './not-on-path.ts'
import partitionKeyMismatch from './partition-key-mismatch.ts'
import sameSiteLax from './same-site-lax.ts'
import sameSiteStrict from './same-site-strict.ts'
import sameSiteUnspecifiedTreatedAsLax from './same-site-unspecified-treated-as-lax.ts'
import secureOnly from './secure-only.ts'
import userPreferences from './user-preferences.ts'

/** All that hold are reported; the one that says most about this cookie stands first. */
export const sendRules: readonly Rule<SendEvidence>[] = [
  domainMismatch,
  partitionKeyMismatch,
  expired,
  notOnPath,
  secureOnly,
  corsPreflight,
  credentialsOmitted,
  anonymousContext,
  sameSiteStrict,
  sameSiteLax,
  sameSiteUnspecifiedTreatedAsLax,
  userPreferences,
]
