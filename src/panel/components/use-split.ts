import { useState } from 'preact/hooks'

const KEY = 'split'
const DEFAULT = 42

const remember = (percent: number): void => {
  try {
    localStorage.setItem(KEY, String(percent))
  } catch {
    // No room in the storage: then it is as it was, next time.
  }
}

/** The list's share of the width in percent, remembered. */
export function useSplit(): [number, (percent: number) => void] {
  const [split, setSplit] = useState(() => {
    const stored = Number.parseFloat(localStorage.getItem(KEY) ?? '')
    return Number.isFinite(stored) ? stored : DEFAULT
  })
  return [
    split,
    (percent) => {
      setSplit(percent)
      remember(percent)
    },
  ]
}
