import type { StoredCookie } from '../contract.ts'
import { judge } from '../judge/judge.ts'
import { type Hop, headerOf } from './hop.ts'

const parsed = new WeakMap<object, ReadonlySet<string>>()
const nothing: ReadonlySet<string> = new Set()

/** The pairs of the request's Cookie header. */
export const cookiePairs = ({ requestHeaders }: Hop): ReadonlySet<string> => {
  if (requestHeaders === null) return nothing
  let pairs = parsed.get(requestHeaders)
  if (pairs === undefined) {
    pairs = new Set((headerOf(requestHeaders, 'cookie') ?? '').split('; '))
    parsed.set(requestHeaders, pairs)
  }
  return pairs
}

/** A cookie as it stands in a Cookie header. */
export const pairOf = ({ name, value }: StoredCookie): string => (name === '' ? value : `${name}=${value}`)

/**
 * Whether a request carries a cookie if the store has it, as far as is certain: its credentials mode may be what is being
 * asked, and third-party cookies may be blocked.
 */
export const travels = (cookie: StoredCookie, { browser, exchange }: Hop): boolean => {
  const [verdict] = judge({ ...exchange, credentials: 'include' }, { browser, jar: [cookie] }).cookies
  return verdict?.outcome === 'sent'
}
