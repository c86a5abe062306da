import { parseLine } from '../cookie/parse.ts'
import { attributeChanges } from './carry-over.ts'
import type { CookieAtHand } from './stack.ts'

/** What an answer may know of a cookie, from its Set-Cookie line: as it was sent, or as it was corrected. */
export const cookieAtHand = (line: string): CookieAtHand => {
  const { name, value } = parseLine(line)
  return { name: name.text, attributes: attributeChanges('', line), value: looksOf(value.text) }
}

const looksOf = (value: string): CookieAtHand['value'] => {
  if (/^s(?::|%3a)./i.test(value)) return 'signed'
  return isToken(value) ? 'token' : 'other'
}

/** A JWT, signed or encrypted: its header names an algorithm. Other signed cookies (Flask, Starlette) have JSON in front, too. */
const isToken = (value: string): boolean => {
  const [header = '', ...parts] = value.slice(0, 4096).split('.', 6)
  if ((parts.length !== 2 && parts.length !== 4) || !/^eyJ[\w-]{8,2000}$/.test(header)) return false
  try {
    return /"alg"\s*:/.test(atob(header.replaceAll('-', '+').replaceAll('_', '/')))
  } catch {
    return false
  }
}
