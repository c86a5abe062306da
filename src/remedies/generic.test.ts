import { describe, expect, it } from 'vitest'
import type { Action } from './action.ts'
import { changeNote, changesIn, noteOf } from './generic.ts'

const credentials = { action: 'include-credentials', origin: 'https://www.shop.test' } as const

describe('the note of', () => {
  it.each<[Action, string[]]>([
    [{ action: 'set-attribute', attribute: 'Secure' }, ['Set `Secure` on']],
    [{ action: 'set-attribute', attribute: 'SameSite', value: 'None' }, ['`SameSite=None`', 'keep a CSRF check']],
    [{ action: 'remove-attribute', attribute: 'Domain' }, ['Leave Domain out', 'the host that sets it']],
    [{ action: 'remove-attribute', attribute: 'Partitioned' }, ['Leave Partitioned out.']],
    [{ action: 'name-the-cookie' }, ['`session=…`']],
    [{ action: 'encode-characters' }, ['Percent-encode']],
    [{ action: 'shorten-value', bytes: 4100, limit: 4096 }, ['at least 4 bytes.']],
    [{ action: 'shorten-value', bytes: 4097, limit: 4096 }, ['at least 1 byte.']],
    [{ action: 'use-https', host: 'shop.test', who: 'server' }, ['`shop.test` over https', 'mkcert']],
    [{ action: 'use-https', host: 'www.shop.test', who: 'page' }, ['the page itself', '`www.shop.test`']],
    [
      { ...credentials, crossOrigin: true, element: false },
      ["credentials: 'include'", 'withCredentials', '`Access-Control-Allow-Origin: https://www.shop.test`', 'not `*`'],
    ],
    [
      { ...credentials, crossOrigin: true, element: true },
      ['`crossorigin="use-credentials"`', 'Allow-Credentials: true'],
    ],
    [{ ...credentials, crossOrigin: false, element: false }, ["`'same-origin'`"]],
    [
      { action: 'share-a-site', host: 'api.other.test', pageSite: 'https://shop.test', alternative: true },
      ['Or put both', '`api.other.test`', 'under `shop.test`', 'Safari and Chrome\u2019s Incognito'],
    ],
    [
      { action: 'share-a-site', host: 'api.other.test', pageSite: 'https://shop.test', alternative: false },
      ['Put both on one site'],
    ],
    [{ action: 'clear-secure-twin', name: 'sid', domain: 'shop.test', path: '/x' }, ['`sid`', '`shop.test`', '`/x`']],
    [{ action: 'clear-secure-twin', name: '', domain: 'shop.test', path: '/' }, ['cookie without a name of']],
    [{ action: 'allow-third-party', partitioned: true }, ['is kept all the same', 'Storage Access API']],
    [{ action: 'allow-third-party', partitioned: false }, ['`Partitioned` makes no exception']],
    [
      { action: 'widen-domain', from: 'api.shop.test', to: 'app.shop.test', domain: 'shop.test' },
      ['`api.shop.test`', '`Domain=shop.test`', '`app.shop.test`', 'each of them can then read'],
    ],
    [
      { action: 'widen-domain', from: 'a.github.io', to: 'b.github.io', domain: null },
      ['`a.github.io`', "can't be shared"],
    ],
    [{ action: 'fewer-cookies', domain: 'shop.test', most: 180 }, ['`shop.test`', 'the 180', '`Max-Age=0`']],
    [{ action: 'post-to-https', url: 'https://app.shop.test/login' }, ['`https://app.shop.test/login`', 'GET']],
    [{ action: 'log-in-on-own-page', host: 'id.shop.test' }, ['`id.shop.test` itself', 'requestStorageAccess']],
    [{ action: 'give-frame-credentials' }, ['`credentialless`']],
    [{ action: 'own-cookie-name', name: 'sid', path: '/blog/' }, ['`sid`', '`/blog/`', 'a Path of its own']],
    [{ action: 'no-anonymous-session', name: 'sid', path: '/cart' }, ['`sid`', '`/cart`']],
    [{ action: 'start-on-this-site', host: 'shop.test' }, ['`shop.test`']],
  ])('%o', (action, says) => {
    const note = noteOf(action)
    for (const said of says) expect(note).toContain(said)
    expect(note).toMatch(/^[A-Z][^\n]+\.$/)
    expect(note.split('`').length % 2).toBe(1)
    expect(note).not.toMatch(/``|undefined|null/)
  })

  it('hostile text stays one line of whole quotations', () => {
    const hostile = '`\n\u202e<script>'.repeat(2000)
    const notes = [
      noteOf({ action: 'clear-secure-twin', name: hostile, domain: hostile, path: hostile }),
      noteOf({ action: 'share-a-site', host: hostile, pageSite: hostile, alternative: true }),
      noteOf({ action: 'widen-domain', from: hostile, to: hostile, domain: hostile }),
      noteOf({ action: 'include-credentials', origin: hostile, crossOrigin: true, element: false }),
    ]
    for (const note of notes) {
      expect(note.split('`').length % 2).toBe(1)
      expect(note).not.toMatch(/\p{C}/u)
      expect(note.length).toBeLessThan(2000)
    }
  })
})

it('asks for no CORS headers that are there', () => {
  const action = { action: 'include-credentials', origin: 'https://a.test', crossOrigin: true, element: false } as const
  expect(noteOf(action)).toContain('the answer then needs `Access-Control-Allow-Credentials: true`')
  expect(noteOf({ ...action, allowed: true })).toMatch(/; the answer allows it already\.$/)
})

describe('changes', () => {
  const none = { action: 'set-attribute', attribute: 'SameSite', value: 'None' } as const
  const secure = { action: 'set-attribute', attribute: 'Secure' } as const
  const noDomain = { action: 'remove-attribute', attribute: 'Domain' } as const
  const renew = { action: 'renew-token' } as const

  it('are the actions, the attributes of a cookie as one', () => {
    expect(changesIn([renew, none, { action: 'send-separately' }, secure])).toEqual([
      ...[renew, [none, secure], { action: 'send-separately' }],
    ])
    expect(changesIn([])).toEqual([])
  })

  it.each([
    [[none, secure], 'oauth_state', 'Set `SameSite=None` and `Secure` on `oauth_state`.'],
    [
      [none, secure],
      'sid',
      'Set `SameSite=None` and `Secure` on `sid`. Requests from other sites then carry it: keep a CSRF check (a token, or the Origin header).',
    ],
    [[secure], null, 'Set `Secure` on the session cookie.'],
    [
      [noDomain],
      'oauth_state',
      'Leave Domain out of `oauth_state`: the cookie then belongs to exactly the host that sets it.',
    ],
    [
      [noDomain],
      null,
      'Leave Domain out of the session cookie: the cookie then belongs to exactly the host that sets it.',
    ],
    [[secure], '', 'Set `Secure` on the cookie without a name.'],
    [
      [noDomain, secure],
      'sid',
      'Set `Secure` on `sid`. Leave Domain out: the cookie then belongs to exactly the host that sets it.',
    ],
    [renew, 'sid', noteOf(renew)],
  ])('%j of %j', (change, cookie, note) => {
    expect(changeNote(change, cookie)).toBe(note)
  })
})
