import { isNothing, SCHEMES } from '../story/carried-token.ts'
import { decodeToken } from '../story/decode-token.ts'
import { headerOf } from '../story/reading.ts'
import type { Seen } from '../story/seen.ts'
import type { TokenFacts } from '../story/token.ts'

/** What a request has in `Authorization`, where that is meant to be a token. */
export interface SentToken {
  /** For comparison alone, never to be shown. */
  readonly text: string
  /** What it says of itself; null for an opaque one. */
  readonly facts: TokenFacts | null
  /**
   * What is wrong with the header as it is written. empty: no token, or the word `undefined`; quoted: in quotation marks; twice:
   * `Bearer Bearer`; bare: without a scheme, which some servers take.
   */
  readonly fault: 'empty' | 'quoted' | 'twice' | 'bare' | null
}

/** Null without the header, and where its scheme is another: a name and password, a signature. */
export const sentTokenOf = ({ exchange }: Seen): SentToken | null => {
  const header = headerOf(exchange.requestHeaders, 'authorization')?.trim()
  if (header === undefined) return null
  const space = header.indexOf(' ')
  const first = space === -1 ? header : header.slice(0, space)
  const isScheme = SCHEMES.has(first.toLowerCase())
  if (space !== -1 && !isScheme && !isNothing(header)) return null
  return tokenIn(isScheme ? header.slice(first.length).trim() : header, isScheme)
}

const tokenIn = (text: string, hasScheme: boolean): SentToken => {
  if (isNothing(text)) return { text: '', facts: null, fault: 'empty' }
  if (/^bearer /i.test(text)) return { text, facts: null, fault: 'twice' }
  if (text.length > 2 && text.startsWith('"') && text.endsWith('"')) return { text, facts: null, fault: 'quoted' }
  return { text, facts: decodeToken(text), fault: hasScheme ? null : 'bare' }
}
