import type { Story, StoryStep } from '../contract.ts'

export interface ToldStep extends StoryStep {
  mark: Exclude<StoryStep['mark'], 'skipped'>
}

const isPart = (step: StoryStep): step is ToldStep => step.mark !== 'skipped'

/** The steps that this login has. */
export const stepsOf = ({ steps }: Pick<Story, 'steps'>): ToldStep[] => steps.filter(isPart)

/**
 * The steps that there is something to tell of; those that a broken login did not get to are one sentence: empty where there are
 * none. What is known behind them is told, with the steps before it, so that each number stands somewhere.
 */
export function toldSteps(story: Pick<Story, 'steps'>): { steps: ToldStep[]; unreached: string } {
  const steps = stepsOf(story)
  const broken = steps.findIndex(({ mark }) => mark === 'broken')
  if (broken < 0) return { steps, unreached: '' }
  const telling = steps.findLastIndex(({ mark }) => mark !== 'open')
  const open = steps.findIndex(({ mark }, i) => i > telling && mark === 'open')
  const shown = open < 0 ? steps.length : open
  const unreached = steps.flatMap(({ mark }, i) => (i >= shown && mark === 'open' ? [i + 1] : []))
  return { steps: steps.slice(0, shown), unreached: unreachedText(unreached) }
}

/** @param numbers ascending */
function unreachedText(numbers: readonly number[]): string {
  const [first] = numbers
  if (first === undefined) return ''
  return numbers.length === 1 ? `Step ${first} was not reached.` : `Steps ${rangesText(numbers)} were not reached.`
}

/** `3, 4 and 6 to 9`. */
function rangesText(numbers: readonly number[]): string {
  const ranges: [from: number, to: number][] = []
  for (const number of numbers) {
    const last = ranges.at(-1)
    if (last !== undefined && last[1] === number - 1) last[1] = number
    else ranges.push([number, number])
  }
  const words = ranges.flatMap(([from, to]) =>
    to > from + 1 ? [`${from} to ${to}`] : from === to ? [`${from}`] : [`${from}`, `${to}`],
  )
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}
