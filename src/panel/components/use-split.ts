import { useState } from 'preact/hooks'

const KEY = 'split'
const DEFAULT = 42

/** The list's share of the width in percent, remembered. */
export function useSplit(): [number, (percent: number) => void] {
  const [split, setSplit] = useState(() => {
    const stored = Number.parseFloat(localStorage.getItem(KEY) ?? '')
    return Number.isFinite(stored) ? stored : DEFAULT
  })
  return [
    split,
    (percent) => {
      localStorage.setItem(KEY, String(percent))
      setSplit(percent)
    },
  ]
}
