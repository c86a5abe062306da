import type { Rule } from '../../rules/rule.ts'
import { runSend, runSet, sendTables, setTables } from '../../rules/testing.ts'

/** What a rule's title says in each case of its own test. To be loaded with vitest left out, so that no test runs. */

import.meta.glob('../../rules/{set,send}/*.test.ts', { eager: true })

export interface RuleTitles {
  readonly operation: 'set' | 'send'
  readonly id: string
  readonly titles: readonly string[]
}

const titlesOf = <Row>(
  operation: RuleTitles['operation'],
  tables: ReadonlyMap<Rule<never>, { blocks: Row[]; undecided?: Row[] }>,
  run: (rule: Rule<never>, row: Row) => ReturnType<typeof runSet>,
): RuleTitles[] =>
  [...tables].map(([rule, { blocks, undecided = [] }]) => {
    const titles = [...blocks, ...undecided].flatMap((row) => {
      const result = run(rule, row)
      return result.kind === 'pass' ? [] : [result.explain().title]
    })
    return { operation, id: rule.id, titles: [...new Set(titles)] }
  })

export const ruleTitles = (): RuleTitles[] => [
  ...titlesOf('set', setTables, (rule, row) => runSet(rule as never, row)),
  ...titlesOf('send', sendTables, (rule, row) => runSend(rule as never, row)),
]
