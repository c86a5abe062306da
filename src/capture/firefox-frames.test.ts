import { expect, it } from 'vitest'
import type { FirefoxDetails } from './firefox.ts'
import { FirefoxFrames } from './firefox-frames.ts'

const top = 'https://app.test/'
const inner = 'https://other.test/inner'

const of = (more: Partial<FirefoxDetails>): FirefoxDetails => ({
  requestId: '1',
  url: 'https://app.test/image#x',
  method: 'GET',
  type: 'image',
  frameId: 0,
  parentFrameId: -1,
  frameAncestors: [],
  timeStamp: 0,
  ...more,
})

it('a navigation has its ancestors, the top one none', () => {
  const frames = new FirefoxFrames()
  expect(frames.of(of({ type: 'main_frame' }))).toEqual([])
  expect(frames.of(of({ type: 'sub_frame', documentUrl: top, frameAncestors: [{ url: `${top}#a` }] }))).toEqual([top])
})

it('a request has its document and the ones around it', () => {
  const inFrame = of({ frameId: 7, documentId: 'D', documentUrl: inner, frameAncestors: [{ url: top }] })
  expect(new FirefoxFrames().of(inFrame)).toEqual([inner, top])
})

it('a worker’s request has the documents of its frame', () => {
  const frames = new FirefoxFrames()
  frames.of(of({ frameId: 7, documentId: 'D', documentUrl: inner, frameAncestors: [{ url: top }] }))
  expect(frames.of(of({ frameId: 7, documentUrl: 'https://other.test/worker.js' }))).toEqual([inner, top])
})

it('a document of an opaque origin is known by its navigation, else by its parent', () => {
  const frames = new FirefoxFrames()
  expect(frames.of(of({ frameId: 9, documentId: 'E', frameAncestors: [{ url: inner }, { url: top }] }))).toEqual([
    inner,
    inner,
    top,
  ])
  frames.answered({ ...of({ type: 'main_frame', url: 'https://app.test/sandboxed#x' }), statusCode: 200 })
  expect(frames.of(of({ documentId: 'F' }))).toEqual(['https://app.test/sandboxed'])
})

it('a redirect makes no document', () => {
  const frames = new FirefoxFrames()
  frames.answered({ ...of({ type: 'main_frame', url: top }), statusCode: 200 })
  frames.answered({ ...of({ type: 'main_frame', url: 'https://app.test/away' }), statusCode: 302 })
  expect(frames.of(of({ documentId: 'F' }))).toEqual([top])
})
