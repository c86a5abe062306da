import { expect, it } from 'vitest'
import type { SessionStatus } from './session.ts'
import { emptyReason, isNothing, noStoryReason, noticeReason } from './view-empty.ts'
import type { GapRow } from './view-rows.ts'

const status = (change: Partial<SessionStatus> = {}): SessionStatus => ({
  recording: true,
  recordingSince: 0,
  hostAccess: 'granted',
  connection: 'connected',
  thirdPartyCookies: 'unknown',
  jarSize: null,
  browser: { name: 'chromium', version: '156' },
  page: '',
  ...change,
})

it.each<[Partial<SessionStatus>, number, number, ReturnType<typeof emptyReason>]>([
  [{}, 3, 3, null],
  [{}, 3, 0, 'noMatch'],
  [{}, 0, 0, 'nothing'],
  [{ hostAccess: 'unknown', connection: 'connecting' }, 0, 0, 'nothing'],
  [{ recording: false }, 0, 0, 'off'],
  [{ recording: false, hostAccess: 'missing' }, 0, 0, 'noAccess'],
  [{ connection: 'lost', hostAccess: 'missing' }, 0, 0, 'lost'],
  [{ connection: 'lost' }, 3, 0, 'noMatch'],
])('%j, %i of which %i shown: %s', (change, total, shown, reason) => {
  expect(emptyReason(status(change), total, shown)).toBe(reason)
})

it.each<[Partial<SessionStatus>, number, ReturnType<typeof noticeReason>]>([
  [{}, 3, null],
  [{ hostAccess: 'missing' }, 0, null],
  [{ hostAccess: 'missing' }, 3, 'noAccess'],
  [{ hostAccess: 'missing', connection: 'lost' }, 3, 'lost'],
  [{ recording: false }, 3, null],
])('%j, %i: notice %s', (change, total, reason) => {
  expect(noticeReason(status(change), total)).toBe(reason)
})

it('counts gaps that the empty list tells of as nothing', () => {
  const gap = (kind: GapRow['gap']['kind'], to: number | null) =>
    ({ kind: 'gap', id: kind, gap: { id: kind, kind, from: 0, to, exchanges: null } }) as GapRow
  expect(isNothing([], 0)).toBe(true)
  expect(isNothing([gap('not-recording', null)], 0)).toBe(true)
  expect(isNothing([gap('not-recording', null)], 1)).toBe(false)
  expect(isNothing([gap('not-recording', 5)], 0)).toBe(false)
  expect(isNothing([gap('tab-crashed', null)], 0)).toBe(false)
})

it.each<[Partial<SessionStatus>, ReturnType<typeof noStoryReason>]>([
  [{}, 'noLogin'],
  [{ recording: false }, 'off'],
  [{ hostAccess: 'missing' }, 'noAccess'],
  [{ hostAccess: 'missing', connection: 'lost' }, 'lost'],
  [{ onlySites: ['shop.test'] }, { hosts: ['api.other.test'] }],
  [{ onlySites: ['shop.test', 'other.test'] }, 'noLogin'],
])('no story, %j: %j', (change, reason) => {
  const unseen = { id: 'g', kind: 'no-host-access', from: 1, to: 2, exchanges: null } as const
  const gaps = [{ ...unseen, hosts: ['api.other.test', 'www.shop.test'] }, unseen]
  expect(noStoryReason(status(change), gaps)).toEqual(reason)
})
