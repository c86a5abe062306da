import bearerMissing from './bearer-missing.ts'
import chunkMissing from './chunk-missing.ts'
import clockSkew from './clock-skew.ts'
import cookieSetServerSide from './cookie-set-server-side.ts'
import corsBlocksCredentials from './cors-blocks-credentials.ts'
import credentialsNotIncluded from './credentials-not-included.ts'
import csrfRefused from './csrf-refused.ts'
import csrfWithoutSession from './csrf-without-session.ts'
import type { DiagnosisRule } from './diagnosis.ts'
import headersTooLarge from './headers-too-large.ts'
import hostNamesMixed from './host-names-mixed.ts'
import loginFromCache from './login-from-cache.ts'
import loginWithoutSetCookie from './login-without-set-cookie.ts'
import mixedContent from './mixed-content.ts'
import oauthRedirectUriWrong from './oauth-redirect-uri-wrong.ts'
import oauthStateLost from './oauth-state-lost.ts'
import prefixFlips from './prefix-flips.ts'
import proxyHidesHttps from './proxy-hides-https.ts'
import publicSuffixSites from './public-suffix-sites.ts'
import redirectLeavesHttps from './redirect-leaves-https.ts'
import sameSiteOnReturn from './same-site-on-return.ts'
import sessionChangesEveryTime from './session-changes-every-time.ts'
import sessionDeletedAtOnce from './session-deleted-at-once.ts'
import sessionInPartition from './session-in-partition.ts'
import sessionLifetime from './session-lifetime.ts'
import sessionRejected from './session-rejected.ts'
import sessionReplaced from './session-replaced.ts'
import setCookieFolded from './set-cookie-folded.ts'
import thirdPartyCookiesBlocked from './third-party-cookies-blocked.ts'
import tokenNotValid from './token-not-valid.ts'
import tokenRefused from './token-refused.ts'
import twoCookiesOfOneName from './two-cookies-of-one-name.ts'

/** Every diagnosis there is. */
export const diagnoses: readonly DiagnosisRule[] = [
  proxyHidesHttps,
  oauthRedirectUriWrong,
  mixedContent,
  hostNamesMixed,
  publicSuffixSites,
  redirectLeavesHttps,
  oauthStateLost,
  sameSiteOnReturn,
  corsBlocksCredentials,
  credentialsNotIncluded,
  thirdPartyCookiesBlocked,
  sessionInPartition,
  setCookieFolded,
  chunkMissing,
  prefixFlips,
  loginFromCache,
  cookieSetServerSide,
  headersTooLarge,
  clockSkew,
  loginWithoutSetCookie,
  csrfWithoutSession,
  twoCookiesOfOneName,
  sessionReplaced,
  tokenNotValid,
  tokenRefused,
  bearerMissing,
  csrfRefused,
  sessionChangesEveryTime,
  sessionDeletedAtOnce,
  sessionRejected,
  sessionLifetime,
]
