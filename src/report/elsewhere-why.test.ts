import { expect, it } from 'vitest'
import type { Exchange, StoredCookie } from '../contract.ts'
import { elsewhere } from '../judge/elsewhere.ts'
import { judge } from '../judge/judge.ts'
import { elsewhereWhy } from './elsewhere-why.ts'

const portal: Exchange = {
  url: 'https://id.other.test/portal',
  method: 'GET',
  resourceType: 'main_frame',
  initiator: 'https://app.shop.test',
  frames: [],
  requestHeaders: [],
  status: 302,
  responseHeaders: [],
  time: Date.UTC(2026, 10, 21),
}
const kept: StoredCookie = {
  name: 'sid',
  value: 'v',
  domain: 'id.other.test',
  hostOnly: true,
  path: '/',
  secure: true,
  httpOnly: true,
  sameSite: 'no_restriction',
  session: true,
  partitionKey: { topLevelSite: 'https://shop.test', hasCrossSiteAncestor: true },
}

it('says of a cookie in Firefox’s partition on what it depends elsewhere, for its page is known', () => {
  const verdict = judge(portal, { browser: 'firefox', jar: [kept], thirdPartyCookies: 'partitioned' })
  const why = elsewhere(portal, verdict, 'firefox').cookies[0]?.map((there) => [there.outcome, elsewhereWhy(there)])
  expect(why).toEqual([
    ['unknown', 'depends on whether its line says Partitioned, and on whether Chromium blocks third-party cookies'],
    ['unknown', 'depends on whether its line says Partitioned'],
  ])
})
