import { expect, it } from 'vitest'
import type { Story, StoryArrow } from '../contract.ts'
import { diagramOf } from './view-diagram.ts'

const arrowOf = (over: Partial<StoryArrow> = {}): StoryArrow => ({
  ...{ exchange: 'a', party: 'https://app.test', label: 'GET /', status: 200, sent: [], set: [] },
  ...over,
})
const storyOf = (parties: Story['parties'], arrows: StoryArrow[]): Story => ({
  ...{ login: 'a', picked: 'found', why: [], outcome: 'open', sentence: '', steps: [], checks: [] },
  ...{ parties, arrows },
})
const app = { id: 'https://app.test', kind: 'app' } as const

it('spreads the lanes over the width, the browser first', () => {
  const provider = { id: 'https://idp.test:8443', kind: 'provider' } as const
  const { lanes } = diagramOf(storyOf([app, { id: 'https://api.test', kind: 'api' }, provider], []))
  expect(lanes.map(({ kind, host, at }) => `${kind} ${host} ${Math.round(at)}`)).toEqual([
    ...['Browser  0', 'App app.test 33', 'API api.test 67', 'Provider idp.test:8443 100'],
  ])
})

it('tells http and https of one host apart', () => {
  const { lanes } = diagramOf(storyOf([app, { id: 'http://app.test', kind: 'app' }], []))
  expect(lanes.map(({ kind }) => kind)).toEqual(['Browser', 'App (https)', 'App (http)'])
})

it('leads each arrow to its party, and leaves out those to nobody', () => {
  const { rows } = diagramOf(storyOf([app], [arrowOf(), arrowOf({ party: 'https://other.test' })]))
  expect(rows.map(({ lane }) => lane)).toEqual([1])
})

it('names what went wrong first, and counts what there is no room for', () => {
  const set = [...'abcdef'].map((name) => ({ name, fate: 'stored' as const }))
  const [row] = diagramOf(storyOf([app], [arrowOf({ set: [...set, { name: 'sid', fate: 'refused' }] })])).rows
  expect(row?.set.map(({ name, fate }) => `${name} ${fate}`)).toEqual([
    'sid not stored',
    'a stored',
    'b stored',
    'c stored',
  ])
  expect(row?.moreSet).toBe(3)
  expect(row?.moreSent).toBe(0)
})

it('says what the answer was', () => {
  const { rows } = diagramOf(
    storyOf([app], [arrowOf({ status: 401 }), arrowOf({ status: 0 }), arrowOf({ status: 302 })]),
  )
  expect(rows.map(({ answer, answerTone }) => `${answer} ${answerTone}`)).toEqual([
    ...['401 bad', 'no answer quiet', '302 quiet'],
  ])
})
