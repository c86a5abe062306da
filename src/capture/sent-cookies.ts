import type { SendOutcome, StoredCookie } from '../contract.ts'
import { judge } from '../judge/judge.ts'
import { type Hop, headerOf } from './hop.ts'
import { shownAs } from './shown-value.ts'

const parsed = new WeakMap<object, readonly string[]>()
const nothing: readonly string[] = []

/** The pairs of the request's Cookie header, in order; none where it was not seen. */
export const cookiePairs = ({ requestHeaders }: Hop): readonly string[] => {
  if (requestHeaders === null) return nothing
  let pairs = parsed.get(requestHeaders)
  if (pairs === undefined) {
    const header = headerOf(requestHeaders, 'cookie')
    pairs = header === null || header === '' ? nothing : header.split('; ')
    parsed.set(requestHeaders, pairs)
  }
  return pairs
}

/** A cookie as it stands in a Cookie header. */
export const pairOf = ({ name, value }: StoredCookie): string => (name === '' ? value : `${name}=${value}`)

/** As a byte string, what browsers show for bytes that are no UTF-8. */
const replacement = '\xef\xbf\xbd'

/** A store's cookies, those whose bytes were told otherwise with the bytes that were sent. */
export const withSentBytes = (cookies: readonly StoredCookie[], hop: Hop): readonly StoredCookie[] => {
  const pairs = cookiePairs(hop)
  if (pairs.length === 0 || !cookies.some(({ value }) => value.includes(replacement))) return cookies
  return cookies.map((cookie) => {
    const own = pairOf(cookie)
    if (!cookie.value.includes(replacement) || pairs.includes(own)) return cookie
    const start = own.slice(0, own.length - cookie.value.length)
    const sent = pairs.find((pair) => pair.startsWith(start) && shownAs(pair) === own)
    return sent === undefined ? cookie : { ...cookie, value: sent.slice(start.length) }
  })
}

/**
 * Whether a request carries a cookie if the store has it, as far as that is certain: its credentials mode may be what is being
 * asked, and third-party cookies may be blocked.
 */
export const fateOf = (cookie: StoredCookie, { browser, exchange }: Hop): SendOutcome => {
  const [verdict] = judge({ ...exchange, credentials: 'include' }, { browser, jar: [cookie] }).cookies
  return verdict?.outcome ?? 'blocked'
}
