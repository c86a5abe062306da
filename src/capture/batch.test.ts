import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createBatch } from './batch.ts'

describe('a batch', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('collects what comes within its delay', () => {
    const sent: number[][] = []
    const batch = createBatch<number>((items) => sent.push(items), 16)
    batch.add(1)
    vi.advanceTimersByTime(10)
    batch.add(2)
    vi.advanceTimersByTime(6)
    batch.add(3)
    vi.advanceTimersByTime(16)
    expect(sent).toEqual([[1, 2], [3]])
  })

  it('keeps back what it is told to, and lets one item go first', () => {
    const sent: number[][] = []
    const batch = createBatch<number>((items) => sent.push(items), 16)
    batch.hold()
    batch.add(1)
    vi.advanceTimersByTime(100)
    expect(sent).toEqual([])
    batch.addFirst(0)
    batch.release()
    vi.advanceTimersByTime(16)
    expect(sent).toEqual([[0, 1]])
  })

  it('forgets what waits', () => {
    const send = vi.fn()
    const batch = createBatch<number>(send, 16)
    batch.add(1)
    batch.clear()
    vi.advanceTimersByTime(100)
    expect(send).not.toHaveBeenCalled()
  })
})
