import type { StoredCookie } from '../contract.ts'
import { cookieKey } from '../report/problems.ts'
import type { ExchangeRow } from './view-rows.ts'

/** Why the store changed, as far as the browser tells. */
export function causeText(cause: string, removed: boolean, { cookies = 1, httpOnly = false } = {}): string {
  switch (cause) {
    case 'expired':
      return 'Its time had run out, so the browser removed it.'
    case 'evicted':
      return `The browser removed ${cookies > 1 ? 'them' : 'it'} to make room: it keeps only so many cookies.`
    case 'expired_overwrite':
      return 'It was written again with an expiry date in the past, which removes it. No response of this tab did so.'
    default:
      return httpOnly
        ? `No response of this tab ${removed ? 'removed' : 'wrote'} it, and no script can, for it is HttpOnly: another tab did, an extension, or the browser itself.`
        : `No response of this tab ${removed ? 'removed' : 'wrote'} it: a script of the page did, another tab, another extension, or the browser itself.`
  }
}

const SET_WORDS = { stored: 'set it', removed: 'removed it', blocked: 'tried to set it', unknown: 'may have set it' }
const SEND_WORDS = { sent: 'carried it', blocked: 'went without it', unknown: 'may have carried it' }

/** What a request had to do with a cookie; null where nothing. */
export function concernText({ entry: { verdict } }: ExchangeRow, cookie: StoredCookie): string | null {
  const key = cookieKey(cookie)
  const line = verdict.setCookies.findLast((one) => one.cookie !== null && cookieKey(one.cookie) === key)
  if (line !== undefined) return SET_WORDS[line.outcome]
  const own = verdict.cookies.find((one) => cookieKey(one.cookie) === key)
  return own === undefined ? null : SEND_WORDS[own.outcome]
}

const SAME_SITE = { no_restriction: 'SameSite=None', lax: 'SameSite=Lax', strict: 'SameSite=Strict' }

/** The attributes under which the store has it. */
export function flagWords({ secure, httpOnly, sameSite }: StoredCookie): string[] {
  return [
    secure ? 'Secure' : 'not Secure',
    httpOnly ? 'HttpOnly' : 'not HttpOnly',
    sameSite === 'unspecified' ? 'no SameSite given' : SAME_SITE[sameSite],
  ]
}
