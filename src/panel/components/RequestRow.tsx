import { countWords, MARK_WORDS } from '../view-entry.ts'
import type { Row } from '../view-log.ts'
import { errorText, plainText } from '../view-text.ts'
import type { Tone } from '../view-verdict.ts'
import { BadgeView } from './BadgeView.tsx'
import { Icon } from './Icon.tsx'
import { PageText } from './PageText.tsx'

const MARK_TONES = {
  blocked: 'bad',
  notSent: 'warn',
  doubt: 'doubt',
  ok: 'ok',
  none: 'quiet',
  redirect: 'quiet',
  pending: 'quiet',
} as const satisfies Record<Row['mark'], Tone>

const COUNT_TONES = {
  blocked: 'bad',
  notStored: 'bad',
  notSent: 'warn',
  unknown: 'doubt',
  contradicted: 'doubt',
  stored: 'ok',
  removed: 'quiet',
} as const satisfies Record<keyof Row['counts'], Tone>

interface Props {
  row: Row
  /** Place among the visible rows, from 0, and their number. */
  index: number
  of: number
  top: number
  selected: boolean
  onSelect(): void
}

export function RequestRow({ row, index, of, top, selected, onSelect }: Props) {
  const { entry, summary, counts, mark } = row
  const { exchange, state, error } = entry
  const words = countWords(counts)
  const failed = state === 'failed'
  const status = exchange.status > 0 ? String(exchange.status) : failed ? 'failed' : ''
  const name = [
    `${MARK_WORDS[mark]}: ${exchange.method} ${summary.path} ${summary.host}`,
    status || 'no response yet',
    failed ? errorText(error) : '',
    ...words.map(({ text }) => text),
  ]
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the listbox around it has the focus and its keys
    // biome-ignore lint/a11y/useFocusableInteractive: likewise
    <div
      id={rowId(row.id)}
      role="option"
      aria-label={plainText(name.filter(Boolean).join(', '))}
      aria-selected={selected}
      aria-posinset={index + 1}
      aria-setsize={of}
      class={`row ${index % 2 === 1 ? 'even' : ''}`}
      style={{ top: `${top}px` }}
      onClick={onSelect}
    >
      <span class={`glyph ${MARK_TONES[mark]}`} title={MARK_WORDS[mark]}>
        <Icon name={mark} />
      </span>
      <span class="method">{exchange.method}</span>
      <span class="target" title={plainText(exchange.url)}>
        <span class="path">
          <PageText text={summary.path} />
        </span>
        <span class="host">
          <PageText text={summary.host} />
        </span>
      </span>
      <span class={`status ${failed || exchange.status >= 400 ? 'bad' : ''}`}>{status}</span>
      <span class="badges" title={words.map(({ text }) => text).join(', ')}>
        {words.map(({ kind, text }) => (
          <BadgeView badge={{ text, tone: COUNT_TONES[kind] }} />
        ))}
        {failed && (
          <span class="error" title={error}>
            {errorText(error)}
          </span>
        )}
      </span>
    </div>
  )
}

export const rowId = (id: string): string => `request-${id}`
