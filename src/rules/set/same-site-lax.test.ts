import { crossSite, testSetRule } from '../testing.ts'
import rule from './same-site-lax.ts'

const line = 'sid=abcdef; Path=/; SameSite=Lax; Secure'
const nested = { ...crossSite, url: 'https://api.shop.test/' }

testSetRule(rule, {
  blocks: [
    {
      line,
      ...crossSite,
      says: ['`sid`', 'the site `shop.test`', '`api.other.test`', 'another site (`other.test`)', 'cross-site'],
      marks: 'SameSite=Lax',
      fix: ['SameSite=None', 'share-a-site'],
    },
    {
      line: 'sid=abcdef; samesite = LAX',
      ...crossSite,
      marks: 'samesite = LAX',
      fix: ['SameSite=None', 'Secure', 'share-a-site'],
    },
    { line: 'abcdef; SameSite=Lax', ...crossSite, says: ['The cookie without a name'] },
    { line, ...crossSite, resourceType: 'image', requestHeaders: {} },
    // The document of another site's frame, GET and POST.
    { line, ...crossSite, resourceType: 'sub_frame' },
    { line, ...crossSite, resourceType: 'sub_frame', method: 'POST' },
    // Two hosts of one public suffix are two sites.
    {
      line,
      ...crossSite,
      url: 'https://api.vercel.app/',
      initiator: 'https://shop.vercel.app',
      frames: ['https://shop.vercel.app/'],
      says: ['the site `shop.vercel.app`', 'another site (`api.vercel.app`)'],
    },
    // localhost and 127.0.0.1.
    {
      line,
      ...crossSite,
      url: 'http://127.0.0.1:3000/',
      initiator: 'http://localhost:3000',
      frames: ['http://localhost:3000/'],
      says: ['the site `localhost`', '`127.0.0.1`', 'use one host name'],
      fix: ['one-host'],
    },
    // On plain http SameSite=None; Secure is of no use alone.
    {
      line,
      ...crossSite,
      url: 'http://api.other.test/',
      fix: ['SameSite=None', 'use-https', 'share-a-site'],
    },
    // Only the scheme differs, one way and the other.
    {
      line,
      ...nested,
      initiator: 'http://www.shop.test',
      frames: ['http://www.shop.test:8080/login'],
      says: [
        '`http://www.shop.test:8080`',
        '`api.shop.test` answers at `https://api.shop.test`',
        'between http and https',
      ],
      silent: ['SameSite=None'],
      fix: ['use-https'],
    },
    { line, ...nested, url: 'http://api.shop.test/', says: ['serve both over https'], fix: ['use-https'] },
    // One site, but not all the way up.
    {
      line,
      ...nested,
      frames: ['https://www.shop.test/', 'https://other.test/', 'https://www.shop.test/'],
      says: ['stands between'],
      fix: ['SameSite=None'],
    },
    { line, ...nested, frames: ['data:text/html,x', 'https://www.shop.test/'], says: ['stands between'] },
    // Or not from the start.
    {
      line,
      ...nested,
      resourceType: 'sub_frame',
      initiator: 'https://other.test',
      says: ['`https://other.test`', 'started the request'],
      fix: ['SameSite=None'],
    },
    { line, ...nested, initiator: 'null', says: ['belongs to no site'], silent: ['`null`'] },
    { line, ...nested, initiator: 'file://', frames: ['file:///tmp/a.html'], says: ['belongs to no site'] },
    // Known to be cross-site by the initiator alone.
    { line, ...crossSite, frames: [], says: ['`https://www.shop.test`'] },
  ],
  passes: [
    { line },
    // A top-level navigation may set it, whoever started it and how.
    { line, initiator: 'https://other.test' },
    { line, initiator: 'https://other.test', method: 'POST' },
    { line, initiator: 'null' },
    { line, initiator: 'http://shop.test' },
    { line, ...nested },
    { line, ...nested, url: 'https://shop.test:8443/' },
    { line, ...nested, url: 'wss://api.shop.test/', resourceType: 'websocket' },
    { line, ...nested, frames: ['about:blank', 'https://www.shop.test/'] },
    { line, ...nested, frames: ['blob:https://www.shop.test/1234', 'https://www.shop.test/'] },
    { line, ...nested, initiator: null },
    { line, ...nested, redirectChain: ['https://other.test/'] },
    {
      line,
      ...nested,
      initiator: 'http://www.shop.test',
      frames: ['http://www.shop.test/'],
      policy: { schemefulSameSite: false },
    },
    // A sandboxed frame's own document.
    { line, ...nested, resourceType: 'sub_frame' },
    // Other values: other rules, or none.
    { line: 'sid=abcdef; SameSite=None; Secure', ...crossSite },
    { line: 'sid=abcdef; SameSite=Lax; SameSite=None; Secure', ...crossSite },
    { line: 'sid=abcdef', ...crossSite },
    { line: 'sid=abcdef; SameSite="Lax"', ...crossSite },
  ],
  undecided: [
    {
      line,
      ...nested,
      frames: [],
      missing: 'frames',
      says: ['documents around the request'],
      silent: ['another site (`'],
    },
    { line, ...nested, frames: ['about:blank'], missing: 'frames' },
    { line, ...nested, initiator: null, frames: [], missing: 'frames' },
  ],
})
