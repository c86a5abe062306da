import type { CookieVerdict, Exchange, Observed, StoredCookie } from '../contract.ts'
import type { ObservedVerdict } from '../judge/judge-observed.ts'
import { keyOf } from './claims.ts'
import type { Hop } from './hop.ts'
import { cookiePairs, pairOf } from './sent-cookies.ts'

/** A cookie of the request, and what was seen of it. */
interface Listed {
  verdict: CookieVerdict
  observed: Observed | null
}

/**
 * The cookies of a judged request as its Cookie header has them, which is the browser's own word: what it sent is listed, whether
 * the store was seen to have it or not; and of a withheld one that may have come a moment later, the doubt is told.
 */
export const byHeader = (judged: ObservedVerdict, hop: Hop): ObservedVerdict => {
  const pairs = cookiePairs(hop)
  const { exchange, verdict, observed } = judged
  if (hop.unsure.size === 0 && areListed(pairs, verdict.cookies)) return judged
  const listed = verdict.cookies.map(
    (one, index): Listed => ({
      verdict: one,
      observed: observed.find(({ operation, index: at }) => operation === 'send' && at === index) ?? null,
    }),
  )
  const told = listed.flatMap((one) => (isUnsure(one, hop) ? doubted(one, pairs) : [one]))
  const all = withUnlisted(told, pairs, exchange, hop.fromCache)
  return {
    exchange,
    verdict: { ...verdict, cookies: all.map((one) => one.verdict) },
    observed: [
      ...observed.filter(({ operation }) => operation === 'set'),
      ...all.flatMap((one, index) => (one.observed === null ? [] : [{ ...one.observed, index }])),
    ],
  }
}

const areListed = (pairs: readonly string[], cookies: readonly CookieVerdict[]): boolean => {
  if (pairs.length === 0) return true
  const left = new Map<string, number>()
  for (const { cookie } of cookies) left.set(pairOf(cookie), (left.get(pairOf(cookie)) ?? 0) + 1)
  return pairs.every((pair) => {
    const count = left.get(pair) ?? 0
    left.set(pair, count - 1)
    return count > 0
  })
}

const isUnsure = ({ verdict: { cookie } }: Listed, { unsure }: Hop): boolean =>
  unsure.size > 0 && unsure.has(keyOf(cookie))

/** What would have been sent, and was not, was not there. */
const doubted = (one: Listed, pairs: readonly string[]): Listed[] => {
  const { verdict, observed } = one
  if (pairs.includes(pairOf(verdict.cookie))) return [one]
  if (verdict.outcome === 'sent') return []
  return [{ verdict, observed: observed && { ...observed, agreement: 'predicted', evidence: cameTooNear } }]
}

/** Said of a withheld cookie of which nothing tells whether it was there. */
export const cameTooNear =
  'it is not in the Cookie header, but it came so near to the request that it may not have been there yet'

/** Each pair of the header that no cookie of the list stands for, after the one that it comes after in the header. */
const withUnlisted = (
  listed: readonly Listed[],
  pairs: readonly string[],
  exchange: Exchange,
  isFromCache: boolean,
): Listed[] => {
  const all = [...listed]
  const isTaken = new Set<Listed>()
  let after = -1
  for (const pair of pairs) {
    const at = all.findIndex((one) => !isTaken.has(one) && pairOf(one.verdict.cookie) === pair)
    const own = all[at] ?? unlisted(pair, exchange, isFromCache)
    if (at < 0) all.splice(after + 1, 0, own)
    isTaken.add(own)
    after = at < 0 ? after + 1 : at
  }
  return all
}

const unlisted = (pair: string, { url }: Exchange, isFromCache: boolean): Listed => {
  const { protocol, hostname } = new URL(url)
  const at = pair.indexOf('=')
  const cookie: StoredCookie = {
    name: pair.slice(0, Math.max(at, 0)),
    value: pair.slice(at + 1),
    domain: hostname,
    hostOnly: true,
    path: '/',
    secure: protocol === 'https:' || protocol === 'wss:',
    httpOnly: false,
    sameSite: 'no_restriction',
    session: true,
  }
  return {
    verdict: { cookie, outcome: 'sent', reasons: [], attributesUnknown: true },
    observed: {
      operation: 'send',
      index: 0,
      agreement: isFromCache ? 'predicted' : 'confirmed',
      evidence: 'it is in the Cookie header; the store was not seen to have it, so that no more is known of it',
    },
  }
}
