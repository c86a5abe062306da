import type { CookieVerdict } from '../contract.ts'
import { sameRegistrableDomain } from '../cookie/domain.ts'
import type { Action } from '../remedies/action.ts'
import { code, list } from '../remedies/words.ts'
import type { Evidence, Login } from '../story/evidence.ts'
import { readingOf } from '../story/reading.ts'
import type { Seen } from '../story/seen.ts'
import { failsAt } from './callback.ts'
import type { DiagnosisRule, Finding } from './diagnosis.ts'
import { answeredText, hostOf, requestText } from './exchange-text.ts'
import { hasReason, outcomeOf, sameSiteReasons, unique } from './outcome.ts'

/**
 * A navigation that another site started leaves a cookie at home because of its SameSite: the state cookie that is Lax, when the
 * provider's form posts the answer; the session that is Strict, on the hop after the return, or on a link from a mail.
 *
 * Measured in Chromium: after a return from elsewhere a Strict cookie is withheld on every hop of that navigation, and goes along on
 * the next one; a cookie without SameSite is sent on such a POST while it is two minutes old at most.
 */
export default {
  id: 'SameSiteOnReturn',
  explains: ['CsrfRefused'],
  find: (evidence) => {
    const { login } = evidence
    if (login === null) return []
    const found = stateIn(evidence, login) ?? sessionIn(evidence, login)
    return found === null ? [] : [findingOf(evidence, login, found)]
  },
} satisfies DiagnosisRule

interface Withheld {
  kind: 'state' | 'session'
  seen: Seen
  cookies: readonly CookieVerdict[]
  /** The request was turned away. */
  fails: boolean
}

const keptBack = (seen: Seen, names: ReadonlySet<string>): CookieVerdict[] =>
  seen.exchange.resourceType !== 'main_frame'
    ? []
    : seen.verdict.cookies.filter(
        ({ cookie, outcome, reasons }) =>
          names.has(cookie.name) && outcome === 'blocked' && hasReason(reasons, sameSiteReasons),
      )

const stateIn = (evidence: Evidence, { oauth, session }: Login): Withheld | null => {
  if (oauth === null || oauth.callback === null) return null
  const { callback, stateLines } = oauth
  const cookies = keptBack(callback, new Set(stateLines.map(({ name }) => name)))
  if (cookies.length === 0) return null
  // It went on without.
  const goesOn = session.some(({ line }) => line.outcome === 'stored') && !failsAt(evidence, callback)
  return goesOn && outcomeOf(evidence).kind !== 'fails'
    ? null
    : { kind: 'state', seen: callback, cookies, fails: failsAt(evidence, callback) }
}

const sessionIn = (evidence: Evidence, login: Login): Withheld | null => {
  const names = new Set([...login.session.map(({ name }) => name)])
  for (const seen of login.after) {
    if (seen.fromCache || !evidence.isRefusal(seen)) continue
    const cookies = keptBack(seen, names)
    if (cookies.length > 0) return { kind: 'session', seen, cookies, fails: true }
  }
  return null
}

const sameSiteOf = ({ cookie }: CookieVerdict, several: boolean): string =>
  cookie.sameSite === 'unspecified'
    ? `${several ? 'have' : 'has'} no SameSite, which counts as Lax,`
    : `${several ? 'are' : 'is'} ${code(`SameSite=${cookie.sameSite === 'strict' ? 'Strict' : 'Lax'}`)}`

/** "`a` and `b` are `SameSite=Lax`, `c` has no SameSite, which counts as Lax, and did not go along." */
const keptBackText = (cookies: readonly CookieVerdict[]): string => {
  const kinds = [...new Set(cookies.map(({ cookie }) => cookie.sameSite))]
  const groups = kinds.map((kind) => {
    const alike = cookies.filter(({ cookie }) => cookie.sameSite === kind)
    const names = [...new Set(alike.map(({ cookie }) => code(cookie.name)))].slice(0, 4)
    return `${list(names)} ${sameSiteOf(alike[0] as CookieVerdict, names.length > 1)}`
  })
  return `${groups.join('; ')} and did not go along.`
}

