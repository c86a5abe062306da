import type { StoredCookie } from '../contract.ts'
import { registrableDomain } from '../cookie/domain.ts'
import { bareDomain, sameKey } from '../cookie/store.ts'
import type { CaptureEvent } from './events.ts'

/** What a host's cookies are kept under: its registrable domain, or itself where it has none. */
export const siteKeyOf = (host: string): string => registrableDomain(host) ?? host

const none: readonly StoredCookie[] = []

/** One site's cookies with `cookie` in the place of the one of its key, which is `old`; with `null`, without it. */
export const replaced = (
  cookies: readonly StoredCookie[],
  old: StoredCookie | null,
  cookie: StoredCookie | null,
): readonly StoredCookie[] => {
  const at = old === null ? -1 : cookies.findIndex((stored) => sameKey(stored, old))
  if (cookie === null) return at < 0 ? cookies : cookies.toSpliced(at, 1)
  return at < 0 ? [...cookies, cookie] : cookies.with(at, cookie)
}

export const findSame = (cookies: readonly StoredCookie[], cookie: StoredCookie): StoredCookie | null =>
  cookies.find((stored) => sameKey(stored, cookie)) ?? null

/**
 * The store as it was before the changes among `events`, whether it was read before they happened or after. Each change tells
 * what it took away: a cookie that another overwrites is removed first.
 */
export const rewind = (cookies: readonly StoredCookie[], events: readonly CaptureEvent[]): StoredCookie[] =>
  events.reduceRight<StoredCookie[]>(
    (before, event) =>
      event.kind === 'cookie' ? [...replaced(before, event.cookie, event.removed ? event.cookie : null)] : before,
    [...cookies],
  )

/**
 * The browser's cookie store as it is now, by site. A site's list is never changed but replaced, so that a request keeps
 * the list of its moment at no cost.
 */
export class Jar {
  #sites = new Map<string, readonly StoredCookie[]>()

  of(site: string): readonly StoredCookie[] {
    return this.#sites.get(site) ?? none
  }

  /** Takes the store as it was read, in place of what was known. */
  load(cookies: readonly StoredCookie[]): void {
    const known = this.#sites
    this.#sites = new Map()
    for (const cookie of cookies) {
      const site = siteKeyOf(bareDomain(cookie))
      // Only what was seen being set has a creation time; it holds on where the cookie is the same.
      const seen = findSame(known.get(site) ?? none, cookie)
      const creation = seen !== null && seen.value === cookie.value ? seen.creation : undefined
      this.#sites.set(site, [...this.of(site), creation === undefined ? cookie : { ...cookie, creation }])
    }
  }

  set(cookie: StoredCookie): void {
    const site = siteKeyOf(bareDomain(cookie))
    const cookies = this.of(site)
    this.#sites.set(site, replaced(cookies, findSame(cookies, cookie), cookie))
  }

  remove(cookie: StoredCookie): void {
    const site = siteKeyOf(bareDomain(cookie))
    this.#sites.set(site, replaced(this.of(site), cookie, null))
  }
}
