import type { TokenFacts } from './token.ts'

/** What was read of the bodies of a request that may be a login: never the bodies themselves, nor a value of theirs. */
export interface BodyFacts {
  /** The request's form or JSON has a field for a password, to log in with: not one to change it. */
  readonly password: boolean
  /** The request's form has a field for a token against forged requests: `authenticity_token`, `_token`. */
  readonly csrf?: boolean
  /** The request asks for a new token with an older one: `grant_type=refresh_token`, or a field `refresh_token`. */
  readonly renews?: boolean
  /** The answer sends a router's script to what looks like the login: React Router's redirects stand in the body. */
  readonly toLogin?: boolean
  /** JSON Web Tokens in the JSON of the answer, by the name of their field (`access_token`, `data.token`). */
  readonly tokens: readonly { readonly field: string; readonly token: TokenFacts }[]
  /** Fields of the answer that look like a token, but are none that can be read (`access_token` with an opaque value). */
  readonly opaqueTokens: readonly string[]
}
