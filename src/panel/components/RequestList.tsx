import type { RefObject } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { ListRow } from './ListRow.tsx'
import { usePanel } from './panel-context.ts'
import { useVirtualRows } from './use-virtual-rows.ts'

/** CSS pixels; the style sheet has the same. */
const ROW_HEIGHT = 24

interface Props {
  scroller: RefObject<HTMLDivElement | null>
  /** The reader wants the details of the selected request. */
  onOpen(): void
  /** A row was clicked. */
  onPick(): void
  /** Each time it is another, the selected row comes into sight. */
  reveal: number
}

/** The requests: one tab stop, the arrow keys select. */
export function RequestList({ scroller, onOpen, onPick, reveal }: Props) {
  const { model } = usePanel()
  const list = model.list.value
  const { rows, filter } = list
  const position = model.position.value
  const virtual = useVirtualRows(scroller, rows.length, ROW_HEIGHT, position)
  const shownFilter = useRef(filter)
  const following = useRef(true)
  /** The first row in sight, which stays where it is when rows above it come or go. */
  const anchor = useRef<{ readonly id: string; readonly index: number } | null>(null)

  useLayoutEffect(() => {
    const refiltered = shownFilter.current !== filter
    shownFilter.current = filter
    const at = model.position.peek()
    if (refiltered && at >= 0) virtual.scrollTo(at)
    else if (following.current && scroller.current) scroller.current.scrollTop = scroller.current.scrollHeight
  }, [rows.length, filter])

  useLayoutEffect(() => {
    const index = anchor.current === null ? -1 : model.indexOf(anchor.current.id)
    if (following.current || scroller.current === null || anchor.current === null || index < 0) return
    const moved = index - anchor.current.index
    anchor.current = { ...anchor.current, index }
    if (moved !== 0) scroller.current.scrollTop += moved * ROW_HEIGHT
  }, [list])

  // Comes back from the story, or was led to from there.
  useLayoutEffect(() => {
    const at = model.position.peek()
    if (at < 0) return
    following.current = false
    virtual.scrollTo(at)
  }, [reveal])

  // Only where there is something to scroll can the reader have left the end.
  const onScroll = ({ currentTarget: { scrollTop, scrollHeight, clientHeight } }: { currentTarget: HTMLElement }) => {
    if (scrollHeight > clientHeight) following.current = scrollTop + clientHeight > scrollHeight - ROW_HEIGHT
    const index = Math.floor(scrollTop / ROW_HEIGHT)
    const first = rows[index]
    anchor.current = first === undefined ? null : { id: first.id, index }
  }

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return
    const fit = Math.floor((scroller.current?.clientHeight ?? 0) / ROW_HEIGHT)
    if (event.key === 'Enter') onOpen()
    else if (model.move(event.key, fit)) virtual.scrollTo(model.position.peek())
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <div
      ref={scroller}
      class="list"
      role="listbox"
      aria-label="Requests"
      tabIndex={0}
      aria-activedescendant={rows[position]?.id}
      onKeyDown={onKeyDown}
      onScroll={onScroll}
    >
      <div class="list-rows" role="presentation" style={{ height: `${virtual.totalHeight}px` }}>
        {virtual.indices.map((index) => {
          const row = rows[index]
          return (
            row && (
              <ListRow
                key={row.id}
                row={row}
                index={index}
                of={rows.length}
                top={index * ROW_HEIGHT}
                selected={index === position}
                onSelect={() => {
                  model.select(row.id)
                  onPick()
                }}
              />
            )
          )
        })}
      </div>
    </div>
  )
}