/** The site that the navigation came from; null where it is not known. */
const startedBy = ({ exchange }: Seen): string | null => {
  const url = readingOf({ exchange } as Seen).url
  const hosts = [exchange.initiator, ...(exchange.redirectChain ?? []).toReversed()].flatMap((text) =>
    text !== null && URL.canParse(text) ? [new URL(text).hostname] : [],
  )
  return hosts.find((host) => url !== null && !sameRegistrableDomain(host, url.hostname)) ?? null
}

const findingOf = (evidence: Evidence, login: Login, { kind, seen, cookies, fails }: Withheld): Finding => {
  const [first] = cookies as [CookieVerdict]
  const kinds = [...new Set(cookies.map(({ cookie }) => kindOfName(cookie.name)))].slice(0, 4)
  const from = startedBy(seen)
  const isPost = seen.exchange.method === 'POST'
  const outcome = outcomeOf(evidence)
  const elsewhere = from === null ? 'another site' : code(from)
  return {
    rank: fails && (kind === 'state' || outcome.kind !== 'works') ? 'blocks-now' : 'odd',
    confidence: fails ? 'seen' : 'likely',
    title:
      kind === 'state'
        ? `The provider returns by ${isPost ? 'POST' : 'a navigation'}, and SameSite keeps the state cookie at home`
        : 'The session cookie stays at home where another site leads to the page',
    seen: `${requestText(seen)} was started by ${elsewhere}. ${keptBackText(cookies)} ${answeredText(seen)}`,
    matters:
      kind === 'state'
        ? `${isPost ? 'SameSite=Lax lets a cookie go along with links and redirects of other sites, not with forms that they send.' : 'SameSite=Strict keeps a cookie from every navigation that another site starts.'} Without it the app does not know that it asked for this login, and refuses it.`
        : 'SameSite=Strict keeps a cookie from every navigation that another site starts, redirects after it included. The login seems lost until the page is loaded again.',
    actions: actionsOf(kind, isPost, seen),
    cookie: kindOfName(first.cookie.name),
    check:
      kind === 'state'
        ? `Log in again: the request to ${code(hostOf(seen))} that comes back from the provider has ${list(kinds.map(code))} in its Cookie header${kinds.some(isNewEachTime) ? ', with the ending that is new at each login' : ''}.`
        : 'Log in again, and come once by a link of another site: the page knows the visitor at once.',
    exchanges: unique(seen.id, login.oauth?.stateLines[0]?.seen.id, login.session[0]?.seen.id),
  }
}

/** What names begin with that libraries end with something new at each login: ASP.NET Core and OWIN, Auth0, oauth2-proxy, mod_auth_openidc. */
const NEW_EACH_TIME =
  /^(?:\.AspNet(?:Core)?\.Correlation\.|\.AspNetCore\.OpenIdConnect\.Nonce\.|OpenIdConnect\.nonce\.|__txn_|_oauth2_proxy_csrf_|mod_auth_openidc_state_)(?=.)/i

/** The name, without what is new at each login: `.AspNetCore.Correlation.…`. */
const kindOfName = (name: string): string => {
  const begin = NEW_EACH_TIME.exec(name)?.[0]
  return begin === undefined ? name : `${begin}…`
}

const isNewEachTime = (name: string): boolean => NEW_EACH_TIME.test(name)

const actionsOf = (kind: Withheld['kind'], isPost: boolean, seen: Seen): Action[] => {
  const host = hostOf(seen)
  if (isPost)
    return [
      { action: 'set-attribute', attribute: 'SameSite', value: 'None' },
      // Said even where it is there: without it, SameSite=None is refused.
      { action: 'set-attribute', attribute: 'Secure' },
      ...(kind === 'session' ? [{ action: 'start-on-this-site', host } as const] : []),
    ]
  return [
    { action: 'set-attribute', attribute: 'SameSite', value: 'Lax' },
    ...(kind === 'session' ? [{ action: 'start-on-this-site', host } as const] : []),
  ]
}
