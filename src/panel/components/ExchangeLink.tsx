import { withoutQuery } from '../view-story.ts'
import { maskedUrl } from '../view-url.ts'
import { PageText } from './PageText.tsx'
import { usePanel } from './panel-context.ts'

/** An exchange in a few words, and the way there; nothing where the log has it no longer. */
export function ExchangeLink({ id }: { id: string }) {
  const { model, showExchange } = usePanel()
  // Rows are replaced when their exchange changes.
  model.list.value
  const row = model.exchange(id)
  if (row === null) return null
  const { exchange } = row.entry
  return (
    <button type="button" class="link inline exchange-link" onClick={() => showExchange(id)}>
      {exchange.method} <PageText text={maskedUrl(withoutQuery(row.summary.path))} />{' '}
      <span class="host">
        <PageText text={row.summary.host} />
        {exchange.status > 0 && ` ${exchange.status}`}
      </span>
    </button>
  )
}
