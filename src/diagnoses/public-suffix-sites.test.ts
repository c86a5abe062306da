import rule from './public-suffix-sites.ts'
import { testDiagnosis } from './testing.ts'

const shop = 'https://shop.github.io'
const api = 'https://api.github.io'
const page = `${shop}/login`
const cors = { 'Access-Control-Allow-Origin': shop, 'Access-Control-Allow-Credentials': 'true' }
const logsIn = (set: string, at = api, from = page) => ({
  request: `POST ${at}/login`,
  from,
  set,
  body: { password: true },
  responseHeaders: { ...cors, 'Access-Control-Allow-Origin': new URL(from).origin },
})
const me = (status: number, at = api, from = page) => ({
  request: `GET ${at}/me`,
  from,
  status,
  responseHeaders: { ...cors, 'Access-Control-Allow-Origin': new URL(from).origin },
})
const lax = 'sid=hush-1; Path=/; Secure; HttpOnly; SameSite=Lax'
const none = 'sid=hush-1; Path=/; Secure; HttpOnly; SameSite=None'

testDiagnosis(rule, {
  finds: [
    {
      name: 'Lax between two sites',
      rows: [`GET ${page}`, logsIn(lax), me(401)],
      rank: 'blocks-now',
      confidence: 'seen',
      says: ['`shop.github.io`', '`api.github.io`', '`github.io`', 'refused `sid`'],
      fix: ['set-attribute', 'set-attribute', 'share-a-site'],
      shownBy: '2',
    },
    {
      name: 'a Domain that is the suffix',
      rows: [`GET ${page}`, logsIn(`${none}; Domain=github.io`), me(401)],
      rank: 'blocks-now',
      confidence: 'seen',
    },
    {
      name: 'third-party cookies blocked',
      rows: [`GET ${page}`, logsIn(none), me(401)],
      options: { thirdPartyCookies: 'blocked' },
      rank: 'blocks-now',
      confidence: 'seen',
    },
    {
      name: 'None, which works here',
      rows: [`GET ${page}`, logsIn(none), me(200)],
      rank: 'odd',
      confidence: 'seen',
      says: ['it need not'],
      fix: ['set-attribute', 'share-a-site'],
    },
    {
      name: 'deeper names',
      rows: [
        `GET https://a.shop.vercel.app/login`,
        logsIn(lax, 'https://api.vercel.app', 'https://a.shop.vercel.app/login'),
        me(401, 'https://api.vercel.app', 'https://a.shop.vercel.app/login'),
      ],
      rank: 'blocks-now',
      confidence: 'seen',
    },
  ],
  passes: [
    { name: 'Partitioned, which works', rows: [`GET ${page}`, logsIn(`${none}; Partitioned`), me(200)] },
    {
      name: 'two hosts of one site',
      rows: [
        `GET https://www.shop.github.io/login`,
        logsIn(lax, 'https://api.shop.github.io', 'https://www.shop.github.io/login'),
        me(200, 'https://api.shop.github.io', 'https://www.shop.github.io/login'),
      ],
    },
    {
      name: 'an own domain',
      rows: [
        'GET https://app.shop.test/login',
        logsIn(lax, 'https://api.shop.test', 'https://app.shop.test/login'),
        me(200, 'https://api.shop.test', 'https://app.shop.test/login'),
      ],
    },
    {
      name: 'a country\u2019s suffix',
      rows: [
        'GET https://shop.co.uk/login',
        logsIn(lax, 'https://bank.co.uk', 'https://shop.co.uk/login'),
        me(401, 'https://bank.co.uk', 'https://shop.co.uk/login'),
      ],
    },
    {
      name: 'two suffixes',
      rows: [
        'GET https://shop.vercel.app/login',
        logsIn(lax, api, 'https://shop.vercel.app/login'),
        me(401, api, 'https://shop.vercel.app/login'),
      ],
    },
    { name: 'the own origin', rows: [`GET ${page}`, logsIn(lax, shop), me(200, shop)] },
    {
      name: 'a token',
      rows: [
        `GET ${page}`,
        { ...logsIn(lax), set: [], body: { password: true, opaqueTokens: ['token'] } },
        { ...me(200), requestHeaders: { Authorization: 'Bearer hush' } },
      ],
    },
  ],
})
