import type { TokenFacts } from './token.ts'

/** Longer ones are none that a header could carry. */
const LONGEST_TOKEN = 65_536
const LONGEST_TEXT = 300
const MOST_AUDIENCES = 10
/** What a Date can be, in milliseconds. */
const LATEST = 8.64e15

/**
 * What a JSON Web Token says of itself; null for anything else, opaque tokens among them. Of an encrypted one (JWE, five parts) the
 * header alone can be read. Nothing is verified, and nothing else of the token is kept. Never throws.
 */
export const decodeToken = (text: string): TokenFacts | null => {
  if (text.length > LONGEST_TOKEN || !text.startsWith('ey')) return null
  const parts = text.split('.', 6)
  if (parts.length !== 3 && parts.length !== 5) return null
  const header = objectIn(parts[0] ?? '')
  const claims: JsonObject | null = parts.length === 5 ? {} : objectIn(parts[1] ?? '')
  if (header === null || claims === null) return null
  const { alg, kid } = header
  const { iss, aud, exp, nbf, iat } = claims
  if (typeof alg !== 'string') return null
  return {
    alg: textOf(alg),
    kid: textOf(kid),
    iss: textOf(iss),
    aud: audienceOf(aud),
    exp: timeOf(exp),
    nbf: timeOf(nbf),
    iat: timeOf(iat),
  }
}

const BASE64URL = /^[\w-]+={0,2}$/

type JsonObject = Readonly<Record<string, unknown>>

/** The JSON object that a part spells; null where it spells none. */
const objectIn = (part: string): JsonObject | null => {
  if (!BASE64URL.test(part)) return null
  try {
    const binary = atob(part.replace(/=+$/, '').replaceAll('-', '+').replaceAll('_', '/'))
    const bytes = Uint8Array.from(binary, (char) => char.charCodeAt(0))
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes))
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null
  } catch {
    return null
  }
}

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value.slice(0, LONGEST_TEXT) : null)

const audienceOf = (value: unknown): string[] =>
  (Array.isArray(value) ? value.slice(0, MOST_AUDIENCES) : [value]).flatMap((one) => textOf(one) ?? [])

/** NumericDate: seconds, with fractions where somebody likes them. */
const timeOf = (value: unknown): number | null =>
  typeof value === 'number' && Math.abs(value * 1000) <= LATEST ? Math.round(value * 1000) : null
