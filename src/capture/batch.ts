/** Collects items for a moment, so that a busy page costs few updates. */
export interface Batch<Item> {
  add(item: Item): void
  /** Puts an item before all that wait, which it is given. */
  addFirst(make: (waiting: readonly Item[]) => Item): void
  /** Keeps everything back until `release`. */
  hold(): void
  release(): void
  /** Sends what waits at once; what is kept back is forgotten. */
  end(): void
}

/** @param later calls back once the moment is over */
export const createBatch = <Item>(
  send: (items: Item[]) => void,
  later: (callback: () => void) => void,
): Batch<Item> => {
  let waiting: Item[] = []
  let scheduled = false
  let held = false

  const flush = () => {
    scheduled = false
    if (held || waiting.length === 0) return
    const items = waiting
    waiting = []
    send(items)
  }
  const schedule = () => {
    if (scheduled) return
    scheduled = true
    later(flush)
  }
  return {
    add(item) {
      waiting.push(item)
      schedule()
    },
    addFirst(make) {
      waiting.unshift(make(waiting))
      schedule()
    },
    hold() {
      held = true
    },
    release() {
      held = false
      schedule()
    },
    end() {
      if (held) waiting = []
      held = false
      flush()
    },
  }
}

/**
 * When the page has dealt with what waits for it already. A message and no timer: the DevTools page is never drawn, and
 * Chromium wakes the timers of such a frame once a second, those of a hidden window once a minute.
 */
export const afterQueued = (): ((callback: () => void) => void) => {
  const { port1, port2 } = new MessageChannel()
  let next: () => void = () => undefined
  port1.onmessage = () => next()
  return (callback) => {
    next = callback
    port2.postMessage(null)
  }
}
