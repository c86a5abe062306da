import { readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { accountPage, cartPage, consentPage, homePage, loginPage, type View } from './pages.ts'
import { isScenarioId } from './scenarios.ts'
import { startUrl } from './setup.ts'
import type { ShopState } from './state.ts'
import { answers } from './stories/answers.ts'
import type { Answer, Headers, Kit, StoryRequest } from './stories/kit.ts'
import { isStoryId, storyUrl } from './stories/table.ts'

const asset = (name: string, type: string): Answer => ({
  status: 200,
  headers: [['Content-Type', `${type}; charset=utf-8`]],
  body: readFileSync(new URL(`assets/${name}`, import.meta.url), 'utf8'),
})

const assets: Record<string, Answer> = {
  '/shop.js': asset('shop.js', 'text/javascript'),
  '/story.js': asset('story.js', 'text/javascript'),
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

/** What a form or the page's script has sent. */
const fieldsIn = async (request: IncomingMessage): Promise<StoryRequest['fields']> => {
  const body = await text(request)
  const isJson = request.headers['content-type']?.startsWith('application/json') === true
  const fields: unknown = isJson ? JSON.parse(body) : Object.fromEntries(new URLSearchParams(body))
  return Object.fromEntries(Object.entries(fields ?? {}).map(([name, value]) => [name, String(value)]))
}

const nameIn = async (request: IncomingMessage): Promise<string> => (await fieldsIn(request)).name ?? ''

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
  if (id === null) return
  if (isStoryId(id)) {
    if (shop.story?.id !== id) shop.tell(id)
  } else if (isScenarioId(id) && (shop.story !== null || id !== shop.scenario.id)) shop.select(id)
}

/** Sites on which a scenario may have left a cookie. */
const sites = [
  'https://app.shop.test',
  'https://api.other.test',
  ...['me', 'shop', 'api'].map((name) => `https://${name}.github.io`),
]

/** Empties the jar of one site after the other, then begins the scenario: what one left must not disturb the next. */
const forget = (shop: ShopState, origin: string): Answer => {
  const next = sites[sites.indexOf(origin) + 1]
  const start = shop.story === null ? startUrl(shop.scenario.id, shop.setup) : storyUrl(shop.story.id)
  return redirect(next === undefined ? start : `${next}/forget`, [['Clear-Site-Data', '"cookies"']])
}

const answerStory = async (kit: Kit, request: IncomingMessage, url: URL): Promise<Answer> => {
  const headers = request.headers as StoryRequest['headers']
  const asked: StoryRequest = {
    origin: url.origin,
    method: request.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    headers,
    cookies: (headers.cookie ?? '').split('; ').map((pair): [string, string] => {
      const [name = '', ...value] = pair.split('=')
      return [name, value.join('=')]
    }),
    fields: await fieldsIn(request),
  }
  return answers[kit.id](kit, asked) ?? kit.answer(asked)
}

const answer = async (shop: ShopState, request: IncomingMessage, scheme: string): Promise<Answer> => {
  const host = request.headers.host ?? ''
  const url = new URL(request.url ?? '/', `${scheme}://${host}`)
  const known = assets[url.pathname]
  if (known !== undefined) return known
  choose(shop, url)
  if (url.pathname === '/choose' || url.pathname === '/forget') return forget(shop, url.origin)
  if (shop.story !== null) return answerStory(shop.story, request, url)
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
  const says = (name: string) => headers.some(([one]) => one === name)
  if (says('Date')) response.sendDate = false
  const kept = says('Cache-Control') ? [] : [['Cache-Control', 'no-store'] as const]
  // Raw pairs, written as Latin-1: no name or value is changed on the way.
  response.writeHead(status, [...kept, ...headers].flat())
  response.end(body)
}
