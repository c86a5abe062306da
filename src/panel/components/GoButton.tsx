import { plainText } from '../view-text.ts'
import { Icon } from './Icon.tsx'
import { usePanel } from './panel-context.ts'

/** The way to an exchange, behind words that can be selected themselves. */
export function GoButton({ id, what }: { id: string; what: string }) {
  const { showExchange } = usePanel()
  return (
    <button
      type="button"
      class="link go"
      aria-label={`Show the request: ${plainText(what).replaceAll('`', '')}`}
      title="Show the request"
      onClick={() => showExchange(id)}
    >
      <Icon name="right" />
    </button>
  )
}
