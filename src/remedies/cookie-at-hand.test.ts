import { expect, it } from 'vitest'
import { cookieAtHand } from './cookie-at-hand.ts'
import type { CookieAtHand } from './stack.ts'

const part = (json: object) => btoa(JSON.stringify(json)).replaceAll('=', '')
const jwt = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ sub: 'ada' })}.c2ln`

it.each<[value: string, looks: CookieAtHand['value']]>([
  ['s%3AkRk3.jZ%2F', 'signed'],
  ['s:kRk3.jZ', 'signed'],
  [jwt, 'token'],
  [`${part({ alg: 'dir', enc: 'A256GCM' })}..aXY.dGV4dA.dGFn`, 'token'],
  // Flask's and Starlette's: JSON, when, signature.
  [`${part({ user: 'ada', role: 'admin' })}.ZxYzAA.c2lnbmF0dXJl`, 'other'],
  // Laravel's: encrypted, in one piece.
  [part({ iv: 'aXY', value: 'dGV4dA', mac: '00' }), 'other'],
  ['eyJ%%%%%%%%%%.a.b', 'other'],
  [jwt.slice(0, jwt.lastIndexOf('.')), 'other'],
  ['session', 'other'],
  ['', 'other'],
])('%j looks %s', (value, looks) => {
  expect(cookieAtHand(`sid=${value}; Path=/`).value).toBe(looks)
})

it('knows every attribute of the line, the last of a name, and nothing of its value', () => {
  const at = cookieAtHand(
    'sid=secret; Path=/; Expires=Sat, 21 Nov 2026 19:20:18 GMT; HttpOnly; SameSite=Lax; Secure; SameSite=None',
  )
  expect(at).toEqual({
    name: 'sid',
    value: 'other',
    attributes: [
      { action: 'set-attribute', attribute: 'Secure' },
      { action: 'set-attribute', attribute: 'HttpOnly' },
      { action: 'set-attribute', attribute: 'SameSite', value: 'None' },
      { action: 'set-attribute', attribute: 'Path', value: '/' },
    ],
  })
})
