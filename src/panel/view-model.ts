import { batch, computed, type ReadonlySignal, signal } from '@preact/signals'
import type { Session, SessionStatus } from './session.ts'
import { type Filter, RowFilter } from './view-filter.ts'
import { moveTo } from './view-keys.ts'
import { LogIndex, type Row } from './view-log.ts'

/** The list as it stands: a new object each time something in it changed. */
export interface ListView {
  readonly rows: readonly Row[]
  /** Places of the rows that pass the filter, ascending. */
  readonly visible: readonly number[]
  /** The filter that `visible` is the result of. */
  readonly filter: Filter
  /** Number of requests with a problem, shown or not. */
  readonly problems: number
}

/** All that the components show and all that they can do. Signals only: nothing here touches the DOM. */
export interface PanelModel {
  readonly session: Session
  readonly status: ReadonlySignal<SessionStatus>
  readonly list: ReadonlySignal<ListView>
  readonly filter: ReadonlySignal<Filter>
  readonly selected: ReadonlySignal<Row | null>
  /** Place of the selected row among the visible ones; -1 where it is filtered out or nothing is selected. */
  readonly position: ReadonlySignal<number>
  /** Where there is room for one pane only: whether that is the detail. */
  readonly detailOpen: ReadonlySignal<boolean>
  /** The row of an entry; null where the log has none of that id. */
  find(id: string): Row | null
  setFilter(change: Partial<Filter>): void
  select(id: string | null): void
  /** Moves the selection as a list key does; whether it was one. `page`: rows that fit. */
  move(key: string, page: number): boolean
  openDetail(open: boolean): void
  dispose(): void
}

/** The clocks of the panel, apart so that tests can turn them by hand. */
export interface Schedule {
  /** Before the next paint. */
  frame(work: () => void): void
  /** As soon as the page has done what is more urgent. */
  later(work: () => void): void
}

export const browserSchedule: Schedule = {
  frame: (work) => void requestAnimationFrame(work),
  later: (work) => void setTimeout(work),
}

/**
 * The session's signals belong to another page with its own copy of the signals library, so that a component that
 * reads them would not be told of changes: they are mirrored into signals of this page here.
 */
export function createModel(session: Session, schedule: Schedule): PanelModel {
  const log = new LogIndex()
  const status = signal(session.status.peek())
  const filter = signal<Filter>({ text: '', problemsOnly: false })
  const list = signal<ListView>({ rows: log.rows, visible: [], filter: filter.peek(), problems: 0 })
  const selectedId = signal<string | null>(null)
  const detailOpen = signal(false)

  const rowFilter = new RowFilter((visible) => {
    list.value = { rows: log.rows, visible, filter: filter.peek(), problems: log.withProblems }
  }, schedule.later)

  let framed = false
  const refresh = () => {
    framed = false
    batch(() => {
      log.update(session.entries)
      if (!log.find(selectedId.peek())) {
        selectedId.value = null
        detailOpen.value = false
      }
      rowFilter.setRows(log.rows)
    })
  }
  const stopLog = session.version.subscribe(() => {
    if (framed) return
    framed = true
    schedule.frame(refresh)
  })
  const stopStatus = session.status.subscribe((next) => {
    status.value = next
  })

  const selected = computed(() => {
    list.value
    return log.find(selectedId.value)
  })
  const position = computed(() => {
    const { visible } = list.value
    return positionOf(visible, log.placeOf(selectedId.value))
  })

  return {
    session,
    status,
    list,
    filter,
    selected,
    position,
    detailOpen,
    find: (id) => log.find(id),
    setFilter(change) {
      batch(() => {
        filter.value = { ...filter.peek(), ...change }
        rowFilter.setFilter(filter.peek())
      })
    },
    select(id) {
      selectedId.value = id
    },
    move(key, page) {
      const { rows, visible } = list.peek()
      const to = moveTo(key, position.peek(), visible.length, page)
      if (to === null) return false
      selectedId.value = rows[visible[to] ?? -1]?.id ?? null
      return true
    },
    openDetail(open) {
      detailOpen.value = open && selected.peek() !== null
    },
    dispose() {
      stopLog()
      stopStatus()
    },
  }
}

/** Where `place` stands in `visible` (ascending); -1 where it does not. */
function positionOf(visible: readonly number[], place: number): number {
  let low = 0
  let high = visible.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((visible[middle] ?? 0) < place) low = middle + 1
    else high = middle
  }
  return visible[low] === place ? low : -1
}
