import { expect, it } from 'vitest'
import type { Agreement, Observed } from '../contract.ts'
import { cookieOf, sendOf, setOf } from './testing/entries.ts'
import { apartWords, sendWords, setWords, standardText, storedWords, withEachFixOnce } from './view-verdict.ts'

const seen = (agreement: Agreement, evidence: string): Observed => ({ operation: 'set', index: 0, agreement, evidence })

it('puts verdict and agreement in words', () => {
  const words = setWords(setOf('a', 'blocked'), seen('confirmed', 'never appeared in the store'))
  expect(words).toMatchObject({
    icon: 'blocked',
    badges: [{ text: 'blocked', tone: 'bad' }],
    agreement: 'confirmed: never appeared in the store',
    dispute: '',
  })
  expect(setWords(setOf('a', 'stored'), null).agreement).toBe('predicted: nothing seen yet')
  expect(setWords(setOf('a', 'stored'), seen('confirmed', '')).agreement).toBe('confirmed')
})

it.each([
  [setWords(setOf('a', 'blocked'), seen('contradicted', 'it was stored')), ['contradicted'], 'The rules say “blocked”'],
  [setWords(setOf('a', 'stored'), seen('unexplained', 'absent')), ['not stored', 'unexplained'], 'did not keep'],
  [sendWords(sendOf('a', 'sent'), seen('contradicted', 'absent')), ['contradicted'], 'The rules say “sent”'],
  [sendWords(sendOf('a', 'sent'), seen('unexplained', 'absent')), ['not sent', 'unexplained'], 'left this cookie out'],
])('never hides that rules and browser disagree %#', (words, badges, dispute) => {
  expect(words.badges.map(({ text }) => text)).toEqual(badges)
  expect(words.dispute).toContain(dispute)
})

it('tells cookies of one name apart by what differs, and others not at all', () => {
  const own = cookieOf('sid')
  const deep = cookieOf('sid', { path: '/api' })
  const wide = cookieOf('sid', { domain: '.shop.test', hostOnly: false })
  const parted = cookieOf('sid', { partitionKey: { topLevelSite: 'https://a.test', hasCrossSiteAncestor: true } })
  const other = cookieOf('cart', { path: '/cart' })
  expect(apartWords(own, [own, other])).toEqual([])
  expect(apartWords(own, [own, deep, other])).toEqual(['path /'])
  expect(apartWords(deep, [own, deep])).toEqual(['path /api'])
  expect(apartWords(wide, [own, wide])).toEqual(['shop.test and its sub-domains'])
  expect(apartWords(parted, [own, parted])).toEqual(['partition of https://a.test'])
  expect(apartWords(own, [own, wide, parted])).toEqual(['host-only for shop.test', 'no partition'])
})

it('says where a cookie is kept', () => {
  expect(storedWords(cookieOf('a'))).toEqual([
    'host-only for shop.test',
    'path /',
    'until the browser closes',
    'Secure',
    'HttpOnly',
    'SameSite=Lax',
  ])
  const partitionKey = { topLevelSite: 'https://top.test' }
  const widest = cookieOf('a', {
    domain: '.shop.test',
    hostOnly: false,
    session: false,
    expirationDate: 0,
    partitionKey,
    secure: true,
    httpOnly: true,
    sameSite: 'no_restriction',
  })
  expect(storedWords(widest)).toEqual([
    'shop.test and its sub-domains',
    'path /',
    expect.stringMatching(/^until \d/),
    'Secure',
    'HttpOnly',
    'SameSite=None',
    'partition of https://top.test',
  ])
})

it('shows a corrected line once, with the first reason that has it', () => {
  const reason = (id: string, setCookie?: string) => ({
    ...{ id, title: id, explanation: '', spec: '5.7' },
    ...(setCookie !== undefined && { fix: { setCookie, notes: [id] } }),
  })
  const told = withEachFixOnce([reason('a', 'x=1'), reason('b'), reason('c', 'x=1'), reason('d', 'y=1')])
  expect(told.map(({ fix }) => fix)).toEqual([
    { setCookie: 'x=1', notes: ['a'] },
    undefined,
    { notes: ['c'] },
    { setCookie: 'y=1', notes: ['d'] },
  ])
})

it('names the standard', () => {
  expect(standardText('5.7')).toBe('RFC 6265bis 5.7')
  expect(standardText('Fetch 4.6')).toBe('Fetch 4.6')
})
