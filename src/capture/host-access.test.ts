import { expect, it } from 'vitest'
import { hostPattern } from './host-access.ts'
import { sitePattern } from './site-pattern.ts'

it.each([
  ['https://app.shop.test:8443/a?b#c', '*://app.shop.test/*', '*://*.shop.test/*'],
  ['https://shop.github.io/', '*://shop.github.io/*', '*://*.shop.github.io/*'],
  ['http://localhost:3000/', '*://localhost/*', '*://localhost/*'],
  ['http://127.0.0.1:3000/', '*://127.0.0.1/*', '*://127.0.0.1/*'],
  ['http://[::1]/', '*://[::1]/*', '*://[::1]/*'],
  ['about:blank', null, null],
  ['chrome://extensions/', null, null],
  ['', null, null],
])('%s: the host is %s, its site %s', (page, host, site) => {
  expect(hostPattern(page)).toBe(host)
  expect(sitePattern(page)).toBe(site)
})
