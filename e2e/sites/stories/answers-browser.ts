import { corsFor, type Headers, json, redirect, type StoryAnswer, type StoryRequest, setCookie } from './kit.ts'
import { storyOf } from './table.ts'

const isApi = ({ origin }: StoryRequest, id: 'cors-any-origin' | 'cors-preflight' | 'public-suffix-sites') =>
  origin === storyOf(id).client?.api

const isLogin = ({ method, path }: StoryRequest): boolean => method === 'POST' && path === '/login'

/** Mistakes between a page's script and its API. */
export const browserSide = {
  'cors-any-origin'(kit, request) {
    if (kit.fixed || !isApi(request, 'cors-any-origin')) return null
    const anyOrigin: Headers = [
      ['Access-Control-Allow-Origin', '*'],
      ['Access-Control-Allow-Headers', 'content-type'],
    ]
    if (request.method === 'OPTIONS') return { status: 204, headers: corsFor(request) }
    if (isLogin(request)) {
      return json({ ok: true }, 200, [...anyOrigin, kit.line(request.fields.name ?? '')])
    }
    const name = kit.visitorOf(request)
    return json({ name }, name === null ? 401 : 200, anyOrigin)
  },
  'cors-preflight'(kit, request) {
    if (kit.fixed || !isApi(request, 'cors-preflight') || request.method !== 'OPTIONS') return null
    return { status: 204, headers: corsFor(request).filter(([name]) => name !== 'Access-Control-Allow-Headers') }
  },
  'csrf-http-only'(kit, request) {
    if (request.path === '/login' && request.method === 'GET') {
      const token = `XSRF-TOKEN=a1b2c3d4e5f60718; Path=/; Secure; SameSite=Lax${kit.fixed ? '' : '; HttpOnly'}`
      const session = `shop_session=${kit.grant('')}; Path=/; HttpOnly; Secure; SameSite=Lax`
      return kit.page('login', null, 200, [setCookie(token), setCookie(session)])
    }
    if (isLogin(request) && request.headers['x-xsrf-token'] === undefined) {
      return json({ message: 'CSRF token mismatch.' }, 419)
    }
    return null
  },
  'public-suffix-sites'(kit, request) {
    if (!isApi(request, 'public-suffix-sites') || !isLogin(request)) return null
    const attributes = kit.fixed
      ? 'Path=/; HttpOnly; Secure; SameSite=None; Partitioned'
      : 'Path=/; HttpOnly; Secure; SameSite=Lax'
    return json({ ok: true }, 200, [...corsFor(request), kit.line(request.fields.name ?? '', attributes)])
  },
  'local-names'(kit, request) {
    // Mended, the API is called by the name of the page: `clientOf` in the kit says so.
    if (!isLogin(request)) return null
    return json({ ok: true }, 200, [
      ...corsFor(request),
      kit.line(request.fields.name ?? '', 'Path=/; HttpOnly; SameSite=Lax'),
    ])
  },
  'partitioned-session'(kit, request) {
    const api = storyOf('partitioned-session').client?.api ?? ''
    // Mended, the login is on the page's own host, as in `local-names`.
    if (kit.fixed) return null
    if (isLogin(request)) {
      const attributes = 'Path=/; HttpOnly; Secure; SameSite=None; Partitioned'
      return json({ ok: true }, 200, [...corsFor(request), kit.line(request.fields.name ?? '', attributes)])
    }
    if (request.path !== '/account') return null
    if (request.origin !== api) return redirect(`${api}/account`)
    const visitor = kit.visitorOf(request)
    return kit.page('account', visitor, visitor === null ? 401 : 200)
  },
  'server-side-cookie'(kit, request) {
    if (!isLogin(request)) return null
    const answer = json({ ok: true })
    return kit.fixed ? { ...answer, headers: [...(answer.headers ?? []), kit.line(request.fields.name ?? '')] } : answer
  },
  'mixed-content': () => null,
} satisfies Record<string, StoryAnswer>
