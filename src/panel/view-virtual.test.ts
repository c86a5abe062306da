import { expect, it } from 'vitest'
import { rowsInSight, scrolledTo } from './view-virtual.ts'

const ends = (indices: readonly number[]) => [indices[0], indices.at(-1), indices.length]

it('renders what is in sight and ten rows around it', () => {
  expect(ends(rowsInSight(0, 20, 20_000, -1))).toEqual([0, 30, 31])
  expect(ends(rowsInSight(500, 20, 20_000, 510))).toEqual([490, 530, 41])
  expect(ends(rowsInSight(19_980, 20, 20_000, -1))).toEqual([19_970, 19_999, 30])
  expect(rowsInSight(0, 20, 3, -1)).toEqual([0, 1, 2])
  expect(rowsInSight(0, 20, 0, -1)).toEqual([])
})

it('renders the end of a list that has become shorter before the browser has scrolled', () => {
  expect(ends(rowsInSight(19_980, 20, 100, -1))).toEqual([70, 99, 30])
  expect(rowsInSight(19_980, 20, 2, -1)).toEqual([0, 1])
})

it('keeps one row wherever it is, in its order', () => {
  expect(rowsInSight(500, 20, 20_000, 3).slice(0, 2)).toEqual([3, 490])
  expect(rowsInSight(500, 20, 20_000, 9_000).slice(-2)).toEqual([530, 9_000])
  expect(rowsInSight(0, 5, 10, 10)).toHaveLength(10)
})

it('scrolls no further than it takes', () => {
  expect(scrolledTo(10, 24, 0, 480)).toBe(0)
  expect(scrolledTo(19, 24, 0, 480)).toBe(0)
  expect(scrolledTo(20, 24, 0, 480)).toBe(24)
  expect(scrolledTo(2, 24, 100, 480)).toBe(48)
  expect(scrolledTo(4, 24, 100, 480)).toBe(96)
  expect(scrolledTo(19_999, 24, 0, 500)).toBe(20_000 * 24 - 500)
})
