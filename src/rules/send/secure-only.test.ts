import { testSendRule } from '../testing.ts'
import rule from './secure-only.ts'

const cookie = { secure: true }

testSendRule(rule, {
  blocks: [
    {
      cookie,
      url: 'http://shop.test/',
      says: ['`sid`', '`shop.test`', 'plain http'],
      silent: ['redirect'],
      fix: ['use-https'],
    },
    {
      cookie,
      url: 'http://shop.test/account',
      redirectChain: ['https://shop.test/login'],
      says: ['redirect from https'],
    },
    { cookie, url: 'http://shop.test/', redirectChain: ['http://shop.test/'], silent: ['redirect from'] },
    { cookie, url: 'http://localhost:3000/', policy: { localhostIsSecure: false } },
    { cookie, url: 'http://10.0.0.2:8080/', says: ['`10.0.0.2`'] },
    { cookie, url: 'ws://shop.test/', resourceType: 'websocket' },
    { cookie: { ...cookie, name: '' }, url: 'http://shop.test/', says: ['The cookie without a name'] },
  ],
  passes: [
    { cookie, url: 'https://shop.test/' },
    { cookie, url: 'wss://shop.test/', resourceType: 'websocket' },
    { cookie, url: 'http://localhost:3000/' },
    { cookie, url: 'http://app.localhost/' },
    { cookie, url: 'http://127.0.0.1/' },
    { cookie, url: 'http://[::1]/' },
    { cookie: {}, url: 'http://shop.test/' },
  ],
})
