import type { CookieVerdict, StoredCookie } from '../contract.ts'
import { bareDomain, isExpired } from '../cookie/store.ts'
import { correctLine } from '../remedies/correct-line.ts'
import { sendRules } from '../rules/index.ts'
import type { RequestEvidence } from '../rules/rule.ts'
import { decisive, findings, reasonOf } from './reasons.ts'

export const judgeCookie = (cookie: StoredCookie, request: RequestEvidence): CookieVerdict => {
  const { outcome, findings: deciding } = decisive(findings(sendRules, { ...request, cookie }))
  if (outcome === 'passed') return { cookie, outcome: 'sent', reasons: [] }
  const line = lineOf(cookie, request.exchange.time)
  const mended =
    outcome === 'blocked'
      ? correctLine(
          line,
          deciding.flatMap((finding) => finding.remedies()),
        )
      : line
  return { cookie, outcome, reasons: deciding.map((finding) => reasonOf(finding, mended === line ? null : mended)) }
}

const sameSiteValues: Record<StoredCookie['sameSite'], string | null> = {
  no_restriction: 'None',
  lax: 'Lax',
  strict: 'Strict',
  unspecified: null,
}

/** A line that would set this cookie, for the session where its time is over: the starting point of a corrected one. */
const lineOf = (cookie: StoredCookie, now: number): string => {
  const sameSite = sameSiteValues[cookie.sameSite]
  return [
    cookie.name === '' ? cookie.value : `${cookie.name}=${cookie.value}`,
    ...(cookie.hostOnly ? [] : [`Domain=${bareDomain(cookie)}`]),
    `Path=${cookie.path}`,
    ...(cookie.expirationDate === undefined || isExpired(cookie, now)
      ? []
      : [`Expires=${dateOf(cookie.expirationDate)}`]),
    ...(cookie.httpOnly ? ['HttpOnly'] : []),
    ...(cookie.secure ? ['Secure'] : []),
    ...(sameSite === null ? [] : [`SameSite=${sameSite}`]),
    ...(cookie.partitionKey === undefined ? [] : ['Partitioned']),
  ].join('; ')
}

const latest = 8.64e12

const dateOf = (seconds: number): string => new Date(Math.max(-latest, Math.min(latest, seconds)) * 1000).toUTCString()
