/**
 * The place in a list that a key leads to; null for other keys and for an empty list.
 * `current` is -1 where nothing is selected, `page` the number of rows that fit.
 */
export function moveTo(key: string, current: number, length: number, page: number): number | null {
  if (length === 0) return null
  const last = length - 1
  const step = Math.max(1, page - 1)
  switch (key) {
    case 'ArrowDown':
      return Math.min(last, current + 1)
    case 'ArrowUp':
      return current === -1 ? last : Math.max(0, current - 1)
    case 'PageDown':
      return Math.min(last, Math.max(0, current) + step)
    case 'PageUp':
      return Math.max(0, (current === -1 ? last : current) - step)
    case 'Home':
      return 0
    case 'End':
      return last
    default:
      return null
  }
}
