import type { SetCookieVerdict, StoredCookie } from '../contract.ts'
import type { Recording, Seen } from './seen.ts'

/** A Set-Cookie line of the login. */
export interface SessionLine {
  readonly name: string
  readonly seen: Seen
  /** Index into `seen.verdict.setCookies`. */
  readonly index: number
  readonly line: SetCookieVerdict
}

/** The trip to an identity provider and back, as far as it was seen. */
export interface OAuthTrip {
  /** The request to the provider that carries `redirect_uri` (or `wa`/`SAMLRequest`). */
  readonly authorize: Seen | null
  readonly redirectUri: URL | null
  /** What the authorize URL asks for: `query`, `form_post`, `fragment`; null if it says nothing. */
  readonly responseMode: string | null
  /** The request that came back with code and state (or a form_post). */
  readonly callback: Seen | null
  /** Cookies that remember state, nonce or verifier between the two: lines that set them, before the provider was called. */
  readonly stateLines: readonly SessionLine[]
}

/** Another answer gave the login's session cookie another value, and the server refused that one. */
export interface Replacement {
  /** The login's. */
  readonly line: SessionLine
  readonly by: Seen
  /** The first request that was refused with the other value. */
  readonly refused: Seen
  /** The same request, accepted with the login's own before; null where `by` was asked before the login was answered. */
  readonly accepted: Seen | null
}

export type LoginKind =
  /** A form's navigation. */
  | 'form'
  /** A script's request. */
  | 'script'
  /** The return from an identity provider. */
  | 'callback'

export interface Login {
  readonly kind: LoginKind
  readonly request: Seen
  /** Whether the user picked it. */
  readonly picked: 'found' | 'by-hand'
  /** Why this one: one line each. */
  readonly why: readonly string[]
  /** The document that it was sent from. */
  readonly page: Seen | null
  /** CORS preflight of the request. */
  readonly preflight: Seen | null
  /** The hops and documents that its answer led to, in order, until a page was shown. */
  readonly redirects: readonly Seen[]
  /** The lines that look like the session: of the request's own answer, else of those it led to. All of them, refused or not. */
  readonly session: readonly SessionLine[]
  /**
   * Session cookies that the request carried and its answer left as they were: the server may go on with them, so that a
   * login without a line of its own may be whole (Rails, PHP).
   */
  readonly kept: readonly StoredCookie[]
  readonly oauth: OAuthTrip | null
  /** Documents and scripts' requests to the login's sites after the answer, in order, the redirects first; no preflights, no assets. */
  readonly after: readonly Seen[]
  /** What was answered well before anybody was logged in, by `targetOf`: it is for anybody, so that it proves no session. */
  readonly forAnybody: ReadonlySet<string>
  /** Origin and path of pages that ask for a further step of this login (a code), under its own address: being led there turns nobody away. */
  readonly furtherSteps: ReadonlySet<string>
  /** Null where the session cookie was left alone, or what it was replaced by was as good. */
  readonly replaced: Replacement | null
  /** The next login in the log (a refused try too) begins there; null if this is the last. `after` ends before it, and before a logout. */
  readonly next: Seen | null
}

/** What diagnoses look at. */
export interface Evidence extends Recording {
  /** The login that the story is about; null where none was found. */
  readonly login: Login | null
  /** Does the answer turn the visitor away: 401, 403, 419, 440, or a redirect to what looks like a login. */
  isRefusal(seen: Seen): boolean
  /** The name looks like a session's: `sid`, `connect.sid`, `__Secure-next-auth.session-token`, `laravel_session`, … */
  isSessionName(name: string): boolean
}
