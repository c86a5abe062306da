import { crossSite, testSendRule } from '../testing.ts'
import rule from './credentials-omitted.ts'

const cookie = {}
const unknown = { ...crossSite, credentials: 'unknown' } as const
const sibling = { ...unknown, url: 'https://api.shop.test/me', requestHeaders: { 'Sec-Fetch-Mode': 'cors' } }

testSendRule(rule, {
  blocks: [
    {
      cookie,
      ...crossSite,
      credentials: 'omit',
      says: ["credentials: 'include'", '`https://www.shop.test`', '`api.other.test`'],
      fix: ['include-credentials'],
    },
    { cookie, ...sibling, credentials: 'omit', says: ['even within one site', '`api.shop.test`'] },
    {
      cookie,
      url: 'https://shop.test/me',
      credentials: 'omit',
      resourceType: 'xmlhttprequest',
      says: ['switched off'],
    },
    { cookie, ...unknown, requestHeaders: { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'cors' } },
    { cookie, ...crossSite, credentials: 'omit', resourceType: 'font', says: ['crossorigin'] },
    { cookie, ...crossSite, initiator: 'null', credentials: 'omit', says: ['without an origin'], silent: ['`null`'] },
  ],
  passes: [
    { cookie },
    { cookie, ...crossSite },
    { cookie, ...unknown, resourceType: 'image' },
    { cookie, ...sibling, requestHeaders: { ...sibling.requestHeaders, Cookie: 'sid=hush-hush' } },
    { cookie, ...sibling, initiator: 'https://api.shop.test' },
    {
      cookie,
      ...unknown,
      requestHeaders: {
        'Sec-Fetch-Site': 'cross-site',
        'Sec-Fetch-Mode': 'cors',
        'Sec-Fetch-Storage-Access': 'active',
      },
    },
    { cookie, ...unknown, method: 'OPTIONS', requestHeaders: { 'Access-Control-Request-Method': 'PUT' } },
  ],
  undecided: [
    { cookie, ...sibling, missing: 'credentials', says: ['`api.shop.test`'] },
    { cookie, ...unknown, url: 'http://api.other.test/', missing: 'credentials' },
  ],
})
