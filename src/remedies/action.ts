/** An attribute that a fix may set or take away. */
export type FixableAttribute = 'Secure' | 'HttpOnly' | 'SameSite' | 'Domain' | 'Path' | 'Partitioned'

/** The closed set of what a reason can tell a person to do. Evidence only; the words are in generic.ts. */
export type Action =
  | { action: 'set-attribute'; attribute: FixableAttribute; value?: string }
  | { action: 'remove-attribute'; attribute: FixableAttribute }
  /** Cookie name, or a value that stands where a name should be. */
  | { action: 'name-the-cookie' }
  /** Percent-encode what may not stand in a line. */
  | { action: 'encode-characters' }
  | { action: 'shorten-value'; bytes: number; limit: number }
  | { action: 'use-https'; host: string; who: 'server' | 'page' }
  | { action: 'include-credentials'; origin: string; crossOrigin: boolean; element: boolean }
  | { action: 'share-a-site'; host: string; pageSite: string }
  | { action: 'clear-secure-twin'; name: string; domain: string; path: string }
  /** What can be had where third-party cookies are blocked. */
  | { action: 'allow-third-party' }
  /** Call the host that owns the cookie, or let it cover this one. */
  | { action: 'widen-domain'; from: string; to: string; domain: string | null }
  | { action: 'start-on-this-site'; host: string }
  /** One Set-Cookie header a cookie. */
  | { action: 'send-separately' }
  /** Of an iframe with `credentialless`. */
  | { action: 'give-frame-credentials' }
  /** Of a site, whose registrable domain is given; `most`: what the browser keeps. */
  | { action: 'fewer-cookies'; domain: string; most: number }
