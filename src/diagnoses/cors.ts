/**
 * The CORS check (Fetch, "CORS check" and "CORS-preflight fetch") on the headers of an answer.
 *
 * Measured (Chromium 156, Firefox ESR 153, fetch and XMLHttpRequest from https://app.shop.test to https://api.shop.test):
 * - A refused answer comes with its status and headers. Chromium then ends it with `net::ERR_FAILED`; Firefox ends it as if all were
 *   well, and only the headers tell.
 * - Refused with credentials: no Allow-Origin; `*`; another scheme, host, case, or a slash at its end; two values, in one header or in
 *   two, equal ones too; no Allow-Credentials; `True`; two of them. Without credentials `*` and a missing Allow-Credentials pass.
 * - The cookies of a refused answer are stored all the same, where the request had credentials.
 * - A failed preflight: the OPTIONS answer is seen, and the request itself ends with an error and without an answer:
 *   `net::ERR_FAILED` in Chromium, which tells of no headers of it; `NS_ERROR_DOM_BAD_URI` in Firefox, which tells of headers that
 *   were never sent, and gives the preflight that error as well. Neither calls a redirected preflight again. What fails: a status other than 2xx, a redirect, Allow-Origin and
 *   Allow-Credentials as above, a header of the request that Allow-Headers does not name, a method other than GET, HEAD and POST that
 *   Allow-Methods does not name. `*` for headers or methods does not count with credentials.
 */
import type { Header } from '../contract.ts'
import { code, list } from '../remedies/words.ts'
import { headerOf, readingOf } from '../story/reading.ts'
import type { Seen } from '../story/seen.ts'

export interface CorsFault {
  /** What the answer says, against what it should: the end of a sentence "The answer …". */
  words: string
  /** Without credentials, the answer would have passed. */
  onlyWithCredentials: boolean
  /** The same as a title's beginning, where it can be said in short. */
  short?: string
}

/** All values of a header, as one list; null without one. Firefox joins what came in several headers, Chromium does not. */
const valuesOf = (headers: readonly Header[], name: string): string[] | null => {
  const found = headers.filter((header) => header.name.length === name.length && header.name.toLowerCase() === name)
  return found.length === 0 ? null : found.map(({ value }) => value)
}

const originFault = (origin: string, headers: readonly Header[]): CorsFault | null => {
  const values = valuesOf(headers, 'access-control-allow-origin')
  if (values === null) return { words: 'has no `Access-Control-Allow-Origin`', onlyWithCredentials: false }
  const [value = ''] = values
  if (values.length > 1 || value.includes(',')) {
    const twice = values.join(', ')
    return {
      words: `has more than one value in ${code('Access-Control-Allow-Origin')}: ${code(twice)}`,
      onlyWithCredentials: false,
    }
  }
  if (value === '*')
    return {
      words: 'says `Access-Control-Allow-Origin: *`, which does not count for a request with credentials',
      onlyWithCredentials: true,
      short: 'CORS allows any origin (`*`), which does not count with credentials',
    }
  if (value === origin) return null
  return {
    words: `says ${code(`Access-Control-Allow-Origin: ${value}`)}${difference(value, origin)}`,
    onlyWithCredentials: false,
  }
}

/** Where it is hard to see. */
const difference = (value: string, origin: string): string => {
  if (value === `${origin}/`) return ', with a slash at its end'
  if (value.toLowerCase() === origin) return ', with other letter case'
  if (value.replace(/^https?:/, '') === origin.replace(/^https?:/, '')) return ', with the other scheme'
  return ''
}

const credentialsFault = (headers: readonly Header[]): CorsFault | null => {
  const values = valuesOf(headers, 'access-control-allow-credentials')
  if (values?.length === 1 && values[0] === 'true') return null
  const words =
    values === null
      ? 'has no `Access-Control-Allow-Credentials: true`'
      : `says ${code(`Access-Control-Allow-Credentials: ${values.join(', ')}`)}, where only ${code('true')}, once, counts`
  return { words, onlyWithCredentials: true }
}

