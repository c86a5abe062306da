import { parseUrl } from '../cookie/url.ts'
import type { Action } from '../remedies/action.ts'
import { code } from '../remedies/words.ts'
import { isRouterRedirect, leadsTo } from '../story/router-redirects.ts'
import type { Seen } from '../story/seen.ts'

/** A piece of a path that is longer may be a token. */
const longestPiece = 32

/** The path of a URL without its query, pieces that may be secrets as `…`; empty where it is no URL of a server. */
export const pathText = (url: string): string =>
  pathOf(url)
    .slice(0, 400)
    .split('/')
    .map((piece) => {
      const parameters = piece.indexOf(';')
      const plain = parameters === -1 ? piece : `${piece.slice(0, parameters)};…`
      return plain.length > longestPiece ? '…' : plain
    })
    .join('/')

const pathOf = (url: string): string => {
  const address = parseUrl(url)
  return address === null || address.hostname === '' ? '' : address.pathname
}

export const hostOf = ({ exchange }: Seen): string => parseUrl(exchange.url)?.hostname ?? ''

/** The host in a code span, or that it is not known. */
export const hostText = (seen: Seen): string => {
  const host = hostOf(seen)
  return host === '' ? 'an unknown host' : code(host)
}

/** `POST /login`, and `GET api.shop.test/me` where the host is another than `home`'s. */
export const requestText = (seen: Seen, home: Seen | null = null): string => {
  const host = parseUrl(seen.exchange.url)?.host ?? ''
  const isElsewhere = home !== null && parseUrl(home.exchange.url)?.host !== host
  return code(`${seen.exchange.method} ${isElsewhere ? host : ''}${pathText(seen.exchange.url)}`.trim())
}

/** `401`, or `302 to /login`: what the server answered. */
export const answerText = (seen: Seen): string => {
  const { exchange } = seen
  if (isRouterRedirect(seen)) return routedText(seen)
  const location = exchange.responseHeaders.find(({ name }) => name.toLowerCase() === 'location')?.value
  if (exchange.status < 300 || exchange.status > 399 || location === undefined) return String(exchange.status)
  const path = URL.canParse(location, exchange.url) ? pathText(new URL(location, exchange.url).href) : ''
  return path === '' ? `a redirect (${exchange.status})` : `a redirect (${exchange.status}) to ${code(path)}`
}

/** A redirect that stands in the answer to a router's script. */
const routedText = (seen: Seen): string => {
  const path = pathText(leadsTo(seen)?.href ?? '')
  return `${seen.exchange.status}, a redirect for the page\u2019s router${path === '' ? '' : ` to ${code(path)}`}`
}

/** A length of time in words: `45 seconds`, `1 minute`, `90 minutes`, `400 days`. */
export const durationText = (seconds: number): string => {
  const size = Math.abs(seconds)
  const [unit, length] =
    units.find(([, unitLength]) => size >= 1.95 * unitLength || Math.abs(size - unitLength) <= 0.02 * unitLength) ??
    (['second', 1] as const)
  const count = Math.round(size / length)
  return `${count} ${unit}${count === 1 ? '' : 's'}`
}

const units = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
] as const

/** The exchanges that show a finding, each once. */
export const idsOf = (seen: readonly Seen[]): string[] => [...new Set(seen.map(({ id }) => id))]

/** What to tell the script of such a request; nothing where it has no origin. */
export const sendAuthorization = (seen: Seen, redirect: boolean): Action[] => {
  const origin = parseUrl(seen.exchange.url)?.origin ?? 'null'
  return origin === 'null' ? [] : [{ action: 'send-authorization', origin, redirect }]
}

/** What came back to a request, as a sentence; of one to another host than `home`'s with that. */
export const answeredText = (seen: Seen, home: Seen | null = null): string =>
  seen.exchange.status === 0
    ? `${requestText(seen, home)} got no answer.`
    : `The answer to ${requestText(seen, home)} was ${answerText(seen)}.`
