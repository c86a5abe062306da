import type { CookieVerdict, StoredCookie } from '../contract.ts'
import { lineOf } from '../cookie/line-of.ts'
import { correctLine } from '../remedies/correct-line.ts'
import { sendEvidence } from '../rules/evidence.ts'
import { sendRulesOn } from '../rules/index.ts'
import type { RequestEvidence } from '../rules/rule.ts'
import { decisive, findings, reasonOf, remediesOf } from './reasons.ts'

const decisionOn = (cookie: StoredCookie, request: RequestEvidence) =>
  decisive(findings(sendRulesOn, sendEvidence(cookie, request)))

/** Whether nothing withholds the cookie: the verdict without its words. */
export const isSent = (cookie: StoredCookie, request: RequestEvidence): boolean =>
  decisionOn(cookie, request).outcome === 'passed'

export const judgeCookie = (cookie: StoredCookie, request: RequestEvidence): CookieVerdict => {
  const { outcome, findings: deciding } = decisionOn(cookie, request)
  if (outcome === 'passed') return { cookie, outcome: 'sent', reasons: [] }
  const line = lineOf(cookie, request.exchange.time)
  const mended = outcome === 'blocked' ? correctLine(line, remediesOf(deciding)) : line
  return {
    cookie,
    outcome,
    reasons: deciding.map((finding) => reasonOf(finding, mended === line ? null : { line: mended, notes: [] })),
  }
}
