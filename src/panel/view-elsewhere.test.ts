import { describe, expect, it } from 'vitest'
import type { Exchange, StoredCookie } from '../contract.ts'
import { judge } from '../judge/judge.ts'
import { cookieOf, entryOf } from './testing/entries.ts'
import { differsElsewhere, elsewhereOf, sendElsewhere, setElsewhere } from './view-elsewhere.ts'

const judged = (lines: string[], over: Partial<Exchange> = {}, jar: StoredCookie[] = []) => {
  const empty = entryOf('e', {
    exchange: { ...over, responseHeaders: lines.map((value) => ({ name: 'Set-Cookie', value })) },
  })
  const verdict = judge(empty.exchange, { browser: 'chromium', jar, thirdPartyCookies: 'allowed' })
  return { ...empty, verdict }
}

const wordsOf = (line: string, over: Partial<Exchange> = {}) => {
  const entry = judged([line], over)
  const [here] = entry.verdict.setCookies
  if (here === undefined) throw new Error('no verdict')
  return setElsewhere(here, elsewhereOf(entry, 'chromium').setCookies[0] ?? [], 'chromium')
}
const page = { resourceType: 'main_frame', initiator: null, frames: [] }

describe('a line', () => {
  it('is told of each browser in one order, the one here by name only', () => {
    expect(wordsOf('sid=v; Secure', page).map(({ browser, here, text, why }) => [browser, here, text, why])).toEqual([
      ['Chromium', true, 'here', ''],
      ['Firefox', false, 'stored', ''],
      ['Safari', false, 'stored', ''],
    ])
  })

  it('says why where another browser does otherwise, and not where it does the same', () => {
    const [, firefox, safari] = wordsOf('sid=v; SameSite=None', page)
    expect(firefox).toMatchObject({ text: 'blocked', tone: 'bad', differs: false, why: '' })
    expect(safari).toMatchObject({ text: 'stored', tone: 'ok', differs: true, why: '' })
    expect(wordsOf('foo', page)[2]).toMatchObject({
      text: 'blocked',
      differs: true,
      why: expect.stringMatching(/no name/),
    })
  })

  it('says so where it is not known', () => {
    expect(wordsOf('sid="a;b"', page)[2]).toMatchObject({
      text: 'not known',
      tone: 'doubt',
      differs: false,
      why: 'no published result tells',
    })
  })

  it('tells for which pages alone it is stored', () => {
    const words = wordsOf('sid=v; Secure; SameSite=None', {
      url: 'https://api.other.test/',
      frames: ['https://shop.test/'],
      credentials: 'include',
    })
    expect(words[1]).toMatchObject({ text: 'stored, but only for pages under shop.test', differs: true })
    expect(words[2]).toMatchObject({ text: 'blocked', differs: true })
  })
})

it('tells of a cookie that another browser would not send', () => {
  const entry = judged([], { ...page, url: 'http://localhost:3000/' }, [cookieOf('sid', { domain: 'localhost' })])
  const [here] = entry.verdict.cookies
  const there = elsewhereOf(entry, 'chromium').cookies[0] ?? []
  expect(here && sendElsewhere(here, there, 'chromium').map(({ text, differs }) => [text, differs])).toEqual([
    ['here', false],
    ['sent', false],
    ['not sent', true],
  ])
  expect(differsElsewhere(entry, 'chromium')).toBe(true)
})

it('works an entry out once, and one without cookies not at all', () => {
  const entry = judged(['sid=v'], page)
  expect(elsewhereOf(entry, 'chromium')).toBe(elsewhereOf(entry, 'chromium'))
  expect(differsElsewhere(entry, 'chromium')).toBe(false)
  expect(differsElsewhere({ ...entryOf('none'), exchange: { ...entry.exchange, url: '' } }, 'chromium')).toBe(false)
})
