import type { RefObject } from 'preact'
import type { Row } from '../view-rows.ts'
import { Detail } from './Detail.tsx'
import { EmptyState } from './EmptyState.tsx'
import { GapDetail } from './GapDetail.tsx'
import { Icon } from './Icon.tsx'
import { usePanel } from './panel-context.ts'
import { WriteDetail } from './WriteDetail.tsx'

interface Props {
  pane: RefObject<HTMLElement | null>
  /** There is room for one pane only: the detail stands in place of the list. */
  narrow: boolean
  onBack(): void
}

const LABELS: Readonly<Record<Row['kind'], string>> = {
  exchange: 'Details of the request',
  write: 'Details of the store write',
  gap: 'Details of the gap',
}

export function DetailPane({ pane, narrow, onBack }: Props) {
  const { model } = usePanel()
  const row = model.selected.value
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return
    event.preventDefault()
    event.stopPropagation()
    onBack()
  }
  return (
    <section
      ref={pane}
      key={row?.id}
      class="detail"
      aria-label={LABELS[row?.kind ?? 'exchange']}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: scrolled with the arrow keys
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      {narrow && (
        <button type="button" class="link back" onClick={onBack}>
          <Icon name="back" />
          Back to the requests
        </button>
      )}
      {row ? <RowDetail row={row} /> : <NothingSelected />}
    </section>
  )
}

function RowDetail({ row }: { row: Row }) {
  switch (row.kind) {
    case 'exchange':
      return <Detail row={row} />
    case 'write':
      return <WriteDetail row={row} />
    case 'gap':
      return <GapDetail row={row} />
  }
}

function NothingSelected() {
  const { problems, shown } = usePanel().model.list.value
  if (shown.exchange + shown.write === 0) return <EmptyState title="No request is selected" />
  return (
    <EmptyState title="No request is selected">
      {problems > 0 ? 'Select one that is marked to see what went wrong, and why.' : 'Select one to see its cookies.'}
    </EmptyState>
  )
}
