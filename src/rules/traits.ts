import type { ReadLine } from '../browsers/read.ts'
import { isSecureUrl } from '../cookie/site.ts'
import type { RequestEvidence } from './rule.ts'

/**
 * What few requests and few lines have, and most rules are about. A rule that names the traits it needs is not asked
 * where one of them is missing. One bit each: they are compared for every rule on every line.
 */
const bits = {
  preflight: 1 << 0,
  /** Made without credentials, or not known to have been made with them. */
  withoutCredentials: 1 << 1,
  /** Of a third party, or not known to be of the first. */
  thirdParty: 1 << 2,
  /** In any same-site context but the nearest, or not known to be in that. */
  crossSite: 1 << 3,
  /** Over http, and not to this very machine. */
  insecure: 1 << 4,
  /** The line, from here on: its cookie has no name. */
  nameless: 1 << 5,
  /** It has the attribute (`expiry`: Expires or Max-Age; `flag`: one of the three that take no value). */
  domain: 1 << 6,
  path: 1 << 7,
  expiry: 1 << 8,
  sameSite: 1 << 9,
  secure: 1 << 10,
  partitioned: 1 << 11,
  flag: 1 << 12,
  /** An attribute is too long to count. */
  overlong: 1 << 13,
} as const

export type Trait = keyof typeof bits

/** All of them as one number. */
export const bitsOf = (traits: readonly Trait[]): number => traits.reduce((all, trait) => all | bits[trait], 0)

export const requestTraits = ({ context, credentials, preflight }: RequestEvidence): number =>
  (preflight ? bits.preflight : 0) |
  (credentials === 'include' ? 0 : bits.withoutCredentials) |
  (context.thirdParty === false ? 0 : bits.thirdParty) |
  (context.sending === 'strict' && context.missing.length === 0 ? 0 : bits.crossSite) |
  (isSecureUrl(context.url) ? 0 : bits.insecure)

export const lineTraits = (read: ReadLine): number =>
  (read.name === '' ? bits.nameless : 0) |
  (read.domain === undefined ? 0 : bits.domain) |
  (read.path === undefined ? 0 : bits.path) |
  (read.expires === undefined && read.maxAge === undefined ? 0 : bits.expiry) |
  (read.sameSite === undefined ? 0 : bits.sameSite) |
  (read.secure === undefined ? 0 : bits.secure | bits.flag) |
  (read.httpOnly === undefined ? 0 : bits.flag) |
  (read.partitioned === undefined ? 0 : bits.partitioned | bits.flag) |
  (read.overlong.length === 0 ? 0 : bits.overlong)
