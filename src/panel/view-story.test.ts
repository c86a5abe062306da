import { expect, it } from 'vitest'
import type { Story, StoryStep } from '../contract.ts'
import type { FoundDiagnosis } from '../diagnoses/diagnosis.ts'
import { entryOf, sendOf, setOf } from './testing/entries.ts'
import { breakingProblem, fixLabel, fixOf, mayBeLogin, storyExchanges, whyOf, withoutQuery } from './view-story.ts'

const stepOf = (mark: StoryStep['mark'], ...exchanges: string[]): StoryStep => ({
  ...{ id: 'stored', mark, title: '', detail: '', exchanges },
})
const storyOf = (over: Partial<Story> = {}): Story => ({
  ...{ login: 'l', picked: 'found', why: [], outcome: 'broken', sentence: '', parties: [], arrows: [], checks: [] },
  steps: [stepOf('ok', 'a'), stepOf('skipped', 's'), stepOf('broken', 'b', 'c')],
  ...over,
})
const foundOf = (rank: FoundDiagnosis['rank'], ...exchanges: string[]): FoundDiagnosis => ({
  ...{ id: 'X', rank, confidence: 'seen', title: '', seen: '', matters: '', actions: [], check: '', exchanges },
})
const told = (story: Story | null, ...diagnoses: FoundDiagnosis[]) => ({ story, diagnoses, cookie: null })

it.each([
  ['the diagnosis that blocks', told(storyOf(), foundOf('blocks-now')), { kind: 'diagnosis', id: 'found-0' }],
  [
    'the step that breaks, where no diagnosis explains it',
    told(storyOf(), foundOf('odd')),
    { kind: 'exchange', id: 'b' },
  ],
  ['nowhere without an exchange', told(storyOf({ steps: [stepOf('broken')] })), null],
  ['nowhere where nothing is broken', told(storyOf({ outcome: 'healthy' }), foundOf('odd')), null],
  ['nowhere without a login', told(null), null],
])('“Show the fix” leads to %s', (_name, all, expected) => {
  expect(fixOf(all)).toEqual(expected)
})

it('is called a fix only where there is one', () => {
  const entry = entryOf('b', { cookies: [sendOf('sid', 'blocked')] })
  const withheld = { operation: 'send', index: 0, kind: 'withheld' } as const
  const labelOf = (id: StoryStep['id'], row: Parameters<typeof fixLabel>[2], ...diagnoses: FoundDiagnosis[]) => {
    const all = told(storyOf({ steps: [{ ...stepOf('broken', 'b'), id }] }), ...diagnoses)
    const fix = fixOf(all)
    return fix === null ? null : fixLabel(all, fix, row)
  }
  expect(labelOf('sent', { entry, problems: [withheld] })).toBe('Show the fix')
  expect(labelOf('accepted', { entry, problems: [withheld] })).toBe('Show the request')
  expect(labelOf('accepted', { entry, problems: [] })).toBe('Show the request')
  expect(labelOf('accepted', null)).toBe('Show the request')
  const renew = [{ action: 'renew-token' }] as const
  expect(labelOf('accepted', null, { ...foundOf('blocks-now'), actions: renew })).toBe('Show the fix')
  expect(labelOf('accepted', null, foundOf('blocks-now'))).toBe('Show why')
})

it('leads from a request to the finding that names it, else to the one that breaks its step', () => {
  const all = told(storyOf(), foundOf('blocks-now', 'd'), foundOf('blocks-now', 'e'), foundOf('odd', 'g'))
  expect(['b', 'c', 'd', 'e', 'g', 'a'].map((id) => whyOf(all, id))).toEqual([
    ...['found-0', 'found-0', 'found-0', 'found-1', null, null],
  ])
  expect(whyOf(told(storyOf(), foundOf('odd', 'b')), 'b')).toBeNull()
})

it('knows which cookie a broken step is about: the session’s, on the side that the step tells of', () => {
  const entry = entryOf('b', {
    sets: [setOf('theme', 'blocked')],
    cookies: [sendOf('cart', 'blocked'), sendOf('sid', 'blocked')],
  })
  const problems = [
    { operation: 'set', index: 0, kind: 'blocked' },
    { operation: 'send', index: 0, kind: 'withheld' },
    { operation: 'send', index: 1, kind: 'withheld' },
  ] as const
  const at = (id: StoryStep['id'], cookie: string | null) =>
    breakingProblem({ ...told(storyOf({ steps: [{ ...stepOf('broken', 'b'), id }] })), cookie }, { entry, problems })
  expect(at('sent', 'sid')).toBe(problems[2])
  expect(at('sent', null)).toBe(problems[1])
  expect(at('stored', 'sid')).toBe(problems[0])
  expect(at('accepted', 'sid')).toBeNull()
})

it('knows the exchanges that a story stands on', () => {
  const arrows = [{ exchange: 'x', party: 'p', label: '', status: 0, sent: [], set: [] }]
  expect(storyExchanges(storyOf({ arrows }))).toEqual(['l', 'a', 's', 'b', 'c', 'x'])
  expect(storyExchanges(null)).toEqual([])
})

it.each([
  ['a POST', { exchange: { method: 'POST' } }, true],
  ['a page with a cookie', { exchange: { resourceType: 'main_frame' }, sets: [setOf('sid', 'stored')] }, true],
  ['a return with a code', { exchange: { resourceType: 'main_frame', url: 'https://a.test/cb?state=1&code=2' } }, true],
  ['a mere GET', {}, false],
  ['a preflight', { exchange: { method: 'OPTIONS' } }, false],
  ['a beacon', { exchange: { method: 'POST', resourceType: 'ping' } }, false],
])('offers to pick %s: %o', (_name, draft, expected) => {
  expect(mayBeLogin(entryOf('a', draft))).toBe(expected)
})

it('shows paths without what a query may hold', () => {
  expect(withoutQuery('/cb?code=1&state=2')).toBe('/cb')
  expect(withoutQuery('/login')).toBe('/login')
})
