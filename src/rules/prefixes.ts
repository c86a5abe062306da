import type { Policy } from '../browsers/policy.ts'

export type Prefix = Policy['prefixes'][number]

/** What each prefix asks of its line (RFC 6265bis 5.4; the `__Http-` ones: draft-ietf-httpbis-layered-cookies). */
export const prefixNeeds: Record<Prefix, { host: boolean; httpOnly: boolean; written: string }> = {
  '__secure-': { host: false, httpOnly: false, written: '__Secure-' },
  '__host-': { host: true, httpOnly: false, written: '__Host-' },
  '__http-': { host: false, httpOnly: true, written: '__Http-' },
  '__host-http-': { host: true, httpOnly: true, written: '__Host-Http-' },
}

/** The longest enforced prefix a name starts with; null without one. */
export const prefixOf = (name: string, policy: Policy): Prefix | null => {
  if (!name.startsWith('__')) return null
  const lower = name.slice(0, 12).toLowerCase()
  const isExact = policy.prefixCase === 'exact'
  let found: Prefix | null = null
  for (const prefix of policy.prefixes) {
    if (isExact && !name.startsWith(prefixNeeds[prefix].written)) continue
    if (lower.startsWith(prefix) && prefix.length > (found?.length ?? 0)) found = prefix
  }
  return found
}
