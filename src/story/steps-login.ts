import type { StoryStep } from '../contract.ts'
import { code } from '../remedies/words.ts'
import { becauseOf } from './cause-clause.ts'
import type { Login, SessionLine } from './evidence.ts'
import { leadsToFurtherStep } from './further-step.ts'
import { isDocument, readingOf, shownPath } from './reading.ts'
import { isAuthorizeUrl, isRefusal, leadsToLogin, losesBody } from './refusal.ts'
import { leadsTo } from './router-redirects.ts'
import type { Seen } from './seen.ts'
import { submittedToo } from './submitted-too.ts'
import { brokenStep, callAndStatus, callOf, namesText, quotedCall, skipped, step, type ToldStep } from './telling.ts'

/** Steps from the page to the store. */

export const pageStep = ({ page }: Login): ToldStep =>
  page === null ? skipped('page') : step('page', 'ok', callAndStatus(page), pageWords(page), [page])

/** A form that comes back after a wrong password or code is the answer to that. */
const pageWords = (page: Seen): string => {
  const { method, status } = page.exchange
  return method !== 'GET' && status >= 400
    ? `A try before was refused with ${status}, and the login was sent from the page that came with that answer.`
    : 'The page that the login was sent from.'
}

export const requestStep = (login: Login): ToldStep => {
  const { request, preflight } = login
  const { status } = request.exchange
  const title = callAndStatus(request)
  const breaks = (detail: string, because: string, ...first: (Seen | null)[]) =>
    brokenStep('request', title, detail, because, [...first, request])
  const open = openTripStep(login)
  if (open !== null) return open
  if (request.state === 'pending') return step('request', 'open', title, 'It has not been answered yet.', [request])
  if (status === 0 || (request.state === 'failed' && !isDocument(request))) return failedStep(login, breaks, title)
  if (login.kind === 'callback' && readingOf(request).query.has('error'))
    return breaks('The identity provider sent an error back, and no code.', 'the identity provider sent an error back')
  if (status >= 500)
    return breaks(
      `The server failed: it answered ${status}.`,
      `the server failed and answered ${quotedCall(request)} with ${status}`,
    )
  if (status >= 400 && login.kind === 'callback')
    return breaks(
      `The server did not take the identity provider’s answer: it answered ${status}.`,
      `the server did not take the identity provider’s answer and answered ${quotedCall(request)} with ${status}`,
    )
  if (status >= 400)
    return breaks(
      `The server refused it: it answered ${status}. ${REFUSAL_WORDS[status] ?? ''}`.trimEnd(),
      `the server refused ${quotedCall(request)} with ${status}`,
    )
  if (losesBody(request))
    return breaks(
      `It went to http, and the server answers ${status} with the same address on https. That the browser asks by GET: the name and the password were lost on the way.`,
      `the redirect of ${quotedCall(request)} from http to https loses what the form sent`,
    )
  if (isTriedInVain(login))
    return breaks(
      `The server sent the visitor back to the login.${login.kind === 'callback' ? '' : ' A wrong name or password looks like that.'}`,
      `the server answered ${quotedCall(request)} by sending the visitor back to the login`,
    )
  const location = leadsTo(request)
  const led = location === null ? '.' : `, and sends the visitor on to ${code(shownPath(location))}.`
  return step('request', 'ok', title, `The server answers ${status}${led}`, [request, preflight])
}

/**
 * The visitor was sent back to the page to log in on: a wrong name or password, whatever cookie came along (one that holds the message,
 * mostly). Where the browser did not keep the cookie, or it did not go along, that may be why.
 */
const isTriedInVain = (login: Login): boolean => {
  const { request, redirects, page, session } = login
  if (!leadsToLogin(request) || leadsToFurtherStep(request, login)) return false
  if (session.length === 0) return true
  const { url, location } = readingOf(request)
  const isBack = [url, page === null ? null : readingOf(page).url].some(
    (own) => own !== null && own.origin === location?.origin && own.pathname === location.pathname,
  )
  const shown = redirects.at(-1)
  const carries = (name: string): boolean =>
    shown?.verdict.cookies.some(({ cookie, outcome }) => cookie.name === name && outcome === 'sent') === true
  return (
    isBack &&
    redirects.length === 1 &&
    shown?.exchange.status === 200 &&
    session.every(({ name, line }) => line.outcome === 'stored' && carries(name))
  )
}

