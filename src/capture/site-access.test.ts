import { expect, it } from 'vitest'
import { accessOf, sitesOf } from './site-access.ts'

it.each([[['<all_urls>']], [['*://*/*']], [['https://*/*', '*://app.test/*']]])('all sites: %j', (origins) => {
  expect(accessOf(origins)).toBeNull()
})

it.each([
  [['*://*.shop.test/*'], ['shop.test', 'app.shop.test'], ['shop.test.evil', 'myshop.test', 'idp.test']],
  [
    ['https://app.test/*', 'http://localhost:8080/*'],
    ['app.test', 'localhost'],
    ['www.app.test', 'test'],
  ],
  [[], [], ['app.test']],
  [['chrome://favicon/*'], [], ['favicon']],
])('some sites: %j', (origins, seen, unseen) => {
  const access = accessOf(origins)
  expect([...seen, ...unseen].map((host) => access?.(host))).toEqual([
    ...seen.map(() => true),
    ...unseen.map(() => false),
  ])
})

it('sites are named as one says them, each once', () => {
  const origins = ['*://*.shop.test/*', 'http://localhost:8080/*', 'https://idp.test/*', 'http://idp.test/*']
  expect(sitesOf([...origins, 'chrome://favicon/*'])).toEqual(['shop.test', 'localhost', 'idp.test'])
})
