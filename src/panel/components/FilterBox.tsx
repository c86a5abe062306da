import type { RefObject } from 'preact'
import { Icon } from './Icon.tsx'
import { usePanel } from './panel-context.ts'

interface Props {
  input: RefObject<HTMLInputElement | null>
  onFilter(text: string): void
  /** Enter or arrow down: on to the requests found. */
  onLeave(): void
}

export function FilterBox({ input, onFilter, onLeave }: Props) {
  const { model } = usePanel()
  const { text } = model.filter.value
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && text !== '') onFilter('')
    else if (event.key === 'Enter' || event.key === 'ArrowDown') onLeave()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <label class="filter">
      <Icon name="search" />
      <input
        ref={input}
        type="text"
        value={text}
        placeholder="Filter"
        aria-label="Filter requests"
        title="URL, method, status, cookie name or reason; differs: what other browsers do otherwise. Press / to come here."
        spellcheck={false}
        autocomplete="off"
        onInput={(event) => onFilter(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      {text !== '' && (
        <button
          type="button"
          class="clear-filter"
          aria-label="Clear the filter"
          onClick={() => {
            onFilter('')
            input.current?.focus()
          }}
        >
          <Icon name="close" />
        </button>
      )}
    </label>
  )
}
