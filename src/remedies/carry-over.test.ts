import { expect, it } from 'vitest'
import { carryOver } from './carry-over.ts'

const stored = 'sid=abc; Path=/auth; HttpOnly; Secure; SameSite=Strict'

it.each([
  [
    'sid=abc; Path=/; HttpOnly; Secure; SameSite=Strict',
    'sid=abc; Max-Age=60; HttpOnly; secure',
    'sid=abc; Max-Age=60; HttpOnly; secure; Path=/',
  ],
  [
    'sid=abc; Path=/auth; HttpOnly; Secure; SameSite=Lax',
    'sid=abc; SameSite=Strict; foo',
    'sid=abc; SameSite=Lax; foo',
  ],
  ['sid=abc; Path=/auth; HttpOnly; Secure; SameSite=Strict; Domain=shop.test', 'sid=abc', 'sid=abc; Domain=shop.test'],
  ['sid=abc; Path=/auth; HttpOnly; SameSite=Strict', 'sid=abc; Secure; x=y', 'sid=abc; x=y'],
  [stored, 'sid=abc; Whatever', 'sid=abc; Whatever'],
])('carries the change to %j over to %j', (after, line, expected) =>
  expect(carryOver(stored, after, line)).toBe(expected),
)
