import { describe, expect, it } from 'vitest'
import { decodeToken } from './decode-token.ts'
import { part, tokenWith } from './testing/token.ts'

const nothing = { kid: null, iss: null, aud: [], exp: null, nbf: null, iat: null }

describe('a token', () => {
  it.each<[string, string, object]>([
    [
      'claims',
      tokenWith({ iss: 'a', aud: 'b', exp: 1, nbf: 2, iat: 3, sub: 'x' }, { kid: 'k' }),
      { alg: 'HS256', kid: 'k', iss: 'a', aud: ['b'], exp: 1000, nbf: 2000, iat: 3000 },
    ],
    ['none', tokenWith({}), { alg: 'HS256', ...nothing }],
    ['unsigned', `${part({ alg: 'none' })}.${part({})}.`, { alg: 'none', ...nothing }],
    ['several audiences', tokenWith({ aud: ['a', 1, 'b', null] }), { alg: 'HS256', ...nothing, aud: ['a', 'b'] }],
    ['fractions', tokenWith({ exp: 1.5004 }), { alg: 'HS256', ...nothing, exp: 1500 }],
    ['of the wrong types', tokenWith({ iss: {}, aud: {}, exp: '1', nbf: null, iat: [] }), { alg: 'HS256', ...nothing }],
    ['beyond all time', tokenWith({ exp: 1e300, nbf: -1e300 }), { alg: 'HS256', ...nothing }],
    ['milliseconds by mistake', tokenWith({ exp: 1.795e12 }), { alg: 'HS256', ...nothing, exp: 1.795e15 }],
    ['other letters', tokenWith({ iss: 'Zürich ✓' }), { alg: 'HS256', ...nothing, iss: 'Zürich ✓' }],
    [
      'encrypted',
      `${part({ alg: 'dir', enc: 'A256GCM', kid: 'k' })}..aaa.bbb.ccc`,
      { alg: 'dir', ...nothing, kid: 'k' },
    ],
    ['with padding', `${part({ alg: 'HS256' })}==.${part({})}.x`, { alg: 'HS256', ...nothing }],
    ['long texts are cut', tokenWith({ iss: 'x'.repeat(5000) }), { alg: 'HS256', ...nothing, iss: 'x'.repeat(300) }],
    ['a prototype is no claim', tokenWith(JSON.parse('{"__proto__":{"iss":"a"}}')), { alg: 'HS256', ...nothing }],
  ])('%s', (_, text, facts) => expect(decodeToken(text)).toEqual(facts))

  it.each<[string, string]>([
    ['empty', ''],
    ['opaque', 'a1b2c3d4'],
    ['dots', 'ey..'],
    ['two parts', `${part({ alg: 'HS256' })}.${part({})}`],
    ['four parts', `${part({ alg: 'HS256' })}.${part({})}.a.b`],
    ['six parts', `${part({ alg: 'HS256' })}.a.b.c.d.e`],
    ['no alg', `${part({ typ: 'JWT' })}.${part({})}.a`],
    ['no JSON', `eyJh.${part({})}.a`],
    ['claims that are a list', `${part({ alg: 'HS256' })}.${part([])}.a`],
    ['claims that are null', `${part({ alg: 'HS256' })}.${part(null)}.a`],
    ['other alphabets', `${part({ alg: 'HS256' })}.e+/=.a`],
    ['spaces', ` ${tokenWith({})}`],
    ['too long', tokenWith({ iss: 'x'.repeat(70_000) })],
    ['a Fernet token', 'gAAAAABl.a.b'],
    ['a signed cookie of Flask', 'eyJfZnJlc2giOmZhbHNlfQ.ZVyA5Q.uLbAqE0S1Yw'],
  ])('is not: %s', (_, text) => expect(decodeToken(text)).toBeNull())
})
