import { beforeEach, expect, it, vi } from 'vitest'
import { failed, hop, navigation, request, start } from './event-table.ts'
import { TabCrash } from './tab-crash.ts'

const tabs = vi.hoisted(() => ({ get: vi.fn() }))
vi.mock('webextension-polyfill', () => ({ default: { tabs } }))

const aborted = (id: string, time: number) => failed(hop(id, 'https://app.test/', time), 'net::ERR_ABORTED')
const again = request(hop('9', 'https://app.test/', 900, navigation))

const watch = (tab: { status: string; discarded?: boolean }) => {
  tabs.get.mockReset().mockResolvedValue(tab)
  const handlers = { onCrash: vi.fn(), onReload: vi.fn(), onError: vi.fn() }
  return { handlers, crash: new TabCrash(7, handlers) }
}
const answered = () => new Promise((resolve) => setTimeout(resolve))

beforeEach(() => void tabs.get.mockReset())

it('requests that are aborted are the occasion to ask, once at a time', async () => {
  const { crash, handlers } = watch({ status: 'unloaded' })
  crash.take([aborted('1', 10), aborted('2', 11)])
  crash.take([aborted('3', 12)])
  await answered()
  expect(tabs.get).toHaveBeenCalledExactlyOnceWith(7)
  expect(handlers.onCrash).toHaveBeenCalledExactlyOnceWith(start + 10)
})

it('the next page ends it, by its request or by word of its navigation', async () => {
  const { crash, handlers } = watch({ status: 'unloaded' })
  crash.take([again])
  crash.navigated('https://app.test/', 1)
  expect(handlers.onReload).not.toHaveBeenCalled()
  crash.take([aborted('1', 10)])
  await answered()
  crash.take([aborted('2', 20), again])
  expect(handlers.onReload).toHaveBeenCalledExactlyOnceWith(start + 900)
  await answered()
  crash.take([aborted('3', 30)])
  await answered()
  crash.navigated('https://app.test/', 5)
  expect(handlers.onReload).toHaveBeenLastCalledWith(5)
})

it('the page’s request that is told after it says when it began', async () => {
  const { crash, handlers } = watch({ status: 'unloaded' })
  crash.take([aborted('1', 10)])
  await answered()
  crash.navigated('https://app.test/', start + 1_100)
  crash.take([again])
  expect(handlers.onReload.mock.calls).toEqual([[start + 1_100], [start + 900]])
  crash.take([again])
  expect(handlers.onReload).toHaveBeenCalledTimes(2)
})

it.each([
  ['a page that is left', { status: 'loading' }, aborted('1', 10)],
  ['a tab that was put aside', { status: 'unloaded', discarded: true }, aborted('1', 10)],
  ['another error', { status: 'unloaded' }, failed(hop('1', 'https://app.test/', 10), 'net::ERR_FAILED')],
])('%s is no crash', async (_what, tab, event) => {
  const { crash, handlers } = watch(tab)
  crash.take([event])
  await answered()
  expect(handlers.onCrash).not.toHaveBeenCalled()
})
