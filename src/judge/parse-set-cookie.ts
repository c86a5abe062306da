import { profileOf } from '../browsers/index.ts'
import { expiresAt, maxAgeSeconds, readLine } from '../browsers/read.ts'
import type { Browser, SameSiteStatus } from '../contract.ts'
import { parseLine, type Span } from '../cookie/parse.ts'
import { validateLine, validateOptions } from './validate.ts'

export interface ParsedSetCookie {
  name: string
  value: string
  /** As written; absent: not given, or ignored. */
  domain?: string
  path?: string
  /** Epoch milliseconds; null: given, but no date. */
  expires?: number | null
  /** Seconds; null: given, but no whole number. */
  maxAge?: number | null
  secure: boolean
  httpOnly: boolean
  partitioned: boolean
  sameSite: SameSiteStatus
  /** Every attribute in order, repeated, unknown and ignored ones too. */
  attributes: { name: string; value: string; span: Span; ignored: boolean }[]
}

/**
 * What that browser reads in the line, before it asks whether the cookie may be stored. Never throws for what a line says.
 * @throws {TypeError} naming the argument, where it is no line, or a browser whose rules are not known
 */
export const parseSetCookie = (line: string, options: { browser: Browser }): ParsedSetCookie => {
  validateLine(line)
  validateOptions(options)
  const { policy } = profileOf(options.browser)
  const read = readLine(parseLine(line), policy)
  return {
    name: read.name,
    value: read.value,
    ...(read.domain === undefined ? {} : { domain: read.domain.value }),
    ...(read.path === undefined ? {} : { path: read.path.value }),
    ...(read.expires === undefined ? {} : { expires: expiresAt(read.expires.value, policy) }),
    ...(read.maxAge === undefined ? {} : { maxAge: maxAgeSeconds(read.maxAge.value, policy) }),
    secure: read.secure !== undefined,
    httpOnly: read.httpOnly !== undefined,
    partitioned: read.partitioned !== undefined,
    sameSite: read.sameSiteStatus,
    attributes: read.parsed.attributes.map((attribute) => ({
      name: attribute.namePiece.text,
      value: attribute.value,
      span: attribute.span,
      ignored: read.overlong.includes(attribute),
    })),
  }
}
