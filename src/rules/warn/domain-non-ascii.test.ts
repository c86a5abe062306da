import { testSetRule } from '../testing.ts'
import rule from './domain-non-ascii.ts'

const url = 'https://www.xn--bcher-kva.test/'

testSetRule(rule, {
  blocks: [
    {
      line: 'sid=abcdef; Domain=b\u00c3\u00bccher.test',
      url,
      says: ['`xn--bcher-kva.test`', 'punycode'],
      marks: 'Domain=b\u00c3\u00bccher.test',
      fix: ['Domain=xn--bcher-kva.test'],
    },
    // As a text, not as bytes.
    { line: 'sid=abcdef; Domain=.b\u00fccher.test\u3002', url: 'https://xn--bcher-kva.test./' },
    // Read as plain letters.
    { line: 'sid=abcdef; Domain=\u00ef\u00bd\u0081.test', url: 'https://a.test/', says: ['`a.test`'] },
  ],
  passes: [
    { line: 'sid=abcdef; Domain=xn--bcher-kva.test', url },
    { line: 'sid=abcdef; Domain=shop.test' },
    { line: 'sid=abcdef' },
    { line: 'sid=abcdef; Domain=' },
    { line: 'sid=abcdef; Domain=b\u00c3\u00bccher.test', url, policy: { nonAsciiDomain: 'refused' } },
    // Blocked elsewhere.
    { line: 'sid=abcdef; Domain=b\u00c3\u00bccher.test', url: 'https://shop.test/' },
    { line: 'sid=abcdef; Domain=b\u00fccher.test', url },
    { line: 'sid=abcdef; foo=b\u00c3\u00bccher.test', url },
  ],
})
