import { crossSite, testSendRule } from '../testing.ts'
import rule from './same-site-lax.ts'

const cookie = { sameSite: 'lax' } as const
const nested = { ...crossSite, url: 'https://api.shop.test/' }

testSendRule(rule, {
  blocks: [
    {
      cookie,
      ...crossSite,
      says: ['`sid`', 'the site `shop.test`', 'another site (`other.test`)', 'cross-site requests'],
      fix: ['SameSite=None', 'Secure', 'share-a-site'],
    },
    // localhost and 127.0.0.1: a server without https sets no Secure cookie.
    {
      cookie,
      ...crossSite,
      url: 'http://127.0.0.1:3000/',
      initiator: 'http://localhost:3000',
      frames: ['http://localhost:3000/'],
      says: ['between two names of this machine'],
      fix: ['one-host'],
    },
    {
      cookie,
      ...crossSite,
      url: 'http://api.other.test/',
      fix: ['SameSite=None', 'Secure', 'use-https', 'share-a-site'],
    },
    { cookie, ...crossSite, resourceType: 'sub_frame' },
    // A POST that another site sends: the return of an identity provider by form_post.
    {
      cookie,
      initiator: 'https://idp.other.test',
      method: 'POST',
      says: ['`https://idp.other.test`', 'a POST that another site sends: use SameSite=None; Secure'],
      fix: ['SameSite=None', 'Secure', 'start-on-this-site'],
    },
    { cookie, initiator: 'https://other.test', method: 'PUT' },
    { cookie, initiator: 'null', method: 'POST', says: ['belongs to no site'], silent: ['`null`'] },
    // http and https of one name.
    {
      cookie,
      initiator: 'http://shop.test',
      method: 'POST',
      says: ['`http://shop.test`', 'serve both over https'],
      silent: ['SameSite=None'],
      fix: ['use-https'],
    },
    {
      cookie,
      ...nested,
      initiator: 'http://www.shop.test',
      frames: ['http://www.shop.test/'],
      says: ['`http://www.shop.test`'],
      fix: ['use-https'],
    },
    {
      cookie,
      ...nested,
      frames: ['https://www.shop.test/', 'https://other.test/', 'https://www.shop.test/'],
      says: ['stands between'],
      fix: ['SameSite=None', 'Secure'],
    },
    { cookie, ...nested, initiator: 'null' },
    { cookie: { ...cookie, name: '' }, ...crossSite, says: ['The cookie without a name'] },
  ],
  passes: [
    { cookie },
    { cookie, initiator: 'https://other.test' },
    { cookie, initiator: 'https://other.test', method: 'HEAD' },
    { cookie, initiator: 'https://other.test', method: 'get' },
    { cookie, initiator: 'http://shop.test' },
    { cookie, initiator: 'https://www.shop.test', method: 'POST' },
    { cookie, method: 'POST' },
    { cookie, ...nested },
    { cookie, ...nested, redirectChain: ['https://other.test/'] },
    { cookie: { sameSite: 'no_restriction' }, ...crossSite },
    { cookie: { sameSite: 'strict' }, ...crossSite },
    { cookie: { sameSite: 'unspecified' }, ...crossSite },
  ],
  undecided: [{ cookie, ...nested, frames: [], missing: 'frames' }],
})
