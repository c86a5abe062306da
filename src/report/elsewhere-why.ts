import { profileOf } from '../browsers/index.ts'
import type { Browser, Reason } from '../contract.ts'
import type { ElsewhereVerdict } from '../judge/elsewhere.ts'

/**
 * Why another browser blocks a cookie, or may, told of that browser: a reason's own words speak of the browser that the
 * reader is in, and of what to do there. One clause, for panel and report. Pure.
 */

/** What decides where the outcome is not known. */
const dependsOn: Readonly<Record<string, (name: string) => string>> = {
  UserPreferences: (name) => `depends on whether ${name} blocks third-party cookies`,
  PartitionKeyMismatch: () => 'depends on which page the cookie was stored for',
  InvalidPartitioned: (name) => `depends on which version of ${name} reads Partitioned`,
  CredentialsOmitted: () => 'depends on whether the request carries credentials',
  AnonymousContext: () => 'depends on whether the frame is loaded without credentials',
  EvictedAtOnce: () => 'depends on how many cookies the site has there',
}

/** What happens where the rule's own words say "this browser", or begin with what a reader there cannot place. */
const happens: Readonly<Record<string, string>> = {
  UserPreferences: 'third-party cookies are blocked',
  EvictedAtOnce: 'the site has too many cookies, and those without Secure go first',
}

/** Whether the browser was run to find its rules; else they are from published results. */
export const isMeasured = (browser: Browser): boolean => {
  const { unverified, alternatives } = profileOf(browser)
  return unverified.size === 0 && alternatives.length === 0
}

/** Empty where there is nothing to say. May hold `code`. */
export const elsewhereWhy = ({ browser, outcome, reasons }: ElsewhereVerdict<string>): string => {
  const [first] = reasons
  if (outcome === 'unknown') return doubtWords(browser, first)
  return first === undefined ? '' : factWords(first)
}

const doubtWords = (browser: Browser, reason: Reason | undefined): string => {
  const { name, policy } = profileOf(browser)
  // Here it is in a partition, and nothing but its line tells whether it would be in one there.
  if (reason?.id === 'PartitionKeyMismatch' && /^(?:Not certain: )?Partitioned: /.test(reason.title))
    return `depends on whether its line says Partitioned${policy.thirdPartyDefault === 'blocked' ? '' : `, and on whether ${name} blocks third-party cookies`}`
  const known = reason && dependsOn[reason.id]
  if (known) return known(name)
  return isMeasured(browser) ? 'the request does not tell' : 'no published result tells'
}

/** The rule's title without its remedy: `SameSite=None needs Secure: add Secure`. */
const factWords = ({ id, title }: Reason): string => {
  const known = happens[id]
  if (known !== undefined) return known
  if (id === 'PartitionKeyMismatch')
    return title.startsWith('Partitioned')
      ? 'partitioned for another page'
      : 'third-party cookies are kept apart by page'
  const fact = title.replace(/: [^:]*$/, '')
  return /^(?:The|A|This|No|Stored) /.test(fact) ? fact.charAt(0).toLowerCase() + fact.slice(1) : fact
}
