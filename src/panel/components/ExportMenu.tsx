import { useRef } from 'preact/hooks'
import { copyText } from '../copy.ts'
import { downloadText } from '../download.ts'
import { isNothing } from '../view-empty.ts'
import { exportJson, exportMarkdown, reportFileName } from '../view-export.ts'
import { count } from '../view-text.ts'
import { Icon } from './Icon.tsx'
import { type Message, usePanel } from './panel-context.ts'

/** The whole log, filter or not, with every secret redacted. */
export function ExportMenu() {
  const { model, story, version, say } = usePanel()
  const menu = useRef<HTMLDivElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  const { rows, total } = model.list.value
  const { exchange, write } = total
  const isEmpty = isNothing(rows, exchange + write)

  const run = async (work: () => Promise<Message>) => {
    menu.current?.hidePopover()
    button.current?.focus()
    try {
      say(await work())
    } catch (error) {
      say({
        text: `The report could not be made: ${error instanceof Error ? error.message : String(error)}`,
        bad: true,
      })
    }
  }
  const copyMarkdown = async (): Promise<Message> =>
    (await copyText(await exportMarkdown(model, story, version)))
      ? { text: 'Report copied (redacted)', bad: false }
      : { text: 'The browser did not allow copying. Download the JSON report instead.', bad: true }
  const downloadJson = async (): Promise<Message> => {
    const now = new Date()
    downloadText(reportFileName(now), 'application/json', await exportJson(model, story, version, now))
    return { text: 'Report downloaded (redacted)', bad: false }
  }

  const onKeyDown = (event: KeyboardEvent) => {
    const items = [...(menu.current?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])]
    const at = items.indexOf(document.activeElement as HTMLElement)
    const to = {
      ArrowDown: (at + 1) % items.length,
      ArrowUp: (at - 1 + items.length) % items.length,
      Home: 0,
      End: items.length - 1,
    }[event.key]
    if (event.key === 'Escape' || event.key === 'Tab') {
      menu.current?.hidePopover()
      button.current?.focus()
    } else if (to !== undefined) items[to]?.focus()
    else return
    if (event.key !== 'Tab') event.preventDefault()
    event.stopPropagation()
  }

  return (
    <div class="export">
      <button
        ref={button}
        type="button"
        class="toggle"
        aria-haspopup="menu"
        popoverTarget="export-menu"
        disabled={isEmpty}
        title={isEmpty ? 'Nothing is recorded yet' : `A report of ${count(exchange, 'request')}`}
      >
        Export
        <Icon name="down" />
      </button>
      <div
        ref={menu}
        id="export-menu"
        class="menu"
        role="menu"
        aria-label="Export"
        tabIndex={-1}
        popover="auto"
        onKeyDown={onKeyDown}
        onToggle={(event) => {
          if (event.newState === 'open') menu.current?.querySelector<HTMLElement>('[role=menuitem]')?.focus()
        }}
      >
        <button type="button" role="menuitem" tabIndex={-1} onClick={() => run(copyMarkdown)}>
          Copy Markdown report
          <small>for a ticket; secrets redacted</small>
        </button>
        <button type="button" role="menuitem" tabIndex={-1} onClick={() => run(downloadJson)}>
          Download JSON report
          <small>everything recorded; secrets redacted</small>
        </button>
      </div>
    </div>
  )
}
