import type { Rule, SetEvidence } from '../rule.ts'
import ambiguousSerialization from './ambiguous-serialization.ts'
import anonymousContext from './anonymous-context.ts'
import corsPreflight from './cors-preflight.ts'
import credentialsOmitted from './credentials-omitted.ts'
import defaultPathExceedsMaxSize from './default-path-exceeds-max-size.ts'
import disallowedCharacter from './disallowed-character.ts'
import evictedAtOnce from './evicted-at-once.ts'
import invalidDomain from './invalid-domain.ts'
import invalidPartitioned from './invalid-partitioned.ts'
import invalidPrefix from './invalid-prefix.ts'
import nameValuePairExceedsMaxSize from './name-value-pair-exceeds-max-size.ts'
import namelessCookie from './nameless-cookie.ts'
import noCookieContent from './no-cookie-content.ts'
import overwriteSecure from './overwrite-secure.ts'
import sameSiteLax from './same-site-lax.ts'
import sameSiteNoneInsecure from './same-site-none-insecure.ts'
import sameSiteStrict from './same-site-strict.ts'
import sameSiteUnspecifiedTreatedAsLax from './same-site-unspecified-treated-as-lax.ts'
import secureOnly from './secure-only.ts'
import unverifiedReading from './unverified-reading.ts'
import userPreferences from './user-preferences.ts'

/** In the order in which the browser looks: layer by layer, and within a layer as CDP lists them. */
export const setRules: readonly Rule<SetEvidence>[] = [
  corsPreflight,
  credentialsOmitted,
  noCookieContent,
  namelessCookie,
  unverifiedReading,
  nameValuePairExceedsMaxSize,
  defaultPathExceedsMaxSize,
  disallowedCharacter,
  invalidDomain,
  invalidPrefix,
  invalidPartitioned,
  ambiguousSerialization,
  userPreferences,
  secureOnly,
  sameSiteStrict,
  sameSiteLax,
  sameSiteUnspecifiedTreatedAsLax,
  sameSiteNoneInsecure,
  overwriteSecure,
  anonymousContext,
  evictedAtOnce,
]
