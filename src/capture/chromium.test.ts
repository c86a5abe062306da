import { describe, expect, it } from 'vitest'
import {
  type ChromiumDetails,
  completedEvent,
  errorEvent,
  headersOf,
  redirectEvent,
  requestEvent,
  responseEvent,
} from './chromium.ts'
import { type ApiCookie, cookieEvent, storedCookie } from './cookies-api.ts'

const details: ChromiumDetails = {
  requestId: '210',
  url: 'https://app.test/login?next=/#top',
  method: 'POST',
  type: 'main_frame',
  frameId: 0,
  parentFrameId: -1,
  timeStamp: 1795239376352.25,
}
const hop = {
  requestId: '210',
  url: 'https://app.test/login?next=/',
  method: 'POST',
  resourceType: 'main_frame',
  initiator: null,
  frame: { frameId: 0, parentFrameId: -1, documentId: null, parentDocumentId: null },
  time: 1795239376352.25,
}

describe('headers', () => {
  it.each([
    ['ASCII', { name: 'Cookie', value: 'a=1' }, 'a=1'],
    ['bytes that are UTF-8 come decoded and are encoded again', { name: 'Cookie', value: 'u=ü' }, 'u=\xc3\xbc'],
    ['beyond Latin-1', { name: 'Cookie', value: 'e=€' }, 'e=\xe2\x82\xac'],
    ['any other bytes come as a list', { name: 'Cookie', binaryValue: [97, 61, 255] }, 'a=\xff'],
    ['an empty line stays', { name: 'Set-Cookie', value: '' }, ''],
  ])('%s', (_name, header, value) => {
    expect(headersOf([header])).toEqual([{ name: header.name, value }])
  })

  it('keeps one entry for each line, in order, and bears their absence', () => {
    const lines = [
      { name: 'set-cookie', value: 'a=1' },
      { name: 'Set-Cookie', value: 'b=2' },
    ]
    expect(headersOf(lines)).toEqual(lines)
    expect(headersOf(undefined)).toEqual([])
  })

  it('takes a header of many bytes', () => {
    const binaryValue = new Array<number>(200_000).fill(255)
    expect(headersOf([{ name: 'Cookie', binaryValue }])[0]?.value.length).toBe(200_000)
  })
})

describe('webRequest events', () => {
  it('become plain events without fragment', () => {
    expect(requestEvent({ ...details, requestHeaders: [{ name: 'Cookie', value: 'a=1' }] })).toEqual({
      kind: 'request',
      ...hop,
      headers: [{ name: 'Cookie', value: 'a=1' }],
    })
    expect(responseEvent({ ...details, statusCode: 302, responseHeaders: [{ name: 'Location', value: '/' }] })).toEqual(
      {
        kind: 'response',
        ...hop,
        status: 302,
        headers: [{ name: 'Location', value: '/' }],
      },
    )
    expect(redirectEvent({ ...details, statusCode: 307 })).toEqual({
      kind: 'redirect',
      ...hop,
      status: 307,
      headers: [],
    })
    expect(completedEvent({ ...details, fromCache: true })).toEqual({
      kind: 'completed',
      requestId: '210',
      url: hop.url,
      fromCache: true,
      time: hop.time,
    })
    expect(errorEvent({ ...details, error: 'net::ERR_FAILED' })).toEqual({
      kind: 'error',
      ...hop,
      error: 'net::ERR_FAILED',
    })
  })

  it('keep who asked and where', () => {
    const event = requestEvent({
      ...details,
      type: 'image',
      initiator: 'null',
      frameId: 7,
      parentFrameId: 0,
      documentId: 'D',
      parentDocumentId: 'P',
    })
    expect(event.initiator).toBe('null')
    expect(event.frame).toEqual({ frameId: 7, parentFrameId: 0, documentId: 'D', parentDocumentId: 'P' })
  })
})

describe('cookies', () => {
  const cookie: ApiCookie = {
    name: 'sïd',
    value: 'ü',
    domain: '.app.test',
    hostOnly: false,
    path: '/',
    secure: true,
    httpOnly: true,
    sameSite: 'no_restriction',
    session: false,
    expirationDate: 1795239376.5,
    storeId: '0',
    partitionKey: { topLevelSite: 'https://app.test', hasCrossSiteAncestor: true },
  }

  it('have names and values as byte strings, like the headers', () => {
    const { storeId: _, ...rest } = cookie
    expect(storedCookie(cookie)).toEqual({ ...rest, name: 's\xc3\xafd', value: '\xc3\xbc' })
  })

  it('have no field that the browser did not give', () => {
    const { expirationDate: _1, partitionKey: _2, ...session } = { ...cookie, session: true }
    expect(Object.keys(storedCookie(session))).not.toContain('expirationDate')
    expect(Object.keys(storedCookie(session))).not.toContain('partitionKey')
  })

  it('change with a cause and the time that is given', () => {
    expect(cookieEvent({ removed: true, cause: 'expired_overwrite', cookie }, 5)).toEqual({
      kind: 'cookie',
      removed: true,
      cause: 'expired_overwrite',
      storeId: cookie.storeId,
      cookie: storedCookie(cookie),
      time: 5,
    })
  })
})
