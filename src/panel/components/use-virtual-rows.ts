import type { RefObject } from 'preact'
import { useLayoutEffect, useState } from 'preact/hooks'
import { rowsInSight, scrolledTo } from '../view-virtual.ts'

export interface VirtualRows {
  /** Indices to render, ascending. */
  readonly indices: readonly number[]
  readonly totalHeight: number
  scrollTo(index: number): void
}

/** Rows of one fixed height in a scrolling element: which of them to render. `keep` is rendered wherever it is. */
export function useVirtualRows(
  scroller: RefObject<HTMLElement | null>,
  length: number,
  rowHeight: number,
  keep: number,
): VirtualRows {
  // In rows, so that scrolling by less renders nothing.
  const [first, setFirst] = useState(0)
  const [fit, setFit] = useState(0)
  useLayoutEffect(() => {
    const element = scroller.current
    if (element === null) return
    const look = () => {
      setFirst(Math.floor(element.scrollTop / rowHeight))
      setFit(Math.ceil(element.clientHeight / rowHeight))
    }
    look()
    const resized = new ResizeObserver(look)
    resized.observe(element)
    element.addEventListener('scroll', look, { passive: true })
    return () => {
      resized.disconnect()
      element.removeEventListener('scroll', look)
    }
  }, [scroller, rowHeight])

  return {
    indices: rowsInSight(first, fit, length, keep),
    totalHeight: length * rowHeight,
    scrollTo(index) {
      const element = scroller.current
      if (element !== null) element.scrollTop = scrolledTo(index, rowHeight, element.scrollTop, element.clientHeight)
    },
  }
}
