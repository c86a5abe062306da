import type { StoryArrow, StoryCookie, StoryParty } from '../contract.ts'
import { registrableDomain } from '../cookie/domain.ts'
import type { Evidence, Login } from './evidence.ts'
import { isSessionName, nameKind } from './names.ts'
import { headerOf, isDocument, isPreflight, nameOfLine, readingOf, urlOf } from './reading.ts'
import type { Seen } from './seen.ts'
import { isOutOfScope, sessionNames } from './session-trail.ts'
import { wasNeverSent } from './steps-login.ts'
import { callOf, type ToldStep } from './telling.ts'

const MOST_ARROWS = 14
const MOST_COOKIES = 6

export interface Diagram {
  readonly parties: StoryParty[]
  readonly arrows: StoryArrow[]
  readonly arrowsLeftOut?: number
}

/** Who takes part, and the telling exchanges in their order. */
export const diagramOf = (evidence: Evidence, login: Login, steps: readonly ToldStep[]): Diagram => {
  const brokenAt = steps.find(({ mark }) => mark === 'broken')?.exchanges[0]
  const names = namesOfInterest(login)
  const provider = providerSite(login)
  const parties = new Map<string, StoryParty>()
  const arrows: StoryArrow[] = []
  const { shown, leftOut } = tellingExchanges(evidence, login, steps)
  for (const seen of shown) {
    const { origin } = readingOf(seen)
    if (origin === '') continue
    if (!parties.has(origin)) parties.set(origin, { id: origin, kind: kindOf(seen, login, provider) })
    arrows.push({
      exchange: seen.id,
      party: origin,
      label: callOf(seen),
      status: seen.exchange.status,
      sent: sentCookies(seen, names, seen.id === brokenAt || evidence.isRefusal(seen)),
      set: setCookies(seen, names),
      ...(seen.id === brokenAt && { broken: true }),
    })
  }
  return { parties: [...parties.values()], arrows, ...(leftOut > 0 && { arrowsLeftOut: leftOut }) }
}

/** Of what tells of the login the most telling, so many that they fit, in the order of the log; and how many do not fit. */
const tellingExchanges = (
  evidence: Evidence,
  login: Login,
  steps: readonly ToldStep[],
): { shown: Seen[]; leftOut: number } => {
  const { seen } = evidence
  const byId = new Map(seen.map((one) => [one.id, one]))
  const first = (which: (step: ToldStep) => boolean) =>
    steps.filter(which).flatMap(({ exchanges }) => exchanges.slice(0, 1).flatMap((id) => byId.get(id) ?? []))
  const { request, page, preflight, redirects } = login
  const trip = tripOf(seen, login)
  const refusals = login.after.filter((one) => evidence.isRefusal(one))
  const chosen = new Set<Seen>([
    // Nobody was asked what was never sent.
    ...(wasNeverSent(login) ? [] : [request]),
    ...first(({ mark }) => mark === 'broken'),
    ...(login.replaced === null ? [] : [login.replaced.by]),
    ...first(({ id }) => id === 'sent' || id === 'accepted'),
    ...first(({ id }) => id === 'set-cookie' || id === 'stored'),
    ...trip.telling,
    ...refusals.slice(0, 2),
    ...(page === null ? [] : [page]),
    ...redirects.slice(-3),
    ...first(({ id }) => id === 'reload' || id === 'navigation'),
    ...(preflight === null ? [] : [preflight]),
    ...redirects,
  ])
  const most = new Set([...chosen].slice(0, MOST_ARROWS))
  const all = new Set([...chosen, ...trip.between, ...refusals])
  return { shown: preflightsFirst(seen.filter((one) => most.has(one))), leftOut: all.size - most.size }
}

/** Firefox tells of a request before the preflight that comes before it. */
const preflightsFirst = (shown: readonly Seen[]): Seen[] => {
  const ordered = [...shown]
  for (const one of shown) {
    if (!isPreflight(one)) continue
    const at = ordered.findLastIndex((later) => isAskedBy(later, one))
    const own = ordered.indexOf(one)
    if (at < 0 || at > own) continue
    ordered.splice(own, 1)
    ordered.splice(at, 0, one)
  }
  return ordered
}

