import type { CookieVerdict } from '../contract.ts'
import { code } from '../remedies/words.ts'
import { becauseOf } from './cause-clause.ts'
import type { Login, Replacement } from './evidence.ts'
import { outOfPathIn } from './out-of-path.ts'
import { isPreflight, readingOf, withoutFragment } from './reading.ts'
import { isReloadOf } from './reloaded.ts'
import { isRouterRedirect } from './router-redirects.ts'
import type { Seen } from './seen.ts'
import { carries, isOutOfScope, isPage, type Use } from './session-trail.ts'
import { submittedToo } from './submitted-too.ts'
import { brokenStep, callOf, namesText, quotedCall, skipped, step, type ToldStep } from './telling.ts'

/** Steps from the first request with the session to the next visit. */

/** Whether a request lacks the session in a way that matters: turned away without it, or a page that it was withheld from. */
const lacks = (use: Use, redirects: readonly Seen[]): boolean => {
  if (carries(use) || use.passing) return false
  const isHeldBack = use.withheld.some(({ reasons }) => !isOutOfScope(reasons))
  if (use.answer === 'refused')
    return use.withheld.length > 0 || use.missing || use.tokenless || redirects.includes(use.seen)
  return isHeldBack && isPage(use.seen) && use.answer === 'accepted'
}

const isHop = ({ seen, answer }: Use): boolean =>
  answer === 'other' && (readingOf(seen).location !== null || isRouterRedirect(seen))

export interface Outlook {
  readonly uses: readonly Use[]
  /** The first that carries the session; null where none was seen. */
  readonly carrier: Use | null
  /** The first that lacks it, where it comes before any that was accepted with it. */
  readonly lacking: Use | null
  /** The first that was refused for good although it carried it, and none was accepted before. */
  readonly refused: Use | null
  /** The first that was accepted with it. */
  readonly accepted: Use | null
  /** What was asked who is there, after the login, without a session cookie that its Path keeps from it and from all else. */
  readonly outOfPath: Use | null
}

export const outlookOf = (login: Login, uses: readonly Use[]): Outlook => {
  // A redirect says nothing: whether it arrives where it leads is the question.
  const carrierAt = uses.findIndex((use) => carries(use) && !isHop(use))
  const lackingAt = uses.findIndex((use) => lacks(use, login.redirects))
  const acceptedAt = uses.findIndex((use) => carries(use) && use.answer === 'accepted')
  const refusedAt = uses.findIndex((use) => carries(use) && use.answer === 'refused' && !use.passing)
  const at = (index: number): Use | null => uses[index] ?? null
  return {
    uses,
    carrier: at(carrierAt),
    lacking: lackingAt >= 0 && (carrierAt < 0 || lackingAt < carrierAt) ? at(lackingAt) : null,
    refused: isRefusedFirst(uses, refusedAt) ? at(refusedAt) : null,
    accepted: at(acceptedAt),
    outOfPath: outOfPathIn(uses),
  }
}

/** A page that anybody may see is accepted before the API says no: the API's word counts until it has said yes. */
const isRefusedFirst = (uses: readonly Use[], refusedAt: number): boolean => {
  const refused = uses[refusedAt]
  if (refused === undefined) return false
  const provenAt = uses.findIndex(({ proves }) => proves)
  if (provenAt < 0 || refusedAt < provenAt) return true
  if (isPage(refused.seen)) return false
  const isOfScript = ({ seen }: Use) => !isPage(seen) && readingOf(seen).origin === readingOf(refused.seen).origin
  return !uses.some((use) => use.proves && isOfScript(use))
}

const carriedText = ({ sent, bearer }: Use): string =>
  sent.length > 0 ? namesText(sent) : bearer ? 'the token' : 'nothing'

export const sentStep = (login: Login, { carrier, lacking, refused, outOfPath, uses }: Outlook): ToldStep => {
  if (lacking !== null) return lackingStep(lacking, login)
  if (outOfPath !== null) return outOfPathStep(outOfPath, uses)
  if (carrier === null) {
    const without = refused ?? null
    return step('sent', 'open', 'next request', 'No request that would carry the session has been seen yet.', [
      without?.seen,
    ])
  }
  if (login.replaced?.refused === carrier.seen) return replacedStep(login.replaced)
  const what = carriedText(carrier)
  const isToken = carrier.sent.length === 0
  const kind = isToken ? 'The next request carries the token in `Authorization`' : `The next request carries ${what}`
  return step(
    'sent',
    'ok',
    `${isToken ? 'token' : what} sent`,
    `${kind}: ${quotedCall(carrier.seen)}.`,
    [carrier.seen, login.request].slice(0, 1),
  )
}

