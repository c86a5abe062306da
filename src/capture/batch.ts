/** Collects items for a moment, so that a busy page costs few messages. */
export interface Batch<Item> {
  add(item: Item): void
  /** Puts one item before all that wait. */
  addFirst(item: Item): void
  /** Keeps everything back until `release`. */
  hold(): void
  release(): void
  /** Forgets what waits. */
  clear(): void
}

/** @param delay milliseconds that the first item of a batch waits at most */
export const createBatch = <Item>(send: (items: Item[]) => void, delay: number): Batch<Item> => {
  let waiting: Item[] = []
  let timer: ReturnType<typeof setTimeout> | undefined
  let held = false

  const flush = () => {
    timer = undefined
    if (held || waiting.length === 0) return
    const items = waiting
    waiting = []
    send(items)
  }
  const schedule = () => {
    timer ??= setTimeout(flush, delay)
  }
  return {
    add(item) {
      waiting.push(item)
      schedule()
    },
    addFirst(item) {
      waiting.unshift(item)
      schedule()
    },
    hold() {
      held = true
    },
    release() {
      held = false
      schedule()
    },
    clear() {
      waiting = []
      clearTimeout(timer)
      timer = undefined
    },
  }
}
