import { describe, expect, it } from 'vitest'
import { Documents, framesOf } from './documents.ts'
import type { FrameRef, HopEvent } from './events.ts'

type Request = Pick<HopEvent, 'resourceType' | 'frame' | 'initiator' | 'url'>

const frame = (
  frameId: number,
  parentFrameId: number,
  documentId: string | null,
  parentDocumentId: string | null = null,
): FrameRef => ({
  frameId,
  parentFrameId,
  documentId,
  parentDocumentId,
})
const mainFrame = (url: string, frameId = 0): Request => ({
  resourceType: 'main_frame',
  url,
  initiator: null,
  frame: frame(frameId, -1, null),
})
const subFrame = (url: string, frameId: number, parentFrameId: number, parent: string, initiator: string): Request => ({
  resourceType: 'sub_frame',
  url,
  initiator,
  frame: frame(frameId, parentFrameId, null, parent),
})
const image = (ref: FrameRef, initiator: string): Request => ({
  resourceType: 'image',
  url: 'https://x.test/i',
  initiator,
  frame: ref,
})

const app = 'https://app.test/home'

describe('documents of a tab', () => {
  it('nests frames by the requests they make', () => {
    const documents = new Documents()
    expect(documents.requester(mainFrame(app))).toBeNull()
    documents.answered(mainFrame(app))
    const outer = subFrame('https://other.test/frame', 7, 0, 'TOP', 'https://app.test')
    expect(framesOf(documents.requester(outer))).toEqual([app])
    documents.answered(outer)
    const inner = subFrame('https://app.test/inner', 9, 7, 'OUTER', 'https://other.test')
    expect(framesOf(documents.requester(inner))).toEqual(['https://other.test/frame', app])
    documents.answered(inner)
    expect(framesOf(documents.requester(image(frame(9, 7, 'INNER', 'OUTER'), 'https://app.test')))).toEqual([
      'https://app.test/inner',
      'https://other.test/frame',
      app,
    ])
  })

  it('keeps the old document for requests that it makes while the next one is on its way', () => {
    const documents = new Documents()
    documents.answered(mainFrame(app))
    const old = image(frame(0, -1, 'OLD'), 'https://app.test')
    expect(framesOf(documents.requester(old))).toEqual([app])
    documents.answered(mainFrame('https://app.test/next'))
    expect(framesOf(documents.requester(old))).toEqual([app])
    expect(framesOf(documents.requester(image(frame(0, -1, 'NEW'), 'https://app.test')))).toEqual([
      'https://app.test/next',
    ])
    // Back: the old document returns from the back-forward cache, without a request of its own.
    expect(framesOf(documents.requester(old))).toEqual([app])
  })

  it('does not take an unknown document of another origin for the one that was answered', () => {
    const documents = new Documents()
    documents.answered(mainFrame('https://next.test/'))
    expect(framesOf(documents.requester(image(frame(0, -1, 'LEFT'), 'https://left.test')))).toEqual([
      'https://left.test/',
    ])
    expect(framesOf(documents.requester(image(frame(0, -1, 'NEXT'), 'https://next.test')))).toEqual([
      'https://next.test/',
    ])
  })

  it('gives a document without a navigation of its own the place and the URL of its parent', () => {
    const documents = new Documents()
    documents.answered(mainFrame(app))
    const srcdoc = image(frame(8, 0, 'SRCDOC', 'TOP'), 'https://app.test')
    expect(framesOf(documents.requester(srcdoc))).toEqual([app, app])
    const sandboxed = image(frame(12, 0, 'SANDBOX', 'TOP'), 'null')
    expect(framesOf(documents.requester(sandboxed))).toEqual([app, app])
  })

  it('uses the documents that were open before', () => {
    const documents = new Documents()
    documents.setOpen([
      { url: app, ancestors: [] },
      { url: 'https://other.test/frame', ancestors: ['https://app.test'] },
      { url: 'https://deep.test/inner', ancestors: ['https://other.test', 'https://app.test'] },
    ])
    expect(framesOf(documents.requester(image(frame(9, 7, 'D', 'C'), 'https://deep.test')))).toEqual([
      'https://deep.test/inner',
      'https://other.test/',
      app,
    ])
    expect(framesOf(documents.requester(image(frame(0, -1, 'T'), 'https://app.test')))).toEqual([app])
    expect(framesOf(documents.requester(subFrame('https://new.test/', 20, 0, 'T', 'https://app.test')))).toEqual([app])
    documents.answered(mainFrame('https://app.test/next'))
    expect(framesOf(documents.requester(image(frame(0, -1, 'N'), 'https://app.test')))).toEqual([
      'https://app.test/next',
    ])
  })

  it('knows the origin at least where the navigation was missed', () => {
    const documents = new Documents()
    documents.answered(mainFrame(app))
    documents.requester(image(frame(0, -1, 'OLD'), 'https://app.test'))
    const missed = documents.requester(image(frame(0, -1, 'MISSED'), 'https://app.test'))
    expect(framesOf(missed)).toEqual(['https://app.test/'])
  })

  it('knows a document that asks before it has taken its frame', () => {
    const documents = new Documents()
    documents.answered(mainFrame(app))
    documents.requester(image(frame(0, -1, 'OLD'), 'https://app.test'))
    documents.answered(mainFrame('https://www.test/next'))
    expect(framesOf(documents.requester(image(frame(3, -1, 'NEXT'), 'https://www.test')))).toEqual([
      'https://www.test/next',
    ])
    const inner = subFrame('https://other.test/frame', 7, 0, 'NEXT', 'https://www.test')
    documents.answered(inner)
    expect(framesOf(documents.requester(image(frame(9, 0, 'INNER', 'NEXT'), 'https://other.test')))).toEqual([
      'https://other.test/frame',
      'https://www.test/next',
    ])
  })

  it('knows it too where a frame of it asks first', () => {
    const documents = new Documents()
    documents.answered(mainFrame(app))
    documents.requester(image(frame(0, -1, 'OLD'), 'https://app.test'))
    documents.answered(mainFrame('https://www.test/next'))
    const inner = subFrame('https://other.test/frame', 7, 3, 'NEXT', 'https://www.test')
    expect(framesOf(documents.requester(inner))).toEqual(['https://www.test/next'])
  })

  it('keeps a prerendered page apart from the one that is shown', () => {
    const documents = new Documents()
    documents.answered(mainFrame(app))
    documents.requester(image(frame(0, -1, 'TOP'), 'https://app.test'))
    documents.answered(mainFrame('https://app.test/soon', 30))
    expect(framesOf(documents.requester(image(frame(30, -1, 'SOON'), 'https://app.test')))).toEqual([
      'https://app.test/soon',
    ])
    expect(framesOf(documents.requester(image(frame(0, -1, 'SOON'), 'https://app.test')))).toEqual([
      'https://app.test/soon',
    ])
    expect(framesOf(documents.requester(image(frame(0, -1, 'TOP'), 'https://app.test')))).toEqual([app])
  })
})
