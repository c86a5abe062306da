import type { RefObject } from 'preact'
import type { PanelModel } from '../view-model.ts'
import { ExportMenu } from './ExportMenu.tsx'
import { FilterBox } from './FilterBox.tsx'
import { IconButton } from './IconButton.tsx'
import { usePanel } from './panel-context.ts'
import { ViewTabs } from './ViewTabs.tsx'

interface Props {
  filterInput: RefObject<HTMLInputElement | null>
  onLeaveFilter(): void
}

export function Toolbar({ filterInput, onLeaveFilter }: Props) {
  const { model, story } = usePanel()
  const { session } = model
  const { recording, connection } = model.status.value
  const { problemsOnly, differs } = model.filter.value
  const lost = connection === 'lost'
  /** In place of the list, the details would hide what is found. */
  const filterBy: PanelModel['setFilter'] = (change) => {
    model.openDetail(false)
    model.setFilter(change)
  }
  const isList = story.view.value === 'requests'
  return (
    <header class="toolbar">
      <IconButton
        icon={recording ? 'record' : 'paused'}
        label={recording ? 'Stop recording' : 'Record'}
        class={recording ? 'recording' : ''}
        disabled={lost}
        onClick={() => session.setRecording(!recording)}
      />
      <IconButton icon="clear" label="Clear" onClick={() => session.clear()} />
      <IconButton icon="reload" label="Reload the page" disabled={lost} onClick={() => session.reloadPage()} />
      <ViewTabs />
      {isList && (
        <>
          <FilterBox input={filterInput} onFilter={(text) => filterBy({ text })} onLeave={onLeaveFilter} />
          <button
            type="button"
            class="toggle"
            aria-label="Problems only"
            aria-pressed={problemsOnly}
            onClick={() => filterBy({ problemsOnly: !problemsOnly })}
          >
            Problems<span class="if-wide"> only</span>
          </button>
          <button
            type="button"
            class="toggle"
            aria-pressed={differs}
            title="Only requests of which another browser would do otherwise with a cookie"
            onClick={() => filterBy({ differs: !differs })}
          >
            Differs
          </button>
        </>
      )}
      <span class="grow" />
      <ExportMenu />
    </header>
  )
}