const REFUSAL_WORDS: Readonly<Record<number, string>> = {
  400: 'A wrong name or password may look like that, or a field that is missing.',
  401: 'A wrong name or password looks like that.',
  403: 'CSRF protection looks like that, or an account that is locked.',
  404: 'There is nothing at this address.',
  405: 'The server takes no such method at this address.',
  419: 'Laravel says so of a CSRF token that is missing or out of date.',
  422: 'A wrong name or password may look like that, or a CSRF token that is missing.',
  429: 'There were too many attempts.',
  431: 'The request’s headers are too large: its cookies, mostly.',
}

/** The visitor was sent to the identity provider, and has not come back. */
const openTripStep = ({ request, oauth, kind }: Login): ToldStep | null => {
  const { url, location } = readingOf(request)
  const leads = (url !== null && isAuthorizeUrl(url)) || (location !== null && isAuthorizeUrl(location))
  if (!leads || kind === 'script') return null
  const asked = oauth?.authorize ?? null
  const status = asked?.exchange.status ?? 0
  if (asked !== null && status >= 400)
    return brokenStep(
      'request',
      callAndStatus(asked),
      `The identity provider refused to begin: it answered ${status}.`,
      `the identity provider refused to begin, with ${status}`,
      [asked, request],
    )
  return step(
    'request',
    'open',
    callAndStatus(request),
    'The visitor is with the identity provider, and has not come back yet.',
    [request, asked],
  )
}

type Breaks = (detail: string, because: string, ...first: (Seen | null)[]) => ToldStep

const failedStep = ({ request, preflight }: Login, breaks: Breaks, title: string): ToldStep => {
  const { exchange, state, error } = request
  if (state === 'unfinished')
    return step('request', 'open', title, 'Recording ended before its answer came.', [request])
  const { url } = readingOf(request)
  const page = exchange.frames.at(-1) ?? exchange.initiator ?? ''
  const errorText = error === undefined ? '' : ` (${code(error)})`
  if (exchange.status > 0)
    return breaks(
      `The server answered ${exchange.status}, but the browser kept the answer from the page’s script${errorText}. It does so where CORS does not allow the page to read it.`,
      'the browser kept the answer from the page’s script',
    )
  if (preflight !== null)
    return breaks(
      `The browser asked first (${quotedCall(preflight)}), and the answer ${preflight.exchange.status === 0 ? 'did not come' : `of ${preflight.exchange.status} did not allow it`}: the login itself was never sent${errorText}.`,
      'its preflight failed, and the login was never sent',
      preflight,
    )
  if (page.startsWith('https:') && url?.protocol === 'http:' && !isDocument(request))
    return breaks(
      `The page is on https and calls ${code(url.host)} on http, which browsers do not do${errorText}.`,
      'a page on https may not call http',
    )
  return breaks(`No answer came${errorText}.`, `no answer to ${quotedCall(request)} came`)
}

/** @param needed something after the login shows that a session was missing; `works`: that one is there */
export const setCookieStep = (login: Login, bearer: boolean, needed: boolean, works: boolean): ToldStep => {
  const { request, session, kept } = login
  const [first] = session
  if (first !== undefined) {
    const names = namesText(session.map(({ name }) => name))
    const where =
      first.seen === request ? 'The answer' : `The answer of ${quotedCall(first.seen)}, where the login led,`
    return step('set-cookie', 'ok', `${names} set`, `${where} sets ${names}.`, [first.seen])
  }
  if (bearer) {
    const fields = [...(request.body?.tokens ?? []).map(({ field }) => field), ...(request.body?.opaqueTokens ?? [])]
    const words = fields.length === 0 ? 'a token' : `a token, ${namesText(fields)}`
    return step('set-cookie', 'ok', 'token issued', `The login gives ${words}: no cookie is needed for it.`, [request])
  }
  if (kept.length > 0) {
    const names = namesText(kept.map(({ name }) => name))
    return step(
      'set-cookie',
      'ok',
      `${names} goes on`,
      `The answer sets no other session: the server goes on with ${names}, which the request carried.`,
      [request],
    )
  }
  if (needed)
    return brokenStep(
      'set-cookie',
      'no session cookie set',
      `The answer of ${quotedCall(request)} sets no cookie that could be the session.`,
      'the answer sets no session cookie',
      [request],
    )
  return step(
    'set-cookie',
    works ? 'skipped' : 'open',
    'no session cookie set',
    `The answer of ${quotedCall(request)} sets no cookie that could be the session, and holds no token that was seen.`,
    [request],
  )
}

