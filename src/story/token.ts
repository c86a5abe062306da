/** What a JSON Web Token says of itself (RFC 7519). Times are epoch milliseconds. The token itself and its other claims are not kept. */
export interface TokenFacts {
  readonly alg: string | null
  readonly kid: string | null
  readonly iss: string | null
  readonly aud: readonly string[]
  readonly exp: number | null
  readonly nbf: number | null
  readonly iat: number | null
}
