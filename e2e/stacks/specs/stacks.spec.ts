import type { Report } from '../../../src/contract.ts'
import { expect, test, type Watched } from '../fixtures.ts'
import { missingOf } from '../packages.ts'
import { logIn, survives } from '../robot.ts'
import type { Regions } from '../servers/source.ts'
import type { TestedStack, Way } from '../stack.ts'
import { stacks } from '../stacks/index.ts'
import type { RunningStack } from '../world.ts'

const exported = async ({ reader }: Watched): Promise<Report> => JSON.parse(await reader.exportJson()) as Report

/** Starts a stack for the tests of one group. */
const started = (stack: TestedStack, other?: Regions): (() => RunningStack) => {
  let server: RunningStack
  test.beforeAll(async ({ world }) => {
    // A build takes its time on a machine that is busy otherwise.
    test.setTimeout(180_000)
    server = await world.start(stack, other)
  })
  test.afterAll(() => server?.stop())
  return () => server
}

const expectSurvival = async (watched: Watched, way: Way, server: RunningStack): Promise<void> => {
  const { page } = watched.running
  expect(await logIn(page, way), server.output()).toBe(true)
  expect(await survives(page), server.output()).toBe(true)
  const { diagnoses } = await exported(watched)
  expect(diagnoses.filter(({ rank }) => rank === 'blocks-now')).toEqual([])
}

// main.mjs says which are left out, and why.
for (const stack of stacks.filter((one) => missingOf(one).length === 0)) {
  test.describe(stack.name, () => {
    test.describe('with all remedies', () => {
      const server = started(stack)
      for (const way of stack.ways) {
        test(`${way}: the login survives, and nothing is said to block it`, ({ fresh }) =>
          expectSurvival(fresh, way, server()))
      }
    })

    for (const { title, wrong, around = {}, way, diagnosed } of stack.mistakes) {
      test.describe(title, () => {
        const server = started(stack, { ...around, ...wrong })
        test(`${way}: the login does not survive, and the mistake is named first`, async ({ fresh }) => {
          const { page } = fresh.running
          const held = (await logIn(page, way)) && (await survives(page))
          expect(held, server().output()).toBe(false)
          const [first] = (await exported(fresh)).diagnoses
          expect(diagnosed, JSON.stringify(first)).toContain(first?.id)
        })
      })

      // Elsewhere, the stack with all remedies is the one that this mistake is mended in.
      if (Object.keys(around).length === 0) continue
      test.describe(`${title}, mended`, () => {
        const server = started(stack, around)
        test(`${way}: the login survives, and nothing is said to block it`, ({ fresh }) =>
          expectSurvival(fresh, way, server()))
      })
    }
  })
}
