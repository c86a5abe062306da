import { cookieNamed, type Kit, redirect, type StoryAnswer, type StoryRequest, setCookie } from './kit.ts'

const isLogin = ({ method, path }: StoryRequest): boolean => method === 'POST' && path === '/login'
const nameOf = ({ fields }: StoryRequest): string => fields.name ?? ''
const onHttps = ({ origin, path }: StoryRequest) => redirect(`${origin.replace('http:', 'https:')}${path}`)

/** As `Kit.page`, turning away who is not logged in. */
const accountOr = (kit: Kit, visitor: string | null, headers: readonly (readonly [string, string])[] = []) =>
  visitor === null ? redirect('/login', headers) : kit.page('account', visitor, 200, headers)

/** Mistakes of one server, or of what stands in front of it. */
export const serverSide = {
  'proxy-hides-https'(kit, request) {
    if (request.origin.startsWith('http:')) return onHttps(request)
    if (kit.fixed || !isLogin(request)) return null
    const origin = request.origin.replace('https:', 'http:')
    return redirect(`${origin}/account`, [kit.line(nameOf(request), 'Path=/; HttpOnly; SameSite=None')])
  },
  'no-set-cookie': (kit, request) => (kit.fixed || !isLogin(request) ? null : redirect('/account')),
  'csrf-no-session'(kit, request) {
    if (request.path !== '/login') return null
    // A token belongs to a session, and none is given to a visitor who seems to be on http.
    const session = cookieNamed(request, '_shop_session')
    if (isLogin(request)) return session === undefined ? kit.failure('the change you wanted was rejected.', 422) : null
    const line = `_shop_session=${kit.grant('')}; Path=/; HttpOnly; Secure; SameSite=Lax`
    return kit.page('login', null, 200, kit.fixed ? [setCookie(line)] : [], 'a1b2c3d4e5f60718')
  },
  'session-rejected'(kit, request) {
    if (kit.fixed || isLogin(request) || !['/account', '/cart'].includes(request.path)) return null
    return request.path === '/account' ? kit.page('account', null, 401) : redirect('/login')
  },
  'changes-every-time'(kit, request) {
    if (kit.fixed) return null
    // Two servers, each of which knows the sessions that it began itself.
    const server = kit.turns++ % 2
    const own = cookieNamed(request, 'sid')?.startsWith(`${server}-`) ? kit.visitorOf(request) : null
    const begin = (visitor: string) => {
      const id = `${server}-${kit.grant('')}`
      kit.sessions.set(id, visitor)
      return setCookie(`sid=${id}; Path=/; HttpOnly; Secure; SameSite=Lax`)
    }
    if (isLogin(request)) return redirect('/account', [begin(nameOf(request))])
    const isKnown = own !== null
    const headers = isKnown ? [] : [begin('')]
    const visitor = own === '' ? null : own
    switch (request.path) {
      case '/':
        return kit.page('home', visitor, 200, headers)
      case '/login':
        return kit.page('login', visitor, 200, headers)
      default:
        return accountOr(kit, visitor, headers)
    }
  },
  'session-replaced'(kit, request) {
    const picture = '/blog/visits.svg'
    if (request.path === '/account') {
      const page = accountOr(kit, kit.visitorOf(request))
      return { ...page, body: page.body?.replace('</main>', `<img src="${picture}" alt=""></main>`) ?? '' }
    }
    if (request.path !== picture) return null
    // The blog, an app of its own: it knows the sessions that it began itself.
    const name = kit.fixed ? 'blog.sid' : 'sid'
    const isKnown = cookieNamed(request, name)?.startsWith('blog-') === true
    const line = `${name}=blog-${kit.turns++}; Path=/; HttpOnly; Secure; SameSite=Lax`
    return {
      status: 200,
      headers: [
        ['Content-Type', 'image/svg+xml'],
        ['Cache-Control', 'no-store'],
        ...(isKnown ? [] : [setCookie(line)]),
      ],
      body: '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>',
    }
  },
  'deleted-at-once'(kit, request) {
    if (kit.fixed || !['/account', '/cart'].includes(request.path)) return null
    return redirect('/login', cookieNamed(request, 'sid') === undefined ? [] : [setCookie('sid=; Path=/; Max-Age=0')])
  },
  'two-of-one-name'(kit, request) {
    if (request.path !== '/') return null
    const line = kit.fixed
      ? 'sid=; Path=/account; Max-Age=0'
      : 'sid=left-by-an-old-release; Path=/account; HttpOnly; Secure; SameSite=Lax'
    return kit.page('home', kit.visitorOf(request), 200, [setCookie(line)])
  },
  'short-life'(kit, request) {
    if (kit.fixed || !isLogin(request)) return null
    return redirect('/account', [kit.line(nameOf(request), 'Path=/; Max-Age=60; HttpOnly; Secure; SameSite=Lax')])
  },
  'folded-lines'(kit, request) {
    if (kit.fixed || !isLogin(request)) return null
    const [, line] = kit.line(nameOf(request))
    return redirect('/account', [setCookie(`locale=en; Path=/, ${line}`)])
  },
  'chunk-missing'(kit, request) {
    const id = () => kit.grant(nameOf(request))
    if (isLogin(request)) {
      const rest = 'Path=/; HttpOnly; Secure; SameSite=Lax'
      const second = 'x'.repeat(kit.fixed ? 2_000 : 4_500)
      return redirect('/account', [setCookie(`session.0=${id()}; ${rest}`), setCookie(`session.1=${second}; ${rest}`)])
    }
    if (!['/account', '/cart', '/'].includes(request.path)) return null
    const isWhole = cookieNamed(request, 'session.1') !== undefined
    const visitor = isWhole ? kit.visitorOf(request, 'session.0') : null
    if (request.path === '/') return kit.page('home', visitor)
    return kit.page(request.path === '/cart' ? 'cart' : 'account', visitor, visitor === null ? 401 : 200)
  },
  'prefix-flips'(kit, request) {
    const rest = 'Path=/; HttpOnly; Secure; SameSite=Lax'
    if (isLogin(request)) {
      const name = kit.fixed ? '__Secure-session-token' : 'session-token'
      return redirect('/account', [setCookie(`${name}=${kit.grant(nameOf(request))}; ${rest}`)])
    }
    const visitor = kit.visitorOf(request, '__Secure-session-token')
    if (request.path === '/account') return kit.page('account', visitor, visitor === null ? 401 : 200)
    if (request.path === '/cart') return kit.page('cart', visitor)
    // What an earlier release left.
    if (request.path !== '/' || kit.fixed) return null
    return kit.page('home', visitor, 200, [setCookie(`__Secure-session-token=expired-long-ago; ${rest}`)])
  },
  'cached-login'(kit, request) {
    if (kit.fixed || !isLogin(request)) return null
    return redirect('/account', [
      ['Cache-Control', 'public, max-age=600'],
      ['Age', '254'],
      ['X-Cache', 'HIT'],
      ['Via', '1.1 varnish'],
    ])
  },
  'headers-too-large'(kit, request) {
    if (kit.fixed) return null
    // What is left on top of the old ones is less than a session takes.
    const size = request.headers.cookie?.length ?? 0
    if (size > 8_192 && request.path !== '/') return kit.failure('the request headers are too large.', 431)
    if (request.path !== '/login' || request.method !== 'GET') return null
    const old = [1, 2, 3].map((n) => setCookie(`campaign_${n}=${'c'.repeat(2_710)}; Path=/; Secure`))
    return kit.page('login', null, 200, old)
  },
} satisfies Record<string, StoryAnswer>