/** The browser sent a cookie of that name, and not what the login had set. */
const replacedStep = ({ line, by, refused }: Replacement): ToldStep => {
  const name = namesText([line.name])
  return brokenStep(
    'sent',
    `another ${name} sent`,
    `${quotedCall(refused)} carried ${name} with the value that ${quotedCall(by)} had given it after the login, and was turned away (${refused.exchange.status}).`,
    replacedBecause(line.name, by),
    [refused, by],
  )
}

const replacedBecause = (name: string, by: Seen): string =>
  `${quotedCall(by)} replaced ${namesText([name])} after the login`

const outOfPathStep = ({ seen, withheld }: Use, uses: readonly Use[]): ToldStep => {
  const [kept] = withheld
  const call = quotedCall(seen)
  const missed = kept === undefined ? 'without the session' : withoutText(kept)
  const path = kept === undefined ? '' : ` (${code(kept.cookie.path)})`
  const all = uses.length === 1 ? '' : `, and so did every request since the login (${uses.length})`
  return brokenStep(
    'sent',
    `${kept === undefined ? 'session' : namesText([kept.cookie.name])} not sent`,
    `${call} went ${missed}${path}${all}. The server answered ${seen.exchange.status}, as it answers strangers. Set it with \`Path=/\`.`,
    `${call} went ${missed}`,
    [seen],
  )
}

const lackingStep = (use: Use, login: Login): ToldStep => {
  const { seen, withheld, answer } = use
  const [first] = withheld
  const call = quotedCall(seen)
  if (use.empty !== null && use.tokenless)
    return brokenStep(
      'sent',
      'no token sent',
      `${call} carries ${code(`Authorization: ${use.empty}`)}, and no token in it.${answer === 'refused' ? ` It was turned away (${seen.exchange.status}).` : ''}`,
      `${call} went without the token`,
      [seen],
    )
  if (first === undefined) {
    const end = answer === 'refused' ? `, and was turned away (${seen.exchange.status}).` : '.'
    const what = use.tokenless ? '`Authorization`' : 'a session cookie'
    const { request } = login
    if (!use.tokenless && seen.started < request.exchange.time) {
      const formToo = submittedToo(login) === null ? '' : ', because the browser submitted the form besides the script'
      return brokenStep(
        'sent',
        `${callOf(seen)} too early`,
        `${call} was sent before ${quotedCall(request)} was answered, when there was no session yet${end}`,
        `${call} was sent before the login was answered${formToo}`,
        [seen, request],
      )
    }
    return brokenStep(
      'sent',
      `${callOf(seen)} without it`,
      `${call} went without ${what}${end}`,
      `${call} went without ${what}`,
      [seen],
    )
  }
  const cookie = namesText([first.cookie.name])
  const reason = first.reasons[0]
  const clause = becauseOf('send', reason)
  const told = clause === '' && reason !== undefined ? ` ${reason.title}.` : ''
  const turnedAway = answer === 'refused' ? ` It was turned away (${seen.exchange.status}).` : ''
  return brokenStep(
    'sent',
    `${cookie} not sent`,
    `${call} went without ${cookie}${clause}.${told}${turnedAway}`,
    `${call} went without ${cookie}${clause}`,
    [seen],
  )
}

