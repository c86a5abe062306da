/**
 * Cookies by their names, as stacks name them. Each pattern sees the name in lower case, without the prefixes `__Host-`,
 * `__Secure-`, `__Http-` and `__Host-Http-`, and without the number of a chunk (`.0`).
 */

/** Made by a login, and by nothing else. */
const LOGIN_NAMES: readonly RegExp[] = [
  // Auth.js and NextAuth, better-auth, Supabase, Clerk, Auth0, Lucia
  /^(?:next-auth|authjs|better-auth)\.session-token$/,
  /^(?:better-auth)\.session_(?:token|data)$/,
  /^sb-[a-z0-9-]{1,60}-auth-token$/,
  /^(?:sb|supabase)[-_:]access[-_:]token$/,
  /^__(?:session|client_uat)$/,
  /^(?:appsession|auth_session|a0:session|auth0)$/,
  // ASP.NET Core Identity and cookie authentication, Forms authentication
  /^\.aspnetcore\.(?:identity\.application|identity\.external|cookies|appcookie)$/,
  /^\.aspxauth$/,
  /^(?:idsrv|idsrv\.session)$/,
  // WordPress, Drupal, Discourse, Rails' Devise, Laravel's and Spring's remember-me, Django REST
  /^wordpress_(?:logged_in|sec)_[0-9a-f]{1,64}$/,
  /^s?sess[0-9a-f]{32}$/,
  /^_t$/,
  /^remember_(?:user|web|admin)[-_a-z0-9]{0,60}$/,
  /^(?:remember[-_]?me|remember[-_]token|rememberme)$/,
  // Keycloak, oauth2-proxy, mod_auth_openidc, Authelia, authentik
  /^keycloak_(?:identity|session)(?:_legacy)?$/,
  /^_oauth2_proxy(?:_\d{1,2})?$/,
  /^(?:mod_auth_openidc_session|authelia_session|authentik_session|authentik_proxy_[a-z0-9]{1,40})$/,
  // Payload, Directus, Strapi, and what people call it by themselves
  /^(?:payload-token|directus_session_token|directus_refresh_token)$/,
  /^(?:[a-z0-9]{1,20}[-_.])?(?:auth|access|id|user|login|jwt|session|refresh)[-_.]?tokens?$/,
  /^(?:token|jwt|auth|authorization|accesstoken|authcookie|auth[-_]cookie|bearer)$/,
  /^(?:[a-z0-9]{1,20}[-_.])?(?:user|auth|login)[-_.]?session(?:[-_.]?id)?$/,
]

/** A session's, of visitors who are not logged in as well. */
const SESSION_NAMES: readonly RegExp[] = [
  // Express, Fastify, Hono, Koa, Hapi
  /^connect\.s(?:id|ess)$/,
  /^koa[.:](?:sess|sid)(?:ion)?$/,
  // PHP, Laravel, Symfony, CodeIgniter, CakePHP, Yii
  /^phpsess(?:id)?$/,
  /^[a-z0-9_]{1,60}_session$/,
  /^(?:ci_session|cakephp|yiisession|laravel_session)$/,
  // Java, Django, Flask, Starlette, ASP.NET, Ruby, Go, Perl
  /^jsessionid(?:sso)?$/,
  /^sessionid$/,
  /^asp\.net_sessionid$/,
  /^\.aspnetcore\.session$/,
  /^rack\.session$/,
  /^cgisessid$/,
  /^gorilla[-_]session$/,
  /^beego(?:sessionid)?$/,
  /^cfid$/,
  // In general
  /^(?:[a-z0-9]{1,20}[-_.])?(?:sid|ssid|sess|session|sessid|sessionid|session[-_.]?id|session[-_.]key|session[-_.]data|session[-_.]cookie|session[-_.]hash)$/,
  /^(?:[a-z0-9]{1,20}[-_.]){1,2}(?:sid|sess|session|sessid|sessionid)$/,
  /^_session(?:_id)?$/,
  /^iron[-_]session(?:[-_][a-z0-9]{1,20})?$/,
]

/** Tokens against forged requests. */
const CSRF_NAMES = /(?:csrf|xsrf|antiforgery|requestverificationtoken|authenticity|anti-?forgery)/

