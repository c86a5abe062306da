import { randomBytes } from 'node:crypto'
import { type ScenarioId, scenarioOf } from './scenarios.ts'
import { type Fix, type Setup, setUp } from './setup.ts'
import { Kit } from './stories/kit.ts'
import type { StoryId } from './stories/table.ts'

/** What a shop remembers, all of it on the server: the browser's jar holds nothing but the login's cookie. */
export class ShopState {
  #scenario: ScenarioId
  #fix: Fix = {}
  /** The story that is told in place of the scenario. */
  #story: Kit | null = null
  /** Visitors by the name=value pair that their login's Set-Cookie line gave them, byte for byte. */
  readonly #sessions = new Map<string, string>()

  constructor(scenario: ScenarioId) {
    this.#scenario = scenario
  }

  get scenario(): ReturnType<typeof scenarioOf> {
    return scenarioOf(this.#scenario)
  }

  get setup(): Setup {
    return setUp(this.scenario, this.#fix)
  }

  get fixed(): boolean {
    return Object.keys(this.#fix).length > 0
  }

  get story(): Kit | null {
    return this.#story
  }

  /** Starts a story afresh. @param fixed whether its mistake is mended */
  tell(story: StoryId, fixed = false): void {
    this.#story = new Kit(story, fixed)
  }

  /** Starts a scenario afresh: without a fix, nobody logged in. */
  select(scenario: ScenarioId): void {
    this.#story = null
    this.#scenario = scenario
    this.applyFix({})
  }

  /** Replaces the fix. Who was logged in is so no more: only a login after the fix can show that it works. */
  applyFix(fix: Fix): void {
    this.#fix = fix
    this.#sessions.clear()
  }

  /** Logs a visitor in. @returns the Set-Cookie line to send */
  logIn(visitor: string): string {
    const line = this.setup.line(randomBytes(16).toString('hex'))
    const pair = line.split(';', 1)[0] ?? ''
    this.#sessions.set(pair.trim(), visitor)
    return line
  }

  /** The visitor that a Cookie header belongs to; null: nobody. */
  visitorOf(cookieHeader: string | undefined): string | null {
    for (const pair of cookieHeader?.split('; ') ?? []) {
      const visitor = this.#sessions.get(pair)
      if (visitor !== undefined) return visitor
    }
    return null
  }
}