export const acceptedStep = ({ replaced }: Login, { refused, accepted, carrier }: Outlook): ToldStep => {
  if (refused !== null && replaced?.refused === refused.seen) {
    const { line, by } = replaced
    const name = namesText([line.name])
    return brokenStep(
      'accepted',
      `refused: ${refused.seen.exchange.status}`,
      `${quotedCall(refused.seen)} carried ${name} with the value that ${quotedCall(by)} had given it after the login, and was turned away (${refused.seen.exchange.status}).`,
      replacedBecause(line.name, by),
      [refused.seen, by],
    )
  }
  if (refused !== null) {
    const { seen } = refused
    const call = quotedCall(seen)
    const what = carriedText(refused)
    return brokenStep(
      'accepted',
      `refused: ${seen.exchange.status}`,
      `${call} carried ${what}, and the server ${refusalText(seen)}. The browser did its part.`,
      `the server did not accept ${what} and ${seen.exchange.status >= 400 ? `answered ${call} with ${seen.exchange.status}` : `sent ${call} back to the login`}`,
      [seen],
    )
  }
  if (accepted !== null)
    return step(
      'accepted',
      'ok',
      `accepted: ${accepted.seen.exchange.status}`,
      `The server answers ${quotedCall(accepted.seen)} with ${accepted.seen.exchange.status}.`,
      [accepted.seen],
    )
  return step(
    'accepted',
    'open',
    'accepted',
    carrier === null ? 'Not seen yet.' : 'The server’s answer has not told yet.',
    [carrier?.seen],
  )
}

const refusalText = ({ exchange: { status } }: Seen): string =>
  status === 431
    ? 'answered 431: the request’s headers are too large'
    : status >= 400
      ? `answered ${status} all the same`
      : 'sent the visitor back to the login all the same'

/** A visit of a page after the login's own, and what was asked for on it. */
interface Visit {
  readonly page: Seen
  readonly uses: readonly Use[]
  readonly isReload: boolean
  /** Whether it was a reload nobody can tell: a script may have changed the address before. */
  readonly mayBeReload?: boolean
}

/** @param uses all of them; the page that the login led to comes first, or is the one it was sent from */
export const visitsOf = (login: Login, uses: readonly Use[]): Visit[] => {
  const redirects = new Set(login.redirects)
  const visits: (Visit & { uses: Use[] })[] = []
  const shown = login.redirects.at(-1) ?? (login.kind === 'script' ? login.page : login.request)
  let url = shown === null ? null : withoutFragment(shown.exchange.url)
  // Pages from the cache and hops count as visits as well, so they are looked up among all that came after.
  const byId = new Map(uses.map((use) => [use.seen, use]))
  let chain: Seen | null = null
  const loaded = loadedAfterUse(login, uses)
  if (loaded !== null) visits.push({ page: loaded.seen, uses: [loaded], isReload: false, mayBeReload: true })
  for (const seen of login.after) {
    if (redirects.has(seen) || isPreflight(seen)) continue
    const use = byId.get(seen)
    if (isPage(seen)) {
      const isHop = chain !== null && (seen.exchange.redirectChain ?? []).includes(chain.exchange.url)
      if (!isHop) {
        const isSame = withoutFragment(seen.exchange.url) === url && seen.exchange.method === 'GET'
        const isFirst = shown === login.page && chain === null
        visits.push({ page: seen, uses: [], isReload: isSame || (isFirst && isReloadOf(login, seen)) })
      }
      chain = seen
      if (readingOf(seen).location === null) url = withoutFragment(seen.exchange.url)
    }
    if (use !== undefined) visits.at(-1)?.uses.push(use)
  }
  return visits
}

/**
 * The page that a script's login seems to have led to, where its scripts had the session accepted before: the page may have changed its
 * address by script and been loaded again, and either way the session outlived the document.
 */
const loadedAfterUse = ({ kind, redirects, request }: Login, uses: readonly Use[]): Use | null => {
  const [first] = redirects
  const last = redirects.at(-1)
  if (kind !== 'script' || first === undefined || last === undefined) return null
  const isUsed = uses.some(
    (use) =>
      !isPage(use.seen) &&
      use.answer === 'accepted' &&
      carries(use) &&
      use.seen.started > request.started &&
      use.seen.started < first.started,
  )
  const loaded = uses.find(({ seen }) => seen === last)
  return isUsed && loaded?.answer === 'accepted' && carries(loaded) ? loaded : null
}

type VisitOutcome = 'ok' | 'broken' | 'unknown'

/** The page may be one that needs no session: then what its scripts ask for tells. */
const outcomeOf = ({ uses }: Visit): VisitOutcome => {
  const first = uses.find(
    (use) =>
      use.answer === 'refused' &&
      !use.passing &&
      (carries(use) || use.withheld.length > 0 || use.missing || use.tokenless),
  )
  const accepted = uses.filter((use) => carries(use) && use.answer === 'accepted')
  if (first !== undefined && (isPage(first.seen) || !accepted.some(({ seen, proves }) => proves && !isPage(seen))))
    return 'broken'
  return accepted.length > 0 ? 'ok' : 'unknown'
}

