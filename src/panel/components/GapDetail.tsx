import { gapText } from '../../report/event-words.ts'
import { GAP_WORDS } from '../view-gap.ts'
import type { GapRow } from '../view-rows.ts'
import { clockTime, dateText } from '../view-text.ts'
import { Fact } from './Fact.tsx'

/** What is missing, why, and what to do about it. */
export function GapDetail({ row: { gap } }: { row: GapRow }) {
  const { meaning, remedy } = GAP_WORDS[gap.kind]
  return (
    <>
      <section class="facts" aria-label="Gap">
        <h2>{gapText(gap, clockTime)}</h2>
        <dl>
          <Fact name="From">{dateText(gap.from, 'medium')}</Fact>
          <Fact name="To">{gap.to === null ? 'now' : dateText(gap.to, 'medium')}</Fact>
        </dl>
      </section>
      <p>{meaning}</p>
      <p>{remedy}</p>
    </>
  )
}
