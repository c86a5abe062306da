import { expect, it, vi } from 'vitest'
import { createBatch } from './batch.ts'

const collect = () => {
  const sent: number[][] = []
  let waiting: (() => void) | null = null
  const batch = createBatch<number>(
    (items) => sent.push(items),
    (callback) => {
      waiting = callback
    },
  )
  const wait = () => {
    waiting?.()
    waiting = null
  }
  return { batch, sent, wait }
}

it('a batch is what came until its moment was over', () => {
  const { batch, sent, wait } = collect()
  batch.add(1)
  batch.add(2)
  wait()
  batch.add(3)
  wait()
  wait()
  expect(sent).toEqual([[1, 2], [3]])
})

it('a batch is kept back for as long as it should be, and one item may go first', () => {
  const { batch, sent, wait } = collect()
  batch.hold()
  batch.add(1)
  wait()
  expect(sent).toEqual([])
  batch.addFirst((waiting) => waiting.length - 1)
  batch.release()
  wait()
  expect(sent).toEqual([[0, 1]])
})

it('a batch that ends is sent at once, and waits once at a time', () => {
  const send = vi.fn()
  const later = vi.fn((callback: () => void) => void callback)
  const batch = createBatch<number>(send, later)
  batch.add(1)
  batch.add(2)
  batch.end()
  expect(send).toHaveBeenCalledExactlyOnceWith([1, 2])
  expect(later).toHaveBeenCalledOnce()
  later.mock.calls[0]?.[0]()
  expect(send).toHaveBeenCalledOnce()
})

it('what was kept back when a batch ends is forgotten', () => {
  const { batch, sent, wait } = collect()
  batch.hold()
  batch.add(1)
  batch.end()
  batch.add(2)
  wait()
  expect(sent).toEqual([[2]])
})
