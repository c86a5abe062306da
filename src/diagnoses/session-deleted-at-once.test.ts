import type { Row } from '../story/testing/recording.ts'
import rule from './session-deleted-at-once.ts'
import { testDiagnosis } from './testing.ts'

const app = 'https://app.shop.test'
const page = `${app}/login`
const sid = 'sid=hush-1234567890; Path=/; Secure; HttpOnly'
const gone = 'sid=; Path=/; Max-Age=0; Secure'
const form: Row = { request: `POST ${page}`, status: 303, location: '/account', set: sid }
const script = (set: string | string[] = sid): Row => ({
  request: `POST ${app}/api/login`,
  from: page,
  set,
  body: { password: true },
})

testDiagnosis(rule, {
  finds: [
    {
      name: 'the page that the login leads to sends back and deletes',
      rows: [
        `GET ${page}`,
        form,
        { request: `GET ${app}/account`, status: 302, location: '/login', set: gone },
        `GET ${page}`,
      ],
      rank: 'blocks-now',
      confidence: 'seen',
      says: ['`POST /login` set `sid`', '`GET /account` deleted it again'],
      fix: ['share-session'],
      shownBy: '3',
    },
    {
      name: '401 that deletes',
      rows: [`GET ${page}`, script(), { request: `GET ${app}/api/me`, from: page, status: 401, set: gone }],
      rank: 'blocks-now',
      confidence: 'seen',
    },
    {
      name: '401 that deletes, shortly after an accepted request',
      rows: [
        `GET ${page}`,
        script(),
        { request: `GET ${app}/api/me`, from: page },
        { request: `GET ${app}/api/me`, from: page, status: 401, set: gone },
      ],
      rank: 'blocks-now',
      confidence: 'likely',
    },
    {
      name: 'the page is shown and deletes',
      rows: [`GET ${page}`, form, { request: `GET ${app}/account`, set: gone }],
      rank: 'blocks-now',
      confidence: 'likely',
      says: ['logs out'],
    },
    {
      name: 'set and deleted in one answer',
      rows: [`GET ${page}`, script([sid, gone]), { request: `GET ${app}/api/me`, from: page, status: 401 }],
      rank: 'blocks-now',
      confidence: 'seen',
      says: ['in the same answer'],
      shownBy: '2',
    },
    {
      name: 'set with an expiry that is past',
      rows: [`GET ${page}`, script(`${sid}; Max-Age=0`), { request: `GET ${app}/api/me`, from: page, status: 401 }],
      rank: 'blocks-now',
      confidence: 'seen',
      says: ['already past', '`Max-Age=0`, which is over at once'],
      fix: ['session-lifetime'],
    },
    {
      name: 'set with a date in seconds, read as milliseconds',
      rows: [
        `GET ${page}`,
        script(`${sid}; Expires=Wed, 21 Jan 1970 18:41:25 GMT`),
        { request: `GET ${app}/api/me`, from: page, status: 401 },
      ],
      rank: 'blocks-now',
      confidence: 'seen',
      says: ['`Expires=Wed, 21 Jan 1970 18:41:25 GMT`', 'comes of a time in seconds'],
      silent: ['Max-Age'],
    },
    {
      name: 'set with a date of last year',
      rows: [
        `GET ${page}`,
        script(`${sid}; Expires=Fri, 21 Nov 2025 18:41:25 GMT`),
        { request: `GET ${app}/api/me`, from: page, status: 401 },
      ],
      rank: 'blocks-now',
      confidence: 'seen',
      says: ['`Expires=Fri, 21 Nov 2025 18:41:25 GMT`, which has passed'],
      silent: ['in seconds'],
    },
  ],
  passes: [
    {
      name: 'deleted and then set in one answer',
      rows: [`GET ${page}`, script([gone, sid]), { request: `GET ${app}/api/me`, from: page }],
    },
    {
      name: 'the twin of another path deleted',
      rows: [`GET ${page}`, form, { request: `GET ${app}/account`, set: 'sid=; Path=/account; Max-Age=0' }],
    },
    {
      name: 'replaced by a session of another name',
      rows: [`GET ${page}`, form, { request: `GET ${app}/account`, set: [gone, '__Host-sid=hush-2; Path=/; Secure'] }],
    },
    {
      name: 'a logout',
      rows: [
        `GET ${page}`,
        form,
        { request: `GET ${app}/logout`, status: 302, location: '/login', set: gone },
        `GET ${page}`,
      ],
    },
    {
      name: 'a logout by a script',
      rows: [`GET ${page}`, form, { request: `POST ${app}/graphql`, from: page, set: gone }],
    },
    {
      name: 'ended after an hour',
      rows: [`GET ${page}`, script(), { request: `GET ${app}/api/me`, from: page, status: 401, set: gone, at: 3600 }],
    },
    {
      name: 'a deletion that the browser refused',
      rows: [`GET ${page}`, form, { request: `GET ${app}/account`, set: `${gone}; Domain=other.test` }],
    },
    {
      name: 'a wrong password',
      rows: [
        `GET ${page}`,
        { request: `POST ${page}`, status: 302, location: '/login?error', set: gone },
        `GET ${page}?error`,
      ],
    },
  ],
})
