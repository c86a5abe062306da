import { expect, it } from 'vitest'
import type { Diagnosis, StoryStep } from '../contract.ts'
import { blameOf, breaksAt, culpritsOf } from './culprits.ts'

const stepOf = (mark: StoryStep['mark'], ...exchanges: string[]): StoryStep => ({
  ...{ id: 'stored', mark, title: '', detail: '', exchanges },
})
const story = { steps: [stepOf('ok', 'a'), stepOf('skipped', 's'), stepOf('broken', 'b', 'c')] }
const found = (rank: Diagnosis['rank'], ...exchanges: string[]) => ({ ...(rank && { rank }), exchanges })

it('knows the request at which the login breaks', () => {
  expect(breaksAt(story)).toBe('b')
  expect(breaksAt({ steps: [stepOf('broken')] })).toBeNull()
  expect(breaksAt({ steps: [stepOf('ok', 'a')] })).toBeNull()
  expect(breaksAt(null)).toBeNull()
})

it('blames where the login breaks, and what each finding that breaks it names first', () => {
  const all = [found('blocks-now', 'd', 'e'), found('blocks-next', 'f'), found('odd', 'g'), found(undefined, 'h')]
  expect([...culpritsOf(story, all)]).toEqual(['b', 'd'])
  expect([...culpritsOf(null, [found('blocks-now', 'd')])]).toEqual(['d'])
  expect([...culpritsOf({ steps: [stepOf('ok', 'a')] }, [found('odd', 'g')])]).toEqual([])
})

it('tells the place where it breaks from what else is to blame', () => {
  const culprits = culpritsOf(story, [found('blocks-now', 'd')])
  expect(['b', 'd', 'c'].map((id) => blameOf(id, 'b', culprits))).toEqual(['breaks', 'contributes', 'none'])
})
