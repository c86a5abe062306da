import { describe, expect, it } from 'vitest'
import { tell } from './tell.ts'
import { evidenceIn, type RecordingOptions, type Row } from './testing/recording.ts'
import { account, api, app, cors, form, good, idp, me, page, reload, script } from './testing/tell-rows.ts'

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
