import { crossSite, testSetRule } from '../testing.ts'
import rule from './secure-only.ts'

const line = 'sid=abcdef; Secure'

testSetRule(rule, {
  blocks: [
    { line, url: 'http://shop.test/', says: ['`shop.test`', 'https'], marks: 'Secure', fix: ['use-https'] },
    { line, url: 'http://192.168.0.9/', says: ['`192.168.0.9`'] },
    { line, url: 'http://128.0.0.1/' },
    { line, url: 'http://shop.test:8443/', says: ['`shop.test`'] },
    { line, url: 'http://localhost.shop.test/' },
    { line, url: 'http://notlocalhost/' },
    { line, url: 'http://127.0.0.1.shop.test/' },
    { line: 'sid=abcdef; Path=/; sEcUrE=false; Max-Age=9', url: 'http://shop.test/', marks: 'sEcUrE=false' },
    { line, url: 'ws://shop.test/', resourceType: 'websocket' },
    {
      line,
      url: 'http://localhost:3000/',
      policy: { localhostIsSecure: false },
      says: ['no exception for localhost'],
      silent: ['would have been accepted'],
    },
    // An https page does not make its http image secure.
    { line, ...crossSite, url: 'http://api.other.test/' },
  ],
  passes: [
    { line, url: 'https://shop.test/' },
    { line, url: 'wss://shop.test/', resourceType: 'websocket' },
    { line, url: 'http://localhost/' },
    { line, url: 'http://localhost:3000/' },
    { line, url: 'http://app.localhost/' },
    { line, url: 'http://127.0.0.1:8080/' },
    { line, url: 'http://127.9.9.9/' },
    { line, url: 'http://[::1]/' },
    { line: 'sid=abcdef', url: 'http://shop.test/' },
    { line: 'Secure=1', url: 'http://shop.test/' },
    { line: 'sid=abcdef; Secured', url: 'http://shop.test/' },
    // Too long a value: the attribute is as good as not there.
    { line: `sid=abcdef; Secure=${'x'.repeat(1025)}`, url: 'http://shop.test/' },
  ],
})
