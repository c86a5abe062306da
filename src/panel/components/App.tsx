import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { emptyReason, isNothing, noticeReason } from '../view-empty.ts'
import type { PanelModel } from '../view-model.ts'
import type { StoryModel } from '../view-story-model.ts'
import { DetailPane } from './DetailPane.tsx'
import { Divider } from './Divider.tsx'
import { EmptyList } from './EmptyList.tsx'
import { Footer } from './Footer.tsx'
import { Notice } from './Notice.tsx'
import { PanelContext } from './panel-context.ts'
import { RequestList } from './RequestList.tsx'
import { StoryBar } from './StoryBar.tsx'
import { StoryPage } from './StoryPage.tsx'
import { Toast } from './Toast.tsx'
import { Toolbar } from './Toolbar.tsx'
import { useMessage } from './use-message.ts'
import { useNarrow } from './use-narrow.ts'
import { useSplit } from './use-split.ts'

/** Below this many CSS pixels list and detail take turns. */
const ONE_PANE = 640

interface Props {
  model: PanelModel
  story: StoryModel
  version: string
}

/** Scrolls the page alone: scrollIntoView would move DevTools, too. Above the first diagnosis the stack is chosen: that comes along. */
function bringToTop(page: HTMLElement, diagnosis: HTMLElement): void {
  const findings = diagnosis.closest('section')
  const isFirst = findings?.querySelector('.diagnosis') === diagnosis
  const goal = (isFirst && findings?.querySelector('h2')) || diagnosis
  page.scrollTop += goal.getBoundingClientRect().top - page.getBoundingClientRect().top - 8
}

/** Where the whole panel is scrolled, for its bars leave no room, what has the focus comes into sight. */
function bringIntoApp(app: HTMLElement, target: HTMLElement): void {
  const [shown, wanted] = [app.getBoundingClientRect(), target.getBoundingClientRect()]
  app.scrollTop += Math.max(0, wanted.bottom - shown.bottom) + Math.min(0, wanted.top - shown.top)
}

/** Where the first verdict’s words or its corrected line end below what is seen, its card comes to the top. */
function bringFixIntoSight(pane: HTMLElement): void {
  const card = pane.querySelector('.card')
  const end = card?.querySelector('.fixed') ?? card?.querySelector('.why')
  if (!card || !end || end.getBoundingClientRect().bottom <= pane.getBoundingClientRect().bottom) return
  pane.scrollTop += card.getBoundingClientRect().top - pane.getBoundingClientRect().top - 6
}

export function App({ model, story, version }: Props) {
  const [message, say] = useMessage(story.view)
  const [split, setSplit] = useSplit()
  const app = useRef<HTMLDivElement>(null)
  const list = useRef<HTMLDivElement>(null)
  const detail = useRef<HTMLElement>(null)
  const filter = useRef<HTMLInputElement>(null)
  const page = useRef<HTMLElement>(null)
  const narrow = useNarrow(app, ONE_PANE)
  const [reveal, setReveal] = useState(0)
  const [focus, setFocus] = useState<{ on: 'list' | 'detail' | 'filter' | 'story'; id?: string; fix?: boolean } | null>(
    null,
  )

  // After the pane that is to have the focus has come into view.
  useLayoutEffect(() => {
    if (focus === null) return
    const target = { list, detail, filter, story: page }[focus.on].current
    const inside =
      focus.id === undefined ? null : (target?.querySelector<HTMLElement>(`#${CSS.escape(focus.id)}`) ?? null)
    ;(inside ?? target)?.focus({ preventScroll: true })
    if (app.current && target) bringIntoApp(app.current, target)
    if (target && inside) bringToTop(target, inside)
    if (target && focus.fix) bringFixIntoSight(target)
    if (focus.on === 'filter') filter.current?.select()
  }, [focus])

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const find =
        event.key.toLowerCase() === 'f' && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey
      const slash = event.key === '/' && !(event.target instanceof HTMLInputElement)
      if (!find && !slash) return
      event.preventDefault()
      event.stopPropagation()
      // There is something to filter in the list only.
      story.show('requests')
      setFocus({ on: 'filter' })
    }
    document.addEventListener('keydown', onKeyDown, { capture: true })
    return () => document.removeEventListener('keydown', onKeyDown, { capture: true })
  }, [story])

  const openDetail = () => {
    if (!model.selected.peek()) return
    model.openDetail(true)
    setFocus({ on: 'detail' })
  }
  const back = () => {
    model.openDetail(false)
    setFocus({ on: 'list' })
  }
  const showExchange = (id: string, at?: 'fix') => {
    const row = model.exchange(id)
    if (row === null) {
      say({ text: 'That request is no longer in the log.', bad: false })
      return
    }
    story.show('requests')
    if (model.reveal(row.id)) say({ text: 'The filter hid this request. It is off now.', bad: false })
    model.openDetail(true)
    setReveal((n) => n + 1)
    setFocus({ on: 'detail', fix: at === 'fix' })
  }
  const showDiagnosis = (id: string) => {
    story.show('story')
    setFocus({ on: 'story', id })
  }
  const leaveFilter = () => {
    model.openDetail(false)
    if (model.position.peek() === -1) model.move('Home', 1)
    setFocus({ on: 'list' })
  }

  const { rows, shown, total } = model.list.value
  const status = model.status.value
  const recorded = total.exchange + total.write
  const empty = emptyReason(status, recorded, shown.exchange + shown.write)
  const notice = noticeReason(status, recorded)
  const onePane = narrow ? (model.detailOpen.value ? 'only-detail' : 'only-list') : ''
  const panes = (
    <main class={`main ${onePane}`} style={{ '--split': `${split}%` }}>
      <div class={`list-pane ${empty && rows.length > 0 ? 'gaps-only' : ''}`}>
        {empty && <EmptyList reason={empty} />}
        <RequestList scroller={list} onOpen={openDetail} onPick={() => narrow && openDetail()} reveal={reveal} />
      </div>
      {!narrow && <Divider value={split} onChange={setSplit} />}
      {(!narrow || model.detailOpen.value) && <DetailPane pane={detail} narrow={narrow} onBack={back} />}
    </main>
  )
  return (
    <PanelContext.Provider value={{ model, story, version, say, showExchange, showDiagnosis }}>
      <div ref={app} class="app">
        <Toolbar filterInput={filter} onLeaveFilter={leaveFilter} />
        {notice && <Notice reason={notice} />}
        {story.view.value === 'requests' && <StoryBar />}
        {story.view.value === 'story' ? (
          <StoryPage page={page} />
        ) : empty && isNothing(rows, recorded) ? (
          <main class="whole">
            <EmptyList reason={empty} />
          </main>
        ) : (
          panes
        )}
        <Toast message={message} />
        <Footer />
      </div>
    </PanelContext.Provider>
  )
}
