/** An attribute that a fix may set or take away. */
export type FixableAttribute = 'Secure' | 'HttpOnly' | 'SameSite' | 'Domain' | 'Path' | 'Partitioned'

/**
 * The closed set of what a reason or a diagnosis can tell a person to do. Evidence only; the words for any stack are in
 * generic.ts, those of one stack in stacks/.
 */
export type Action =
  | { action: 'set-attribute'; attribute: FixableAttribute; value?: string }
  | { action: 'remove-attribute'; attribute: FixableAttribute }
  /** Cookie name, or a value that stands where a name should be. */
  | { action: 'name-the-cookie' }
  /** Percent-encode what may not stand in a line. */
  | { action: 'encode-characters' }
  | { action: 'shorten-value'; bytes: number; limit: number }
  | { action: 'use-https'; host: string; who: 'server' | 'page' }
  /** `allowed`: the answer's CORS headers are as they have to be then. */
  | { action: 'include-credentials'; origin: string; crossOrigin: boolean; element: boolean; allowed?: true }
  /** `alternative`: to what is asked for before it. */
  | { action: 'share-a-site'; host: string; pageSite: string; alternative: boolean }
  | { action: 'clear-secure-twin'; name: string; domain: string; path: string }
  /** A session that was stored under another site's page is none on the own one: log in there. */
  | { action: 'log-in-on-own-page'; host: string }
  /** A form's `action` has to be this address on https: a redirect from http loses what the form sends. */
  | { action: 'post-to-https'; url: string }
  /** What can be had where third-party cookies are blocked. `partitioned`: this browser keeps those with Partitioned all the same. */
  | { action: 'allow-third-party'; partitioned: boolean }
  /** Call the host that owns the cookie, or let it cover this one. */
  | { action: 'widen-domain'; from: string; to: string; domain: string | null }
  | { action: 'start-on-this-site'; host: string }
  /** One Set-Cookie header a cookie. */
  | { action: 'send-separately' }
  /** Of an iframe with `credentialless`. */
  | { action: 'give-frame-credentials' }
  /** Of a site, whose registrable domain is given; `most`: what the browser keeps. */
  | { action: 'fewer-cookies'; domain: string; most: number }
  /** The app has to learn from the proxy in front that the visitor is on https. `host`: the one that visitors see. */
  | { action: 'trust-proxy'; host: string }
  /** The proxy has to tell the app scheme and host of the visitor. */
  | { action: 'forward-proto'; host: string }
  /** Of the answer and of its preflight: CORS with credentials for exactly this origin. */
  | { action: 'allow-credentials'; origin: string; headers: readonly string[] }
  /** The app's own public URL, from which it makes redirects, callbacks and cookie names. */
  | { action: 'public-url'; url: string; callbackPath: string | null }
  /** One host name throughout; `other` is the one to give up. */
  | { action: 'one-host'; host: string; other: string }
  /** The same secret and the same session store for every instance, over deploys too. */
  | { action: 'share-session' }
  /** Several apps of one host: each keeps its session under a name of its own, or on its own path. `path`: where the other one answers. */
  | { action: 'own-cookie-name'; name: string; path: string }
  /** Visitors who are not logged in, and have nothing to keep, get no session. `path`: an answer that gave one. */
  | { action: 'no-anonymous-session'; name: string; path: string }
  /** An expiring Set-Cookie line for exactly this cookie. `domain`: null for a host-only one. */
  | { action: 'delete-cookie'; name: string; host: string; domain: string | null; path: string }
  /** CSRF protection has to accept this origin. */
  | { action: 'trust-origin'; origin: string }
  /** The cookie with the CSRF token has to be readable by scripts, and goes back in this header. `name`: null if none was seen. */
  | { action: 'readable-csrf-cookie'; name: string | null; header: string }
  /**
   * The page has to send the CSRF token along. `name`: of a cookie that its script can read; null: the token comes with the page.
   * `header`: null: in a form's own field.
   */
  | { action: 'send-csrf-token'; name: string | null; header: string | null }
  /** The request has to carry `Authorization: Bearer …`. `redirect`: it was lost on a redirect to another origin. */
  | { action: 'send-authorization'; origin: string; redirect: boolean }
  | { action: 'renew-token' }
  /** The API has to expect what the issuer writes into `iss` or `aud`. */
  | { action: 'match-token'; claim: 'iss' | 'aud' }
  /** `seconds`: how far the server's clock is ahead of the browser's; negative: behind. */
  | { action: 'sync-clock'; host: string; seconds: number }
  /** How long the session cookie is kept. `seconds`: what it says now; null: until the browser is closed. */
  | { action: 'session-lifetime'; name: string; seconds: number | null }
  /** A server-side fetch got the cookie: its Set-Cookie has to be passed on to the browser. */
  | { action: 'pass-on-set-cookie'; name: string | null }
  /** The answer must not be kept by browser, proxy or CDN. */
  | { action: 'no-store'; path: string }
  /** The largest size of request headers that the server takes. */
  | { action: 'header-limit'; bytes: number }

export type ActionName = Action['action']
export type ActionOf<Name extends ActionName> = Extract<Action, { action: Name }>

/** Those that concern the Set-Cookie line itself: a stack answers all of them that a cookie needs at once. */
export type AttributeAction = ActionOf<'set-attribute' | 'remove-attribute'>