/** Whether a request may be the one that a preflight asked for: of its address, and answered after it. */
const isAskedBy = (request: Seen, preflight: Seen): boolean =>
  !isPreflight(request) &&
  request.exchange.resourceType === 'xmlhttprequest' &&
  request.exchange.method === requestedMethod(preflight) &&
  request.exchange.url === preflight.exchange.url &&
  request.exchange.time >= preflight.exchange.time

const requestedMethod = ({ exchange }: Seen): string | null =>
  headerOf(exchange.requestHeaders, 'access-control-request-method')

/** From the answer that sends the visitor away to the one that takes them back; of the provider's own, `between`, the last few. */
const tripOf = (seen: readonly Seen[], login: Login): { telling: Seen[]; between: Seen[] } => {
  const { oauth, request, page } = login
  const site = providerSite(login)
  if (oauth === null && site === null) return { telling: [], between: [] }
  const { authorize, callback, stateLines } = oauth ?? { authorize: null, callback: null, stateLines: [] }
  const from = seen.indexOf(authorize ?? page ?? request)
  const to = seen.indexOf(callback ?? request)
  const between = seen
    .slice(Math.max(0, from) + 1, Math.max(0, to))
    .filter((one) => one.exchange.resourceType === 'main_frame' && siteOf(one) === site)
  const telling = [...stateLines.slice(0, 1).map((line) => line.seen), authorize, callback, ...between.slice(-2)]
  return { telling: telling.filter((one) => one !== null), between }
}

const siteOf = (seen: Seen): string | null => {
  const host = readingOf(seen).url?.hostname
  return host === undefined ? null : (registrableDomain(host) ?? host)
}

/** Where no question to it was seen, the provider is who sent the visitor back. */
const providerSite = ({ oauth, kind, request }: Login): string | null => {
  if (oauth?.authorize != null) return siteOf(oauth.authorize)
  const host = kind === 'callback' ? urlOf(request.exchange.initiator ?? '')?.hostname : undefined
  const site = host === undefined ? null : (registrableDomain(host) ?? host)
  return site === siteOf(request) ? null : site
}

const kindOf = (seen: Seen, login: Login, provider: string | null): StoryParty['kind'] => {
  const { origin } = readingOf(seen)
  if (provider !== null && siteOf(seen) === provider && siteOf(login.page ?? login.request) !== provider)
    return 'provider'
  const page = login.page === null ? null : readingOf(login.page).origin
  return isDocument(seen) || origin === page ? 'app' : 'api'
}

/** The session's cookies, the state's, and what else looks like a login's. */
const namesOfInterest = (login: Login): ((name: string) => boolean) => {
  const session = sessionNames(login)
  const state = new Set(login.oauth?.stateLines.map(({ name }) => name))
  return (name) => session.has(name) || state.has(name) || isSessionName(name) || nameKind(name) === 'csrf'
}

/** @param matters something was missing here: a cookie of another host or path may be what. Elsewhere it never was to come along */
const sentCookies = ({ verdict }: Seen, isOfInterest: (name: string) => boolean, matters: boolean): StoryCookie[] =>
  once(
    verdict.cookies.flatMap(({ cookie, outcome, reasons }): StoryCookie[] =>
      isOfInterest(cookie.name) && outcome !== 'unknown' && (outcome === 'sent' || matters || !isOutOfScope(reasons))
        ? [{ name: cookie.name, fate: outcome === 'sent' ? 'sent' : 'withheld' }]
        : [],
    ),
  )

const FATES = { stored: 'stored', removed: 'removed', blocked: 'refused' } as const

const setCookies = ({ verdict }: Seen, isOfInterest: (name: string) => boolean): StoryCookie[] =>
  once(
    verdict.setCookies.flatMap((line): StoryCookie[] => {
      const name = nameOfLine(line)
      return isOfInterest(name) && line.outcome !== 'unknown' ? [{ name, fate: FATES[line.outcome] }] : []
    }),
  )

/** Each name once with its first fate; a cookie that went along and one of its name that did not are one line. */
const once = (cookies: readonly StoryCookie[]): StoryCookie[] => {
  const byName = new Map<string, StoryCookie>()
  for (const cookie of cookies) {
    const known = byName.get(cookie.name)
    if (known === undefined || (known.fate === 'withheld' && cookie.fate === 'sent')) byName.set(cookie.name, cookie)
  }
  return [...byName.values()].slice(0, MOST_COOKIES)
}
