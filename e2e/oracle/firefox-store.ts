import type { PartitionKey, StoredCookie } from '../../src/contract.ts'
import type { NsCookie } from '../browser/firefox-chrome.ts'

/** nsICookie's SameSite numbers. */
const sameSites = new Map<number, StoredCookie['sameSite']>([
  [0, 'no_restriction'],
  [1, 'lax'],
  [2, 'strict'],
  [256, 'unspecified'],
])
const sameSiteNumbers = new Map([...sameSites].map(([number, status]) => [status, number]))

/** What is read of a cookie: plain data. */
export type FirefoxCookie = Omit<NsCookie, 'originAttributes'> & { readonly partitionKey: string }

const isWithin = (host: string, domain: string): boolean => host === domain || host.endsWith(`.${domain}`)

/**
 * `(https,shop.test)`, `(https,shop.test,f)`, `(https,shop.test,8443,f)`: the top-level site, and `f` where the frame is of
 * that site but a frame of another lies between. As the browser's own cookies API turns it into a PartitionKey.
 */
const partitionKeyOf = ({ partitionKey, host }: FirefoxCookie): PartitionKey | undefined => {
  if (partitionKey === '') return undefined
  const [scheme = '', domain = '', ...rest] = partitionKey.slice(1, -1).split(',')
  const foreignAncestor = rest.at(-1) === 'f'
  const port = foreignAncestor ? rest.at(-2) : rest.at(-1)
  return {
    topLevelSite: `${scheme}://${domain}${port === undefined ? '' : `:${port}`}`,
    hasCrossSiteAncestor: foreignAncestor || !isWithin(host, domain),
  }
}

/** Firefox's store as the WebExtension API has it, the oldest first. */
export const fromFirefoxStore = (cookies: readonly FirefoxCookie[]): StoredCookie[] =>
  cookies.toSorted((a, b) => a.creationTime - b.creationTime).map(fromFirefox)

const fromFirefox = (cookie: FirefoxCookie): StoredCookie => {
  const partitionKey = partitionKeyOf(cookie)
  return {
    name: cookie.name,
    value: cookie.value,
    domain: cookie.host,
    hostOnly: !cookie.isDomain,
    path: cookie.path,
    secure: cookie.isSecure,
    httpOnly: cookie.isHttpOnly,
    sameSite: sameSites.get(cookie.sameSite) ?? 'unspecified',
    session: cookie.isSession,
    ...(cookie.isSession ? {} : { expirationDate: cookie.expiry / 1000 }),
    ...(partitionKey === undefined ? {} : { partitionKey }),
    creation: cookie.creationTime / 1000,
  }
}

/** The arguments of nsICookieManager.add, but those that are the same for all. */
export interface CookieToAdd {
  host: string
  path: string
  name: string
  value: string
  isSecure: boolean
  isHttpOnly: boolean
  isSession: boolean
  /** Epoch milliseconds. */
  expiry: number
  partitionKey: string
  sameSite: number
  schemeMap: number
  isPartitioned: boolean
}

/** Never: what is past is not stored, a session cookie neither. */
const noExpiry = Number.MAX_SAFE_INTEGER
const schemes = { http: 1, https: 2 }

/** The inverse of `partitionKeyOf`. */
const jarOf = ({ partitionKey, domain }: StoredCookie): string => {
  if (partitionKey === undefined) return ''
  const { protocol, hostname, port } = new URL(partitionKey.topLevelSite)
  const foreignAncestor = partitionKey.hasCrossSiteAncestor === true && isWithin(domain, hostname)
  return `(${[protocol.slice(0, -1), hostname, ...(port === '' ? [] : [port]), ...(foreignAncestor ? ['f'] : [])]})`
}

export const toFirefox = (cookie: StoredCookie): CookieToAdd => ({
  host: cookie.domain,
  path: cookie.path,
  name: cookie.name,
  value: cookie.value,
  isSecure: cookie.secure,
  isHttpOnly: cookie.httpOnly,
  isSession: cookie.session,
  expiry: cookie.expirationDate === undefined ? noExpiry : cookie.expirationDate * 1000,
  partitionKey: jarOf(cookie),
  sameSite: sameSiteNumbers.get(cookie.sameSite) ?? 256,
  schemeMap: cookie.secure ? schemes.https : schemes.http,
  isPartitioned: cookie.partitionKey !== undefined,
})
