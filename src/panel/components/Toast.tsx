import type { Message } from './panel-context.ts'

/** The live region is always there, so that what appears in it is read out. */
export function Toast({ message }: { message: Message | null }) {
  return (
    <div class="toasts" role="status">
      {message && <span class={`toast ${message.bad ? 'bad' : ''}`}>{message.text}</span>}
    </div>
  )
}
