import { expect, it } from 'vitest'
import type { Browser } from '../contract.ts'
import { profileOf } from './index.ts'

it('knows Chromium, each value with its source', () => {
  const { browser, name, policy, sources } = profileOf('chromium')
  expect([browser, name]).toEqual(['chromium', 'Chromium'])
  expect(Object.keys(sources)).toEqual(Object.keys(policy))
  for (const source of Object.values(sources)) expect(source).toMatch(/\d{4}/)
  expect(policy).toMatchObject({ maxPairBytes: 4096, maxAgeSeconds: 34_560_000, bareToken: 'nameless' })
})

it.each(['netscape', '', '__proto__', 'constructor', 'toString'])(
  'has no rules for %j, and says what it has',
  (name) => {
    expect(() => profileOf(name as Browser)).toThrow(TypeError)
    expect(() => profileOf(name as Browser)).toThrow(/^options\.browser: .*known: chromium/)
  },
)
