import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { isScenarioId } from '../e2e/sites/scenarios.ts'
import { stories } from '../e2e/sites/stories/table.ts'
import { diagnoses } from '../src/diagnoses/index.ts'

/** Every diagnosis has its row in docs/diagnoses.md, and a broken login to see it with. */

const rows = readFileSync(new URL('../docs/diagnoses.md', import.meta.url), 'utf8')
  .split('\n')
  .flatMap((line) => {
    const [, id, , scenarios = ''] = line.match(/^\| `(\w+)` \| (.+) \| (.+) \|$/) ?? []
    return id === undefined
      ? []
      : [{ id, scenarios: [...scenarios.matchAll(/`([\w-]+)`/g)].map(([, one]) => one ?? '') }]
  })

it('names each diagnosis once', () => {
  expect(rows.map(({ id }) => id).sort()).toEqual(diagnoses.map(({ id }) => id).sort())
})

it.each(rows)('$id has a broken login that the shop knows', ({ id, scenarios }) => {
  expect(scenarios.length).toBeGreaterThan(0)
  for (const scenario of scenarios) {
    const story = stories.find((one) => one.id === scenario)
    expect(story === undefined ? isScenarioId(scenario) : story.diagnosis === id).toBe(true)
  }
})

it('has each story under its diagnosis', () => {
  for (const { id, diagnosis } of stories) expect(rows.find((row) => row.id === diagnosis)?.scenarios).toContain(id)
})
