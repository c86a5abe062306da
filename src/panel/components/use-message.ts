import { useEffect, useState } from 'preact/hooks'
import type { Message } from './panel-context.ts'

/** Time to read a line. */
const SHOWN_MS = 5000

/**
 * One passing message at a time; the same one again starts anew.
 * @param view what it is about: with the next one it is gone
 */
export function useMessage(view: string): [Message | null, (message: Message) => void] {
  const [message, setMessage] = useState<Message | null>(null)
  useEffect(() => setMessage(null), [view])
  useEffect(() => {
    if (!message) return
    const timer = setTimeout(() => setMessage(null), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [message])
  return [message, (next) => setMessage({ ...next })]
}
