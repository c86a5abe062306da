import { describe, expect, it } from 'vitest'
import { evidenceOf } from './evidence-of.ts'
import { api, app, authorize, back, from, login, page, sid, state, trip } from './testing/login-rows.ts'
import { evidenceIn, type RecordingOptions, type RequestRow, type Row, recordingOf } from './testing/recording.ts'

describe('by hand', () => {
  const rows: readonly Row[] = [page, { ...login, id: 'first' }, { request: `GET ${app}/account`, id: 'page' }, login]

  it('takes what the user picked', () => {
    const picked = evidenceIn(rows, { pick: 'first' }).login
    expect(picked).toMatchObject({ picked: 'by-hand', kind: 'form', request: { id: 'first' }, next: { id: 'login' } })
    expect(picked?.why[0]).toBe('You picked it.')
    expect(picked?.after.map(({ id }) => id)).toEqual(['page'])
  })
  it('takes anything', () => expect(evidenceIn(rows, { pick: 'page' }).login?.request.id).toBe('page'))
  it('falls back on what it finds', () => {
    expect(evidenceIn(rows, { pick: 'gone' }).login).toMatchObject({
      picked: 'found',
      request: { id: 'login' },
      next: null,
    })
  })
})

it('says why', () => {
  const password: Row = { ...login, body: { password: true } }
  expect(evidenceIn([page, password]).login?.why).toEqual([
    'Its path `/login` is a login’s.',
    'It is a form’s navigation.',
    'It sends a password.',
    'Its answer sets `sid`, which looks like a session.',
  ])
  expect(evidenceIn([...trip, back]).login?.why).toEqual([
    'It comes back from an identity provider, with `code` and `state`.',
    'Its path `/auth/callback` is where an identity provider sends visitors back to.',
  ])
})

describe('the session', () => {
  const names = (set: string | readonly string[], options: RecordingOptions = {}) =>
    evidenceIn([page, { ...login, set }], options).login?.session.map(({ name }) => name)

  it.each<[string, string[], string[]]>([
    ['by name', ['theme=1; HttpOnly', 'connect.sid=1'], ['connect.sid']],
    ['refused lines too', ['sid=1; Domain=other.test', 'theme=1'], ['sid']],
    ['else what scripts cannot read', ['theme=1', 'x=1; HttpOnly'], ['x']],
    ['else all', ['a=1', 'x=1'], ['a', 'x']],
    ['no tools', ['_ga=1', '__cf_bm=1; HttpOnly', 'XSRF-TOKEN=1', 'x=1'], ['x']],
    ['no deletions', ['sid=; Max-Age=0', 'x=deleted; Max-Age=0', 'y=1'], ['y']],
    ['an expiry that is past by mistake', ['sid=1; Expires=Thu, 01 Jan 2015 00:00:00 GMT'], ['sid']],
    [
      'chunks',
      ['__Secure-next-auth.session-token.0=1; Secure', '__Secure-next-auth.session-token.1=1; Secure', 'x=1'],
      ['__Secure-next-auth.session-token.0', '__Secure-next-auth.session-token.1'],
    ],
  ])('%s', (_, set, expected) => expect(names(set)).toEqual(expected))

  it('of what the login led to', () => {
    const rows: readonly Row[] = [page, { ...login, set: [] }, { request: `GET ${app}/account`, set: sid }]
    expect(evidenceIn(rows).login?.session.map(({ name, seen }) => [name, seen.exchange.url])).toEqual([
      ['sid', `${app}/account`],
    ])
  })
  it('that was there before and stays', () => {
    const rows: readonly Row[] = [
      { request: page, set: '_shop_session=0; Path=/; HttpOnly' },
      { ...login, set: [] },
      `GET ${app}/account`,
    ]
    const found = evidenceIn(rows).login
    expect(found?.session).toEqual([])
    expect(found?.kept.map(({ name }) => name)).toEqual(['_shop_session'])
  })
})

