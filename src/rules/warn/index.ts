import type { Rule, SetEvidence } from '../rule.ts'
import attributeValueExceedsMaxSize from './attribute-value-exceeds-max-size.ts'
import domainNonAscii from './domain-non-ascii.ts'
import expiryCapped from './expiry-capped.ts'
import expiryIgnored from './expiry-ignored.ts'
import flagWithValue from './flag-with-value.ts'
import foldedLines from './folded-lines.ts'
import olderCookiesEvicted from './older-cookies-evicted.ts'
import partitionedByBrowser from './partitioned-by-browser.ts'
import pathIgnored from './path-ignored.ts'
import sameSiteNotRecognised from './same-site-not-recognised.ts'

/** Rules that never block: the line is accepted, but not as it was written. */
export const warnRules: readonly Rule<SetEvidence>[] = [
  partitionedByBrowser,
  attributeValueExceedsMaxSize,
  domainNonAscii,
  foldedLines,
  pathIgnored,
  expiryIgnored,
  expiryCapped,
  sameSiteNotRecognised,
  flagWithValue,
  olderCookiesEvicted,
]
