import type { Seen } from '../story/seen.ts'

/** What a 401 says in `WWW-Authenticate` (RFC 9110 11.6.1, RFC 6750 3). */
export interface Challenge {
  /** In lower case: `bearer`. */
  readonly scheme: string
  /** `invalid_token`. */
  readonly error: string | null
  /** The server's own words; `…` stands where they quote a token or what looks like one. */
  readonly description: string | null
}

const longest = 2_000

/** The one that names an error, else the first; null without any. Values are the server's, and may be anything. */
export const challengeOf = ({ exchange }: Seen, secret: string): Challenge | null => {
  const challenges = exchange.responseHeaders
    .filter(({ name }) => name.toLowerCase() === 'www-authenticate')
    .slice(0, 10)
    .flatMap(({ value }) => read(value.slice(0, longest), secret) ?? [])
  return challenges.find(({ error }) => error !== null) ?? challenges[0] ?? null
}

const read = (value: string, secret: string): Challenge | null => {
  const scheme = /^\s{0,9}([\w-]{1,30})(?=[\s,]|$)/.exec(value)?.[1]
  if (scheme === undefined) return null
  return {
    scheme: scheme.toLowerCase(),
    error: withoutTokens(parameterIn(value, 'error'), secret),
    description: withoutTokens(parameterIn(value, 'error_description'), secret),
  }
}

/** A quoted string or a token; an empty one counts as none. */
const parameterIn = (value: string, name: 'error' | 'error_description'): string | null => {
  const pattern = new RegExp(`(?:^|[\\s,])${name}\\s{0,3}=\\s{0,3}(?:"([^"]{0,600})"|([^\\s",]{1,200}))`, 'i')
  const [, quoted, plain] = pattern.exec(value) ?? []
  const text = (quoted ?? plain ?? '').trim()
  return text === '' ? null : text
}

/** Words that are a piece of the token, or as long and mixed as one. */
const withoutTokens = (text: string | null, secret: string): string | null =>
  text?.replace(/[^\s"'`()[\]{}<>,;]{8,}/g, (word) => (secret.includes(word) || isSecretive(word) ? '…' : word)) ?? null

const isSecretive = (word: string): boolean =>
  word.startsWith('ey') || (word.length >= 20 && /\d/.test(word) && /[a-z]/i.test(word) && !/^https?:\/\//.test(word))