/** Of the session's lines, what the browser did with each. */
interface Fates {
  readonly stored: readonly SessionLine[]
  readonly dropped: readonly SessionLine[]
  readonly expired: readonly SessionLine[]
  /** The rules say stored, the store says no. */
  readonly lost: readonly SessionLine[]
  readonly open: readonly SessionLine[]
}

const fatesOf = (session: readonly SessionLine[]): Fates => {
  const fates = { stored: [], dropped: [], expired: [], lost: [], open: [] } as Record<keyof Fates, SessionLine[]>
  for (const one of session) fates[fateOf(one)].push(one)
  return fates
}

const fateOf = ({ line, seen, index }: SessionLine): keyof Fates => {
  const observed = seen.observed.find((one) => one.operation === 'set' && one.index === index)
  // Contradicted: the store has it with other flags, or has it though it was to be refused. It is there.
  if (line.outcome === 'blocked') return observed?.agreement === 'contradicted' ? 'stored' : 'dropped'
  if (line.outcome === 'removed') return 'expired'
  if (observed?.agreement === 'unexplained') return 'lost'
  return line.outcome === 'unknown' ? 'open' : 'stored'
}

/**
 * @param works the server accepted what was sent afterwards: what was dropped was not needed
 * @param byToken it accepted a token, no cookie
 */
export const storedStep = (login: Login, works: boolean, byToken: boolean): ToldStep => {
  const { session } = login
  if (session.length === 0) return skipped('stored')
  const { stored, dropped, expired, lost, open } = fatesOf(session)
  const failed = [...dropped, ...lost, ...expired]
  const [first] = failed
  if (first !== undefined) {
    const names = namesText(failed.map(({ name }) => name))
    const told = failedWords(first, dropped.includes(first), lost.includes(first))
    if (works && (stored.length > 0 || byToken))
      return step('stored', 'risky', `${names} not stored`, `${told.detail} The login works without it.`, [first.seen])
    return brokenStep('stored', `${names} not stored`, told.detail, told.because, [first.seen])
  }
  const names = namesText(session.map(({ name }) => name))
  const [unknown] = open
  if (unknown !== undefined && !works) {
    return step('stored', 'open', `${names} stored?`, openWords(unknown), [unknown.seen])
  }
  return step('stored', 'ok', `${names} stored`, storedWords(session, names), [session[0]?.seen])
}

/** What may be the reason, all of it: nothing tells which. */
const openWords = ({ name, line: { reasons } }: SessionLine): string => {
  const [first] = reasons
  if (first === undefined) return 'The store has not answered yet.'
  const causes = reasons.map((reason) =>
    becauseOf('set', reason)
      .replace(/^, because /, '')
      .replace(/^it blocks/, 'the browser blocks'),
  )
  return causes.length > 1 && !causes.includes('')
    ? `Not certain: the browser may have dropped ${namesText([name])}, because ${causes.join(', or because ')}.`
    : `${first.title}.`
}

const storedWords = (session: readonly SessionLine[], names: string): string => {
  const isSeen = session.every(({ seen, index }) =>
    seen.observed.some((one) => one.operation === 'set' && one.index === index && one.agreement === 'confirmed'),
  )
  return isSeen
    ? `The browser took ${names}: it appeared in the store.`
    : `By the browser’s rules ${names} is stored; the store itself was not seen to take it.`
}