/** The origin that the request names; null where it names none, and no CORS check is made. */
export const corsOrigin = (seen: Seen): string | null => {
  const { exchange } = seen
  const origin = headerOf(exchange.requestHeaders, 'origin')
  const mode = headerOf(exchange.requestHeaders, 'sec-fetch-mode')
  const own = readingOf(seen).origin
  if (origin === null || (mode !== null && mode !== 'cors') || own === '') return null
  // A redirect that led elsewhere and back makes the origin `null`, and is checked as well.
  return own === origin ? null : origin
}

/** Why the browser does not let the script see the answer; null where it does, or where no CORS check is made. */
export const corsFault = (seen: Seen, credentials: 'include' | 'omit'): CorsFault | null => {
  const origin = corsOrigin(seen)
  if (origin === null) return null
  const { responseHeaders } = seen.exchange
  const fault = originFault(origin, responseHeaders) ?? credentialsFault(responseHeaders)
  return fault === null || (fault.onlyWithCredentials && credentials === 'omit') ? null : fault
}

const freeMethods = new Set(['GET', 'HEAD', 'POST'])

/** The names that a header lists; they come from pages. */
const namesIn = (value: string | null): string[] =>
  (value ?? '')
    .slice(0, 4000)
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '')
    .slice(0, 60)

/** Headers that the request carries and that need to be allowed. */
export const askedHeaders = ({ exchange }: Seen): string[] =>
  namesIn(headerOf(exchange.requestHeaders, 'access-control-request-headers'))

const allowedNames = (headers: readonly Header[], name: string): ReadonlySet<string> =>
  new Set((valuesOf(headers, name) ?? []).flatMap(namesIn))

/**
 * All of why the request never followed its preflight; empty where it may have, with credentials or without. First what stops it
 * either way: what stops it with credentials alone is nothing to a request that has none.
 */
export const preflightFaults = (preflight: Seen): readonly CorsFault[] => {
  const { status } = preflight.exchange
  if (status === 0) return []
  const general = statusFault(status)
  if (general !== null) return [general]
  return [corsFault(preflight, 'include'), headersFault(preflight), methodFault(preflight)]
    .filter((fault) => fault !== null)
    .sort((a, b) => Number(a.onlyWithCredentials) - Number(b.onlyWithCredentials))
}

const statusFault = (status: number): CorsFault | null => {
  if (status >= 300 && status < 400)
    return { words: `is a redirect (${status}), which a preflight may not be`, onlyWithCredentials: false }
  return status < 200 || status > 299
    ? { words: `has the status ${status}, where only 200 to 299 counts`, onlyWithCredentials: false }
    : null
}

const headersFault = (preflight: Seen): CorsFault | null => {
  const headers = allowedNames(preflight.exchange.responseHeaders, 'access-control-allow-headers')
  const missing = askedHeaders(preflight).filter((name) => !headers.has(name))
  if (missing.length === 0) return null
  const names = list(missing.slice(0, 5).map(code))
  const isShort = missing.length === 1 && names.length < 50
  const short = isShort ? { short: `The preflight does not allow the header ${names}` } : {}
  return headers.has('*')
    ? {
        words: `allows ${code('*')} as headers, which does not stand for ${names} where cookies go along`,
        onlyWithCredentials: !missing.includes('authorization'),
        ...short,
      }
    : {
        words: `does not name ${names} in ${code('Access-Control-Allow-Headers')}`,
        onlyWithCredentials: false,
        ...short,
      }
}

const methodFault = ({ exchange: { requestHeaders, responseHeaders } }: Seen): CorsFault | null => {
  const method = headerOf(requestHeaders, 'access-control-request-method') ?? ''
  if (freeMethods.has(method)) return null
  const methods = allowedNames(responseHeaders, 'access-control-allow-methods')
  return methods.has(method.toLowerCase())
    ? null
    : {
        words: `does not name ${code(method)} in ${code('Access-Control-Allow-Methods')}`,
        onlyWithCredentials: methods.has('*'),
      }
}
