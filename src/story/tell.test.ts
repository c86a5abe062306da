import { describe, expect, it } from 'vitest'
import type { Diagnosis, StoryStep } from '../contract.ts'
import { tell } from './tell.ts'
import { evidenceIn, type RecordingOptions, type RequestRow, type Row } from './testing/recording.ts'

const app = 'https://app.shop.test'
const api = 'https://api.shop.test'
const other = 'https://api.other.test'
const idp = 'https://id.provider.test'
const page = `GET ${app}/login`
const account = `${app}/account`
const good = 'sid=hush; Path=/; HttpOnly; Secure; SameSite=Lax'
const cors = { 'Access-Control-Allow-Origin': app, 'Access-Control-Allow-Credentials': 'true' }
const bearer = { Authorization: 'Bearer hush' }

const form = (set: string | readonly string[], over: Partial<RequestRow> = {}): RequestRow => ({
  request: `POST ${app}/login`,
  id: 'login',
  status: 303,
  location: '/account',
  set,
  ...over,
})
const script = (set: string | readonly string[], over: Partial<RequestRow> = {}): RequestRow => ({
  request: `POST ${api}/login`,
  id: 'login',
  from: `${app}/login`,
  set,
  responseHeaders: cors,
  ...over,
})
const me = (over: Partial<RequestRow> = {}): RequestRow => ({
  request: `GET ${api}/me`,
  from: account,
  responseHeaders: cors,
  ...over,
})
const spa: RequestRow = { request: `POST ${app}/api/sessions`, id: 'login', from: `${app}/login`, set: good }
/** The same, whose page tells its address to those it asks. */
const told: RequestRow = { ...spa, requestHeaders: { Referer: `${app}/login` } }
const link = (set: string): RequestRow => ({
  request: `GET ${app}/verify/2dbd7fe3fb16bd45aa8713bba7d5ea5c0a87a4e3`,
  initiator: null,
  status: 302,
  location: '/account',
  set,
})
const reload: Row = { request: `GET ${account}`, reload: true }
const toLogin = (url: string, over: Partial<RequestRow> = {}): RequestRow => ({
  request: `GET ${url}`,
  status: 303,
  location: '/login',
  ...over,
})
const token: Partial<RequestRow> = { body: { opaqueTokens: ['access_token'] } }

const refresh = 'refresh=hush; Path=/auth/refresh; HttpOnly; Secure; SameSite=Strict; Max-Age=604800'

const LETTERS: Record<StoryStep['mark'], string> = { ok: '+', broken: 'X', risky: '!', open: '?', skipped: '-' }

/** One letter a step, in the order page, request, set-cookie, stored, redirects, sent, accepted, reload, navigation; where led back comes of what breaks, behind that. */
const marksOf = (steps: readonly StoryStep[]): string => steps.map(({ mark }) => LETTERS[mark]).join('')

