/** Short hand for recordings of logins as other people's servers answer them. Values begin with `hush`, as in all recordings. */
import { decodeToken } from '../story/decode-token.ts'
import { beginning, type RequestRow, type Row } from '../story/testing/recording.ts'
import { tokenWith } from '../story/testing/token.ts'
import type { TokenFacts } from '../story/token.ts'

export const www = 'https://www.shop.test'
export const app = 'https://app.shop.test'
export const api = 'https://api.shop.test'
export const idp = 'https://id.provider.test'

type More = Partial<RequestRow>

/** What a good session's line says after its value. */
export const good = '; Path=/; HttpOnly; Secure; SameSite=Lax'
export const sid = `sid=hush-1${good}`
export const password = { password: true }
export const anyOrigin = { 'access-control-allow-origin': '*' }
export const allows = (origin: string) => ({
  'access-control-allow-origin': origin,
  'access-control-allow-credentials': 'true',
  vary: 'Origin',
})

export const ask = (request: string, more: More = {}): Row => ({ request, ...more })
/** A script of a page asks. */
export const call = (request: string, from: string, more: More = {}): Row => ({ request, from, ...more })
/** A script's login. */
export const signIn = (request: string, from: string, more: More = {}): Row =>
  call(request, from, { body: password, ...more })
/** A form's login, answered by a redirect. */
export const form = (url: string, location: string, set: string | readonly string[] = [], more: More = {}): Row => ({
  request: `POST ${url}`,
  status: 302,
  location,
  set,
  body: password,
  requestHeaders: { 'content-type': 'application/x-www-form-urlencoded' },
  ...more,
})
/** A route's data, as React Router's page asks for it. */
export const route = (request: string, from: string, more: More = {}): Row =>
  call(request, from, { responseHeaders: { 'content-type': 'text/x-script', 'x-remix-response': 'yes' }, ...more })
/** The same, answered by a redirect: the router asks for the data of the page that it leads to next. */
export const routedOn = (request: string, from: string, more: More = {}): Row =>
  route(request, from, { status: 202, ...more })
/** A page that sends visitors to the login. */
export const away = (url: string, to = '/login', more: More = {}): Row =>
  ask(`GET ${url}`, { status: 302, location: to, ...more })
/** The provider's address, as an app asks for it. */
export const authorize = (callback: string, more = ''): string =>
  `${idp}/authorize?client_id=c&response_type=code&redirect_uri=${encodeURIComponent(callback)}&state=hush-s${more}`

const start = beginning / 1000
export const jwt = (claims: object = {}): string => tokenWith({ iat: start, exp: start + 3600, ...claims })
export const given = (field: string, token = jwt()) => ({ field, token: decodeToken(token) as TokenFacts })
export const bearer = (token = jwt()) => ({ authorization: `Bearer ${token}` })

const isPage = (row: Row, next: Row | undefined): row is string | RequestRow => {
  if (typeof row !== 'string')
    return (
      'request' in row && isPageRow(row) && (next === undefined || typeof next === 'string' || next.at === undefined)
    )
  return row.startsWith('GET ') && row.split(' ').length === 2
}

const isPageRow = ({ request, type, from, status = 200, fromCache, state, at }: RequestRow): boolean =>
  request.startsWith('GET ') && [type, from, fromCache, state, at].every((one) => one === undefined) && status === 200

/** The same login on a site that asks for many other things on each page: its own, of whoever is there, and other sites'. */
export const amidNoise = (rows: readonly Row[]): Row[] =>
  rows.flatMap((row, at) => {
    if (!isPage(row, rows[at + 1])) return [row]
    const from = (typeof row === 'string' ? row : row.request).split(' ')[1] ?? ''
    const { origin } = new URL(from)
    return [
      row,
      call(`HEAD ${origin}/`, from, { status: 405 }),
      call(`POST ${origin}/search`, from),
      call(`POST ${origin}/cdn-cgi/rum`, from, { status: 204 }),
      call(`POST ${origin}/api/session/heartbeat`, from, { status: 204 }),
      call(`GET ${origin}/api/config`, from),
      call(`GET ${origin}/logout?_rsc=1`, from),
      call('GET https://chat.third.test/me', from, { status: 401, responseHeaders: anyOrigin, credentials: 'omit' }),
    ]
  })
