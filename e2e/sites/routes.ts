import { readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { accountPage, cartPage, consentPage, homePage, loginPage, type View } from './pages.ts'
import { isScenarioId } from './scenarios.ts'
import { startUrl } from './setup.ts'
import type { ShopState } from './state.ts'

type Headers = readonly (readonly [name: string, value: string])[]

interface Answer {
  status: number
  headers?: Headers
  body?: string
}

const asset = (name: string, type: string): Answer => ({
  status: 200,
  headers: [['Content-Type', `${type}; charset=utf-8`]],
  body: readFileSync(new URL(`assets/${name}`, import.meta.url), 'utf8'),
})

const assets: Record<string, Answer> = {
  '/shop.js': asset('shop.js', 'text/javascript'),
  '/shop.css': asset('shop.css', 'text/css'),
}

const html = (body: string, status = 200): Answer => ({
  status,
  headers: [['Content-Type', 'text/html; charset=utf-8']],
  body,
})

const redirect = (location: string, headers: Headers = []): Answer => ({
  status: 303,
  headers: [['Location', location], ...headers],
})

const notFound: Answer = { status: 404, headers: [['Content-Type', 'text/plain']], body: 'There is no such page.\n' }

/** The name that a form or the page's script has sent. */
const nameIn = async (request: IncomingMessage): Promise<string> => {
  const body = await text(request)
  if (request.headers['content-type']?.startsWith('application/json') !== true) {
    return new URLSearchParams(body).get('name') ?? ''
  }
  const parsed: unknown = JSON.parse(body)
  return typeof parsed === 'object' && parsed !== null && 'name' in parsed ? String(parsed.name) : ''
}

/** CORS as a credentialed request wants it, for the shop's own pages. */
const corsFor = ({ headers: { origin } }: IncomingMessage): Headers =>
  origin !== undefined && /^https?:\/\/[a-z]+\.shop\.test$/.test(origin)
    ? [
        ['Access-Control-Allow-Origin', origin],
        ['Access-Control-Allow-Credentials', 'true'],
        ['Access-Control-Allow-Headers', 'content-type'],
        ['Vary', 'Origin'],
      ]
    : []

const answerApi = async (shop: ShopState, request: IncomingMessage, path: string): Promise<Answer> => {
  const headers: Headers = [['Content-Type', 'application/json'], ...corsFor(request)]
  if (request.method === 'OPTIONS') return { status: 204, headers: corsFor(request) }
  if (request.method === 'POST' && path === '/login') {
    const line = shop.logIn(await nameIn(request))
    return { status: 200, headers: [...headers, ['Set-Cookie', line]], body: '{"ok":true}\n' }
  }
  if (path !== '/me') return notFound
  const name = shop.visitorOf(request.headers.cookie)
  return { status: name === null ? 401 : 200, headers, body: `${JSON.stringify({ name })}\n` }
}

/** The identity provider: it keeps no cookie of its own. The name travels in the code, as a stand-in for its token call. */
const answerProvider = async (shop: ShopState, request: IncomingMessage, path: string): Promise<Answer> => {
  if (path !== '/authorize') return notFound
  if (request.method !== 'POST') return html(consentPage())
  const { shop: origin, login } = shop.setup
  return redirect(`${origin}${login.path}?code=${encodeURIComponent(await nameIn(request))}`)
}

const answerShop = async (shop: ShopState, request: IncomingMessage, url: URL): Promise<Answer> => {
  const { login, landing } = shop.setup
  const view: View = {
    scenario: shop.scenario,
    setup: shop.setup,
    fixed: shop.fixed,
    visitor: shop.visitorOf(request.headers.cookie),
  }
  const account = landing === url.origin ? '/account' : `${landing}/account`
  if (request.method === 'POST' && login.by === 'form' && url.pathname === login.path) {
    return redirect(account, [['Set-Cookie', shop.logIn(await nameIn(request))]])
  }
  if (login.by === 'provider' && url.pathname === login.path) {
    return redirect(account, [['Set-Cookie', shop.logIn(url.searchParams.get('code') ?? '')]])
  }
  switch (url.pathname) {
    case '/':
      return html(homePage(view))
    case '/earlier':
      return redirect(
        `${shop.setup.shop}/`,
        shop.setup.earlier === null ? [] : [['Set-Cookie', shop.setup.earlier.line]],
      )
    case '/login':
      return html(loginPage(view))
    case '/cart':
      return html(cartPage(view))
    case '/account':
      // Where the API knows the visitor, this server does not, and has nothing to refuse.
      return html(accountPage(view), view.setup.state === 'page' && view.visitor === null ? 401 : 200)
    default:
      return notFound
  }
}

/** `?scenario=` chooses, on any of the shop's pages; the same one again changes nothing, so that a fix stays. */
const choose = (shop: ShopState, url: URL): void => {
  const id = url.searchParams.get('scenario')
  if (id !== null && isScenarioId(id) && id !== shop.scenario.id) shop.select(id)
}

/** Sites on which a scenario may have left a cookie. */
const sites = ['https://app.shop.test', 'https://api.other.test', 'https://me.github.io']

/** Empties the jar of one site after the other, then begins the scenario: what one left must not disturb the next. */
const forget = (shop: ShopState, origin: string): Answer => {
  const next = sites[sites.indexOf(origin) + 1]
  return redirect(next === undefined ? startUrl(shop.scenario.id, shop.setup) : `${next}/forget`, [
    ['Clear-Site-Data', '"cookies"'],
  ])
}

const answer = async (shop: ShopState, request: IncomingMessage, scheme: string): Promise<Answer> => {
  const host = request.headers.host ?? ''
  const url = new URL(request.url ?? '/', `${scheme}://${host}`)
  const known = assets[url.pathname]
  if (known !== undefined) return known
  choose(shop, url)
  if (url.pathname === '/choose' || url.pathname === '/forget') return forget(shop, url.origin)
  if (host.startsWith('api.')) return answerApi(shop, request, url.pathname)
  if (host === 'id.other.test') return answerProvider(shop, request, url.pathname)
  return answerShop(shop, request, url)
}

/** Answers a request of any of the shop's hosts, with exactly the Set-Cookie bytes that the scenario or its fix says. */
export const handle = async (
  shop: ShopState,
  scheme: 'http' | 'https',
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const { status, headers = [], body = '' } = await answer(shop, request, scheme)
  // Raw pairs, written as Latin-1: no name or value is changed on the way.
  response.writeHead(status, [['Cache-Control', 'no-store'], ...headers].flat())
  response.end(body)
}
