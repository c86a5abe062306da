import { pageOf } from './aftermath.ts'
import { loginSigns } from './login-signs.ts'
import { readingOf } from './reading.ts'
import type { Seen } from './seen.ts'

/** So many exchanges before a form are looked at. */
const LOOK_BACK = 300
const MOST_HOPS = 20

/**
 * Whether a form that was sent from a page which others lead to (a cart, as an empty checkout and the payment lead to it) has no more of
 * a login than any other request: every answer renews the session, as Laravel's do, and what opened the pages behind may be something
 * else. Carts and logins differ in nothing else that a log has, where no word tells them apart.
 * @param gate the page's origin and path
 * @param behind those of the pages that lead to it
 */
export const isLikeAnyOther = (
  seen: readonly Seen[],
  at: number,
  gate: string,
  behind: ReadonlySet<string>,
): boolean => {
  const start = Math.max(0, at - LOOK_BACK)
  if (!isRenewedAnyway(seen, start, at)) return false
  return (
    leadsBack(seen, at, gate) || isPassed(seen, start, at, gate, behind) || isOpenedElsewhere(seen, start, at, gate)
  )
}

/** Pages before it renewed the same session, which they had been asked with. */
const isRenewedAnyway = (seen: readonly Seen[], start: number, at: number): boolean => {
  const form = seen[at]
  const before = seen.slice(start, at).filter(({ exchange }) => exchange.method === 'GET')
  return (
    form !== undefined && loginSigns(form).sessionNames.every((name) => before.some((page) => isRenewedBy(page, name)))
  )
}

const isRenewedBy = (page: Seen, name: string): boolean =>
  loginSigns(page).sessionNames.includes(name) &&
  page.verdict.cookies.some(({ cookie, outcome }) => outcome === 'sent' && cookie.name === name)

/** It leads to the very page again, and that is shown: to a cart with another count in it, or after a wrong password. */
const leadsBack = (seen: readonly Seen[], at: number, gate: string): boolean => {
  const form = seen[at] as Seen
  const { location } = readingOf(form)
  if (location === null || keyOf(location) !== gate) return false
  const next = seen
    .slice(at + 1, at + MOST_HOPS)
    .find(({ exchange }) => exchange.redirectChain?.at(-1) === form.exchange.url)
  return next?.exchange.status === 200
}

/** A page behind was shown before, and nothing has led the visitor back since. */
const isPassed = (
  seen: readonly Seen[],
  start: number,
  at: number,
  gate: string,
  behind: ReadonlySet<string>,
): boolean => {
  for (let i = at - 1; i >= start; i--) {
    const one = seen[i]
    if (one === undefined || !isPageLoad(one)) continue
    const { url, location } = readingOf(one)
    if (location !== null && keyOf(location) === gate) return false
    if (url !== null && behind.has(keyOf(url))) return one.exchange.status === 200
  }
  return false
}

/** Since a page led there, something was sent from another one, an article into the cart say, that renewed the session likewise. */
const isOpenedElsewhere = (seen: readonly Seen[], start: number, at: number, gate: string): boolean => {
  for (let i = at - 1; i >= start; i--) {
    const one = seen[i]
    if (one === undefined) continue
    const { location } = readingOf(one)
    if (isPageLoad(one) && location !== null && keyOf(location) === gate) return false
    const { writes, sessionNames, path } = loginSigns(one)
    if (!writes || sessionNames.length === 0 || path === 'sign-up') continue
    const page = pageOf(seen, i)
    const url = page === null ? null : readingOf(page).url
    if (url !== null && keyOf(url) !== gate) return true
  }
  return false
}

export const isPageLoad = ({ exchange }: Seen): boolean =>
  exchange.resourceType === 'main_frame' && exchange.method === 'GET'

/** What a page is known by here. */
export const keyOf = ({ origin, pathname }: URL): string => origin + pathname
