import { testSetRule } from '../testing.ts'
import rule from './invalid-domain.ts'

const domain = (value: string): string => `sid=abcdef; Path=/; Domain=${value}; Secure`
const api = 'https://api.shop.test/'

const someFaults = { domainFaultsRefused: ['other-site', 'not-a-parent'] } as const

testSetRule(rule, {
  blocks: [
    { line: domain('other.test'), policy: someFaults },
    // Another site's.
    {
      line: domain('shop.example'),
      url: 'https://api.other.test/',
      says: ['`Domain=shop.example`', '`api.other.test`', 'up to `other.test`', 'a parent of this host'],
      marks: 'Domain=shop.example',
      fix: ['-Domain'],
    },
    {
      line: domain('shop.test'),
      url: 'https://myshop.test/',
      says: ['`myshop.test`', 'name this host'],
      silent: ['up to', 'parent'],
    },
    { line: domain('localhost'), url: api, says: ['`Domain=localhost`', '`api.shop.test`'], fix: ['-Domain'] },
    { line: domain('127.0.0.1'), url: api },
    { line: domain('other.github.io'), url: 'https://me.github.io/', says: ['`me.github.io`'] },
    { line: domain('com'), url: api },
    // A sibling's or a child's.
    {
      line: domain('www.shop.test'),
      url: api,
      says: ['sibling', '`Domain=www.shop.test`', '`Domain=shop.test`', 'name shop.test'],
      fix: ['Domain=shop.test'],
    },
    { line: domain('v1.api.shop.test'), url: api, fix: ['Domain=shop.test'] },
    { line: domain('app.shop.co.uk'), url: 'https://shop.co.uk/', says: ['shop.co.uk'], fix: ['Domain=shop.co.uk'] },
    // A public suffix, ICANN's and private ones.
    { line: domain('test'), url: api, says: ['Public Suffix List', '`test`'], fix: ['-Domain'] },
    { line: domain('co.uk'), url: 'https://shop.co.uk/', says: ['`co.uk`'] },
    { line: domain('.github.io'), url: 'https://me.github.io/', says: ['`github.io`', '`me.github.io`'] },
    { line: domain('vercel.app'), url: 'https://shop-git-main.vercel.app/', says: ['`vercel.app`'] },
    { line: domain('localhost'), url: 'http://app.localhost:3000/', says: ['a top-level name', '`app.localhost`'] },
    // A host without parents.
    { line: domain('127.0.0.2'), url: 'http://127.0.0.1:3000/', says: ['`127.0.0.1`', 'no parent'], fix: ['-Domain'] },
    { line: domain('127.1'), url: 'http://127.0.0.1/' },
    { line: domain('::1'), url: 'http://[::1]/' },
    { line: domain('[0:0::1]'), url: 'http://[::1]/' },
    { line: domain('app.localhost'), url: 'http://localhost/' },
    { line: domain('shop.test'), url: 'http://localhost/', says: ['`Domain=shop.test`', '`localhost`'] },
    // No host name at all.
    ...[
      'https://shop.test',
      'shop.test:443',
      'shop.test/path',
      '"shop.test"',
      'shop .test',
      '%73hop.test',
      '.',
      '..',
    ].map((value) => ({ line: domain(value), says: ['not a host name'], fix: ['-Domain'] })),
    { line: domain('..shop.test'), says: ['not a host name'] },
    { line: domain('shop..test'), url: 'https://a.shop.test/' },
    { line: domain('shop.test.'), says: ['not a host name'] },
    { line: domain('shop.test'), url: 'https://shop.test./', says: ['not a host name'] },
    { line: domain('\u00e9.shop.test'), says: ['not a host name'] },
    { line: domain('shop.test,other.test'), says: ['`Domain=shop.test,other.test`'] },
    // The last one counts.
    { line: 'sid=abcdef; Domain=shop.test; domain = other.test', marks: 'domain = other.test' },
    // A host longer than any title.
    { line: domain('other.test'), url: `https://${'very-long-label.'.repeat(9)}shop.test/`, says: ['cover this host'] },
  ],
  passes: [
    { line: 'sid=abcdef' },
    { line: domain('shop.test') },
    { line: domain('.shop.test') },
    { line: domain('SHOP.test'), url: api },
    { line: domain('api.shop.test'), url: api },
    { line: domain('shop.test'), url: 'https://a.b.c.shop.test/' },
    { line: domain('shop.co.uk'), url: 'https://www.shop.co.uk/' },
    { line: domain('xn--bcher-kva.test'), url: 'https://xn--bcher-kva.test/' },
    { line: domain('b\u00c3\u00bccher.test'), url: 'https://xn--bcher-kva.test/' },
    { line: domain('shop.test.'), url: 'https://a.shop.test./' },
    // Empty: as if it were not there; the last one counts here too.
    { line: domain('') },
    { line: 'sid=abcdef; Domain' },
    { line: 'sid=abcdef; Domain=other.test; Domain=' },
    { line: 'sid=abcdef; Domain=other.test; Domain=shop.test' },
    // Hosts without a registrable domain may name themselves, with a leading dot too.
    { line: domain('localhost'), url: 'http://localhost:3000/' },
    { line: domain('.localhost'), url: 'http://localhost/' },
    { line: domain('127.0.0.1'), url: 'http://127.0.0.1/' },
    { line: domain('[::1]'), url: 'http://[::1]/' },
    { line: domain('.[2001:DB8::1]'), url: 'https://[2001:db8::1]/' },
    { line: domain('github.io'), url: 'https://github.io/' },
    // Over 1024 bytes: ignored.
    { line: domain(`${'x'.repeat(1020)}.test`) },
    { line: 'Domain=other.test' },
    { line: domain('shop.test'), policy: someFaults },
    { line: 'sid=abcdef', policy: someFaults },
  ],
  undecided: [
    { line: domain('test'), policy: someFaults, missing: 'browser' },
    { line: domain(''), policy: someFaults, missing: 'browser' },
    { line: domain('127.0.0.1'), url: 'http://127.0.0.1/', policy: someFaults, missing: 'browser' },
  ],
})
