import type { Seen } from './seen.ts'

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

/** Whether a request carries a token, or what may be one, in `Authorization` or a header of that kind. */
export const carriesToken = ({ exchange }: Pick<Seen, 'exchange'>): boolean =>
  exchange.requestHeaders.some(({ name }) => name.length < 20 && headers.has(name.toLowerCase()))
