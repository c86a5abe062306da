import type { TokenFacts } from './token.ts'

/** What was read of the bodies of a request that may be a login: never the bodies themselves, nor a value of theirs. */
export interface BodyFacts {
  /** The request's form or JSON has a field for a password. */
  readonly password: boolean
  /** JSON Web Tokens in the JSON of the answer, by the name of their field (`access_token`, `data.token`). */
  readonly tokens: readonly { readonly field: string; readonly token: TokenFacts }[]
  /** Fields of the answer that look like a token, but are none that can be read (`access_token` with an opaque value). */
  readonly opaqueTokens: readonly string[]
}
