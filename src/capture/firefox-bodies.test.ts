import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type FinishedEntry, FirefoxBodies } from './firefox-bodies.ts'
import { outlineOfRequest, type SentBody } from './firefox-request-bodies.ts'

vi.mock('webextension-polyfill', () => ({ default: {} }))

const url = 'https://shop.test/api/login'
const start = 1_795_239_376_000
const key = { url, method: 'POST', started: start }

const finished = (over: { started?: number; method?: string; type?: string; size?: number } = {}): FinishedEntry => ({
  startedDateTime: new Date(over.started ?? start).toISOString(),
  request: { url, method: over.method ?? 'POST' },
  response: { content: { mimeType: over.type ?? 'application/json', size: over.size ?? 9 } },
  getContent: vi.fn(async () => ['{"ok":true}', 'application/json'] as [string, string]),
})
const sent = (body: string, started = start): SentBody => ({
  ...{ url, method: 'POST', started },
  outline: { type: 'application/json', body },
})

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('the bodies of a POST', () => {
  it('are what both have told', async () => {
    const bodies = new FirefoxBodies()
    expect(await bodies.read(key)).toBe(null)
    bodies.sent(sent('{"password":""}'))
    expect(await bodies.read(key)).toEqual({
      requestType: 'application/json',
      requestBody: '{"password":""}',
      responseBody: null,
    })
    bodies.finished(finished())
    expect((await bodies.read(key))?.responseBody).toBe('{"ok":true}')
  })
  it('are those of the request that is nearest in time', async () => {
    const bodies = new FirefoxBodies()
    bodies.sent(sent('{"a":""}', start - 500))
    bodies.sent(sent('{"b":""}', start + 5))
    expect((await bodies.read(key))?.requestBody).toBe('{"b":""}')
    expect(await bodies.read({ ...key, url: 'https://shop.test/' })).toBe(null)
  })
  it('are asked for at once: with its page they are gone', () => {
    const entry = finished()
    new FirefoxBodies().finished(entry)
    expect(entry.getContent).toHaveBeenCalledOnce()
  })
  it.each([
    ['HTML', finished({ type: 'text/html' })],
    ['of an answer that is no login’s', finished({ size: 2_000_000 })],
  ])('are not asked for where there can be no token: %s', async (_name, entry) => {
    const bodies = new FirefoxBodies()
    bodies.finished(entry)
    expect(entry.getContent).not.toHaveBeenCalled()
    expect((await bodies.read(key))?.responseBody).toBe('')
  })
  it('are not those of a GET', async () => {
    const bodies = new FirefoxBodies()
    bodies.finished(finished({ method: 'GET' }))
    expect(await bodies.read({ ...key, method: 'GET' })).toBe(null)
  })
  it('cannot be had where the page has gone', async () => {
    const bodies = new FirefoxBodies()
    bodies.finished({ ...finished(), getContent: () => Promise.reject(new Error('gone')) })
    expect((await bodies.read(key))?.responseBody).toBe(null)
  })
  it('are kept for some seconds, and of a few', async () => {
    const bodies = new FirefoxBodies()
    bodies.finished(finished())
    vi.advanceTimersByTime(10_000)
    expect(await bodies.read(key)).toBe(null)
    for (let i = 0; i <= 20; i++) bodies.finished(finished({ started: start + i * 5_000 }))
    expect(await bodies.read(key)).toBe(null)
  })
})

describe('what the background page tells of a body', () => {
  const bytes = (text: string) => new TextEncoder().encode(text).buffer
  it.each<[string, object | undefined, string | null]>([
    ['none', undefined, null],
    ['a form', { formData: { password: ['hush'] } }, 'password='],
    ['JSON', { raw: [{ bytes: bytes('{"password":"hush"}') }] }, '{"password":""}'],
    ['JSON in parts', { raw: [{ bytes: bytes('{"pass') }, { bytes: bytes('word":"hush"}') }] }, '{"password":""}'],
    ['a file', { raw: [{ file: '/home/hush.json' }] }, null],
    ['another', { raw: [{ bytes: bytes('hush') }] }, null],
    ['too long a one', { raw: [{ bytes: new ArrayBuffer(200_000) }] }, null],
    ['one that cannot be read', { error: 'hush' }, null],
  ])('%s', (_name, requestBody, expected) => {
    const outline = outlineOfRequest({ requestBody } as Parameters<typeof outlineOfRequest>[0])
    expect(outline?.body ?? null).toBe(expected)
  })
})
