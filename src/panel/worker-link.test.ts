import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { connectWorker } from './worker-link.ts'

const runtime = vi.hoisted(() => ({ id: 'id' as string | undefined, connect: vi.fn() }))
vi.mock('webextension-polyfill', () => ({ default: { runtime } }))

class FakePort {
  readonly sent: unknown[] = []
  readonly #listeners: { message: ((message: unknown) => void)[]; disconnect: (() => void)[] } = {
    message: [],
    disconnect: [],
  }
  readonly onMessage = { addListener: (listener: (message: unknown) => void) => this.#listeners.message.push(listener) }
  readonly onDisconnect = { addListener: (listener: () => void) => this.#listeners.disconnect.push(listener) }
  postMessage(message: unknown): void {
    this.sent.push(message)
  }
  say(message: unknown): void {
    for (const listener of this.#listeners.message) listener(message)
  }
  end(): void {
    for (const listener of this.#listeners.disconnect) listener()
  }
}

describe('the port to the worker', () => {
  let ports: FakePort[]
  beforeEach(() => {
    vi.useFakeTimers()
    ports = []
    runtime.id = 'id'
    runtime.connect.mockReset().mockImplementation(() => {
      const port = new FakePort()
      ports.push(port)
      return port
    })
  })
  afterEach(() => void vi.useRealTimers())

  const start = () => {
    const handlers = { lastPage: () => 'https://app.test/', onMessage: vi.fn(), onLost: vi.fn() }
    return { handlers, link: connectWorker(handlers) }
  }

  it('tells each worker what the last one knew, and passes on what it says', () => {
    const { handlers, link } = start()
    expect(ports[0]?.sent).toEqual([{ page: 'https://app.test/' }])
    link.send({ page: 'https://other.test/' })
    expect(ports[0]?.sent).toHaveLength(2)
    ports[0]?.say({ page: 'https://other.test/', granted: true })
    expect(handlers.onMessage).toHaveBeenCalledWith({ page: 'https://other.test/', granted: true })
  })

  it('is opened again at once when its worker ends', () => {
    start()
    ports[0]?.say({})
    ports[0]?.end()
    ports[1]?.say({})
    ports[1]?.end()
    expect(ports).toHaveLength(3)
    expect(ports[2]?.sent).toEqual([{ page: 'https://app.test/' }])
  })

  it('waits longer and longer for a worker that ends without a word', () => {
    const { link } = start()
    ports[0]?.end()
    ports[1]?.end()
    expect(ports).toHaveLength(2)
    link.send({ page: 'https://nobody.hears/' })
    vi.advanceTimersByTime(100)
    expect(ports).toHaveLength(3)
    ports[2]?.end()
    vi.advanceTimersByTime(199)
    expect(ports).toHaveLength(3)
    vi.advanceTimersByTime(1)
    expect(ports).toHaveLength(4)
  })

  it.each([
    ['its id is gone', () => Object.assign(runtime, { id: undefined })],
    [
      'connecting throws',
      () =>
        void runtime.connect.mockImplementation(() => {
          throw new Error('Extension context invalidated.')
        }),
    ],
  ])('is given up with the extension: %s', (_name, invalidate) => {
    const { handlers } = start()
    ports[0]?.say({})
    invalidate()
    ports[0]?.end()
    expect(handlers.onLost).toHaveBeenCalledOnce()
    vi.advanceTimersByTime(60_000)
    expect(ports).toHaveLength(1)
  })
})