describe('a login in steps', () => {
  it.each<[string, readonly Row[], string, string, RecordingOptions?]>([
    [
      'a form that works',
      [page, form(good), `GET ${account}`, reload, `GET ${app}/cart`],
      '+++++++++',
      'This login works: `sid` was issued, stored, sent back and accepted, after a reload too.',
    ],
    [
      'a script that works',
      [page, script(good), `GET ${account}`, me(), reload, me()],
      '++++++++?',
      'This login works: `sid` was issued, stored, sent back and accepted, after a reload too.',
    ],
    [
      'a script that changes the address, and a reload there',
      [
        page,
        { request: `GET ${app}/api/me`, from: `${app}/login`, status: 401 },
        spa,
        { request: `GET ${app}/api/me`, from: `${app}/login` },
        { request: `GET ${account}`, initiator: app },
        { request: `GET ${app}/api/me`, from: account },
      ],
      '+++++++-+',
      'This login works: `sid` was issued, stored, sent back and accepted, on the next page too.',
    ],
    [
      'the same, and a reload there once more',
      [
        page,
        spa,
        { request: `GET ${app}/api/me`, from: `${app}/login` },
        { request: `GET ${account}`, initiator: app },
        reload,
      ],
      '+++++++++',
      'This login works: `sid` was issued, stored, sent back and accepted, after a reload too.',
    ],
    [
      'a script that changes the address, and the user\u2019s reload there before anything was asked for',
      [page, told, { request: `GET ${account}`, initiator: app }, { request: `GET ${app}/api/me`, from: account }],
      '++++-+++?',
      'This login works: `sid` was issued, stored, sent back and accepted, after a reload too.',
    ],
    [
      'the same of a page that was linked to, long after the login',
      [
        { request: page, requestHeaders: { Referer: `${app}/shop` } },
        told,
        { request: `GET ${account}`, initiator: app, requestHeaders: { Referer: `${app}/shop` }, at: 60 },
      ],
      '++++-+++?',
      'This login works: `sid` was issued, stored, sent back and accepted, after a reload too.',
    ],
    [
      'a reload that goes without the session',
      [
        page,
        { ...told, set: `${good}; Max-Age=1` },
        { request: `GET ${account}`, initiator: app, at: 9, status: 302, location: '/login' },
        page,
      ],
      '++++-X???',
      'Your login broke at step 5: `GET /account` went without `sid`, because the cookie has expired.',
    ],
    [
      'a script that goes on to a page which its session was not asked for before',
      [page, spa, { request: `GET ${account}`, initiator: app }, { request: `GET ${app}/api/me`, from: account }],
      '+++++++??',
      'So far, so good: now reload the page to see whether the login lasts.',
    ],
    [
      'a script whose session is not accepted where the address is loaded',
      [
        page,
        spa,
        { request: `GET ${app}/api/me`, from: `${app}/login` },
        { request: `GET ${account}`, initiator: app, status: 302, location: '/login' },
        page,
      ],
      '+++++X!??',
      'Your login broke at step 6: the server did not accept `sid` and sent `GET /account` back to the login.',
    ],
    [
      'a link from a mail',
      [page, `POST ${app}/login`, link(good), `GET ${account}`, reload, `GET ${app}/cart`],
      '-++++++++',
      'This login works: `sid` was issued, stored, sent back and accepted, after a reload too.',
    ],
    [
      'a link from a mail whose cookie is dropped',
      [page, `POST ${app}/login`, link('sid=hush; Path=/; Domain=app.shop.test.'), toLogin(account), page],
      '-++X!????',
      'Your login broke at step 3: the browser dropped `sid`, because its Domain is not a host name.',
    ],
    [
      'another page instead of a reload',
      [page, form(good), `GET ${account}`, `GET ${app}/cart`],
      '+++++++?+',
      'This login works: `sid` was issued, stored, sent back and accepted, on the next page too.',
    ],
    [
      'a token',
      [
        page,
        script([], token),
        me({ requestHeaders: bearer }),
        { request: page, reload: true },
        me({ from: `${app}/login`, requestHeaders: bearer }),
      ],
      '+++--+++?',
      'This login works: the token was issued, sent and accepted, after a reload too.',
    ],
    [
      'a token, and a cookie to renew it that was not needed yet',
      [
        page,
        script(refresh, token),
        me({ requestHeaders: bearer }),
        { request: page, reload: true },
        me({ requestHeaders: bearer }),
      ],
      '++++-+++?',
      'This login works: the token was sent and accepted, after a reload too; `refresh` was issued and stored.',
    ],
    [
      'the same, and the token renewed',
      [
        page,
        script(refresh, token),
        me({ requestHeaders: bearer }),
        { request: page, reload: true },
        me({ requestHeaders: bearer, status: 401 }),
        me({ request: `POST ${api}/auth/refresh` }),
        me({ requestHeaders: bearer }),
      ],
      '++++-+++?',
      'This login works: the token was sent and accepted, after a reload too; `refresh` was issued, stored, sent back and accepted.',
    ],
    [
      'a session, and a cookie to renew it that was not needed yet',
      [page, form([good, refresh]), `GET ${account}`, reload],
      '++++++++?',
      'This login works: `sid` was issued, stored, sent back and accepted, after a reload too.',
    ],
    [
      'a session that was there before',
      [{ request: page, set: '_shop_session=0; Path=/; HttpOnly' }, form([]), `GET ${account}`, reload],
      '+++-++++?',
      'This login works: `_shop_session` was kept, sent back and accepted, after a reload too.',
    ],
    [
      'before the reload',
      [page, form(good), `GET ${account}`],
      '+++++++??',
      'So far, so good: now reload the page to see whether the login lasts.',
    ],
    [
      'before the next request',
      [page, script(good)],
      '++++-????',
      'So far, so good: `sid` is there. Now open a page that needs the login.',
    ],
    [
      'before the answer',
      [page, form([], { state: 'pending', status: 0 })],
      '+??--????',
      'The login was sent, and has not been answered yet.',
    ],
    [
      'without the page',
      [form(good), `GET ${account}`],
      '-++++++??',
      'So far, so good: now reload the page to see whether the login lasts.',
    ],
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

it('is null without a login', () => expect(tell(evidenceIn([page]), [])).toBeNull())

describe('with a diagnosis', () => {
  const diagnosis: Diagnosis = {
    id: 'ProxyHidesHttps',
    title: 'The app thinks it is on http, so it left Secure out',
    explanation: 'The login’s answer was seen.',
    confidence: 'likely',
    exchanges: ['login'],
    rank: 'blocks-now',
  }
  const dropped: readonly Row[] = [page, form('sid=hush; Path=/; SameSite=None')]
  const worksYet: readonly Row[] = [page, form(good), `GET ${account}`]
  const because = 'the browser dropped `sid`, because SameSite=None needs Secure.'

  it.each<[string, readonly Row[], Diagnosis[], string, string]>([
    ['it says why', dropped, [diagnosis], '+++X-????', 'the app thinks it is on http, so it left Secure out.'],
    ['what is merely possible does not', dropped, [{ ...diagnosis, confidence: 'possible' }], '+++X-????', because],
    [
      'nor what does not block',
      dropped,
      [
        { ...diagnosis, rank: 'blocks-next' },
        { ...diagnosis, rank: 'odd' },
      ],
      '+++X-????',
      because,
    ],
    [
      'it knows a step that looks whole',
      worksYet,
      [{ ...diagnosis, id: 'SessionRejected', title: 'Two servers take turns' }],
      '++++++X??',
      'two servers take turns.',
    ],
    [
      'its title’s own colon gives way, one that it quotes does not',
      worksYet,
      [{ ...diagnosis, id: 'SessionRejected', title: 'The answer says `Vary: *`: no cache keeps it' }],
      '++++++X??',
      'the answer says `Vary: *`; no cache keeps it.',
    ],
    [
      'an unheard one, where its exchange is',
      worksYet,
      [{ ...diagnosis, id: 'Unheard', title: 'A' }],
      '+X??+????',
      'A.',
    ],
  ])('%s', (_, rows, diagnoses, marks, end) => {
    const story = tell(evidenceIn(rows), diagnoses)
    expect(marksOf(story?.steps ?? [])).toBe(marks)
    expect(story?.sentence).toBe(`Your login broke at step ${marks.replaceAll('-', '').indexOf('X') + 1}: ${end}`)
    expect(story?.outcome).toBe('broken')
  })
})

describe('the diagram', () => {
  /** One line an arrow: `app GET /login 200 > sid sent < sid stored`. */
  const drawn = (rows: readonly Row[], options?: RecordingOptions): string[] => {
    const story = tell(evidenceIn(rows, options), [])
    const kind = (id: string) => story?.parties.find((party) => party.id === id)?.kind
    const text = (sign: string, cookies: readonly { name: string; fate: string }[]) =>
      cookies.length === 0 ? '' : ` ${sign} ${cookies.map(({ name, fate }) => `${name} ${fate}`).join(', ')}`
    return (story?.arrows ?? []).map(
      ({ party, label, status, sent, set, broken }) =>
        `${broken === true ? 'X ' : ''}${kind(party)} ${label} ${status}${text('>', sent)}${text('<', set)}`,
    )
  }

  it('of a form', () =>
    expect(drawn([page, form(good), `GET ${account}`, reload, `GET ${app}/cart`])).toEqual([
      'app GET /login 200',
      'app POST /login 303 < sid stored',
      'app GET /account 200 > sid sent',
      'app GET /account 200 > sid sent',
      'app GET /cart 200 > sid sent',
    ]))

  it('of a script that breaks', () =>
    expect(
      drawn([
        page,
        script([good.replace('Secure; SameSite=Lax', 'SameSite=None'), '_ga=1', 'theme=1']),
        `GET ${account}`,
        me({ status: 401 }),
      ]),
    ).toEqual(['app GET /login 200', 'X api POST /login 200 < sid refused', 'app GET /account 200', 'api GET /me 401']))

  it('of a preflight that is told of after its request, as Firefox does', () => {
    const asked = { from: `${app}/login`, responseHeaders: cors }
    expect(
      drawn([
        page,
        { ...script([]), status: 401, at: 5 },
        {
          request: `OPTIONS ${api}/login`,
          ...asked,
          requestHeaders: { 'Access-Control-Request-Method': 'POST' },
          status: 204,
          at: 4,
        },
      ]),
    ).toEqual(['app GET /login 200', 'api OPTIONS /login 204', 'X api POST /login 401'])
  })

  it('of a trip to a provider', () => {
    const authorize = `${idp}/authorize?client_id=a&state=hush&redirect_uri=${encodeURIComponent(`${app}/callback`)}`
    const rows: readonly Row[] = [
      page,
      {
        request: `GET ${app}/start`,
        status: 302,
        location: authorize,
        set: 'oauth_state=hush; Path=/; Secure; SameSite=Lax',
      },
      `GET ${authorize}`,
      {
        request: `POST ${idp}/login`,
        status: 302,
        location: `${app}/callback?code=hush&state=hush`,
        set: 'idp_session=hush; Secure',
      },
      {
        request: `GET ${app}/callback?code=hush&state=hush`,
        status: 302,
        location: '/account',
        set: [good, 'oauth_state=; Path=/; Max-Age=0'],
      },
      `GET ${account}`,
    ]
    expect(drawn(rows)).toEqual([
      'app GET /login 200',
      'app GET /start 302 < oauth_state stored',
      'provider GET /authorize 200',
      'provider POST /login 302 < idp_session stored',
      'app GET /callback 302 > oauth_state sent < sid stored, oauth_state removed',
      'app GET /account 200 > sid sent',
    ])
  })

  it('names no cookie that was never to come along, unless something is missing there', () => {
    const own = script('sid=hush; Path=/; HttpOnly; Secure')
    expect(drawn([page, own, `GET ${account}`, me(), reload, me()])).toContain('app GET /account 200')
    expect(drawn([page, own, `GET ${account} 401`])).toContain('X app GET /account 401 > sid withheld')
  })

  it('has 14 arrows at most, the login’s own and the broken one among them', () => {
    const hops = Array.from(
      { length: 25 },
      (_, n): Row => ({ request: `GET ${app}/hop/${n}`, status: 302, location: `/hop/${n + 1}` }),
    )
    const rows = [page, form(good, { location: '/hop/0' }), ...hops, `GET ${app}/hop/25 401`]
    const lines = drawn(rows)
    expect(lines).toHaveLength(14)
    // The page, the login, 25 hops and where they lead.
    expect(tell(evidenceIn(rows), [])?.arrowsLeftOut).toBe(28 - 14)
    expect(tell(evidenceIn(rows.slice(0, 5)), [])).not.toHaveProperty('arrowsLeftOut')
    expect(lines).toContain('app POST /login 303 < sid stored')
    expect(lines.at(-1)).toBe('X app GET /hop/25 401 > sid sent')
  })
})

describe('the health check', () => {
  const checks = (rows: readonly Row[], options?: RecordingOptions) =>
    tell(evidenceIn(rows, options), [])?.checks.map(({ id, mark }) => `${mark === 'ok' ? '' : '!'}${id}`)
  const verified = ['issued', 'valid', 'stored', 'returned', 'accepted', 'reload']
  const lasting = (line: string, ...after: Row[]): Row[] => [page, form(line), `GET ${account}`, reload, ...after]

  it.each<[string, readonly Row[], string[], RecordingOptions?]>([
    ['all is well', lasting(`${good}; Max-Age=86400`, `GET ${app}/cart`), [...verified, 'navigation']],
    ['until the browser is closed', lasting(good), [...verified, '!session-cookie']],
    ['minutes', lasting(`${good}; Max-Age=600`), [...verified, '!lifetime']],
    ['readable', lasting('sid=hush; Path=/; Secure; SameSite=Lax; Max-Age=86400'), [...verified, '!http-only']],
    ['plain', lasting('sid=hush; Path=/; HttpOnly; SameSite=Lax; Max-Age=86400'), [...verified, '!secure']],
    ['left to the browser', lasting('sid=hush; Path=/; HttpOnly; Secure; Max-Age=86400'), [...verified, '!same-site']],
    [
      'a short cookie beside a long one',
      [
        page,
        form([
          `${good}; Max-Age=600`,
          'refresh_token=hush; Path=/refresh; HttpOnly; Secure; SameSite=Strict; Max-Age=86400',
        ]),
        `GET ${account}`,
        reload,
      ],
      verified,
    ],
    [
      'on another site',
      [
        page,
        { ...script('sid=hush; HttpOnly; Secure; SameSite=None; Max-Age=86400'), request: `POST ${other}/login` },
        me({ request: `GET ${other}/me` }),
      ],
      ['issued', 'valid', 'stored', 'returned', 'accepted', 'cors', '!third-party'],
    ],
    [
      'a token beside a cookie that was not sent yet',
      [page, script(refresh, token), me({ requestHeaders: bearer }), reload, me({ requestHeaders: bearer })],
      [...verified.slice(0, -1), 'navigation', 'cors'],
    ],
    ['nothing of a login that breaks', [page, form('sid=hush; SameSite=None')], []],
  ])('%s', (_, rows, expected, options) => expect(checks(rows, options)).toEqual(expected))

  it('says nothing of a way back where a token was sent', () => {
    const titleOf = (rows: readonly Row[]) =>
      tell(evidenceIn(rows), [])?.checks.find(({ id }) => id === 'returned')?.title
    expect(titleOf([page, script(refresh, token), me({ requestHeaders: bearer }), reload])).toBe('Sent')
    expect(titleOf([page, script([good, refresh]), me(), reload])).toBe('Sent back')
  })
})
