import { expect, it } from 'vitest'
import { areTwoNames, isPrivateHost, isPublicHttps } from './hosts.ts'

it.each([
  'localhost',
  'app.localhost',
  '127.0.0.1',
  '127.9.9.9',
  '0.0.0.0',
  '10.0.0.5',
  '172.16.0.1',
  '172.31.255.1',
  '192.168.1.9',
  '169.254.0.1',
  '[::1]',
  '[fd00::1]',
  '[fe80::1]',
  'app.local',
  'nas.lan',
  'backend',
])('only its own network reaches %s', (host) => expect(isPrivateHost(host)).toBe(true))

it.each([
  'shop.test',
  '172.15.0.1',
  '172.32.0.1',
  '11.0.0.1',
  '192.169.0.1',
  '8.8.8.8',
  '[2001:db8::1]',
  'local.shop.test',
])('anyone reaches %s', (host) => expect(isPrivateHost(host)).toBe(false))

it.each<[string, string, boolean]>([
  ['localhost', '127.0.0.1', true],
  ['localhost', '[::1]', true],
  ['0.0.0.0', 'localhost', true],
  ['app', 'app.local', true],
  ['shop.test', 'www.shop.test', true],
  ['localhost', 'localhost', false],
  ['api.shop.test', 'app.shop.test', false],
  ['shop.test', 'shop.example', false],
  ['localhost', 'shop.test', false],
])('%s and %s are two names of one: %s', (one, other, are) => {
  expect(areTwoNames(one, other)).toBe(are)
  expect(areTwoNames(other, one)).toBe(are)
})

it('public and https', () => {
  expect(
    ['https://shop.test', 'http://shop.test', 'https://10.0.0.1'].map((url) => isPublicHttps(new URL(url))),
  ).toEqual([true, false, false])
})
