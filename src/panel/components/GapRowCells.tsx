import { gapText } from '../../report/event-words.ts'
import type { GapRow } from '../view-rows.ts'
import { clockTime } from '../view-text.ts'

export const gapRowName = ({ gap }: GapRow): string => gapText(gap, clockTime)

/** Something is missing here: across the list, so that nobody takes the neighbours for neighbours. */
export function GapRowCells({ row }: { row: GapRow }) {
  const text = gapText(row.gap, clockTime)
  return (
    <span class="gap-text" title={text}>
      {text}
    </span>
  )
}
