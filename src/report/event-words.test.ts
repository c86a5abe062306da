import { expect, it } from 'vitest'
import type { Gap } from '../contract.ts'
import { durationText, gapText, writesText } from './event-words.ts'
import { gapOf } from './testing/build.ts'

const written = { removed: false, cause: 'explicit' }
const gone = (cause: string) => ({ removed: true, cause })

it.each([
  [[written], 'written by script or by the browser'],
  [[written, written], 'written twice by script or by the browser'],
  [Array.from({ length: 1034 }, () => written), 'written 1,034 times by script or by the browser'],
  [[gone('explicit')], 'removed by script or by the browser'],
  [[gone('overwrite')], 'removed by script or by the browser'],
  [[{ ...written, cookie: { httpOnly: true } }], 'written by another tab, an extension or the browser'],
  [[{ ...gone('explicit'), cookie: { httpOnly: true } }], 'removed by another tab, an extension or the browser'],
  [[{ ...written, cookie: { httpOnly: false } }], 'written by script or by the browser'],
  [[gone('expired')], 'expired'],
  [[gone('evicted'), gone('evicted')], 'evicted to make room, twice'],
  [[gone('expired_overwrite')], 'removed by script or by the browser, with an expiry date in the past'],
  [[written, gone('expired'), written, written], 'written 3 times, removed once by script or by the browser'],
])('writes %#: %s', (writes, text) => {
  expect(writesText(writes)).toBe(text)
})

const clock = (ms: number) => `t${Math.floor(ms / 1000)}`
it.each([
  [{ kind: 'not-recording', to: null }, 'Not recording since t1'],
  [{ kind: 'not-recording', to: 40_000 }, 'Not recording t1 to t40 (39 s)'],
  [{ kind: 'no-host-access', to: 1_400 }, 'The extension could not see this site at t1'],
  [
    { kind: 'no-host-access', to: 1_400, hosts: ['idp.test'] },
    'No access to idp.test: requests to and from there were not seen at t1',
  ],
  [
    { kind: 'no-host-access', to: 1_400, hosts: ['a.test', 'b.test', 'c.test', 'd.test'] },
    'No access to a.test, b.test, c.test and d.test: requests to and from there were not seen at t1',
  ],
  [
    { kind: 'no-host-access', to: 1_400, hosts: ['a.test', 'b.test', 'c.test', 'd.test', 'e.test'] },
    'No access to a.test, b.test, c.test and 2 other hosts: requests to and from there were not seen at t1',
  ],
  [
    { kind: 'tab-crashed', to: 3_000, exchanges: 1 },
    'The tab crashed, nothing recorded t1 to t3 (2 s): 1 request missed',
  ],
  [{ kind: 'connection-lost', to: null }, 'The extension was reloaded, nothing recorded since t1'],
  [{ kind: 'interrupted', to: 1_400 }, 'The browser interrupted the extension, nothing recorded at t1'],
  [{ kind: 'capacity', exchanges: 1 }, '1 older request was given up to save memory, those without a problem first'],
  [
    { kind: 'capacity', exchanges: 1250, storeWrites: 2 },
    '1,250 older requests and 2 older store writes were given up to save memory, those without a problem first',
  ],
  [{ kind: 'capacity', exchanges: 0, storeWrites: 1 }, '1 older store write was given up to save memory'],
  [{ kind: 'capacity', exchanges: 0 }, 'Older marks like this one were given up to save memory'],
] satisfies [Partial<Gap>, string][])('gap %o', (over, text) => {
  expect(gapText(gapOf({ from: 1_000, ...over }), clock)).toBe(text)
})

it.each([
  [200, '1 s'],
  [99_000, '99 s'],
  [120_000, '2 min'],
  [11_100_000, '3 h 5 min'],
])('%i ms', (ms, text) => {
  expect(durationText(ms)).toBe(text)
})
