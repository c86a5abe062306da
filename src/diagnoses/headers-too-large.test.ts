import type { Row } from '../story/testing/recording.ts'
import rule from './headers-too-large.ts'
import { testDiagnosis } from './testing.ts'

const app = 'https://app.shop.test'
const page = `${app}/login`
const sid = 'sid=hush-1; Path=/; HttpOnly'
const form: Row = { request: `POST ${page}`, status: 303, location: '/account', set: sid }
const bulk = (bytes: number, count = 3): { earlier: [string, string][] } => ({
  earlier: Array.from({ length: count }, (_, at) => [
    `${app}/`,
    `campaign_${at}=hush${'c'.repeat(Math.floor(bytes / count) - 16)}; Path=/`,
  ]),
})
const account = (status: number): Row => ({ request: `GET ${app}/account`, status })
/** Made by scripts, one for each of the browser's 180. */
const crowd = {
  earlier: Array.from({ length: 179 }, (_, at): [string, string] => [`${app}/`, `c${at}=hush; Path=/; Secure`]),
}

testDiagnosis(rule, {
  finds: [
    {
      name: '431',
      rows: [`GET ${page}`, form, account(431)],
      options: bulk(8300),
      rank: 'blocks-now',
      confidence: 'seen',
      says: ['`GET /account` had a Cookie header of', 'answered 431', '`campaign_0` (27', 'The largest of 4'],
      fix: ['delete-cookie', 'delete-cookie', 'delete-cookie', 'header-limit'],
      shownBy: '3',
    },
    {
      name: '400 with 8 kB of cookies',
      rows: [`GET ${page} 200`, form, account(400)],
      options: bulk(8300),
      rank: 'blocks-now',
      confidence: 'likely',
    },
    { name: '431 without a login', rows: [account(431)], options: bulk(8300), rank: 'blocks-now', confidence: 'seen' },
    {
      name: 'the session deleted to make room',
      rows: [
        `GET ${page}`,
        form,
        `GET ${app}/account`,
        { request: `GET ${app}/cart`, set: 'cart=hush; Path=/; Secure' },
        { request: `GET ${app}/account`, status: 302, location: '/login' },
        `GET ${page}`,
      ],
      options: crowd,
      rank: 'blocks-now',
      confidence: 'likely',
      says: ['As `GET /cart` set more cookies', 'deleted `sid`', 'keeps 180 cookies', 'and was refused'],
      fix: ['fewer-cookies'],
      shownBy: '5',
    },
  ],
  passes: [
    { name: '400 with few cookies', rows: [`GET ${page}`, form, account(400)], options: bulk(2000) },
    { name: '431 with few cookies', rows: [`GET ${page}`, form, account(431)] },
    {
      name: '400, and as many cookies taken elsewhere',
      rows: [`GET ${page}`, form, `GET ${app}/orders`, account(400)],
      options: bulk(8300),
    },
    { name: '431, and taken later', rows: [`GET ${page}`, form, account(431), account(200)], options: bulk(8300) },
    { name: '8 kB of cookies, and taken', rows: [`GET ${page}`, form, account(200)], options: bulk(8300) },
    {
      name: 'other cookies deleted to make room',
      rows: [
        `GET ${page}`,
        { request: `POST ${page}`, status: 303, location: '/account', set: `${sid}; Secure` },
        `GET ${app}/account`,
        { request: `GET ${app}/cart`, set: 'cart=hush; Path=/' },
        `GET ${app}/account`,
      ],
      options: crowd,
    },
  ],
})
