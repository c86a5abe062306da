import { expect, it } from 'vitest'
import { Recent } from './recent.ts'

it('keeps what is used, and no more than its limit', () => {
  const recent = new Recent<number, string>(3)
  for (let key = 0; key < 1_000; key++) {
    recent.set(key, `${key}`)
    expect(recent.get(0)).toBe('0')
  }
  expect([...recent]).toEqual([
    [998, '998'],
    [999, '999'],
    [0, '0'],
  ])
  expect(recent.size).toBe(3)
  recent.delete(0)
  expect(recent.has(0)).toBe(false)
  expect(recent.get(0)).toBeUndefined()
})
