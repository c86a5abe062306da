import { describe, expect, it } from 'vitest'
import { changeEvent, errorEvent, type FirefoxDetails, headersOf, requestEvent, responseEvent } from './firefox.ts'

const details: FirefoxDetails = {
  requestId: '40',
  url: 'https://app.test/login?next=/#top',
  method: 'POST',
  type: 'xmlhttprequest',
  frameId: 0,
  parentFrameId: -1,
  documentId: 'da76beb0',
  originUrl: 'https://app.test/form',
  documentUrl: 'https://app.test/form',
  frameAncestors: [],
  timeStamp: 1_795_250_591_048,
}
const frames = ['https://app.test/form']

describe('headersOf', () => {
  it('takes joined Set-Cookie lines apart, and nothing else', () => {
    expect(
      headersOf([
        { name: 'set-cookie', value: 'a=1; Path=/\nb=\xc3\xbc\nc=3' },
        { name: 'X-Lines', value: 'one' },
        { name: 'X-Bytes', binaryValue: [0x61, 0xff] },
      ]),
    ).toEqual([
      { name: 'set-cookie', value: 'a=1; Path=/' },
      { name: 'set-cookie', value: 'b=\xc3\xbc' },
      { name: 'set-cookie', value: 'c=3' },
      { name: 'X-Lines', value: 'one' },
      { name: 'X-Bytes', value: 'a\xff' },
    ])
  })
})

describe('a request', () => {
  it('has no fragment, and the frames that are known', () => {
    expect(requestEvent(details, frames)).toEqual({
      kind: 'request',
      requestId: '40',
      url: 'https://app.test/login?next=/',
      method: 'POST',
      resourceType: 'xmlhttprequest',
      initiator: 'https://app.test',
      frame: { frameId: 0, parentFrameId: -1, documentId: 'da76beb0', parentDocumentId: null },
      frames,
      headers: [],
      thirdPartyCookies: 'unknown',
      time: details.timeStamp,
    })
  })

  const { originUrl: _none, ...unnamed } = details
  it.each<[string, FirefoxDetails, string | null]>([
    ['the user', { ...unnamed, type: 'main_frame' }, null],
    ['a page, to another', { ...details, type: 'main_frame' }, 'https://app.test'],
    ['a document of an opaque origin', unnamed, 'null'],
    ['a data: document', { ...details, originUrl: 'data:text/html,x' }, 'null'],
  ])('is started by %s', (_who, one, initiator) => {
    expect(requestEvent(one, []).initiator).toBe(initiator)
  })

  it('tells of partitioned third-party cookies by a header that is there in no other setting', () => {
    const requestHeaders = [{ name: 'Sec-Fetch-Storage-Access', value: 'none' }]
    expect(requestEvent({ ...details, requestHeaders }, frames).thirdPartyCookies).toBe('partitioned')
  })

  it('tells that third-party cookies are allowed by one that it carries without that header', () => {
    const requestHeaders = [
      { name: 'Sec-Fetch-Site', value: 'cross-site' },
      { name: 'Cookie', value: 'a=1' },
    ]
    const thirdParty = { ...details, thirdParty: true, requestHeaders }
    expect(requestEvent(thirdParty, frames).thirdPartyCookies).toBe('allowed')
    expect(requestEvent({ ...thirdParty, thirdParty: false }, frames).thirdPartyCookies).toBe('unknown')
    expect(requestEvent({ ...thirdParty, url: 'http://app.test/' }, frames).thirdPartyCookies).toBe('unknown')
  })
})

it('a response and an error are of the same hop', () => {
  expect(responseEvent({ ...details, statusCode: 303 }, frames)).toMatchObject({ requestId: '40', status: 303, frames })
  expect(errorEvent({ ...details, error: 'NS_BINDING_ABORTED' }, frames)).toMatchObject({ error: 'NS_BINDING_ABORTED' })
})

it('a change of the store says that Firefox tells less', () => {
  const cookie = {
    name: 'sid',
    value: 'ü',
    domain: 'app.test',
    hostOnly: true,
    path: '/',
    secure: true,
    httpOnly: true,
    sameSite: 'lax' as const,
    session: true,
    storeId: 'firefox-default',
    partitionKey: null,
  }
  const event = changeEvent({ removed: true, cause: 'explicit', cookie }, 5)
  expect(event).toMatchObject({ kind: 'cookie', storeId: 'firefox-default', vague: true, time: 5 })
  expect(event.cookie).toEqual({
    name: 'sid',
    value: '\xc3\xbc',
    domain: 'app.test',
    hostOnly: true,
    path: '/',
    secure: true,
    httpOnly: true,
    sameSite: 'lax',
    session: true,
  })
})
