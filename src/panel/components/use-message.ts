import type { ReadonlySignal } from '@preact/signals'
import { useEffect, useState } from 'preact/hooks'
import type { Message } from './panel-context.ts'

/** Time to read a line. */
const SHOWN_MS = 5000

/**
 * One passing message at a time; the same one again starts anew.
 * @param view what a message is about: with the next one it is gone
 */
export function useMessage(view: ReadonlySignal<string>): [Message | null, (message: Message) => void] {
  const [said, setSaid] = useState<{ readonly message: Message; readonly of: string } | null>(null)
  useEffect(() => {
    if (!said) return
    const timer = setTimeout(() => setSaid(null), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [said])
  const message = said?.of === view.value ? said.message : null
  return [message, (next) => setSaid({ message: next, of: view.peek() })]
}
