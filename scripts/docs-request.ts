import type { StoredCookie } from '../src/contract.ts'
import { lineOf } from '../src/cookie/line-of.ts'
import { bareDomain } from '../src/cookie/store.ts'
import { cellSpan } from '../src/report/markdown-escape.ts'
import { exchangeOf, now, type RequestRow } from '../src/rules/testing.ts'

/** What a row says of its request, in words: where it went, who sent it, and what is out of the ordinary. */
export const requestWords = (row: RequestRow): string => {
  const { url, method, resourceType, initiator, frames, redirectChain = [], credentials } = exchangeOf(row)
  const words = [`${method} ${cellSpan(url)}`, starterWords(resourceType, initiator, frames)]
  if (redirectChain.length > 0) words.push(`redirected from ${redirectChain.map((hop) => cellSpan(hop)).join(', ')}`)
  if (credentials === 'omit') words.push('without credentials')
  if (row.thirdPartyCookies === 'blocked') words.push('third-party cookies blocked')
  const headers = Object.entries({ ...row.requestHeaders, ...row.responseHeaders })
  words.push(...headers.map(([name, value]) => cellSpan(`${name}: ${value}`)))
  if (row.jar !== undefined && row.jar.length > 0) words.push(`in the store: ${jarWords(row.jar)}`)
  return words.filter((word) => word !== '').join('; ')
}

const starterWords = (resourceType: string, initiator: string | null, frames: readonly string[]): string => {
  const page = frames.at(-1)
  const around = frames.slice(0, -1).map((frame) => cellSpan(frame))
  const where = page === undefined ? '' : `in the page ${cellSpan(page)}`
  const between = around.length === 0 ? '' : `inside ${around.join(' inside ')}`
  if (resourceType === 'main_frame')
    return initiator === null ? 'opened by the user' : `opened by ${documentWords(initiator)}`
  const by = initiator === null ? '' : `asked by ${documentWords(initiator)}`
  return [resourceType === 'sub_frame' ? 'a frame' : resourceType, by, between, where]
    .filter((word) => word !== '')
    .join(', ')
}

const documentWords = (origin: string): string =>
  origin === 'null' ? 'a document without an origin' : `a document of ${cellSpan(origin)}`

/** A longer jar is told by its kinds: cookies that differ in name, value and age alone are shown once. */
const mostCookies = 5

const jarWords = (jar: readonly StoredCookie[]): string => {
  if (jar.length <= mostCookies) return jar.map(cookieWords).join(', ')
  const kinds = new Map<string, StoredCookie[]>()
  for (const cookie of jar) {
    const { name, value, creation, ...kind } = cookie
    const key = JSON.stringify({ ...kind, isDated: creation !== undefined })
    kinds.set(key, [...(kinds.get(key) ?? []), cookie])
  }
  return [...kinds.values()]
    .flatMap((cookies) => cookies.slice(0, 1).map((first) => `${cookies.length} such as ${cookieWords(first)}`))
    .join(', ')
}

/** A stored cookie as the line that would make it, and whose it is. */
export const cookieWords = (cookie: StoredCookie): string => {
  const { partitionKey, creation } = cookie
  const words = [cellSpan(lineOf(cookie, now)), `of ${cellSpan(bareDomain(cookie))}`]
  if (partitionKey !== undefined) {
    const between = partitionKey.hasCrossSiteAncestor ? ', under a document of another site' : ''
    words.push(`partition ${cellSpan(partitionKey.topLevelSite)}${between}`)
  }
  if (creation !== undefined) words.push(`${(now - creation) / 1000} s old`)
  if (cookie.expirationDate !== undefined && cookie.expirationDate * 1000 <= now) words.push('expired')
  return words.join(' ')
}