describe('around the login', () => {
  const ids = (seen: readonly { id: string }[] | undefined) => seen?.map(({ id }) => id)

  it('page, preflight, redirects', () => {
    const rows: readonly Row[] = [
      `GET ${app}/`,
      { request: page, id: 'page' },
      from('/login', { request: `POST ${api}/login`, id: 'login', set: sid }),
      from('/login', {
        request: `OPTIONS ${api}/login`,
        id: 'preflight',
        requestHeaders: { 'Access-Control-Request-Method': 'POST' },
        at: 3,
      }),
      { request: `GET ${app}/start`, id: 'hop', status: 302, location: '/account' },
      { request: `GET ${app}/account`, id: 'shown' },
      from('/account', { request: `GET ${api}/me`, id: 'me' }),
      from('/account', { request: 'GET https://stats.test/x', id: 'foreign' }),
      from('/account', { request: `GET ${app}/a.png`, type: 'image', id: 'asset' }),
      { request: `GET ${app}/more`, id: 'more' },
    ]
    const found = evidenceIn(rows).login
    expect(found).toMatchObject({ kind: 'script', page: { id: 'page' }, preflight: { id: 'preflight' }, oauth: null })
    expect(ids(found?.redirects)).toEqual(['hop', 'shown'])
    expect(ids(found?.after)).toEqual(['hop', 'shown', 'me', 'more'])
  })

  it('of a form: its hops to the page that is shown', () => {
    const rows: readonly Row[] = [
      page,
      login,
      { request: `GET ${app}/account`, id: 'a', status: 302, location: 'https://www.shop.test/' },
      { request: 'GET https://www.shop.test/', id: 'b' },
      { request: `GET ${app}/c`, id: 'c' },
    ]
    const found = evidenceIn(rows).login
    expect(found?.kind).toBe('form')
    expect(ids(found?.redirects)).toEqual(['a', 'b'])
    expect(ids(found?.after)).toEqual(['a', 'b', 'c'])
  })

  it('ends at a logout', () => {
    const rows: readonly Row[] = [
      page,
      login,
      { request: `GET ${app}/account`, id: 'a' },
      { request: `POST ${app}/logout`, status: 302, location: '/' },
      `GET ${app}/account 401`,
    ]
    expect(ids(evidenceIn(rows).login?.after)).toEqual(['a'])
  })

  it('goes on where the page of a logout is fetched ahead', () => {
    const ahead = from('/account', { request: `GET ${app}/logout?_rsc=1`, id: 'ahead' })
    const rows: readonly Row[] = [page, login, { request: `GET ${app}/account`, id: 'a' }, ahead]
    expect(ids(evidenceIn(rows).login?.after)).toEqual(['a', 'ahead'])
    expect(ids(evidenceIn([...rows.slice(0, 3), { ...ahead, set: 'sid=; Max-Age=0' }]).login?.after)).toEqual(['a'])
  })

  it('goes on where a session is renewed', () => {
    const renewal = from('/', { request: `POST ${api}/graphql`, id: 'renewal', set: 'x=1; Path=/; HttpOnly' })
    const refused = from('/', { request: `GET ${app}/me`, status: 401, id: 'a' })
    const rows: readonly Row[] = [page, login, refused, renewal, { ...refused, status: 200, id: 'b' }]
    expect(ids(evidenceIn(rows).login?.after)).toEqual(['a', 'renewal', 'b'])
  })

  it('the trip to the provider', () => {
    const found = evidenceIn([...trip, { ...back, status: 302, location: '/account', set: sid }]).login
    expect(found).toMatchObject({ kind: 'callback', page: { exchange: { url: `${app}/login` } } })
    expect(found?.oauth).toMatchObject({
      authorize: { id: 'authorize' },
      callback: { id: 'login' },
      responseMode: null,
    })
    expect(found?.oauth?.redirectUri?.href).toBe(`${app}/auth/callback`)
    expect(found?.oauth?.stateLines.map(({ name, seen }) => [name, seen.id])).toEqual([['oauth_state', 'start']])
  })

  it('the trip that has not ended', () => {
    const found = evidenceIn([
      page,
      { request: `GET ${app}/auth/google`, status: 302, location: authorize, set: state },
      { request: `GET ${authorize}`, id: 'authorize', status: 400 },
    ]).login
    expect(found?.oauth).toMatchObject({ authorize: { id: 'authorize' }, callback: null })
    expect(found?.oauth?.stateLines.map(({ name }) => name)).toEqual(['oauth_state'])
  })

  it('no trip of another login', () => {
    const found = evidenceIn([
      ...trip,
      { ...back, id: 'back', status: 302, location: '/account', set: sid },
      `GET ${app}/account`,
      page,
      login,
    ]).login
    expect(found).toMatchObject({ request: { id: 'login' }, oauth: null })
  })
})

describe('a refusal', () => {
  it.each<[string, RequestRow, boolean]>([
    ['401', { request: `GET ${app}/a`, status: 401 }, true],
    ['403', { request: `GET ${app}/a`, status: 403 }, true],
    ['419', { request: `POST ${app}/a`, status: 419 }, true],
    ['404', { request: `GET ${app}/a`, status: 404 }, false],
    ['500', { request: `GET ${app}/a`, status: 500 }, false],
    ['to the login', { request: `GET ${app}/a`, status: 302, location: '/users/sign_in' }, true],
    [
      'to the login of another host',
      { request: `GET ${app}/a`, status: 302, location: 'https://id.shop.test/login?next=a' },
      true,
    ],
    ['to the provider', { request: `GET ${app}/a`, status: 302, location: authorize }, true],
    ['to the provider, as asked', { request: `GET ${app}/auth/google`, status: 302, location: authorize }, false],
    ['to the page', { request: `POST ${app}/login`, status: 303, location: '/account' }, false],
    ['to https', { request: 'GET http://app.shop.test/login', status: 301, location: `${app}/login` }, false],
    ['to a blog', { request: `GET ${app}/a`, status: 302, location: '/blogindex' }, false],
    ['nowhere', { request: `GET ${app}/a`, status: 302, location: 'https://[' }, false],
  ])('%s', (_, row, expected) => {
    const recording = recordingOf([row])
    const seen = recording.seen[0]
    expect(seen && evidenceOf(recording).isRefusal(seen)).toBe(expected)
  })
})
