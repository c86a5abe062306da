import { elementScroll, observeElementOffset, observeElementRect, Virtualizer } from '@tanstack/virtual-core'
import type { RefObject } from 'preact'
import { useLayoutEffect, useReducer, useState } from 'preact/hooks'

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
  const [, render] = useReducer((n: number) => n + 1, 0)
  const options = {
    count: length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 10,
    scrollToFn: elementScroll,
    observeElementRect,
    observeElementOffset,
    onChange: () => render(undefined),
  }
  const [virtualizer] = useState(() => new Virtualizer<HTMLElement, HTMLElement>(options))
  virtualizer.setOptions(options)
  useLayoutEffect(() => virtualizer._didMount(), [virtualizer])
  useLayoutEffect(() => virtualizer._willUpdate())

  const indices = virtualizer.getVirtualIndexes()
  return {
    indices: keep < 0 || keep >= length || indices.includes(keep) ? indices : [...indices, keep].sort((a, b) => a - b),
    totalHeight: virtualizer.getTotalSize(),
    scrollTo: (index) => virtualizer.scrollToIndex(index, { align: 'auto' }),
  }
}
