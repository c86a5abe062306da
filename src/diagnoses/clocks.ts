import { headerOf } from '../story/reading.ts'
import type { Seen } from '../story/seen.ts'
import type { TokenFacts } from '../story/token.ts'
import { tokensOf } from '../story/token-uses.ts'

/** A Date header (RFC 9110 6.6.1) as epoch milliseconds; null without one that can be read. */
const dateOf = ({ exchange }: Seen): number | null => {
  const text = headerOf(exchange.responseHeaders, 'date')
  if (text === null || text.length > 60) return null
  const time = Date.parse(/(?:[a-z]|[+-]\d\d:?\d\d)\s*$/i.test(text) ? text : `${text} GMT`)
  return Number.isNaN(time) ? null : time
}

/** An answer that was made for this request, so that its Date is of now: no cache stood between. */
const isFresh = ({ exchange, fromCache }: Seen): boolean =>
  !fromCache && exchange.status > 0 && exchange.status !== 304 && headerOf(exchange.responseHeaders, 'age') === null

/**
 * By how many seconds the server's clock is ahead of the browser's, negative: behind; null where the answer does not tell. What the
 * request took, and the second that a Date is rounded to, count as no difference.
 */
export const skewOf = (seen: Seen): number | null => {
  const date = isFresh(seen) ? dateOf(seen) : null
  const { started } = seen
  const received = seen.exchange.time
  if (date === null || Number.isNaN(received)) return null
  if (date > received) return (date - received) / 1000
  return date + 1000 < started ? (date + 1000 - started) / 1000 : 0
}

/** What time it was for the server when it answered; `isTold`: by its own Date. Epoch milliseconds. */
export const serverTime = (seen: Seen): { time: number; isTold: boolean } => {
  const date = isFresh(seen) ? dateOf(seen) : null
  return date === null ? { time: seen.exchange.time, isTold: false } : { time: date, isTold: true }
}

export const isSameToken = (a: TokenFacts, b: TokenFacts): boolean =>
  a.exp === b.exp &&
  a.iat === b.iat &&
  a.nbf === b.nbf &&
  a.iss === b.iss &&
  a.kid === b.kid &&
  a.aud.join() === b.aud.join()

/** The answer that gave a token, in its body or a cookie; null where it was not seen. */
export const issuerOf = (token: TokenFacts, all: readonly Seen[], before: Seen): Seen | null =>
  all.findLast(
    (seen) =>
      seen.started <= before.started &&
      seen !== before &&
      tokensOf(seen).some(
        ({ where, token: given }) => (where === 'body' || where === 'set-cookie') && isSameToken(given, token),
      ),
  ) ?? null

/** The token that a request was to be let in by: of Authorization, else of a session's cookie. */
export const tokenSent = (seen: Seen, isSessionName: (name: string) => boolean): TokenFacts | null => {
  const uses = tokensOf(seen)
  const use =
    uses.find(({ where }) => where === 'authorization') ??
    uses.find(({ where, name }) => where === 'cookie' && isSessionName(name))
  return use?.token ?? null
}
