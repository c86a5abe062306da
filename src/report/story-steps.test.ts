import { expect, it } from 'vitest'
import type { StoryStep } from '../contract.ts'
import { toldSteps } from './story-steps.ts'

const step = (mark: StoryStep['mark']): StoryStep => ({ id: 'sent', mark, title: mark, detail: '', exchanges: [] })

it.each<[string, StoryStep['mark'][], number, string]>([
  ['a broken login', ['ok', 'broken', 'open', 'open', 'open'], 2, 'Steps 3 to 5 were not reached.'],
  ['one whose last two steps were not reached', ['broken', 'open', 'open'], 1, 'Steps 2 and 3 were not reached.'],
  ['one whose last step was not reached', ['ok', 'broken', 'open'], 2, 'Step 3 was not reached.'],
  ['what went well behind a step that was not', ['broken', 'open', 'ok', 'open'], 3, 'Step 4 was not reached.'],
  [
    'two stretches',
    ['ok', 'broken', 'open', 'open', 'ok', 'open', 'open', 'open', 'open'],
    5,
    'Steps 6 to 9 were not reached.',
  ],
  ['what went well next', ['broken', 'ok', 'open', 'open'], 2, 'Steps 3 and 4 were not reached.'],
  ['a risk behind a step that was not', ['broken', 'open', 'risky', 'open'], 3, 'Step 4 was not reached.'],
  ['steps that a login does not have', ['ok', 'skipped', 'broken', 'skipped', 'open'], 2, 'Step 3 was not reached.'],
  ['a login that breaks at its last step', ['ok', 'broken'], 2, ''],
  ['a login that goes well so far', ['ok', 'open', 'open'], 3, ''],
  ['no step', [], 0, ''],
])('%s', (_name, marks, shown, unreached) => {
  const told = toldSteps({ steps: marks.map(step) })
  expect(told.steps).toHaveLength(shown)
  expect(told.unreached).toBe(unreached)
})
