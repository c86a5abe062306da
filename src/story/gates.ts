import { sameRegistrableDomain } from '../cookie/domain.ts'
import { pageOf } from './aftermath.ts'
import { isLikeAnyOther, isPageLoad, keyOf } from './passed-gate.ts'
import { readingOf, shownPath } from './reading.ts'
import type { Seen } from './seen.ts'

/**
 * Pages that others send strangers to, whatever they are called; by origin and path, the pages that did so. A cart that sends an empty
 * checkout back is none, so that one page alone counts only where it says whither to return. One that several pages
 * lead to may be a cart all the same: passed-gate.ts.
 */
export type Gates = ReadonlyMap<string, ReadonlySet<string>>

const MOST_GATES = 500
/** So many exchanges after a form are looked at for a page that says what became of it. */
const LOOK_AHEAD = 300
/** For now, and not for good: an address that has moved tells nothing of who asks. */
const SENDS: ReadonlySet<number> = new Set([302, 303, 307])

export const gatesIn = (seen: readonly Seen[]): Gates => {
  const senders = new Map<string, Set<string>>()
  const sure = new Set<string>()
  for (const one of seen) {
    if (!isPageLoad(one) || !SENDS.has(one.exchange.status)) continue
    const { url, location } = readingOf(one)
    if (url === null || location === null || location.pathname === url.pathname || url.pathname === '/') continue
    if (!sameRegistrableDomain(location.hostname, url.hostname)) continue
    const gate = keyOf(location)
    const from = senders.get(gate)
    if (from !== undefined) from.add(keyOf(url))
    else if (senders.size < MOST_GATES) senders.set(gate, new Set([keyOf(url)]))
    if (returnsTo(location, url)) sure.add(gate)
  }
  return new Map([...senders].filter(([gate, from]) => partsOf(from) > 1 || sure.has(gate)))
}

/** How many parts of a site they are of: a checkout's pages are one. */
const partsOf = (keys: ReadonlySet<string>): number =>
  new Set([...keys].slice(0, 100).map((key) => key.split('/').slice(0, 4).join('/'))).size

const returnsTo = ({ searchParams }: URL, { pathname, origin }: URL): boolean =>
  [...searchParams].slice(0, 20).some(([, value]) => value.startsWith(pathname) || value.startsWith(origin + pathname))

/**
 * The gate that a form's navigation was sent from, as it may be shown, where a page behind it was opened afterwards, or the form led
 * there and the visitor was sent back once more; null for any other form.
 */
export const gateBefore = (seen: readonly Seen[], at: number, gates: Gates): string | null => {
  const request = seen[at]
  if (gates.size === 0 || request === undefined || request.exchange.resourceType !== 'main_frame') return null
  const page = pageOf(seen, at)
  const url = page === null ? null : readingOf(page).url
  if (page === null || url === null || !isPageLoad(page)) return null
  const behind = gates.get(keyOf(url))
  if (behind === undefined || isLikeAnyOther(seen, at, keyOf(url), behind)) return null
  const tells = (one: Seen): boolean => {
    const asked = readingOf(one)
    if (!isPageLoad(one) || asked.url === null || !behind.has(keyOf(asked.url))) return false
    const isLed = one.exchange.redirectChain?.includes(request.exchange.url) === true
    return one.exchange.status === 200 || (isLed && asked.location !== null && keyOf(asked.location) === keyOf(url))
  }
  return seen.slice(at + 1, at + LOOK_AHEAD).some(tells) ? shownPath(url) : null
}
