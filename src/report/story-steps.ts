import type { Story, StoryStep } from '../contract.ts'

export interface ToldStep extends StoryStep {
  mark: Exclude<StoryStep['mark'], 'skipped'>
}

const isPart = (step: StoryStep): step is ToldStep => step.mark !== 'skipped'

/** The steps that this login has. */
export const stepsOf = ({ steps }: Pick<Story, 'steps'>): ToldStep[] => steps.filter(isPart)

/**
 * The steps that there is something to tell of; the last ones, which a broken login did not get to, are one sentence:
 * empty where there are none.
 */
export function toldSteps(story: Pick<Story, 'steps'>): { steps: ToldStep[]; unreached: string } {
  const steps = stepsOf(story)
  const reached = steps.findLastIndex(({ mark }) => mark !== 'open') + 1
  const isBroken = steps.some(({ mark }) => mark === 'broken')
  return isBroken && reached < steps.length
    ? { steps: steps.slice(0, reached), unreached: unreachedText(reached + 1, steps.length) }
    : { steps, unreached: '' }
}

function unreachedText(first: number, last: number): string {
  if (first === last) return `Step ${last} was not reached.`
  return `Steps ${first} ${last === first + 1 ? 'and' : 'to'} ${last} were not reached.`
}
