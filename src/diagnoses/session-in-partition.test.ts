import rule from './session-in-partition.ts'
import { testDiagnosis } from './testing.ts'

const app = 'https://app.shop.test'
const id = 'https://id.other.test'
const sid = 'sid=hush-1; Path=/; Secure; HttpOnly; SameSite=None'
/** Firefox says so of a frame whose cookies are kept apart. */
const apart = { 'Sec-Fetch-Storage-Access': 'none' }
const framed = (request: string, more: object = {}) => ({
  ...{ request, type: 'sub_frame', from: `${app}/`, requestHeaders: apart },
  ...more,
})
const logsIn = (set = sid) => [
  `GET ${app}/`,
  framed(`GET ${id}/embed/login`),
  framed(`POST ${id}/embed/login`, { status: 303, location: '/embed/done', set }),
  framed(`GET ${id}/embed/done`),
]
const portal = { request: `GET ${id}/portal`, status: 302, location: '/login?next=/portal' }
const firefox = { browser: 'firefox', thirdPartyCookies: 'partitioned' } as const

testDiagnosis(rule, {
  finds: [
    {
      name: 'a login in a frame, and then the own page, in Firefox',
      rows: [...logsIn(), portal],
      options: firefox,
      rank: 'blocks-now',
      confidence: 'seen',
      says: ['`sid`', 'a page of `shop.test`', '`GET /portal`', 'Total Cookie Protection', 'does not ask for it'],
      fix: ['log-in-on-own-page'],
      shownBy: '5',
    },
    {
      name: 'where the line asks for it',
      rows: [...logsIn(`${sid}; Partitioned`), portal],
      rank: 'blocks-now',
      confidence: 'seen',
      says: ['it has `Partitioned`'],
      silent: ['Total Cookie Protection'],
      fix: ['log-in-on-own-page', 'remove-attribute'],
    },
    {
      name: 'a script\u2019s login, and then the own page',
      rows: [
        `GET ${app}/`,
        { request: `POST ${id}/login`, from: `${app}/`, set: sid, body: { password: true } },
        { request: `GET ${id}/portal`, status: 401 },
      ],
      options: firefox,
      rank: 'blocks-now',
      confidence: 'seen',
    },
  ],
  passes: [
    { name: 'Chromium, which keeps it for all pages', rows: [...logsIn(), { request: `GET ${id}/portal` }] },
    { name: 'a page for anybody', rows: [...logsIn(), { request: `GET ${id}/portal` }], options: firefox },
    { name: 'the frame alone', rows: [...logsIn(), framed(`GET ${id}/embed/orders`)], options: firefox },
    {
      name: 'the frame refused with the session',
      rows: [...logsIn(), framed(`GET ${id}/embed/orders`, { status: 401 })],
      options: firefox,
    },
    {
      name: 'a path that the cookie is not for, either',
      rows: [...logsIn('sid=hush-1; Path=/embed; Secure; HttpOnly; SameSite=None'), portal],
      options: firefox,
    },
    {
      name: 'a session of its own on the own page',
      rows: [
        ...logsIn(),
        `GET ${id}/login`,
        { request: `POST ${id}/login`, status: 303, location: '/portal', set: sid },
        { request: `GET ${id}/portal` },
      ],
      options: firefox,
    },
  ],
})
