import { testSendRule } from '../testing.ts'
import rule from './domain-mismatch.ts'

const url = 'https://app.shop.test/'

testSendRule(rule, {
  blocks: [
    {
      cookie: { domain: 'api.shop.test' },
      url,
      says: ['`sid`', '`api.shop.test`', '`app.shop.test`', 'without `Domain`'],
      fix: ['Domain=shop.test', 'widen-domain'],
    },
    // A host-only cookie goes neither down nor up.
    { cookie: { domain: 'shop.test' }, url, says: ['belongs to shop.test alone'] },
    { cookie: { domain: 'v1.app.shop.test' }, url },
    {
      cookie: { domain: '.api.shop.test', hostOnly: false },
      url,
      says: ['was set for `api.shop.test`', '`app.shop.test` is not'],
      fix: ['Domain=shop.test', 'widen-domain'],
    },
    { cookie: { domain: '.app.shop.test', hostOnly: false }, url: 'https://shop.test/' },
    // The end of a name is not its parent.
    { cookie: { domain: '.op.shop.test', hostOnly: false }, url: 'https://shop.shop.test/' },
    {
      cookie: { domain: 'api.shop.co.uk' },
      url: 'https://www.shop.co.uk/',
      fix: ['Domain=shop.co.uk', 'widen-domain'],
    },
    // A `__Host-` cookie may have no Domain.
    { cookie: { domain: 'api.shop.test', name: '__Host-sid' }, url, fix: ['widen-domain'], silent: ['widen'] },
    {
      cookie: { domain: 'api.shop.test', name: '__Secure-sid' },
      url,
      fix: ['Domain=shop.test', 'widen-domain'],
    },
    // Nothing is common: a host without parents, another public suffix' name.
    { cookie: { domain: '127.0.0.1' }, url: 'http://localhost/', fix: ['widen-domain'], silent: ['Domain,'] },
    { cookie: { domain: 'b.github.io' }, url: 'https://a.github.io/', fix: ['widen-domain'] },
    { cookie: { domain: `${'a'.repeat(60)}.${'b'.repeat(60)}.test` }, url, says: ['another host'] },
    { cookie: { domain: 'api.shop.test', name: '' }, url, says: ['The cookie without a name'] },
  ],
  passes: [
    { cookie: { domain: 'app.shop.test' }, url },
    { cookie: { domain: '.shop.test', hostOnly: false }, url },
    { cookie: { domain: '.app.shop.test', hostOnly: false }, url },
    { cookie: { domain: '.shop.test', hostOnly: false }, url: 'https://shop.test/' },
    { cookie: { domain: '127.0.0.1' }, url: 'http://127.0.0.1:3000/' },
    // Ports are no part of it.
    { cookie: { domain: 'localhost' }, url: 'http://localhost:5173/' },
    { cookie: { domain: '[::1]' }, url: 'http://[::1]/' },
    { cookie: { domain: 'app.shop.test' }, url: 'HTTPS://APP.shop.test/' },
  ],
})
