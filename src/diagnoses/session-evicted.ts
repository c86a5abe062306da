import { profileOf } from '../browsers/index.ts'
import { registrableDomain, sameRegistrableDomain } from '../cookie/domain.ts'
import { bareDomain, sameKey } from '../cookie/store.ts'
import { code } from '../remedies/words.ts'
import { answerOf } from '../story/answer.ts'
import type { Evidence, Login } from '../story/evidence.ts'
import type { Seen } from '../story/seen.ts'
import type { Finding } from './diagnosis.ts'
import { hostOf, idsOf, requestText } from './exchange-text.ts'
import { isTurnedAway, type KeptCookie, keptSession, untilLogout } from './session-use.ts'

/** A browser that has too many cookies of a site gave up the session's. */
export const evictedSession = (evidence: Evidence): Finding | null => {
  const { login } = evidence
  if (login === null || isTurnedAway(evidence, login)) return null
  for (const kept of keptSession(evidence, login)) {
    const cause = causeOf(kept, evidence, login)
    if (cause !== null) return findingOf(kept, cause, evidence, login)
  }
  return null
}

interface Cause {
  /** The answer that made the browser give it up; null where no answer of the tab did. */
  by: Seen | null
  /** The first request without it; null where none came. */
  without: Seen | null
}

const causeOf = ({ cookie }: KeptCookie, evidence: Evidence, login: Login): Cause | null => {
  const later = untilLogout(login)
  const told = evidence.storeWrites.find(
    (write) =>
      write.removed &&
      write.cause === 'evicted' &&
      write.time >= login.request.started &&
      sameKey(write.cookie, cookie),
  )
  const has = (seen: Seen): boolean => seen.verdict.cookies.some((one) => sameKey(one.cookie, cookie))
  const isOfSite = (seen: Seen): boolean => sameRegistrableDomain(hostOf(seen), bareDomain(cookie))
  const writes = (seen: Seen): boolean =>
    seen.verdict.setCookies.some((line) => line.cookie !== null && sameKey(line.cookie, cookie))
  if (told !== undefined) {
    const without = later.find((seen) => seen.started >= told.time && isOfSite(seen) && !has(seen))
    return { by: null, without: without ?? null }
  }
  const chain = [login.request, ...later.filter((seen) => seen !== login.request)]
  for (const [at, seen] of chain.entries()) {
    const isFull = seen.verdict.setCookies.some(({ warnings }) =>
      warnings.some(({ id }) => id === 'OlderCookiesEvicted'),
    )
    if (!isFull || (writes(seen) && seen !== login.request) || !(has(seen) || writes(seen))) continue
    const next = chain.slice(at + 1).find((one) => isOfSite(one) && one.started > seen.exchange.time)
    if (next !== undefined && !has(next) && !writes(next)) return { by: seen, without: next }
  }
  return null
}

const findingOf = ({ cookie }: KeptCookie, { by, without }: Cause, evidence: Evidence, login: Login): Finding => {
  const most = profileOf(evidence.browser).policy.maxSiteCookies ?? 180
  const domain = registrableDomain(bareDomain(cookie)) ?? bareDomain(cookie)
  const isRefused = without !== null && answerOf(without) === 'refused'
  return {
    rank: without === null || isRefused ? 'blocks-now' : 'odd',
    confidence: by === null ? 'seen' : 'likely',
    title: 'The browser deleted the session cookie to make room: the site has too many cookies',
    seen: `${by === null ? 'The browser' : `As ${requestText(by, login.request)} set more cookies, the browser`} deleted ${code(cookie.name)} to make room.${without === null ? '' : ` ${requestText(without, login.request)} came without it${isRefused ? ' and was refused' : ''}.`}`,
    matters: `Of ${code(domain)} and all its sub-domains together the browser keeps ${most} cookies. With more, it deletes those that were last used longest ago, those without Secure first.`,
    actions: [{ action: 'fewer-cookies', domain, most }],
    check: `Log in again: ${code(cookie.name)} stays in the store while you use the site.`,
    exchanges: idsOf([...(without === null ? [] : [without]), ...(by === null ? [] : [by]), login.request]),
  }
}
