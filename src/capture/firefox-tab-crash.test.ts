import { expect, it, vi } from 'vitest'
import { failed, hop, navigation, request, start } from './event-table.ts'
import { FirefoxTabCrash } from './firefox-tab-crash.ts'

const page = 'https://app.test/'

const watch = (isPageThere: boolean) => {
  const isThere = vi.fn(async () => isPageThere)
  const handlers = { onCrash: vi.fn(), onReload: vi.fn(), onError: vi.fn() }
  const crash = new FirefoxTabCrash(isThere, handlers)
  const navigate = async (time: number, url = page) => {
    crash.navigated(url, time)
    await new Promise((resolve) => setTimeout(resolve))
  }
  return { crash, navigate, isThere, handlers }
}

it('a navigation after which no page is there is a crash, told once', async () => {
  const { navigate, handlers } = watch(false)
  await navigate(30)
  await navigate(31)
  expect(handlers.onCrash).toHaveBeenCalledExactlyOnceWith(30)
  expect(handlers.onReload).not.toHaveBeenCalled()
})

it('one after which a page is there is none, nor is one of the browser’s own', async () => {
  const there = watch(true)
  await there.navigate(30)
  const gone = watch(false)
  await gone.navigate(30, 'about:addons')
  for (const { handlers } of [there, gone]) expect(handlers.onCrash).not.toHaveBeenCalled()
})

it('the next page’s request ends it, no other and no error', async () => {
  const { crash, navigate, handlers } = watch(false)
  await navigate(30)
  crash.take([request(hop('1', page, 40)), failed(hop('2', page, 50, navigation), 'NS_ERROR_OFFLINE')])
  expect(handlers.onReload).not.toHaveBeenCalled()
  crash.take([request(hop('3', page, 900, navigation))])
  expect(handlers.onReload).toHaveBeenCalledExactlyOnceWith(start + 900)
})

it.each([
  ['a page without a request', page],
  ['one of the browser’s own', 'about:blank'],
])('so does %s', async (_, url) => {
  const { isThere, handlers, navigate } = watch(false)
  await navigate(30)
  isThere.mockResolvedValue(true)
  await navigate(40, url)
  expect(handlers.onReload).toHaveBeenCalledExactlyOnceWith(40)
})

it('a page that goes while it is asked for is asked for again', async () => {
  const { isThere, handlers, navigate } = watch(false)
  const problem = new Error('An unexpected error occurred')
  isThere.mockRejectedValueOnce(problem).mockRejectedValueOnce(problem)
  await navigate(30)
  expect(handlers.onCrash).toHaveBeenCalledExactlyOnceWith(30)
  expect(handlers.onError).not.toHaveBeenCalled()
})

it('what goes wrong is told', async () => {
  const { isThere, handlers, navigate } = watch(false)
  const problem = new Error('no background page')
  isThere.mockRejectedValue(problem)
  await navigate(30)
  expect(handlers.onError).toHaveBeenCalledExactlyOnceWith(problem)
})
