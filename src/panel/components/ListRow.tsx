import { type Blame, blameOf } from '../../report/culprits.ts'
import type { Row } from '../view-rows.ts'
import { plainText } from '../view-text.ts'
import { GapRowCells, gapRowName } from './GapRowCells.tsx'
import { usePanel } from './panel-context.ts'
import { RequestRowCells, requestRowName } from './RequestRowCells.tsx'
import { WriteRowCells, writeRowName } from './WriteRowCells.tsx'

interface Props {
  row: Row
  /** Place among the rows shown, from 0, and their number. */
  index: number
  of: number
  top: number
  selected: boolean
  onSelect(): void
}

/** One row of the list, whatever it tells. */
export function ListRow({ row, index, of, top, selected, onSelect }: Props) {
  const { story } = usePanel()
  const id = row.kind === 'exchange' ? row.entry.id : ''
  const blame = blameOf(id, story.breaksAt.value, story.culprits.value)
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the listbox around it has the focus and its keys
    // biome-ignore lint/a11y/useFocusableInteractive: likewise
    <div
      id={row.id}
      role="option"
      aria-label={plainText(nameOf(row, blame))}
      aria-selected={selected}
      aria-posinset={index + 1}
      aria-setsize={of}
      class={`row ${row.kind} ${index % 2 === 1 ? 'even' : ''}`}
      style={{ top: `${top}px` }}
      onClick={onSelect}
    >
      {row.kind === 'exchange' ? (
        <RequestRowCells row={row} blame={blame} />
      ) : row.kind === 'write' ? (
        <WriteRowCells row={row} />
      ) : (
        <GapRowCells row={row} />
      )}
    </div>
  )
}

function nameOf(row: Row, blame: Blame): string {
  switch (row.kind) {
    case 'exchange':
      return requestRowName(row, blame)
    case 'write':
      return writeRowName(row)
    case 'gap':
      return gapRowName(row)
  }
}
