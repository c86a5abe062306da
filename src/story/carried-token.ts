import { headerOf } from './reading.ts'
import type { Seen } from './seen.ts'

/** `Token`: Django REST framework; `JWT`: its older packages. */
export const SCHEMES: ReadonlySet<string> = new Set(['bearer', 'dpop', 'token', 'jwt'])

/** Where scripts put a token, by custom: beside the standard's own header those of Express, Devise and many tutorials. */
const headers: ReadonlySet<string> = new Set([
  'authorization',
  'x-authorization',
  'x-auth-token',
  'x-access-token',
  'x-session-token',
  'x-user-token',
  'access-token',
])

/** What a script writes that has no token: no secret, so that it may be shown. */
const nothings: ReadonlySet<string> = new Set(['', 'undefined', 'null', 'nan', 'false', '[object object]'])

/** What stands in place of a token is the word for nothing, or nothing at all. */
export const isNothing = (text: string): boolean => text.length < 20 && nothings.has(text.trim().toLowerCase())

/** `Bearer null`: a request's Authorization that has a scheme and no token; null for any other, and without one. */
export const emptyAuthorization = ({ exchange }: Pick<Seen, 'exchange'>): string | null => {
  const header = headerOf(exchange.requestHeaders, 'authorization')?.trim()
  if (header === undefined || header.length > 40) return null
  const [scheme = '', ...rest] = header.split(/\s+/)
  const isScheme = SCHEMES.has(scheme.toLowerCase())
  return (isScheme ? isNothing(rest.join(' ')) : isNothing(header)) ? header : null
}

/** Whether a request carries a token, or what may be one, in `Authorization` or a header of that kind. */
export const carriesToken = ({ exchange }: Pick<Seen, 'exchange'>): boolean =>
  exchange.requestHeaders.some(({ name }) => name.length < 20 && headers.has(name.toLowerCase()))