/** Of tools, load balancers, consent and bot checks. They may have `session` in their names, and are none. */
const OTHER_NAMES: readonly RegExp[] = [
  /^_(?:ga|gid|gat|gcl|fbp|fbc|hj|hp2|pk|cl|uet|tt|scid|pin|dc)/,
  /^(?:_ga|_gid|amplitude|mp_|ajs_|intercom-|hubspotutk|__hs|optimizely|mixpanel|ph_|_dd_s|_vwo|_clck|_clsk|ai_session|ai_user|_sp_)/,
  /^(?:__cf|cf_|__cfruid|awsalb|awselb|arraffinity|bigipserver|incap_ses|visid_incap|nlbi_|ak_bmsc|bm_s|_abck|datadome|serverid|ingresscookie|lb_|route$|sticky)/,
  /^(?:cookie-?consent|cookieconsent|consent|optanon|euconsent|gdpr|cc_|locale|lang|language|theme|timezone|tz|i18n)/,
]

/** What an OAuth client remembers while the visitor is away: state, nonce, verifier. */
const STATE_NAMES: readonly RegExp[] = [
  /^\.aspnetcore\.(?:correlation|openidconnect\.nonce)\./,
  /^(?:next-auth|authjs)\.(?:state|nonce|pkce\.code_verifier)$/,
  /^better-auth\.(?:state|oauth_state|pkce)/,
  /^sb-[a-z0-9-]{1,60}-auth-token-code-verifier$/,
  /^(?:auth_verification|__txn_|txn_|appsession\.txn|oidc\.|mod_auth_openidc_state|_oauth2_proxy_(?:csrf|[a-z0-9]{1,40}_csrf))/,
  /(?:^|[^a-z])(?:oauth2?|oidc|auth|login|google|github|saml)?[-_.]?(?:state|nonce|pkce|code[-_]?verifier|relaystate)(?:$|[^a-z])/,
  /^(?:oauth2?|oidc|saml)[-_.](?:session|request|flow|txn|auth[-_]request)/,
]

/** What remembers a visitor between the steps of a login. */
const STEP_NAMES =
  /(?:^|[^a-z])(?:2fa|mfa|otp|totp|two[-_]?factor|second[-_]?factor|pending|pre[-_]?auth|partial|challenge|step[-_]?up)(?:$|[^a-z])/

const LONGEST_NAME = 200

/** Lower-case, without prefix and chunk number; null where it is too long to be any of these. */
const bareName = (name: string): string | null =>
  name.length > LONGEST_NAME
    ? null
    : name
        .toLowerCase()
        .replace(/^__(?:host-http|host|secure|http)-/, '')
        .replace(/\.\d{1,2}$/, '')

const matches = (patterns: readonly RegExp[], name: string): boolean => patterns.some((pattern) => pattern.test(name))

export type NameKind =
  /** Made by a login and nothing else. */
  | 'login'
  | 'session'
  | 'csrf'
  /** OAuth state and its like. */
  | 'state'
  /** Analytics, consent, load balancers. */
  | 'tool'
  | 'unknown'

const kinds = new Map<string, NameKind>()
const MOST_KINDS = 2_000

/** What a cookie is for, as far as its name tells. */
export const nameKind = (name: string): NameKind => {
  const known = kinds.get(name)
  if (known !== undefined) return known
  const bare = bareName(name)
  const kind = bare === null ? 'unknown' : kindOf(bare)
  if (bare !== null) {
    if (kinds.size >= MOST_KINDS) kinds.clear()
    kinds.set(name, kind)
  }
  return kind
}

const kindOf = (bare: string): NameKind => {
  if (CSRF_NAMES.test(bare)) return 'csrf'
  if (matches(OTHER_NAMES, bare)) return 'tool'
  if (matches(STATE_NAMES, bare)) return 'state'
  if (matches(LOGIN_NAMES, bare)) return 'login'
  return matches(SESSION_NAMES, bare) ? 'session' : 'unknown'
}

export const isSessionName = (name: string): boolean => {
  const kind = nameKind(name)
  return kind === 'login' || kind === 'session'
}

/** The name says that it remembers a visitor between the steps of a login, and no longer: `mfa_pending`. */
export const isStepName = (name: string): boolean => {
  const bare = bareName(name)
  return bare !== null && STEP_NAMES.test(bare)
}
