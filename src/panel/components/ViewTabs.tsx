import { useRef } from 'preact/hooks'
import type { View } from '../view-story-model.ts'
import { usePanel } from './panel-context.ts'

const TABS: readonly (readonly [view: View, title: string])[] = [
  ['requests', 'Requests'],
  ['story', 'Story'],
]

/** What the panel shows below: the list, or the login's story. */
export function ViewTabs() {
  const { story } = usePanel()
  const tabs = useRef<HTMLDivElement>(null)
  const view = story.view.value
  const onKeyDown = (event: KeyboardEvent) => {
    const at = TABS.findIndex(([id]) => id === view)
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: TABS.length - 1 }[event.key]
    const next = to === undefined ? undefined : TABS[(to + TABS.length) % TABS.length]
    if (next === undefined) return
    event.preventDefault()
    story.show(next[0])
    tabs.current?.querySelector<HTMLElement>(`[data-view=${next[0]}]`)?.focus()
  }
  return (
    <div ref={tabs} class="tabs" role="tablist" aria-label="View" onKeyDown={onKeyDown}>
      {TABS.map(([id, title]) => (
        <button
          type="button"
          role="tab"
          class="toggle"
          data-view={id}
          aria-selected={id === view}
          tabIndex={id === view ? 0 : -1}
          onClick={() => story.show(id)}
        >
          {title}
        </button>
      ))}
    </div>
  )
}
