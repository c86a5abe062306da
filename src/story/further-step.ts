import type { Login } from './evidence.ts'
import { isLoginAddress } from './paths.ts'
import { headerOf, readingOf, segmentsOf } from './reading.ts'
import { leadsToLogin } from './refusal.ts'
import { leadsTo } from './router-redirects.ts'
import type { Seen } from './seen.ts'

/** What a login page's own address may have behind it: it is the same page, in another language say, or it says what went wrong. */
const IS_LOGIN_PAGE = /^(?:index|form|page|start|home|[a-z]{2}(?:[-_][a-z]{2})?)(?:\.[a-z]{2,5})?$/
const SAYS_NO =
  /(?:^|[^a-z])(?:errors?|fail|failed|failure|denied|expired|time[-_]?out|invalid|required|again|retry|locked|blocked|disabled)(?:$|[^a-z])/

/** The path as far as the segment that says login: `/users/sign_in/verify` gives `/users/sign_in`; null without anything behind it. */
const loginPart = (url: URL): string | null => {
  const parts = url.pathname.split('/').filter((part) => part !== '')
  const last = parts.at(-1)?.toLowerCase() ?? ''
  const at = parts.findIndex((part) => isLoginAddress(segmentsOf(part)))
  if (at < 0 || at === parts.length - 1 || IS_LOGIN_PAGE.test(last) || SAYS_NO.test(last)) return null
  return `/${parts.slice(0, at + 1).join('/')}`
}

const keyOf = ({ origin, pathname }: URL): string => origin + pathname

const isUnder = (part: string, url: URL | null): boolean =>
  url !== null && (url.pathname === part || url.pathname.startsWith(`${part}/`))

/**
 * Of the pages that were shown after a login, those that ask for a further step of it, whatever they are called: they stand under the
 * login's address, are none that strangers are shown, and were shown to a visitor with cookies.
 * @param before what came before the login's request
 */
export const furtherStepsOf = (
  { request, page, after }: Pick<Login, 'request' | 'page' | 'after'>,
  before: readonly Seen[],
): ReadonlySet<string> => {
  const addresses = [request, ...(page === null ? [] : [page])].map((one) => readingOf(one).url)
  const steps = new Set<string>()
  for (const seen of after) {
    const { url } = readingOf(seen)
    const part = url === null || !isShown(seen) ? null : loginPart(url)
    if (url === null || part === null || steps.has(keyOf(url))) continue
    const isOwn = addresses.some((own) => own?.origin === url.origin && isUnder(part, own))
    if (
      isOwn &&
      !addresses.some((own) => own !== null && keyOf(own) === keyOf(url)) &&
      !isForStrangers(url, request, before)
    )
      steps.add(keyOf(url))
  }
  return steps
}

const isShown = ({ exchange }: Seen): boolean =>
  exchange.resourceType === 'main_frame' &&
  exchange.method === 'GET' &&
  exchange.status === 200 &&
  headerOf(exchange.requestHeaders, 'cookie') !== null

/** It was shown before anything was sent to the login. */
const isForStrangers = (url: URL, request: Seen, before: readonly Seen[]): boolean => {
  const sent = before.findIndex(
    ({ exchange }) => exchange.method === request.exchange.method && exchange.url === request.exchange.url,
  )
  return before.slice(0, sent < 0 ? before.length : sent).some((one) => {
    const shown = readingOf(one).url
    return shown !== null && keyOf(shown) === keyOf(url)
  })
}

/** Whether an answer leads to a further step of the login. */
export const leadsToFurtherStep = (seen: Seen, { furtherSteps }: Pick<Login, 'furtherSteps'>): boolean => {
  const location = leadsTo(seen)
  return location !== null && furtherSteps.has(keyOf(location)) && leadsToLogin(seen)
}
