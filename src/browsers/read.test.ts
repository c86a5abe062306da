import { describe, expect, it } from 'vitest'
import { parseLine } from '../cookie/parse.ts'
import { profileOf } from './index.ts'
import type { Policy } from './policy.ts'
import { maxAgeSeconds, readExpiry, readLine } from './read.ts'

const { policy } = profileOf('chromium')
const read = (line: string, over: Partial<Policy> = {}) => readLine(parseLine(line), { ...policy, ...over })

describe('the cookie of a line', () => {
  it.each([
    ['a=b', 'a', 'b'],
    ['a', '', 'a'],
    ['=a', '', 'a'],
    ['a=', 'a', ''],
    ['', '', ''],
  ])('%j', (line, name, value) => expect(read(line)).toMatchObject({ name, value }))

  it('is one named without value, where the browser reads a bare token so', () => {
    expect(read('a', { bareToken: 'named' })).toMatchObject({ name: 'a', value: '' })
    expect(read('=a', { bareToken: 'named' })).toMatchObject({ name: '', value: 'a' })
    expect(read('a=b', { bareToken: 'named' })).toMatchObject({ name: 'a', value: 'b' })
  })
})

describe('the attribute that counts', () => {
  it('is the last of its kind, in any case of letters', () => {
    const line = read('a=b; Path=/x; DOMAIN=a; Max-Age=1; domain=b; PATH=/y; max-age=2; Expires=x; expires=y')
    const { path, domain, maxAge, expires } = line
    expect([path, domain, maxAge, expires].map((one) => one?.value)).toEqual(['/y', 'b', '2', 'y'])
  })

  it('is there as soon as a flag is, whatever its value', () => {
    const { secure, httpOnly, partitioned } = read('a=b; secure=0; HttpOnly=false; PARTITIONED=')
    expect([secure?.value, httpOnly?.value, partitioned?.value]).toEqual(['0', 'false', ''])
  })

  it('is not an overlong one', () => {
    const x = 'x'.repeat(1025)
    const line = read(`a=b; Path=/; Path=/${x}; Secure=${x}; foo=${x}; Domain=${'x'.repeat(1024)}`)
    expect(line.path?.value).toBe('/')
    expect(line.secure).toBeUndefined()
    expect(line.domain?.value).toHaveLength(1024)
    expect(line.overlong.map(({ namePiece }) => namePiece.text)).toEqual(['Path', 'Secure', 'foo'])
    expect(read(`a=b; Secure=${x}`, { maxAttributeBytes: null }).secure).toBeDefined()
  })

  it.each(['constructor', '__proto__', 'toString', 'name', 'value', 'parsed', 'overlong', 'sameSiteStatus', 'maxAge'])(
    'is not %s',
    (name) => expect(read(`a=b; ${name}=c`)).toEqual({ ...read('a=b'), parsed: parseLine(`a=b; ${name}=c`) }),
  )
})

describe('SameSite', () => {
  it.each([
    ['', 'unspecified'],
    ['; SameSite=Strict', 'strict'],
    ['; samesite=LAX', 'lax'],
    ['; SameSite=none', 'no_restriction'],
    ['; SameSite', 'unspecified'],
    ['; SameSite=', 'unspecified'],
    ['; SameSite=no_restriction', 'unspecified'],
    ['; SameSite="Lax"', 'unspecified'],
    ['; SameSite=constructor', 'unspecified'],
    ['; SameSite=Lax; SameSite=None', 'no_restriction'],
    ['; SameSite=Lax; SameSite=foo', 'unspecified'],
  ])('of %j is %s', (attributes, status) => expect(read(`a=b${attributes}`).sameSiteStatus).toBe(status))
})

describe('Max-Age', () => {
  it.each([
    ['60', 60],
    ['0', 0],
    ['-1', -1],
    ['+5', 5],
    ['-0', -0],
    ['007', 7],
    ['9'.repeat(400), Number.POSITIVE_INFINITY],
    ...['', '-', '+', '1.5', '1e3', '"60"', '60s', '0x10', ' 60', '6 0', '--1', '\u0661'].map(
      (text): [string, null] => [text, null],
    ),
  ])('of %j is %s', (value, seconds) => expect(maxAgeSeconds(value, policy)).toBe(seconds))
})

describe('the expiry', () => {
  const now = Date.UTC(2026, 10, 21)
  const day = 86_400_000
  const date = (ms: number): string => new Date(now + ms).toUTCString()
  const expiry = (attributes: string, serverDate: number | null = null) =>
    readExpiry(read(`a=b; ${attributes}`), policy, now, serverDate)

  it.each<[string, number, boolean]>([
    ['Max-Age=60', now + 60_000, false],
    ['Max-Age=0', 0, false],
    ['Max-Age=-5', 0, false],
    ['Max-Age=60; Expires=Thu, 01 Jan 1970 00:00:00 GMT', now + 60_000, false],
    ['Max-Age=x; Expires=Thu, 01 Jan 1970 00:00:00 GMT', 0, false],
    [`Expires=${date(day)}`, now + day, false],
    [`Expires=${date(-day)}`, now - day, false],
    ['Max-Age=34560000', now + 400 * day, false],
    ['Max-Age=34560001', now + 400 * day, true],
    [`Max-Age=${'9'.repeat(400)}`, now + 400 * day, true],
    [`Expires=${date(401 * day)}`, now + 400 * day, true],
  ])('of %s', (attributes, at, capped) => expect(expiry(attributes)).toEqual({ session: false, at, capped }))

  it.each(['', 'Max-Age=x', 'Expires=', 'Expires', 'Expires=x', 'Max-Age=x; Expires=x', 'Max-Age=; Expires='])(
    'of %j is the session',
    (attributes) => expect(expiry(attributes)).toEqual({ session: true }),
  )

  it('is read on the clock of the server', () => {
    expect(expiry(`Expires=${date(day)}`, now + 2 * day)).toMatchObject({ at: now - day })
    expect(expiry(`Expires=${date(day)}`, now - 2 * day)).toMatchObject({ at: now + 3 * day })
    expect(expiry('Max-Age=60', now + 2 * day)).toMatchObject({ at: now + 60_000 })
  })
})
