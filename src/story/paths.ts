import { isOfOther, wordKindOf } from './login-words.ts'
import type { Reading } from './reading.ts'

/** What a request's path says of it. */
export type PathKind =
  /** It says login, and nothing else: `/login`, `/wp-login.php`, `/api/doLogin`. */
  | 'login'
  /** Where sessions and tokens are made, and other things as well: `/session`, `/oauth/token`, `/api/auth`. */
  | 'auth'
  /** Somewhere under such a path: `/auth/v2/verify`. */
  | 'near'
  /** A second step of a login: `/2fa`, `/login/otp`. */
  | 'second-factor'
  /** Where an identity provider sends the visitor back to: `/callback`, `/signin-oidc`, `/saml/acs`. */
  | 'callback'
  | 'logout'
  | 'refresh'
  /** A visitor's first: it logs in as well, mostly. */
  | 'sign-up'
  /** Something else beside a login: a CSRF token, a reset of the password, a count of visitors. */
  | 'other'

// Words of a segment: `-`, `_`, `.` and camel case part them.
const LOGIN = /(?:^|[^a-z])(?:log[-_]?(?:in|on)|sign[-_]?(?:in|on)|authenticate|security[-_]check)(?:$|[^a-z])/
const AUTH =
  /^(?:auth|authentication|authorization|sessions?|user[-_]?sessions?|sso|credentials|oauth2?|tokens?|access[-_]token|auth[-_]tokens?|token[-_]auth|api[-_]token[-_]auth|session[-_]?login|connect|identity)(?:\.[a-z]{2,5})?$/
const SECOND_FACTOR =
  /(?:^|[^a-z0-9])(?:2fa|mfa|otp|totp|hotp|two[-_]?factor|second[-_]?factor|two[-_]?step|webauthn|passkeys?|verification[-_]code)(?:$|[^a-z0-9])/
const CALLBACK =
  /(?:^|[^a-z])(?:callback|signin[-_](?:oidc|wsfed|saml2?|google|facebook|github|microsoft|twitter|apple|linkedin|discord|slack|okta|auth0|keycloak|azure(?:ad)?|oauth)|acs|assertion[-_]?consumer[a-z-]{0,20}|authorize[-_]?response|cb|redirect[-_]uri|oauth2?redirect|oidc|saml2?)(?:$|[^a-z])/
const LOGOUT =
  /(?:^|[^a-z])(?:log[-_]?(?:out|off)|sign[-_]?(?:out|off)|end[-_]?session|destroy|revoke|revocation)(?:$|[^a-z])/
const REFRESH =
  /(?:^|[^a-z])(?:refresh|renew|rotate|extend|touch|keep[-_]?alive|heartbeat|ping|silent|refreshtoken|introspect|reauth[a-z]{0,12}|check[-_]?session)(?:$|[^a-z])/
const SIGN_UP = /(?:^|[^a-z])(?:sign[-_]?up|register|registration|join|create[-_]account)(?:$|[^a-z])/
const OTHER =
  /(?:^|[^a-z])(?:[cx]srf|forgot|forgotten|reset|recover|recovery|change[-_]?password|update[-_]?password|password[-_]?(?:change|reset|update|new|strength)|providers|methods|challenge|options|config|configuration|collect|track|tracking|analytics|telemetry|metrics|rum|(?:web[-_]?)?vitals|csp[-_]report|events?|logs?(?![-_](?:in|on))|log[-_]event|logging|beacon|pixel|stats|search|cart|basket|checkout|contact|comments?|subscribe|newsletter|consent|feedback|upload|lookup|exists|availability|magic[-_]?link|resend|send[-_]?code)(?:$|[^a-z])/

const anyMatch = (segments: readonly string[], pattern: RegExp): boolean => segments.some((one) => pattern.test(one))

const GRANTS: Readonly<Record<string, PathKind>> = {
  refresh_token: 'refresh',
  password: 'login',
  authorization_code: 'login',
  pkce: 'login',
  id_token: 'login',
}

const kinds = new WeakMap<Reading, PathKind | null>()

/** What the path says; null where it says nothing of logins. */
export const pathKind = (reading: Reading): PathKind | null => {
  let kind = kinds.get(reading)
  if (kind === undefined) {
    kind = kindOf(reading.segments, reading.query)
    kinds.set(reading, kind)
  }
  return kind
}

const kindOf = (segments: readonly string[], query: ReadonlyMap<string, string>): PathKind | null => {
  const grant = GRANTS[query.get('grant_type') ?? '']
  if (grant !== undefined) return grant
  const last = segments.at(-1) ?? ''
  if (anyMatch(segments, LOGOUT)) return 'logout'
  if (anyMatch(segments, REFRESH)) return 'refresh'
  if (OTHER.test(last)) return 'other'
  if (anyMatch(segments, SECOND_FACTOR)) return 'second-factor'
  // Auth.js: `/api/auth/callback/credentials` takes a form, `/api/auth/callback/github` a provider's answer.
  if (last === 'credentials') return 'login'
  if (CALLBACK.test(last)) return 'callback'
  if (LOGIN.test(last)) return 'login'
  if (anyMatch(segments, CALLBACK)) return 'callback'
  if (anyMatch(segments, LOGIN)) return 'login'
  if (anyMatch(segments, SIGN_UP)) return 'sign-up'
  const words = wordKindOf(segments)
  if (words !== null) return words
  if (AUTH.test(last)) return 'auth'
  if (anyMatch(segments, AUTH)) return 'near'
  return isOfOther(segments) ? 'other' : null
}

/** Whether an address looks like the page to log in on: `/login`, `/users/sign_in`, `/sso`; not a way back from a provider. */
export const isLoginAddress = (segments: readonly string[]): boolean =>
  (anyMatch(segments, LOGIN) || anyMatch(segments, /^sso$/) || wordKindOf(segments) === 'login') &&
  !anyMatch(
    segments,
    /callback|signin[-_](?:oidc|wsfed|saml2?|google|facebook|github|microsoft|twitter|apple|linkedin|discord|slack|okta|auth0|keycloak|azure(?:ad)?|oauth)|^acs$/,
  )

/** Whether an address asks who is there: `/api/me`, `/userinfo`. What answers it knows a visitor from a stranger. */
export const isOwnData = (segments: readonly string[]): boolean =>
  /^(?:me|whoami|who-am-i|self|user[-_]?info|current[-_]?user|session)(?:\.json)?$/.test(segments.at(-1) ?? '')
