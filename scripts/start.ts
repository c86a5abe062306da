import { isScenarioId, type ScenarioId, scenarios } from '../e2e/sites/scenarios.ts'
import { startShop } from '../e2e/sites/shop.ts'
import { isStoryId, type StoryId, stories } from '../e2e/sites/stories/table.ts'
import { Failure } from './command.mjs'

export interface StartOptions {
  browser: keyof typeof demos
  /** What is broken in the shop; see e2e/sites/scenarios.ts and stories/table.ts. */
  scenario: string
  /** Ports of the shop on 127.0.0.1; 0: a free one. */
  https: number
  http: number
  /** Play one login without a window, and report. */
  headless: boolean
}

/** Shows what keeps the demo from starting as the one line that it is. */
const orFail = async <Result>(work: Promise<Result>): Promise<Result> => {
  try {
    return await work
  } catch (error) {
    throw new Failure(error instanceof Error ? error.message : String(error))
  }
}

const demos = {
  chromium: () => import('./start-chromium.ts'),
  firefox: () => import('./start-firefox.ts'),
}

const untilStopped = (): Promise<void> =>
  new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve())
  })

/** @throws {Failure} names those that there are */
export function checkScenario(scenario: string): asserts scenario is ScenarioId | StoryId {
  if (isScenarioId(scenario) || isStoryId(scenario)) return
  const known = [...scenarios, ...stories].map(({ id }) => id)
  throw new Failure(`There is no scenario ${scenario}. There are: ${known.join(', ')}.`)
}

/**
 * The demo: the broken-login shop in a browser with the extension, until the browser or this process is told to end.
 * @throws {Failure} one line that says what is in the way
 */
export const start = async ({ browser, scenario, https, http, headless }: StartOptions): Promise<void> => {
  checkScenario(scenario)
  const stopped = untilStopped()
  const shop = await orFail(startShop({ ports: { https, http } }))
  if (isStoryId(scenario)) shop.tell(scenario)
  else shop.select(scenario)
  try {
    const { launchDemo } = await demos[browser]()
    const demo = await orFail(launchDemo(shop, headless))
    try {
      await Promise.race([stopped, headless ? demo.play() : demo.show()])
    } finally {
      await demo.close()
    }
  } finally {
    await shop.close()
  }
}
