import type { ExchangeVerdict, StoredCookie } from '../contract.ts'
import { sameBytes } from '../cookie/bytes.ts'
import { sameKey } from '../cookie/store.ts'

/** The jar after the exchange: what was stored put in, what was removed taken out, the rest as it was. */
export const applyVerdict = (jar: StoredCookie[], verdict: ExchangeVerdict): StoredCookie[] => {
  let after = [...jar]
  for (const { outcome, cookie } of verdict.setCookies) {
    if (cookie === null || (outcome !== 'stored' && outcome !== 'removed')) continue
    const old = after.find((stored) => sameKey(stored, cookie))
    after = after.filter((stored) => stored !== old)
    if (outcome === 'stored') after.push(inherit(cookie, old))
  }
  return after
}

/** A cookie set anew with the value it has keeps its place in the header. */
const inherit = (cookie: StoredCookie, old: StoredCookie | undefined): StoredCookie =>
  old?.creation !== undefined && sameBytes(old.value, cookie.value) ? { ...cookie, creation: old.creation } : cookie
