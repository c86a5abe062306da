import type { CookieVerdict, Header, StoredCookie } from '../contract.ts'
import { sameRegistrableDomain } from '../cookie/domain.ts'
import { sameKey } from '../cookie/store.ts'
import type { Action } from '../remedies/action.ts'
import { code } from '../remedies/words.ts'
import type { Evidence } from '../story/evidence.ts'
import { nameKind } from '../story/names.ts'
import { headerOf, nameOfLine } from '../story/reading.ts'
import type { Seen } from '../story/seen.ts'
import { hostOf, requestText } from './exchange-text.ts'

/** What is wrong with the token of a request, as far as cookies and headers show. */
export interface CsrfDefect {
  title: string
  seen: string
  matters: string
  actions: readonly Action[]
  /** Name of the cookie whose attributes the actions mean. */
  cookie?: string
  /** The answer that set the cookie with the token; null where it was not seen. */
  setter: Seen | null
}

const headerName = /csrf|xsrf|requestverificationtoken|antiforgery/i

const headerIn = ({ exchange }: Seen): Header | null =>
  exchange.requestHeaders.find(({ name }) => headerName.test(name.slice(0, 100))) ?? null

/** What scripts write where they found no token. */
const noToken = /^(?:undefined|null)?$/

const csrfHeaderIn = (seen: Seen): string | null => {
  const value = headerIn(seen)?.value.trim() ?? ''
  return noToken.test(value) ? null : value
}

export const hasCsrfHeader = (seen: Seen): boolean => csrfHeaderIn(seen) !== null

/** In which header a script sends the token of such a cookie back, by custom. */
export const csrfHeaderOf = (name: string | null): string => {
  const lower = (name ?? '').toLowerCase()
  if (lower.includes('xsrf')) return 'X-XSRF-TOKEN'
  return lower === 'csrftoken' ? 'X-CSRFToken' : 'X-CSRF-Token'
}

/** Made to be read by scripts: others (`_csrf`, Auth.js's) hold a secret, and the token comes another way. */
const forScripts = /^(?:__host-|__secure-)?(?:xsrf-token|csrftoken|csrf[-_]token|x-csrf-token|x-xsrf-token)$/i

/** 0: the request has no token in a header; 1: one that the cookie had before; 2: one that nothing speaks against. */
export const tokenWorth = (seen: Seen, evidence: Evidence): 0 | 1 | 2 => {
  if (!hasCsrfHeader(seen)) return 0
  const sent = seen.verdict.cookies.filter(
    ({ cookie, outcome }) => outcome === 'sent' && nameKind(cookie.name) === 'csrf',
  )
  return outdated(seen, sent, evidence) === null ? 2 : 1
}

const isScript = ({ exchange }: Seen): boolean => exchange.resourceType === 'xmlhttprequest'

const whyNoToken =
  'CSRF protection wants the token twice, once as a cookie and once from the page, so that no other site can send the request.'

export const defectOf = (seen: Seen, evidence: Evidence): CsrfDefect | null => {
  const cookies = seen.verdict.cookies.filter(({ cookie }) => nameKind(cookie.name) === 'csrf')
  const sent = cookies.filter(({ outcome }) => outcome === 'sent')
  return (
    opaqueOrigin(seen, cookies) ??
    (sent.length === 0 ? leftBehind(seen, cookies, evidence) : null) ??
    (isScript(seen) ? (withoutHeader(seen, sent, evidence) ?? outdated(seen, sent, evidence)) : null)
  )
}

/** The line that set the cookie last, before the request. */
const setterOf = (cookie: StoredCookie, seen: Seen, evidence: Evidence): Seen | null =>
  evidence.seen.findLast(
    (one) =>
      one.started <= seen.started &&
      one.verdict.setCookies.some(
        (line) => line.outcome === 'stored' && line.cookie !== null && sameKey(line.cookie, cookie),
      ),
  ) ?? null

const opaqueOrigin = (seen: Seen, cookies: readonly CookieVerdict[]): CsrfDefect | null => {
  if (headerOf(seen.exchange.requestHeaders, 'origin') !== 'null') return null
  if (cookies.length === 0 && !hasCsrfHeader(seen)) return null
  return {
    title: 'The request hides its Origin, and CSRF protection refuses that',
    seen: 'Its Origin is `null`: the browser hides where it comes from.',
    matters:
      'CSRF protection compares the Origin with the hosts that it trusts, and `null` is none. It comes from a frame with `sandbox`, a page opened from a file, a redirect by way of another origin, or a form on a page with `Referrer-Policy: no-referrer`: give that page `strict-origin-when-cross-origin`.',
    actions: [],
    setter: null,
  }
}

/** The cookie with the token was refused, or stays behind. */
const leftBehind = (seen: Seen, cookies: readonly CookieVerdict[], evidence: Evidence): CsrfDefect | null => {
  const withheld = cookies.find(({ outcome }) => outcome === 'blocked')
  if (withheld !== undefined) {
    const { cookie, reasons } = withheld
    const ids = new Set(reasons.map(({ id }) => id))
    return {
      title: 'The cookie with the CSRF token was not sent',
      seen: `${code(cookie.name)} stayed behind: ${reasons[0]?.title ?? 'the browser withheld it'}.`,
      matters: whyNoToken,
      actions: actionsFor(ids, seen),
      cookie: cookie.name,
      setter: setterOf(cookie, seen, evidence),
    }
  }
  const refused = refusedLine(seen, evidence, 'csrf')
  if (refused === null) return withoutSession(seen, evidence)
  return {
    title: 'The cookie with the CSRF token was never stored',
    seen: `${code(refused.name)}, which ${requestText(refused.seen, seen)} was to set, was refused: ${refused.reason}.`,
    matters: whyNoToken,
    actions: [],
    setter: refused.seen,
  }
}

