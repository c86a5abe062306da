import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { emptyReason, isNothing, noticeReason } from '../view-empty.ts'
import type { PanelModel } from '../view-model.ts'
import { DetailPane } from './DetailPane.tsx'
import { Divider } from './Divider.tsx'
import { EmptyList } from './EmptyList.tsx'
import { Footer } from './Footer.tsx'
import { Notice } from './Notice.tsx'
import { PanelContext } from './panel-context.ts'
import { RequestList } from './RequestList.tsx'
import { Toast } from './Toast.tsx'
import { Toolbar } from './Toolbar.tsx'
import { useMessage } from './use-message.ts'
import { useNarrow } from './use-narrow.ts'
import { useSplit } from './use-split.ts'

/** Below this many CSS pixels list and detail take turns. */
const ONE_PANE = 640

export function App({ model, version }: { model: PanelModel; version: string }) {
  const [message, say] = useMessage()
  const [split, setSplit] = useSplit()
  const app = useRef<HTMLDivElement>(null)
  const list = useRef<HTMLDivElement>(null)
  const detail = useRef<HTMLElement>(null)
  const filter = useRef<HTMLInputElement>(null)
  const narrow = useNarrow(app, ONE_PANE)
  const [focus, setFocus] = useState<{ on: 'list' | 'detail' } | null>(null)

  // After the pane that is to have the focus has come into view.
  useLayoutEffect(() => {
    if (focus) (focus.on === 'list' ? list : detail).current?.focus({ preventScroll: true })
  }, [focus])

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const find =
        event.key.toLowerCase() === 'f' && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey
      const slash = event.key === '/' && !(event.target instanceof HTMLInputElement)
      if (!find && !slash) return
      event.preventDefault()
      event.stopPropagation()
      filter.current?.focus()
      filter.current?.select()
    }
    document.addEventListener('keydown', onKeyDown, { capture: true })
    return () => document.removeEventListener('keydown', onKeyDown, { capture: true })
  }, [])

  const openDetail = () => {
    if (!model.selected.peek()) return
    model.openDetail(true)
    setFocus({ on: 'detail' })
  }
  const back = () => {
    model.openDetail(false)
    setFocus({ on: 'list' })
  }
  const leaveFilter = () => {
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
      <div class={`list-pane ${empty ? 'gaps-only' : ''}`}>
        {empty && <EmptyList reason={empty} />}
        <RequestList scroller={list} onOpen={openDetail} onPick={() => narrow && openDetail()} />
      </div>
      {!narrow && <Divider value={split} onChange={setSplit} />}
      {(!narrow || model.detailOpen.value) && <DetailPane pane={detail} narrow={narrow} onBack={back} />}
    </main>
  )
  return (
    <PanelContext.Provider value={{ model, version, say }}>
      <div ref={app} class="app">
        <Toolbar filterInput={filter} onLeaveFilter={leaveFilter} />
        {notice && <Notice reason={notice} />}
        {empty && isNothing(rows, recorded) ? (
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
