import { expect, it } from 'vitest'
import { lastSegment, maskedUrl, urlParts } from './view-url.ts'

const token = '44c7364d17b2df2a411e32ee9c15f52e9eb09712'

it.each([
  ['https://shop.test/a/b', 'https://shop.test/a/b', []],
  ['https://shop.test/cb?code=abc&state=x&y=', 'https://shop.test/cb?code=•••&state=•••&y=', ['code', 'state']],
  ['https://shop.test/cb?code=abc#id_token=x', 'https://shop.test/cb?code=•••#id_token=•••', ['code', 'id_token']],
  [`https://shop.test/verify/${token}/x`, 'https://shop.test/verify/•••/x', ['']],
  ['https://bob:pw@shop.test/?abc', 'https://•••:•••@shop.test/?•••', ['', '', '']],
  ['/cb?code=abc', '/cb?code=•••', ['code']],
  ['a\0b?code=abc', '•••', ['']],
])('%s', (url, masked, names) => {
  expect(maskedUrl(url)).toBe(masked)
  const parts = urlParts(url)
  expect(parts.map(({ text }) => text).join('')).toBe(url)
  expect(parts.flatMap((part) => (part.kind === 'value' ? [part.of] : []))).toEqual(
    names.map((name) => (name === '' ? 'the address' : `${name} in the address`)),
  )
})

it.each([
  ['/', '', '/'],
  ['', '', ''],
  ['/login?next=/a/b', '', '/login?next=/a/b'],
  ['/assets/chunk-1.js', '/assets/', 'chunk-1.js'],
  ['/a/b/c/?x=/y', '/a/b/', 'c/?x=/y'],
  ['a/b', 'a/', 'b'],
])('the last segment of %s', (path, before, last) => {
  expect(lastSegment(path)).toEqual([before, last])
})
