import { describe, expect, it } from 'vitest'
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
