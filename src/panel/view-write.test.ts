import { describe, expect, it } from 'vitest'
import type { StoreWrite } from '../contract.ts'
import { writeRowName } from './components/WriteRowCells.tsx'
import { LogEntries } from './log-entries.ts'
import { cookieOf, entryOf, sendOf, setOf } from './testing/entries.ts'
import { givenUpText } from './view-gap.ts'
import { LogIndex } from './view-log.ts'
import { causeText, concernText, flagWords } from './view-write.ts'

it.each([
  ['expired', true, /time had run out/],
  ['evicted', true, /make room/],
  ['expired_overwrite', true, /expiry date in the past/],
  ['explicit', true, /^No response of this tab removed it/],
  ['explicit', false, /^No response of this tab wrote it/],
])('why the store changed: %s, removed %s', (cause, removed, words) => {
  expect(causeText(cause, removed)).toMatch(words)
})

it('blames no script for what no script can write', () => {
  expect(causeText('explicit', false, { httpOnly: true })).toMatch(/no script can, for it is HttpOnly: another tab did/)
})

describe('what a request had to do with a cookie', () => {
  it.each([
    [{ sets: [setOf('sid', 'stored')] }, 'set it'],
    [{ sets: [setOf('sid', 'blocked')], cookies: [sendOf('sid', 'sent')] }, 'tried to set it'],
    [{ cookies: [sendOf('sid', 'sent')] }, 'carried it'],
    [{ cookies: [sendOf('sid', 'blocked')] }, 'went without it'],
    [{ cookies: [sendOf('other', 'sent')] }, null],
  ])('%#: %o', (draft, words) => {
    const log = new LogEntries()
    log.put([entryOf('a', draft)])
    const index = new LogIndex()
    index.update(log)
    const row = index.exchange('a')
    expect(row && concernText(row, cookieOf('sid'))).toBe(words)
  })
})

it('what a full store gave up of a site is one row, and each name is found', () => {
  const log = new LogEntries()
  const index = new LogIndex()
  const evicted = (name: string, domain: string): StoreWrite => ({
    id: `${name} ${domain}`,
    time: 5,
    removed: true,
    cause: 'evicted',
    cookie: cookieOf(name, { domain }),
  })
  log.addWrites([evicted('a', 'shop.test'), evicted('b', 'app.shop.test'), evicted('a', 'other.test')])
  log.addWrites([
    { ...evicted('b', 'shop.test'), id: 'set', removed: false, cause: 'explicit' },
    evicted('c', 'shop.test'),
  ])
  index.update(log)
  const rows = index.rows.list.flatMap((row) => (row.kind === 'write' ? [row] : []))
  expect(rows.map(({ writes }) => writes.map(({ cookie }) => cookie.name))).toEqual([['a', 'b', 'c'], ['a'], ['b']])
  expect(rows.map(writeRowName).map((name) => name.replace(/, [^,]*$/, ''))).toEqual([
    '3 cookies shop.test, evicted to make room',
    'Cookie a other.test, evicted to make room',
    'Cookie b shop.test, written by another tab, an extension or the browser',
  ])
  expect(rows[0]?.search.split('\n')).toEqual(expect.arrayContaining(['a', 'b', 'c']))
})

it('attributes as the store has them', () => {
  expect(flagWords(cookieOf('a'))).toEqual(['Secure', 'HttpOnly', 'SameSite=Lax'])
  expect(flagWords(cookieOf('a', { secure: false, httpOnly: false, sameSite: 'unspecified' }))).toEqual([
    'not Secure',
    'not HttpOnly',
    'no SameSite given',
  ])
})

it('what was given up, in the footer', () => {
  const gap = { id: 'g', kind: 'capacity', from: 0, to: 1 } as const
  expect(givenUpText({ ...gap, exchanges: 1250 })).toBe('1,250 older given up')
  expect(givenUpText({ ...gap, exchanges: 0 })).toBe('')
})
