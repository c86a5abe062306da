/** Rows rendered before and after those in sight, so that a short scroll shows no gap. */
const BEYOND = 10

/**
 * Indices of the rows to render, ascending.
 * @param first the first row in sight, `fit` how many have room; the list may have become shorter since
 * @param keep rendered wherever it is; -1 for none
 */
export function rowsInSight(first: number, fit: number, length: number, keep: number): number[] {
  const top = Math.max(0, Math.min(first, length - fit))
  const from = Math.max(0, top - BEYOND)
  // One more is seen in part.
  const to = Math.min(length, top + fit + 1 + BEYOND)
  const indices = Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i)
  if (keep < 0 || keep >= length || (keep >= from && keep < to)) return indices
  return keep < from ? [keep, ...indices] : [...indices, keep]
}

/** Where to scroll so that a row is in sight as a whole, as little as it takes. All in CSS pixels. */
export function scrolledTo(index: number, rowHeight: number, scrollTop: number, clientHeight: number): number {
  const top = index * rowHeight
  if (top < scrollTop) return top
  return Math.max(scrollTop, top + rowHeight - clientHeight)
}
