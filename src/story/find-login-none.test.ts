import { describe, expect, it } from 'vitest'
import { anew, api, app, emptyCart, from, linkToken, page, sid } from './testing/login-rows.ts'
import { evidenceIn, type Row } from './testing/recording.ts'

describe('which exchange is no login', () => {
  it.each<[string, readonly Row[]]>([
    ['nothing', []],
    ['pages', [page, `GET ${app}/account 401`]],
    [
      'analytics',
      [
        from('/', { request: 'POST https://stats.test/collect', set: '_ga=1; Path=/' }),
        from('/', { request: 'POST https://stats.test/session', set: 'sid=1; Path=/; SameSite=None; Secure' }),
      ],
    ],
    [
      'a cart',
      [
        { request: `POST ${app}/cart`, status: 303, location: '/cart', set: 'PHPSESSID=1; Path=/' },
        from('/', { request: `POST ${api}/cart/items`, set: sid }),
      ],
    ],
    [
      'a cart that a stranger has a session for, which is dropped',
      [
        `GET ${app}/product/1`,
        {
          request: `POST ${app}/cart/add`,
          status: 303,
          location: '/cart',
          set: 'PHPSESSID=1; Path=/; Domain=api.other.test',
        },
        `GET ${app}/cart`,
      ],
    ],
    [
      'a basket of any name that an empty checkout leads back to',
      [
        { request: `GET ${app}/zur-kasse`, status: 302, location: '/einkauf' },
        `GET ${app}/einkauf`,
        { request: `POST ${app}/einkauf`, status: 303, location: '/zur-kasse', set: 'PHPSESSID=1; Path=/' },
        `GET ${app}/zur-kasse`,
      ],
    ],
    [
      'a cart that two parts lead to, where every answer renews the session: its count is changed',
      [
        ...emptyCart,
        { request: `POST ${app}/gio-hang`, status: 302, location: '/gio-hang', set: anew(6) },
        { request: `GET ${app}/gio-hang`, set: anew(7) },
        { request: `GET ${app}/thanh-toan`, set: anew(8) },
      ],
    ],
    [
      'the same: it was filled from another page',
      [
        ...emptyCart,
        { request: `GET ${app}/san-pham/1`, set: anew(6) },
        { request: `POST ${app}/them`, status: 302, location: '/san-pham/1', set: anew(7) },
        { request: `GET ${app}/san-pham/1`, set: anew(8) },
        { request: `GET ${app}/gio-hang`, set: anew(9) },
        { request: `POST ${app}/gio-hang`, status: 302, location: '/thanh-toan', set: anew(10) },
        { request: `GET ${app}/thanh-toan`, set: anew(11) },
      ],
    ],
    [
      'the same: a script filled it',
      [
        ...emptyCart,
        { request: `GET ${app}/san-pham/1`, set: anew(6) },
        from('/san-pham/1', { request: `POST ${app}/them`, set: anew(7) }),
        { request: `GET ${app}/gio-hang`, set: anew(9) },
        { request: `POST ${app}/gio-hang`, status: 302, location: '/thanh-toan', set: anew(10) },
        { request: `GET ${app}/thanh-toan`, set: anew(11) },
      ],
    ],
    [
      'the same: the checkout was open before',
      [
        ...emptyCart,
        { request: `GET ${app}/thanh-toan`, set: anew(6) },
        { request: `GET ${app}/gio-hang`, set: anew(7) },
        { request: `POST ${app}/gio-hang`, status: 302, location: '/thanh-toan', set: anew(8) },
        { request: `GET ${app}/thanh-toan`, set: anew(9) },
      ],
    ],
    [
      'a form on a start page that old addresses lead to',
      [
        { request: `GET ${app}/`, status: 302, location: '/start' },
        { request: `GET ${app}/alt`, status: 302, location: '/start' },
        { request: `GET ${app}/neu`, status: 302, location: '/start' },
        `GET ${app}/start`,
        { request: `POST ${app}/wahl`, status: 303, location: '/', set: 'PHPSESSID=1; Path=/' },
        { request: `GET ${app}/`, status: 302, location: '/start' },
        `GET ${app}/start`,
      ],
    ],
    [
      'a form on a page that others lead to, which sets no session',
      [
        { request: `GET ${app}/`, status: 302, location: '/start' },
        { request: `GET ${app}/alt`, status: 302, location: '/start' },
        `GET ${app}/start`,
        { request: `POST ${app}/wahl`, status: 303, location: '/start', set: 'lang=de; Path=/' },
        `GET ${app}/start`,
      ],
    ],
    [
      'a newsletter',
      [
        `GET ${app}/`,
        { request: `POST ${app}/newsletter/anmelden`, status: 303, location: '/danke', set: 'PHPSESSID=1; Path=/' },
        `GET ${app}/danke`,
      ],
    ],
    ['a search', [`GET ${app}/`, { request: `POST ${app}/suche`, set: 'PHPSESSID=1; Path=/' }]],
    [
      'a page with an id, or from a campaign, that gives a stranger a session',
      [
        { request: `GET ${app}/share/${linkToken}`, set: sid },
        { request: `GET ${app}/?gclid=${linkToken}`, status: 302, location: '/', set: 'PHPSESSID=1; Path=/' },
      ],
    ],
    [
      'an address that is proven, before the login',
      [{ request: `GET ${app}/confirm/${linkToken}`, status: 302, location: '/login', set: sid }, page],
    ],
    [
      'the same, by way of the account',
      [
        { request: `GET ${app}/confirm/${linkToken}`, status: 302, location: '/account', set: sid },
        { request: `GET ${app}/account`, status: 302, location: '/login' },
        page,
      ],
    ],
    [
      'an order that is confirmed, by a server that renews each session',
      [
        { request: `GET ${app}/`, set: sid },
        { request: `GET ${app}/confirm/${linkToken}`, status: 302, location: '/', set: 'sid=2; Path=/' },
      ],
    ],
    [
      'a link for a new password',
      [{ request: `GET ${app}/reset/confirm/${linkToken}`, status: 302, location: '/new', set: sid }],
    ],
    ['a logout', [{ request: `POST ${app}/logout`, status: 303, location: '/login', set: 'sid=; Path=/; Max-Age=0' }]],
    ['a logout by DELETE', [from('/', { request: `DELETE ${api}/session`, set: 'sid=; Path=/; Max-Age=0' })]],
    [
      'a CSRF token',
      [
        from('/', {
          request: `GET ${api}/sanctum/csrf-cookie`,
          set: ['XSRF-TOKEN=1; Path=/', 'laravel_session=1; Path=/; HttpOnly'],
        }),
        from('/', { request: `POST ${api}/csrf-token`, set: sid }),
      ],
    ],
    [
      'a renewal',
      [from('/', { request: `POST ${api}/auth/refresh`, set: sid, body: { opaqueTokens: ['access_token'] } })],
    ],
    [
      'a renewal between a refusal and an answer',
      [
        from('/', { request: `GET ${api}/me`, status: 401 }),
        from('/', { request: `GET ${api}/prefs`, set: 'x=1; Path=/; HttpOnly' }),
        from('/', { request: `POST ${api}/auth/refresh`, set: 'access_token=1; Path=/; HttpOnly' }),
        from('/', { request: `GET ${api}/me` }),
      ],
    ],
    [
      'a poll',
      [
        from('/', { request: `GET ${api}/session`, set: sid }),
        from('/', { request: `POST ${api}/session/ping`, set: sid }),
      ],
    ],
    [
      'a session that every answer sets',
      [from('/', { request: `POST ${api}/items`, set: sid }), from('/', { request: `POST ${api}/items`, set: sid })],
    ],
    [
      'a preflight',
      [from('/', { request: `OPTIONS ${api}/login`, requestHeaders: { 'Access-Control-Request-Method': 'POST' } })],
    ],
    ['a beacon', [from('/', { request: `POST ${api}/login`, type: 'ping', set: sid })]],
    ['a code that is a voucher', [`GET ${app}/shop?code=SAVE10&state=CA`]],
    [
      'a forgotten password',
      [{ request: `POST ${app}/users/password/reset`, status: 303, location: '/login', set: sid }],
    ],
    ['a word in a word', [from('/', { request: `POST ${api}/blogindex/plugin`, set: sid })]],
  ])('%s is none', (_, rows) => expect(evidenceIn(rows).login).toBeNull())
})
