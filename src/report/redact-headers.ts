import type { Header } from '../contract.ts'
import { type ParsedAttribute, type Piece, parseLine } from '../cookie/parse.ts'
import { type Hider, mapMatches } from './hider.ts'
import { redactFolded, redactPath, redactTokens, redactUrl } from './redact-url.ts'
import { hasTokenLike } from './token-like.ts'

/**
 * What a browser makes of a pair without `=`: a value without a name, or a name without a value. A name stays, a value
 * is a secret.
 */
export type BareToken = 'value' | 'name'

const COOKIE_HEADERS = new Set(['cookie', 'cookie2'])
const SET_COOKIE_HEADERS = new Set(['set-cookie', 'set-cookie2'])
const CREDENTIAL_HEADERS = new Set(['authorization', 'proxy-authorization'])
/** The rules read these, and no server puts a secret there. */
const PLAIN_HEADERS = /^(?:sec-|access-control-|(?:host|:authority|date|accept|user-agent)$)/
/** A header of such a name carries a secret. */
const SECRET_NAMES =
  /token|csrf|xsrf|secret|passw|api-?key|jwt|(?:^|[-_])(?:auth|authorization|session(?:-?id)?|sid|signature|assertion|otp)(?:$|[-_])/
const SCHEMES =
  /^(?:basic|bearer|digest|dpop|gnap|hawk|hoba|mutual|negotiate|ntlm|oauth|privatetoken|scram-sha-\d+|vapid|token|jwt|api-?key|aws4-hmac-sha256)[ ]+/i
const URL_HEADERS = /^(?:referer|location|content-location|origin|sourcemap|x-sourcemap|:path)$|-(?:url|uri|location)$/
const WORD = /[^\s`"'<>]+/g
const URL_LIKE = /:\/\/|\?.*=/s
const SCHEME = /[a-z][a-z\d+.-]*:\/\//i
const CLOSING = /[.,;:!?)\]}]+$/

const KNOWN_ATTRIBUTES = new Set(['expires', 'max-age', 'domain', 'samesite', 'priority', 'sameparty', 'version'])
/** An attribute, or a slip of the pen worth showing: `Same-Site=None`, `SameSite:None`, `HttpsOnly`. */
const LIKE_ATTRIBUTE =
  /^(?:secured?|https?[-_ ]?only|same[-_ ]?site(?:[: ]\s*(?:none|lax|strict))?|none|lax|strict|path(?:[: ]\s*\/)?|domain|expires?|max[-_ ]?age(?:[: ]\s*\d+)?|partition(?:ed)?|host[-_ ]?only|session)$/
const HARMLESS_VALUE = /^(?:none|lax|strict|true|false|yes|no|on|off|\/|\d{1,8})?$/i

export function redactHeader({ name, value }: Header, bare: BareToken, hider: Hider): Header {
  return { name, value: redactValue(name.toLowerCase(), value, bare, hider) }
}

function redactValue(name: string, value: string, bare: BareToken, hider: Hider): string {
  if (COOKIE_HEADERS.has(name)) return redactCookieHeader(value, hider)
  if (SET_COOKIE_HEADERS.has(name)) return redactLine(value, bare, hider)
  if (CREDENTIAL_HEADERS.has(name)) return redactCredentials(value, hider)
  if (URL_HEADERS.test(name)) return redactUrl(value, hider)
  if (PLAIN_HEADERS.test(name)) return value
  if (SECRET_NAMES.test(name)) return redactCredentials(value, hider)
  return redactText(value, hider, (rest) => redactTokens(rest, hider))
}

/** Text with URLs in it: those are redacted as URLs, the rest by `outside`. */
export function redactText(text: string, hider: Hider, outside: (rest: string) => string): string {
  const insideUrl = (word: string) => {
    const closing = CLOSING.exec(word)?.[0] ?? ''
    const query = word.indexOf('?')
    const scheme = SCHEME.exec(query === -1 ? word : word.slice(0, query))?.index ?? 0
    return word.slice(0, scheme) + redactUrl(word.slice(scheme, word.length - closing.length), hider) + closing
  }
  const isUrl = (word: string) => URL_LIKE.test(word) || (word.startsWith('/') && hasTokenLike(word))
  return mapMatches(text, WORD, insideUrl, outside, isUrl)
}

/** `Bearer …`: the scheme stays. */
function redactCredentials(value: string, hider: Hider): string {
  const [scheme = ''] = SCHEMES.exec(value) ?? []
  return scheme + hider.secret(value.slice(scheme.length))
}

/** A Cookie header: names stay; a pair without `=` is a value. */
function redactCookieHeader(value: string, hider: Hider): string {
  const { name, value: first, attributes } = parseLine(value)
  const splices: Splice[] = [[first, hider.secret(first.text, name.text)]]
  for (const { hasEquals, namePiece, valuePiece } of attributes) {
    const piece = hasEquals ? valuePiece : namePiece
    splices.push([piece, hider.secret(piece.text, hasEquals ? namePiece.text : '')])
  }
  return spliced(value, splices)
}

/**
 * A set-cookie-string: the cookie's name and the attributes stay. Of what is no known attribute the name stays (unless
 * it may be the rest of a value that was cut by a semicolon), its value does not.
 */
export function redactLine(line: string, bare: BareToken, hider: Hider): string {
  const { name, value, hasEquals, attributes } = parseLine(line)
  const splices: Splice[] = []
  if (hasEquals || bare === 'value') splices.push([value, hider.secret(value.text, name.text)])
  for (const attribute of attributes) splices.push(...redactAttribute(attribute, hider))
  return spliced(line, splices)
}

function redactAttribute(attribute: ParsedAttribute, hider: Hider): Splice[] {
  const { name, namePiece, value, valuePiece, hasEquals } = attribute
  if (name === 'path') return [[valuePiece, redactPath(value, hider)]]
  if (KNOWN_ATTRIBUTES.has(name)) return [[valuePiece, redactFolded(value, hider, (text) => text)]]
  const known = LIKE_ATTRIBUTE.test(name)
  if (known && HARMLESS_VALUE.test(value)) return []
  const piece = known || hasEquals ? valuePiece : namePiece
  return [[piece, hider.secret(piece.text, piece === valuePiece ? namePiece.text : '')]]
}

type Splice = readonly [piece: Piece, text: string]

function spliced(text: string, splices: readonly Splice[]): string {
  let result = ''
  let from = 0
  for (const [{ start, end }, replacement] of splices) {
    result += text.slice(from, start) + replacement
    from = end
  }
  return result + text.slice(from)
}
