import { sameRegistrableDomain } from '../cookie/domain.ts'
import { endOf, isLogout, sessionLinesOf } from './aftermath.ts'
import type { Candidate } from './find-login.ts'
import { loginSigns } from './login-signs.ts'
import { isSessionName } from './names.ts'
import { isLoginAddress, isOwnData, pathKind } from './paths.ts'
import { isDocument, readingOf, urlOf } from './reading.ts'
import { leadsToLogin } from './refusal.ts'
import type { Seen } from './seen.ts'

/**
 * The one that the story is about: the last, of those that were not refused if there are any. After a logout the one before is
 * history. Of a visitor who is logged in, what only looks a little like a login (a password for the mail server, a token for the
 * chat) is none.
 */
export const chooseLogin = (candidates: readonly Candidate[], seen: readonly Seen[]): Candidate | null => {
  const answered = candidates.filter(({ refused }) => !refused)
  const among = answered.length > 0 ? answered : candidates
  const strong = among.filter(({ strong: isStrong }) => isStrong)
  const isNext = supersession(seen)
  let last: Candidate | null = null
  for (const one of strong.length > 0 ? strong : among) if (last === null || isNext(last, one)) last = one
  return last === null || last.refused ? last : (refusedAfterLogout(last, candidates, seen) ?? last)
}

const refusedAfterLogout = (
  answered: Candidate,
  candidates: readonly Candidate[],
  seen: readonly Seen[],
): Candidate | null => {
  const last = candidates.findLast(({ refused, strong, at }) => refused && strong && at > answered.at)
  return last !== undefined && endOf(seen, answered.at, last.at) < last.at ? last : null
}

/** Whether a later candidate is another login than one before it, in whose place it stands; for the candidates of one log. */
export const supersession = (seen: readonly Seen[]): ((before: Candidate, later: Candidate) => boolean) => {
  let outs: { at: number; host: string }[] | null = null
  const isOutBetween = (before: Candidate, later: Candidate): boolean => {
    outs ??= seen.flatMap((one, at) => (showsStranger(one) ? [{ at, host: hostOf(one) }] : [])).slice(-MOST_OUTS)
    const host = hostOf(before.seen)
    return outs.some((out) => out.at > before.at && out.at < later.at && sameRegistrableDomain(out.host, host))
  }
  return (before, later) => {
    if (isEmbedded(later.seen) && !isEmbedded(before.seen)) return false
    if (weightOf(later) >= weightOf(before)) return true
    return (gives(later.seen) && !hasSession(before.seen)) || isOutBetween(before, later)
  }
}

const MOST_OUTS = 200

const hostOf = (seen: Seen): string => readingOf(seen).url?.hostname ?? ''

/** How much speaks for it that visitors log in by this: its address says so, or a mail led there; a password that is answered with a session; less. */
const weightOf = ({ seen, kind, mailed }: Candidate): 1 | 2 | 3 => {
  const path = pathKind(readingOf(seen))
  if (mailed || kind === 'callback' || path === 'login' || path === 'second-factor') return 3
  return seen.body?.password === true && (gives(seen) || isDocument(seen)) ? 2 : 1
}

const gives = (seen: Seen): boolean => {
  const { sessionNames, hasToken } = loginSigns(seen)
  return sessionNames.length > 0 || hasToken
}

/** It gave a session or a token, or went on with a session that there was. */
const hasSession = (seen: Seen): boolean =>
  gives(seen) ||
  sessionLinesOf(seen).length > 0 ||
  seen.verdict.cookies.some(({ cookie, outcome }) => outcome === 'sent' && isSessionName(cookie.name))

/** In a frame of another site: a widget's own login. */
const isEmbedded = ({ exchange }: Seen): boolean => {
  const top = urlOf(exchange.frames.at(-1) ?? '')
  const url = urlOf(exchange.url)
  return (
    exchange.resourceType === 'sub_frame' &&
    top !== null &&
    url !== null &&
    !sameRegistrableDomain(top.hostname, url.hostname)
  )
}

/** Whoever is asked to log in, or was told to, is not logged in; nor is who has just logged out. */
const showsStranger = (seen: Seen): boolean => {
  const { method, status, resourceType } = seen.exchange
  if (isLogout(seen)) return true
  if (method !== 'GET' || resourceType === 'sub_frame') return false
  const { segments } = readingOf(seen)
  const isPage = resourceType === 'main_frame'
  return (
    (isPage && status === 200 && isLoginAddress(segments)) ||
    leadsToLogin(seen) ||
    (status === 401 && (isPage || isOwnData(segments)))
  )
}
