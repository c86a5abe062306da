import { describe, expect, it } from 'vitest'
import type { StoredCookie } from '../contract.ts'
import { lineOf } from './line-of.ts'

const now = Date.UTC(2026, 10, 21)
const line = (over: Partial<StoredCookie> = {}): string =>
  lineOf(
    {
      name: 'sid',
      value: 'v',
      domain: 'shop.test',
      hostOnly: true,
      path: '/',
      secure: false,
      httpOnly: false,
      sameSite: 'unspecified',
      session: true,
      ...over,
    },
    now,
  )

describe('the line of a cookie', () => {
  it.each<[Partial<StoredCookie>, string]>([
    [{}, 'sid=v; Path=/'],
    [{ name: '' }, 'v; Path=/'],
    [{ value: '' }, 'sid=; Path=/'],
    [{ hostOnly: false, domain: '.shop.test' }, 'sid=v; Domain=shop.test; Path=/'],
    [{ path: '/account', secure: true, httpOnly: true }, 'sid=v; Path=/account; HttpOnly; Secure'],
    [{ sameSite: 'lax' }, 'sid=v; Path=/; SameSite=Lax'],
    [{ sameSite: 'strict' }, 'sid=v; Path=/; SameSite=Strict'],
    [{ sameSite: 'no_restriction', secure: true }, 'sid=v; Path=/; Secure; SameSite=None'],
    [{ secure: true, partitionKey: { topLevelSite: 'https://a.test' } }, 'sid=v; Path=/; Secure; Partitioned'],
    [{ expirationDate: now / 1000 + 60 }, 'sid=v; Path=/; Expires=Sat, 21 Nov 2026 00:01:00 GMT'],
    // One whose time is over would be deleted again by its date.
    [{ expirationDate: now / 1000 }, 'sid=v; Path=/'],
    [{ expirationDate: Number.NEGATIVE_INFINITY }, 'sid=v; Path=/'],
  ])('%o is %j', (over, text) => expect(line(over)).toBe(text))

  it('holds a date whatever the number', () => {
    for (const expirationDate of [1e300, Number.POSITIVE_INFINITY])
      expect(line({ expirationDate })).toMatch(/Expires=\w{3}, .* GMT$/)
  })
})
