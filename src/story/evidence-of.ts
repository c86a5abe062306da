import { sameRegistrableDomain } from '../cookie/domain.ts'
import {
  afterLogin,
  endOf,
  isLogout,
  keptOf,
  pageOf,
  pageOfSite,
  preflightOf,
  redirectsAfter,
  sessionOf,
} from './aftermath.ts'
import { answerOf, targetOf } from './answer.ts'
import { carriesToken } from './carried-token.ts'
import { chooseLogin, supersession } from './choose-login.ts'
import type { Evidence, Login, OAuthTrip } from './evidence.ts'
import { type Candidate, candidatesIn, pickedCandidate } from './find-login.ts'
import { furtherStepsOf } from './further-step.ts'
import { isSessionName, nameKind } from './names.ts'
import { isOwnData, pathKind } from './paths.ts'
import { isOfInterest, readingOf } from './reading.ts'
import { isRefusal } from './refusal.ts'
import { replacementOf } from './replaced.ts'
import { withRoutes } from './router-redirects.ts'
import type { Recording, Seen } from './seen.ts'
import { isReturnAgain, openTrip, tripBefore } from './trip.ts'

/**
 * What a recording has of a login: the request itself, the lines that make the session, and what came of it. Never throws;
 * costs a look at each exchange.
 * @param pick id of the exchange that the user says is the login; what is not in the recording counts as nothing picked
 */
export const evidenceOf = (recording: Recording, pick: string | null = null): Evidence => {
  const seen = withRoutes(recording.seen)
  return { ...recording, seen, login: loginIn(seen, pick), isRefusal, isSessionName }
}

const loginIn = (all: readonly Seen[], pick: string | null): Login | null => {
  const seen = all.filter((one) => one.id === pick || isOfInterest(one))
  const candidates = candidatesIn(seen)
  const at = pick === null ? -1 : seen.findIndex(({ id }) => id === pick)
  const picked = at < 0 ? null : pickedCandidate(seen[at] as Seen, at, seen)
  const chosen = picked ?? chooseLogin(candidates, seen)
  return chosen === null ? null : loginOf(seen, chosen, candidates, picked !== null)
}

const loginOf = (
  seen: readonly Seen[],
  chosen: Candidate,
  candidates: readonly Candidate[],
  byHand: boolean,
): Login => {
  const { at, kind, why, seen: request } = chosen
  const isNext = supersession(seen)
  const next =
    candidates.find((one) => one.at > at && one.strong && !isHopAfter(one.seen, request) && isNext(chosen, one)) ?? null
  const to = endOf(seen, at, next?.at ?? seen.length)
  const redirects = redirectsAfter(seen, at, to)
  const session = sessionOf(request, redirects)
  const oauth = tripOf(seen, chosen, candidates)
  const start = oauth?.authorize == null ? at : Math.min(at, startOf(seen, oauth.authorize))
  const isBack = kind === 'callback' && start === at && oauth?.callback != null
  const page = isBack ? pageOfSite(seen, at) : pageOf(seen, start)
  const after = afterLogin(seen, at, to, { request, page, redirects, session })
  const login: Login = {
    kind,
    request,
    picked: byHand ? 'by-hand' : 'found',
    why,
    page,
    preflight: preflightOf(seen, at),
    redirects,
    session,
    kept: keptOf(request, session),
    oauth,
    after,
    furtherSteps: furtherStepsOf({ request, page, after }, seen.slice(0, at)),
    forAnybody: forAnybodyBefore(seen, at, candidates),
    next: next?.seen ?? null,
    replaced: null,
  }
  return { ...login, replaced: replacementOf(seen, login) }
}

const isHopAfter = ({ exchange }: Seen, request: Seen): boolean =>
  exchange.redirectChain?.includes(request.exchange.url) === true

/** A visitor is a stranger from the log's beginning, and from a logout on, to the next login that was not refused. */
const forAnybodyBefore = (seen: readonly Seen[], at: number, candidates: readonly Candidate[]): ReadonlySet<string> => {
  const logins = new Set(candidates.flatMap((one) => (one.refused ? [] : [one.at])))
  const targets = new Set<string>()
  let isStranger = true
  for (let i = 0; i < at; i++) {
    const one = seen[i]
    if (one === undefined) continue
    if (logins.has(i)) isStranger = false
    else if (!isStranger && isLogout(one)) isStranger = true
    else if (isStranger && answerOf(one) === 'accepted' && !isKnown(one) && targets.size < MOST_TARGETS)
      targets.add(targetOf(one))
  }
  return targets
}

/** Somebody who is logged in already: by a token, by a cookie that only a login makes, or because the server says who it is. */
const isKnown = (seen: Seen): boolean => {
  const sent = seen.verdict.cookies.flatMap(({ cookie, outcome }) =>
    outcome === 'sent' ? [nameKind(cookie.name)] : [],
  )
  return (
    carriesToken(seen) || sent.includes('login') || (sent.includes('session') && isOwnData(readingOf(seen).segments))
  )
}

const MOST_TARGETS = 2_000

/** A script's call for tokens ends the trip of the callback before it. */
const CALLS_AFTER_CALLBACK = 100

const tripOf = (seen: readonly Seen[], chosen: Candidate, candidates: readonly Candidate[]): OAuthTrip | null => {
  const back = chosen.kind === 'callback' ? chosen : callbackBefore(chosen, candidates)
  if (back === null) return openTrip(seen, chosen.at)
  const host = readingOf(back.seen).url?.hostname ?? ''
  // The provider's own login is on the way, and so is a hop of this return, or this return before it was answered; another one of
  // the app's own site was another login.
  const before = candidates.findLast(
    (one) =>
      one.at < back.at &&
      !one.refused &&
      !isHopAfter(back.seen, one.seen) &&
      !isReturnAgain(one.seen, back.seen) &&
      sameRegistrableDomain(readingOf(one.seen).url?.hostname ?? '', host),
  )
  return tripBefore(seen, back.at, (before?.at ?? -1) + 1)
}

const callbackBefore = ({ at, kind, seen }: Candidate, candidates: readonly Candidate[]): Candidate | null => {
  if (kind !== 'script' || seen.body?.password === true || pathKind(readingOf(seen)) === 'login') return null
  const last = candidates.findLast((one) => one.at < at)
  return last?.kind === 'callback' && at - last.at <= CALLS_AFTER_CALLBACK ? last : null
}

/** Where the navigation began that ended in this request. */
const startOf = (seen: readonly Seen[], hop: Seen): number => {
  const first = hop.exchange.redirectChain?.[0] ?? hop.exchange.url
  const at = seen.indexOf(hop)
  for (let i = at; i >= 0 && i > at - 30; i--) if (seen[i]?.exchange.url === first) return i
  return at
}