/** The login's form came from a page whose session was refused: a token that is kept in a session has none to be in. */
const withoutSession = (seen: Seen, evidence: Evidence): CsrfDefect | null => {
  const isSession = (name: string): boolean => evidence.isSessionName(name)
  if (seen !== evidence.login?.request || (isScript(seen) && seen.exchange.status !== 419)) return null
  if (seen.verdict.cookies.some(({ cookie, outcome }) => outcome === 'sent' && isSession(cookie.name))) return null
  const refused = refusedLine(seen, evidence, 'session')
  if (refused === null) return null
  return {
    title: 'The session that the CSRF token belongs to was never stored',
    seen: `${code(refused.name)}, which ${requestText(refused.seen, seen)} was to set, was refused: ${refused.reason}.`,
    matters:
      'The token in the form is compared with one in the session. Without that cookie there is none, and any form is refused.',
    actions: [],
    cookie: refused.name,
    setter: refused.seen,
  }
}

const actionsFor = (reasons: ReadonlySet<string>, seen: Seen): Action[] => {
  if (reasons.has('NotOnPath')) return [{ action: 'set-attribute', attribute: 'Path', value: '/' }]
  if (reasons.has('CredentialsOmitted'))
    return [{ action: 'include-credentials', origin: seen.exchange.initiator ?? '', crossOrigin: true, element: false }]
  if (![...reasons].some((id) => id.includes('SameSite'))) return []
  return [
    { action: 'set-attribute', attribute: 'SameSite', value: 'None' },
    { action: 'set-attribute', attribute: 'Secure' },
  ]
}

/** The last line of that kind before the request, of its site, where the browser refused it. */
const refusedLine = (
  seen: Seen,
  evidence: Evidence,
  kind: 'csrf' | 'session',
): { seen: Seen; name: string; reason: string } | null => {
  for (const one of evidence.seen.toReversed()) {
    if (one.started > seen.started || one === seen || !sameRegistrableDomain(hostOf(one), hostOf(seen))) continue
    const line = one.verdict.setCookies.findLast((each) => nameKind(nameOfLine(each)) === kind)
    if (line === undefined) continue
    const [reason] = line.reasons
    return line.outcome === 'blocked' && reason !== undefined
      ? { seen: one, name: nameOfLine(line), reason: reason.title }
      : null
  }
  return null
}

const withoutHeader = (seen: Seen, sent: readonly CookieVerdict[], evidence: Evidence): CsrfDefect | null => {
  const cookie = sent.find((one) => forScripts.test(one.cookie.name))?.cookie
  if (cookie === undefined || hasCsrfHeader(seen)) return null
  // Laravel says 419 for its token, and 422 for what the user typed.
  if (seen.exchange.status === 422 && csrfHeaderOf(cookie.name) === 'X-XSRF-TOKEN') return null
  const header = csrfHeaderOf(cookie.name)
  const empty = headerIn(seen)
  return {
    title: cookie.httpOnly
      ? "The cookie with the CSRF token is HttpOnly: the page's script can't send it back"
      : `The script did not send the CSRF token back in ${header}`,
    seen: `${code(cookie.name)} went along as a cookie${cookie.httpOnly ? ' and is HttpOnly' : ''}; ${empty === null ? `no header such as ${code(header)} did` : `the header ${code(customary(empty.name, header))} went out empty`}.`,
    matters: whyNoToken,
    actions: [csrfAction(cookie, header)],
    setter: setterOf(cookie, seen, evidence),
  }
}

/** HTTP/2 has names in small letters. */
const customary = (name: string, header: string): string =>
  name.toLowerCase() === header.toLowerCase() ? header : name

/** What lets the script send the token back: a cookie that it can read, or that it does read it. */
export const csrfAction = ({ name, httpOnly }: StoredCookie, header: string): Action =>
  httpOnly ? { action: 'readable-csrf-cookie', name, header } : { action: 'send-csrf-token', name, header }

/** The header has the value that the cookie had before. */
const outdated = (seen: Seen, sent: readonly CookieVerdict[], evidence: Evidence): CsrfDefect | null => {
  const header = csrfHeaderIn(seen)
  if (header === null) return null
  const isSame = (value: string): boolean => value === header || decoded(value) === decoded(header)
  const cookie = sent.find((one) => forScripts.test(one.cookie.name))?.cookie
  if (cookie === undefined || sent.some((one) => isSame(one.cookie.value))) return null
  const wasGiven = evidence.seen.some(
    (one) =>
      one.started <= seen.started &&
      (one.verdict.setCookies.some((line) => line.cookie?.name === cookie.name && isSame(line.cookie.value)) ||
        one.verdict.cookies.some((each) => each.cookie.name === cookie.name && isSame(each.cookie.value))),
  )
  if (!wasGiven) return null
  return {
    title: 'The script sent an old CSRF token: the cookie has a new one by now',
    seen: `The header has the value that ${code(cookie.name)} had before.`,
    matters:
      'Many servers change the token at the login. A script that read it once, when the page was loaded, then sends the old one: read the cookie before each request.',
    actions: [csrfAction(cookie, csrfHeaderOf(cookie.name))],
    setter: setterOf(cookie, seen, evidence),
  }
}

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
