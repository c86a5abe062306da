import { cookieOf, crossSite, testSetRule } from '../testing.ts'
import rule from './overwrite-secure.ts'

const url = 'http://shop.test/account/login'
const twin = cookieOf({ secure: true })
const jar = [cookieOf({ name: 'other', secure: true }), twin]

testSetRule(rule, {
  blocks: [
    {
      line: 'sid=abcdef; Path=/',
      url,
      jar,
      says: ['`sid`', 'domain `shop.test`', 'path `/`', 'private window'],
      marks: null,
      fix: ['use-https', 'clear-secure-twin'],
    },
    // Deleting is setting.
    { line: 'sid=; Max-Age=0', url, jar },
    // Inside the old path; equal to it.
    { line: 'sid=abcdef; Path=/account/login/deep', url, jar: [cookieOf({ secure: true, path: '/account' })] },
    { line: 'sid=abcdef', url, jar: [cookieOf({ secure: true, path: '/account' })] },
    // Domains that match either way.
    { line: 'sid=abcdef; Domain=shop.test', url, jar: [cookieOf({ secure: true, domain: 'www.shop.test' })] },
    {
      line: 'sid=abcdef',
      url: 'http://www.shop.test/',
      jar: [cookieOf({ secure: true, domain: '.shop.test', hostOnly: false })],
      says: ['domain `shop.test`'],
    },
    { line: 'sid=abcdef', url, jar: [cookieOf({ secure: true, domain: '.shop.test', hostOnly: false })] },
    // Together with SecureOnly.
    { line: 'sid=abcdef; Secure', url, jar },
    { line: 'abcdef', url, jar: [cookieOf({ name: '', secure: true })], says: ['cookie without a name'] },
  ],
  passes: [
    { line: 'sid=abcdef', jar },
    { line: 'sid=abcdef', url: 'http://localhost/', jar: [cookieOf({ secure: true, domain: 'localhost' })] },
    { line: 'sid=abcdef', url, jar: [] },
    { line: 'sid=abcdef', url, jar: [cookieOf()] },
    { line: 'SID=abcdef', url, jar },
    // A shallower path, a path beside.
    { line: 'sid=abcdef; Path=/', url, jar: [cookieOf({ secure: true, path: '/account' })] },
    { line: 'sid=abcdef; Path=/accounting', url, jar: [cookieOf({ secure: true, path: '/account' })] },
    // Siblings do not match each other.
    { line: 'sid=abcdef', url: 'http://www.shop.test/', jar: [cookieOf({ secure: true, domain: 'api.shop.test' })] },
    { line: 'sid=abcdef', url, jar: [cookieOf({ secure: true, domain: 'myshop.test' })] },
    // Another partition.
    { line: 'sid=abcdef', url, jar: [cookieOf({ secure: true, partitionKey: { topLevelSite: 'https://shop.test' } })] },
  ],
  undecided: [
    // Where the setting is not known, the new cookie may go elsewhere.
    {
      line: 'sid=abcdef; Path=/',
      ...crossSite,
      url,
      frames: ['http://other.test/'],
      jar: [
        cookieOf({ secure: true, partitionKey: { topLevelSite: 'http://other.test', hasCrossSiteAncestor: true } }),
      ],
      thirdPartyCookies: 'unknown',
      policy: { thirdPartyDefault: 'partitioned' },
      missing: 'third-party-setting',
    },
  ],
})
