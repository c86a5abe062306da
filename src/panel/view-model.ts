import { batch, computed, type ReadonlySignal, signal } from '@preact/signals'
import type { Gap } from '../contract.ts'
import type { Session, SessionStatus } from './session.ts'
import { differsElsewhere } from './view-elsewhere.ts'
import { type Filter, RowFilter } from './view-filter.ts'
import { moveTo } from './view-keys.ts'
import { LogIndex } from './view-log.ts'
import { type ExchangeRow, type Row, SortedRows } from './view-rows.ts'

/** How many rows there are of each kind. */
type Counts = Readonly<Record<Row['kind'], number>>

/** The list as it stands: a new object each time something in it changed. */
export interface ListView {
  /** The rows that pass the filter, in order of time. */
  readonly rows: readonly Row[]
  readonly shown: Counts
  /** Of all rows. */
  readonly total: Counts
  /** The filter that `rows` is the result of. */
  readonly filter: Filter
  /** What was given up to save memory; null where nothing was. */
  readonly capacity: Gap | null
  /** Number of requests with a problem, shown or not: as many as the filter for problems shows. */
  readonly problems: number
}

/** All that the components show and all that they can do. Signals only: nothing here touches the DOM. */
export interface PanelModel {
  readonly session: Session
  readonly status: ReadonlySignal<SessionStatus>
  readonly list: ReadonlySignal<ListView>
  readonly filter: ReadonlySignal<Filter>
  readonly selected: ReadonlySignal<Row | null>
  /** Place of the selected row among those shown; -1 where it is filtered out or nothing is selected. */
  readonly position: ReadonlySignal<number>
  /** Where there is room for one pane only: whether that is the detail. */
  readonly detailOpen: ReadonlySignal<boolean>
  /** The row of an entry; null where the log has none of that id. */
  exchange(id: string): ExchangeRow | null
  /** Where a row stands among those shown; -1 where it does not. */
  indexOf(id: string): number
  /** The requests nearest to a row, before and after it, that say yes. */
  nearest(row: Row, matches: (row: ExchangeRow) => boolean): Neighbours
  setFilter(change: Partial<Filter>): void
  /** Selects a row, and switches the filter off where that hides it. @returns whether it did */
  reveal(id: string): boolean
  select(id: string | null): void
  /** Moves the selection as a list key does; whether it was one. `page`: rows that fit. */
  move(key: string, page: number): boolean
  openDetail(open: boolean): void
  dispose(): void
}

export interface Neighbours {
  readonly before: ExchangeRow | null
  readonly after: ExchangeRow | null
}

/** Rows on each side among which `nearest` looks: as many as cost nothing to look at each time. */
const NEAR = 500

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

const NO_FILTER: Filter = { text: '', problemsOnly: false, differs: false }
const NOBODY: ReadonlySignal<ReadonlySet<string>> = signal(new Set<string>())

/**
 * The session's signals belong to another page with its own copy of the signals library, so that a component that
 * reads them would not be told of changes: they are mirrored into signals of this page here.
 * @param culprits ids of the requests at which the login breaks: problems, too, though no cookie of theirs may be
 */
export function createModel(session: Session, schedule: Schedule, culprits = NOBODY): PanelModel {
  const log = new LogIndex()
  const status = signal(session.status.peek())
  const filter = signal(NO_FILTER)
  const isProblem = ({ problems, entry }: ExchangeRow) => problems.length > 0 || culprits.peek().has(entry.id)
  /** Culprits are few. */
  const withoutOwn = () => [...culprits.peek()].filter((id) => log.exchange(id)?.problems.length === 0).length
  const listOf = (rows: SortedRows, of: Filter): ListView => ({
    rows: rows.list,
    shown: { ...rows.counts },
    total: { ...log.rows.counts },
    filter: of,
    capacity: log.capacity,
    problems: log.withProblems + withoutOwn(),
  })
  let shown = new SortedRows()
  const list = signal(listOf(shown, filter.peek()))
  const selectedId = signal<string | null>(null)
  const detailOpen = signal(false)

  const publish = (next: SortedRows, of: Filter) => {
    shown = next
    list.value = listOf(next, of)
  }
  const rowFilter = new RowFilter(log.rows, filter.peek(), publish, schedule.later, {
    isProblem,
    differs: (entry) => differsElsewhere(entry, session.status.peek().browser.name),
  })
  const setFilter = (change: Partial<Filter>) =>
    batch(() => {
      filter.value = { ...filter.peek(), ...change }
      rowFilter.setFilter(filter.peek())
    })

  let framed = false
  const refresh = () => {
    framed = false
    batch(() => {
      rowFilter.take(log.update(session.log))
      if (!log.find(selectedId.peek())) {
        selectedId.value = null
        detailOpen.value = false
      }
    })
  }
  const stopLog = session.version.subscribe(() => {
    if (framed) return
    framed = true
    schedule.frame(refresh)
  })
  let known: ReadonlySet<string> = new Set()
  const stopCulprits = culprits.subscribe((now) => {
    const changed = [...known, ...now].filter((id) => !(known.has(id) && now.has(id)))
    known = now
    rowFilter.reconsider(changed.flatMap((id) => log.exchange(id) ?? []))
  })
  const stopStatus = session.status.subscribe((next) => {
    status.value = next
  })

  const selected = computed(() => {
    list.value
    return log.find(selectedId.value)
  })
  const position = computed(() => {
    list.value
    return shown.indexOf(log.find(selectedId.value))
  })

  return {
    session,
    status,
    list,
    filter,
    selected,
    position,
    detailOpen,
    exchange: (id) => log.exchange(id),
    indexOf: (id) => shown.indexOf(log.find(id)),
    nearest(row, matches) {
      const { list: all } = log.rows
      const at = log.rows.indexOf(row)
      const search = (step: 1 | -1): ExchangeRow | null => {
        for (let i = at + step; at >= 0 && Math.abs(i - at) <= NEAR; i += step) {
          const one = all[i]
          if (one?.kind === 'exchange' && matches(one)) return one
        }
        return null
      }
      return { before: search(-1), after: search(1) }
    },
    setFilter,
    reveal(id) {
      selectedId.value = id
      const row = log.find(id)
      if (row === null || !rowFilter.hides(row)) return false
      setFilter(NO_FILTER)
      return true
    },
    select(id) {
      selectedId.value = id
    },
    move(key, page) {
      const { rows } = list.peek()
      const to = moveTo(key, position.peek(), rows.length, page)
      if (to === null) return false
      selectedId.value = rows[to]?.id ?? null
      return true
    },
    openDetail(open) {
      detailOpen.value = open && selected.peek() !== null
    },
    dispose() {
      stopLog()
      stopCulprits()
      stopStatus()
    },
  }
}