const failedWords = (
  { name, line, seen, index }: SessionLine,
  isDropped: boolean,
  isLost: boolean,
): { detail: string; because: string } => {
  const cookie = namesText([name])
  if (isDropped) {
    const reason = line.reasons[0]
    const clause = becauseOf('set', reason)
    const told = clause === '' && reason !== undefined ? ` ${reason.title}.` : ''
    return {
      detail: `The browser dropped ${cookie}${clause}.${told}`,
      because: `the browser dropped ${cookie}${clause}`,
    }
  }
  if (isLost) {
    const seenOf = seen.observed.find((one) => one.operation === 'set' && one.index === index)
    const evidence = seenOf?.evidence ?? 'never appeared in the store'
    return {
      detail: `The browser did not store ${cookie}: ${evidence.replace(/^never /, 'it never ')}.`,
      because: `${cookie} never appeared in the store, and no rule says why`,
    }
  }
  return {
    detail: `The line’s expiry is in the past, so that the browser deletes ${cookie} at once.`,
    because: `${cookie} is set with an expiry in the past`,
  }
}

/** The preflight was not allowed, so that the browser sent nothing after it. */
export const wasNeverSent = ({ request: { state, exchange }, preflight }: Login): boolean =>
  preflight !== null && state === 'failed' && exchange.status === 0

/** Who sent the visitor back to the login; null where nobody did. */
const turnsBack = (login: Login): Seen | null => {
  const { redirects, request, page, session } = login
  const last = redirects.findLast((one) => leadsToLogin(one) && !leadsToFurtherStep(one, login))
  if (last !== undefined || !leadsToLogin(request) || leadsToFurtherStep(request, login)) return last ?? null
  const isSamePage = page !== null && readingOf(page).url?.pathname === readingOf(request).location?.pathname
  return isSamePage || session.length === 0 ? request : null
}

/**
 * What the login's answer led to.
 * @param works the server accepted what was sent afterwards: where the visitor was led to is nothing to worry about
 */
export const redirectsStep = (login: Login, works: boolean): ToldStep => {
  const { redirects, request } = login
  if (redirects.length === 0) return skipped('redirects')
  if (wasNeverSent(login)) return step('redirects', 'open', 'led on', 'The login was never sent.')
  const failed = redirects.find(({ state, exchange }) => state === 'failed' && exchange.status === 0)
  const path = redirects.map((one) => callOf(one).replace(/^GET /, '')).slice(-3)
  const title = `on to ${path.at(-1) ?? ''}`
  if (failed !== undefined)
    return brokenStep(
      'redirects',
      title,
      `${quotedCall(failed)} got no answer${failed.error === undefined ? '' : ` (${code(failed.error)})`}.`,
      `the login led to ${quotedCall(failed)}, which got no answer`,
      [failed, request],
    )
  const submitted = submittedToo(login)
  if (submitted !== null)
    return step(
      'redirects',
      'risky',
      `${title}, by the form itself`,
      'The script logs in, and the browser submits the form as well: the page is loaded anew, and what was typed in stands in its address, the password too (in the history, and in the server’s logs). The script lacks `event.preventDefault()`.',
      [submitted, ...redirects],
    )
  const back = works ? null : turnsBack(login)
  const last = redirects.at(-1)
  const isDowngraded =
    request.exchange.url.startsWith('https:') && redirects.some(({ exchange }) => exchange.url.startsWith('http:'))
  // Led to plain http, a Secure cookie stays behind: that is a cause.
  const consequence = isDowngraded ? {} : ({ follows: true } as const)
  if (back !== null)
    return {
      ...step(
        'redirects',
        'risky',
        `back to ${path.at(-1) ?? ''}`,
        `${quotedCall(back)} sends the visitor back to the login (${back.exchange.status}).`,
        [last, back, ...redirects],
      ),
      ...consequence,
    }
  if (!works && last !== undefined && isRefusal(last) && last.exchange.status >= 400)
    return {
      ...step(
        'redirects',
        'risky',
        `on to ${path.at(-1) ?? ''}: ${last.exchange.status}`,
        `The visitor is led on to ${quotedCall(last)}, which is answered ${last.exchange.status}.`,
        [last, ...redirects],
      ),
      ...consequence,
    }
  const downgraded = redirects.find(({ exchange }) => exchange.url.startsWith('http:'))
  const left = request.exchange.url.startsWith('https:') && downgraded !== undefined
  const hops = redirects.length === 1 ? 'The visitor is led on' : `The visitor is led on in ${redirects.length} steps`
  const mark: StoryStep['mark'] = left ? 'risky' : 'ok'
  return step('redirects', mark, title, `${hops}${left ? ', and from https to plain http on the way' : ''}.`, [
    left ? downgraded : redirects.at(-1),
    ...redirects,
  ])
}
