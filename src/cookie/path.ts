import { remember } from './remember.ts'

/** The default-path of a request path (RFC 6265bis 5.1.4): up to, not including, its last `/`. */
export const defaultPath = remember((requestPath): string => {
  const last = requestPath.lastIndexOf('/')
  return last <= 0 ? '/' : requestPath.slice(0, last)
})

/** Whether a request path path-matches a cookie path (RFC 6265bis 5.1.4). */
export const pathMatch = (requestPath: string, cookiePath: string): boolean =>
  requestPath.startsWith(cookiePath) &&
  (requestPath.length === cookiePath.length || cookiePath.endsWith('/') || requestPath[cookiePath.length] === '/')
