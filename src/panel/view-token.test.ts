import { expect, it } from 'vitest'
import type { TokenFacts } from '../story/token.ts'
import { entryOf } from './testing/entries.ts'
import { serverTime, tokenFacts } from './view-token.ts'

const NOW = Date.parse('2026-11-21T12:00:00Z')
const MINUTE = 60_000
const none: TokenFacts = { alg: null, kid: null, iss: null, aud: [], exp: null, nbf: null, iat: null }
const said = (token: Partial<TokenFacts>, server: number | null = NOW) =>
  tokenFacts({ ...none, ...token }, NOW, server).map(({ name, text, tone }) => [name, text, tone].join('|'))

it('says what a token says of itself, and nothing that it does not', () => {
  expect(said({})).toEqual([])
  expect(said({ alg: 'RS256', kid: 'k1', iss: 'https://issuer.test/', aud: ['a', 'b'] })).toEqual([
    ...['Algorithm|RS256|', 'Key|k1|', 'Issuer|https://issuer.test/|', 'For|a, b|'],
  ])
})

it.each<[Partial<TokenFacts>, string]>([
  [{ exp: NOW + 5 * MINUTE }, 'Expires|5 minutes after the request|'],
  [{ exp: NOW - 40_000 }, 'Expires|40 seconds before the request|bad'],
  [{ exp: NOW }, 'Expires|at that moment|bad'],
  [{ exp: NOW + 1_000 }, 'Expires|1 second after the request|'],
  [{ exp: NOW + 48 * 60 * MINUTE }, 'Expires|2 days after the request|'],
  [{ nbf: NOW - MINUTE }, 'Valid from|60 seconds before the request|'],
  [{ nbf: NOW + 3 * MINUTE }, 'Valid from|3 minutes after the request|bad'],
  [{ iat: NOW + 3 * MINUTE }, 'Issued|3 minutes after the request|warn'],
  [{ iat: NOW - 3 * MINUTE }, 'Issued|3 minutes before the request|'],
])('tells the times of a token from the moment of its request: %o', (token, words) => {
  expect(said(token)).toEqual([words])
  expect(said(token, null)).toEqual([words])
})

it('names both clocks where they differ', () => {
  expect(said({ exp: NOW - 40_000 }, NOW - 62_000)).toEqual([
    'Expires|22 seconds after the request by the server’s clock, 40 seconds before the request by this computer’s|',
  ])
})

it('cuts what an issuer wrote at length', () => {
  const [iss = ''] = said({ iss: 'x'.repeat(100_000) })
  expect(iss.length).toBeLessThan(200)
})

it('reads the server’s clock from the answer', () => {
  const date = (value: string) => serverTime(entryOf('a', { exchange: { responseHeaders: [{ name: 'date', value }] } }))
  expect(date('Sat, 21 Nov 2026 12:00:00 GMT')).toBe(NOW)
  expect(date('yesterday')).toBe(null)
  expect(serverTime(entryOf('a'))).toBe(null)
})
