import { decodeToken } from './decode-token.ts'
import { headerOf, nameOfLine } from './reading.ts'
import type { Seen } from './seen.ts'
import type { TokenFacts } from './token.ts'

/** A JSON Web Token of an exchange. */
export interface TokenUse {
  /** authorization, cookie: sent with the request; set-cookie, body: in its answer. */
  readonly where: 'authorization' | 'cookie' | 'set-cookie' | 'body'
  /** The cookie's or the field's name; `Authorization` for the header. */
  readonly name: string
  readonly token: TokenFacts
}

const known = new WeakMap<Seen, readonly TokenUse[]>()
const MOST = 20

/** The JSON Web Tokens of an exchange: of its Authorization header, its cookies, and what was read of its answer's body. */
export const tokensOf = (seen: Seen): readonly TokenUse[] => {
  let uses = known.get(seen)
  if (uses === undefined) {
    uses = read(seen)
    known.set(seen, uses)
  }
  return uses
}

const read = ({ exchange, verdict, body }: Seen): TokenUse[] => {
  const header = headerOf(exchange.requestHeaders, 'authorization')
  const uses: (TokenUse | null)[] = [
    header === null ? null : use('authorization', 'Authorization', header.replace(/^\s{0,9}bearer\s{1,9}/i, '')),
    ...verdict.cookies
      .slice(0, 300)
      .map(({ cookie, outcome }) => (outcome === 'sent' ? use('cookie', cookie.name, cookie.value) : null)),
    ...verdict.setCookies
      .slice(0, 300)
      .map((line) => (line.cookie === null ? null : use('set-cookie', nameOfLine(line), line.cookie.value))),
    ...(body?.tokens ?? []).map(({ field, token }): TokenUse => ({ where: 'body', name: field, token })),
  ]
  return uses.filter((one) => one !== null).slice(0, MOST)
}

const use = (where: TokenUse['where'], name: string, value: string): TokenUse | null => {
  const token = decodeToken(bare(value))
  return token === null ? null : { where, name, token }
}

/** Quotes around it, and what Express puts before a signed cookie, are not the token's. */
const bare = (value: string): string => {
  const unquoted = value.startsWith('"') ? value.slice(1, -1) : value
  return unquoted.replace(/^(?:j:|Bearer%20|Bearer\+)/, '').trim()
}