export const visitStep = (
  id: 'reload' | 'navigation',
  visits: readonly Visit[],
  replaced: Replacement | null,
): ToldStep => {
  const own = visits.filter(({ isReload }) => isReload === (id === 'reload'))
  const words = id === 'reload' ? WORDS.reload : WORDS.navigation
  const told = own.map((visit) => ({ visit, outcome: outcomeOf(visit) })).filter(({ outcome }) => outcome !== 'unknown')
  const last = told.at(-1)
  const broken = told.find(({ outcome }) => outcome === 'broken')
  const untold = own.flatMap(({ uses }) => uses).find(({ right }) => right === 'wanted-or-ended')
  if (untold !== undefined && broken === undefined) return untoldStep(id, untold)
  if (last === undefined) {
    const [first] = own
    if (id === 'reload' && first === undefined && visits.some(({ mayBeReload }) => mayBeReload)) return skipped(id)
    return first === undefined
      ? step(id, 'open', words.open, words.awaited)
      : step(id, 'open', words.open, 'The page came without telling whether the visitor is still logged in.', [
          first.page,
        ])
  }
  if (broken === undefined) return step(id, 'ok', words.ok, `${words.works}${rightWords(own)}`, [last.visit.page])
  const use = broken.visit.uses.find(({ answer, passing }) => answer === 'refused' && !passing)
  const call = quotedCall(use?.seen ?? broken.visit.page)
  const kept = use === undefined || carries(use) ? undefined : use.withheld[0]
  const missed = kept === undefined ? null : withoutText(kept)
  const without =
    use === undefined || carries(use) ? '' : missed === null ? ' It went without the session.' : ` It went ${missed}.`
  if (last.outcome === 'ok')
    return step(id, 'risky', words.ok, `${words.works} But ${call} was turned away once.${without}`, [
      use?.seen,
      broken.visit.page,
    ])
  if (use !== undefined && replaced?.refused === use.seen)
    return brokenStep(
      id,
      words.broken,
      `${call} was turned away. It carried ${namesText([replaced.line.name])} with the value that ${quotedCall(replaced.by)} had given it after the login.`,
      replacedBecause(replaced.line.name, replaced.by),
      [use.seen, replaced.by],
    )
  return brokenStep(
    id,
    words.broken,
    `${call} was turned away.${without}`,
    missed === null ? `${words.lost}, for ${call} was turned away` : `${words.lost}, for ${call} went ${missed}`,
    [use?.seen, broken.visit.page],
  )
}

/** "without `sid`, because the cookie is kept for another path". */
const withoutText = ({ cookie, reasons }: CookieVerdict): string =>
  `without ${namesText([cookie.name])}${becauseOf('send', reasons[0])}`

const rightWords = (visits: readonly Visit[]): string => {
  const use = visits.flatMap(({ uses }) => uses).find(({ right }) => right === 'wanted')
  return use === undefined
    ? ''
    : ` ${quotedCall(use.seen)} alone sent the visitor to the login: it seems to want another right.`
}

const untoldStep = (id: 'reload' | 'navigation', { seen, ...use }: Use): ToldStep => {
  const call = quotedCall(seen)
  const detail = `${call} carried ${carriedText({ seen, ...use })}, and sent the visitor to the login (${seen.exchange.status}). It wants another right, or the session has ended.`
  const doubt = `Accepted at first, but ${call} sent the visitor to the login: it wants another right, or the session has ended. Open a page again that was shown before.`
  return { ...step(id, 'open', WORDS[id].open, detail, [seen]), doubt }
}

const WORDS = {
  reload: {
    open: 'reload',
    ok: 'reload: still logged in',
    broken: 'reload: logged out',
    awaited: 'The page was not loaded again yet.',
    works: 'The page was loaded again, and the session was accepted.',
    lost: 'the login did not last over a reload',
  },
  navigation: {
    open: 'next page',
    ok: 'next page: still logged in',
    broken: 'next page: logged out',
    awaited: 'No other page was visited yet.',
    works: 'Another page was visited, and the session was accepted.',
    lost: 'the login did not last to the next page',
  },
} as const
