/** The library's entry. */
export type * from '../contract.ts'
export { applyVerdict } from './apply-verdict.ts'
export { checkedElsewhere as elsewhere } from './checked-elsewhere.ts'
export type { Elsewhere, ElsewhereVerdict } from './elsewhere.ts'
export { judge } from './judge.ts'
export { type ParsedSetCookie, parseSetCookie } from './parse-set-cookie.ts'
