import { describe, expect, it } from 'vitest'
import { tell } from './tell.ts'
import { evidenceIn, type RecordingOptions, type Row } from './testing/recording.ts'
import {
  account,
  api,
  app,
  bearer,
  form,
  good,
  idp,
  marksOf,
  me,
  other,
  page,
  reload,
  script,
  token,
  toLogin,
} from './testing/tell-rows.ts'

describe('a login that breaks, or may, in steps', () => {
  it.each<[string, readonly Row[], string, string, RecordingOptions?]>([
    [
      'None without Secure',
      [page, form('sid=hush; Path=/; SameSite=None'), `GET ${account} 401`],
      '+++X!????',
      'Your login broke at step 4: the browser dropped `sid`, because SameSite=None needs Secure.',
    ],
    [
      'a Domain of others',
      [page, script('sid=hush; Domain=shop.example'), `GET ${account}`, me({ status: 401 })],
      '+++X+????',
      'Your login broke at step 4: the browser dropped `sid`, because its Domain does not cover api.shop.test.',
    ],
    [
      'a Domain of others, in German',
      [
        `GET ${app}/anmelden`,
        form('sid=hush; Domain=shop.example', { request: `POST ${app}/anmelden` }),
        { request: `GET ${account}`, status: 302, location: '/anmelden' },
        `GET ${app}/anmelden`,
      ],
      '+++X!????',
      'Your login broke at step 4: the browser dropped `sid`, because its Domain does not cover app.shop.test.',
    ],
    [
      'no credentials',
      [
        page,
        { ...script('sid=hush; Secure; SameSite=None'), request: `POST ${other}/login`, credentials: 'omit' },
        `GET ${account}`,
      ],
      '+++X+????',
      'Your login broke at step 4: the browser dropped `sid`, because the request was made without credentials.',
    ],
    [
      'third-party cookies blocked',
      [page, { ...script('sid=hush; Secure; SameSite=None'), request: `POST ${other}/login` }],
      '+++X-????',
      'Your login broke at step 4: the browser dropped `sid`, because it blocks third-party cookies.',
      { thirdPartyCookies: 'blocked' },
    ],
    [
      'a store that says no',
      [page, form(good, { lost: true }), `GET ${account} 401`],
      '+++X!????',
      'Your login broke at step 4: `sid` never appeared in the store, and no rule says why.',
    ],
    [
      'an expiry in the past',
      [page, form('sid=hush; Path=/; Expires=Thu, 01 Jan 2015 00:00:00 GMT'), `GET ${account} 401`],
      '+++X!????',
      'Your login broke at step 4: `sid` is set with an expiry in the past.',
    ],
    [
      'a twin that is dropped, while the login works',
      [page, form([good, 'session=hush; Path=/; SameSite=None']), `GET ${account}`, reload],
      '+++!++++?',
      'This login works: `sid` was issued, stored, sent back and accepted, after a reload too.',
    ],
    [
      'no cookie, and sent back to the login',
      [page, form([]), toLogin(account), page],
      '++X-!????',
      'Your login broke at step 3: the answer sets no session cookie.',
    ],
    [
      'no cookie, and nothing after',
      [page, script([])],
      '++?--????',
      'The login was answered, and no session cookie set so far: now open a page that needs the login.',
    ],
    [
      'another path',
      [
        `GET ${app}/auth/login`,
        { request: `POST ${app}/auth/login`, id: 'login', status: 303, location: '/account', set: 'sid=hush' },
        `GET ${account} 401`,
      ],
      '++++X!???',
      'Your login broke at step 5: `GET /account` went without `sid`, because the cookie is kept for another path.',
    ],
    [
      'from https to http',
      [page, form(good, { location: 'http://app.shop.test/account' }), 'GET http://app.shop.test/account 401'],
      '++++!X???',
      'Your login broke at step 6: `GET /account` went without `sid`, because a Secure cookie does not travel over http.',
    ],
    [
      'Strict after the return',
      [
        page,
        `GET ${idp}/authorize`,
        { request: `POST ${idp}/authorize`, status: 303, location: `${app}/callback?code=hush` },
        {
          request: `GET ${app}/callback?code=hush`,
          id: 'login',
          status: 303,
          location: '/account',
          set: 'sid=hush; Path=/; Secure; SameSite=Strict',
        },
        `GET ${account} 401`,
      ],
      '++++X!???',
      'Your login broke at step 5: `GET /account` went without `sid`, because a cookie with SameSite=Strict is withheld when another site leads here.',
    ],
    [
      'a session that is refused',
      [page, form(good), `GET ${account} 401`],
      '+++++X!??',
      'Your login broke at step 6: the server did not accept `sid` and answered `GET /account` with 401.',
    ],
    [
      'an API that refuses, on a page that anybody may see',
      [page, script(good), `GET ${api}/`, me({ status: 401 })],
      '++++++X??',
      'Your login broke at step 7: the server did not accept `sid` and answered `GET /me` with 401.',
    ],
    [
      'headers too large',
      [page, form(good), `GET ${account} 431`],
      '++++++X??',
      'Your login broke at step 7: the server did not accept `sid` and answered `GET /account` with 431.',
    ],
    [
      'lost over a reload',
      [page, form(good), `GET ${account}`, toLogin(account, { reload: true }), page],
      '+++++++X?',
      'Your login broke at step 8: the login did not last over a reload, for `GET /account` was turned away.',
    ],
    [
      'lost on the next page',
      [page, form(good), `GET ${account}`, reload, toLogin(`${app}/cart`), page],
      '++++++++X',
      'Your login broke at step 9: the login did not last to the next page, for `GET /cart` was turned away.',
    ],
    [
      'turned away once',
      [page, form(good), `GET ${account}`, toLogin(`${app}/admin`), `GET ${app}/cart`],
      '+++++++?!',
      'This login works: `sid` was issued, stored, sent back and accepted, on the next page too.',
    ],
    [
      'a token that is refused',
      [page, script([], token), me({ requestHeaders: bearer, status: 401 })],
      '+++--+X??',
      'Your login broke at step 5: the server did not accept the token and answered `GET /me` with 401.',
    ],
    [
      'a token that is lost on a redirect',
      [
        page,
        script([], token),
        me({ requestHeaders: bearer, status: 307, location: `${other}/me` }),
        me({ request: `GET ${other}/me`, status: 401 }),
      ],
      '+++--X???',
      'Your login broke at step 4: `GET /me` went without `Authorization`.',
    ],
    [
      'a wrong password',
      [page, script([], { status: 401 })],
      '+X?--????',
      'Your login broke at step 2: the server refused `POST /login` with 401.',
    ],
    [
      'back to the form',
      [page, form([], { location: '/login?error=1' }), `GET ${app}/login?error=1`],
      '+X?-!????',
      'Your login broke at step 2: the server answered `POST /login` by sending the visitor back to the login.',
    ],
    [
      'a fault of the server',
      [page, form([], { status: 500 })],
      '+X?--????',
      'Your login broke at step 2: the server failed and answered `POST /login` with 500.',
    ],
    [
      'CORS',
      [page, script(good, { state: 'failed', error: 'net::ERR_FAILED' })],
      '+X??-????',
      'Your login broke at step 2: the browser kept the answer from the page’s script.',
    ],
    [
      'a preflight',
      [
        page,
        {
          request: `OPTIONS ${api}/login`,
          from: `${app}/login`,
          requestHeaders: { 'Access-Control-Request-Method': 'POST' },
          status: 403,
        },
        script([], { status: 0, error: 'net::ERR_FAILED' }),
      ],
      '+X?--????',
      'Your login broke at step 2: its preflight failed, and the login was never sent.',
    ],
    [
      'mixed content',
      [page, { ...script([], { status: 0, error: 'net::ERR_BLOCKED' }), request: 'POST http://api.shop.test/login' }],
      '+X?--????',
      'Your login broke at step 2: a page on https may not call http.',
    ],
    [
      'no answer',
      [page, script([], { status: 0, error: 'net::ERR_CONNECTION_REFUSED' })],
      '+X?--????',
      'Your login broke at step 2: no answer to `POST /login` came.',
    ],
    [
      'a code that is not taken',
      [page, { request: `GET ${app}/callback?code=hush&state=hush`, initiator: idp, id: 'login', status: 400 }],
      '+X?--????',
      'Your login broke at step 2: the server did not take the identity provider’s answer and answered `GET /callback` with 400.',
    ],
    [
      'an error of the provider',
      [page, { request: `GET ${app}/callback?error=access_denied&state=hush`, initiator: idp, id: 'login' }],
      '+X?--????',
      'Your login broke at step 2: the identity provider sent an error back.',
    ],
    [
      'a provider that refuses',
      [page, `GET ${idp}/authorize?client_id=a&redirect_uri=b 400`],
      '+X?--????',
      'Your login broke at step 2: the identity provider refused to begin, with 400.',
    ],
    [
      'at the provider',
      [page, `GET ${idp}/authorize?client_id=a&redirect_uri=b&state=hush`],
      '+??--????',
      'So far, so good: the visitor is with the identity provider.',
    ],
    [
      'a page that does not come',
      [page, form(good), { request: `GET ${account}`, status: 0, error: 'net::ERR_CONNECTION_REFUSED' }],
      '++++X????',
      'Your login broke at step 5: the login led to `GET /account`, which got no answer.',
    ],
    [
      'a second factor',
      [
        page,
        script(good),
        me({ status: 401 }),
        me({ request: `POST ${api}/login/otp` }),
        me(),
        `GET ${account}`,
        me(),
        reload,
        me(),
      ],
      '++++++++?',
      'This login works: `sid` was issued, stored, sent back and accepted, after a reload too.',
    ],
  ])('%s', (_, rows, marks, sentence, options) => {
    const story = tell(evidenceIn(rows, options), [])
    expect(story?.sentence).toBe(sentence)
    expect(marksOf(story?.steps ?? [])).toBe(marks)
    const outcome = marks.includes('X') ? 'broken' : sentence.startsWith('This login works') ? 'healthy' : 'open'
    expect(story?.outcome).toBe(outcome)
    expect(JSON.stringify(story)).not.toContain('hush')
  })
})
