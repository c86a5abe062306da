import { expect, it } from 'vitest'
import { moveTo } from './view-keys.ts'

it.each<[string, number, number, number | null]>([
  ['ArrowDown', -1, 10, 0],
  ['ArrowDown', 3, 10, 4],
  ['ArrowDown', 9, 10, 9],
  ['ArrowUp', -1, 10, 9],
  ['ArrowUp', 0, 10, 0],
  ['PageDown', 0, 10, 4],
  ['PageDown', 8, 10, 9],
  ['PageUp', 9, 10, 5],
  ['PageUp', 2, 10, 0],
  ['Home', 5, 10, 0],
  ['End', 5, 10, 9],
  ['a', 5, 10, null],
  ['End', -1, 0, null],
])('%s from %i of %i leads to %s', (key, from, length, to) => {
  expect(moveTo(key, from, length, 5)).toBe(to)
})
