import { describe, expect, it } from 'vitest'
import type { ThirdPartyCookies } from '../contract.ts'
import {
  completed,
  cookie,
  hop,
  jar,
  lines,
  navigation,
  request,
  response,
  Session,
  sent,
  stored,
} from './event-table.ts'
import type { CaptureEvent, HopEvent } from './events.ts'

/**
 * Firefox tells by a header that third-party cookies are partitioned, and by nothing that they are blocked: a fetch that lost its
 * cookies to the setting looks like one without credentials.
 */

const page = hop('1', 'https://app.test/', 0, navigation)
const crossSite = { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'cors' }
const own = cookie('tp=1', { domain: 'other.test', secure: true, sameSite: 'no_restriction' })
const kept = cookie('tp=2', { ...own, value: '2' })
const partitionKey = { topLevelSite: 'https://app.test', hasCrossSiteAncestor: true }
const line = 'tp=2; Secure; SameSite=None; Path=/'

/** As Firefox's normaliser makes it. */
const asked = (
  event: HopEvent,
  more: Record<string, string> = crossSite,
  thirdPartyCookies: ThirdPartyCookies = 'unknown',
  cookies: string | null = null,
): CaptureEvent => ({ ...request(event, cookies, more), thirdPartyCookies }) as CaptureEvent

const fetched = hop('2', 'https://other.test/api', 1_000, { frames: ['https://app.test/'] })
const frame = hop('3', 'https://other.test/frame', 3_000, {
  resourceType: 'sub_frame',
  frames: ['https://app.test/'],
  frame: { frameId: 7, parentFrameId: 0, documentId: null, parentDocumentId: 'TOP' },
})
const begin = () => new Session('firefox').take(jar(own), asked(page, {}), response(page))

describe('a fetch of another site that lost its cookies', () => {
  const lost = () =>
    begin()
      .take(asked(fetched), response({ ...fetched, time: fetched.time + 5 }, [line]), completed(fetched, 1_010))
      .settle()
  const both = {
    lines: ['tp unknown CredentialsOmitted UserPreferences predicted'],
    cookies: ['tp=1 unknown PartitionKeyMismatch CredentialsOmitted UserPreferences predicted'],
  }

  it('may have been made without credentials, and may be blocked', () => {
    const entry = lost().log[1]
    expect(entry && lines(entry)).toEqual(both.lines)
    expect(entry && sent(entry)).toEqual(both.cookies)
  })

  it('was made without credentials where third-party cookies are partitioned', () => {
    const session = lost().take(asked(frame, { ...crossSite, 'Sec-Fetch-Storage-Access': 'none' }, 'partitioned'))
    expect(session.log[1] && lines(session.log[1])).toEqual(['tp blocked CredentialsOmitted confirmed'])
  })

  it('was blocked where a frame of that site has no cookies either', () => {
    const session = lost().take(asked(frame), response({ ...frame, time: frame.time + 5 }))
    expect(session.correlator.thirdPartyCookies).toBe('blocked')
    expect(session.log[1] && lines(session.log[1])).toEqual(['tp blocked UserPreferences confirmed'])
    expect(session.log[1] && sent(session.log[1])).toEqual(['tp=1 blocked UserPreferences confirmed'])
  })

  it('was made without credentials where a frame of that site has them', () => {
    const session = lost().take(asked(frame, crossSite, 'allowed', 'tp=1'))
    expect(session.log[1] && sent(session.log[1])).toEqual(['tp=1 blocked CredentialsOmitted confirmed'])
  })
})

describe('the setting', () => {
  const answer = [asked(fetched), response({ ...fetched, time: fetched.time + 5 }, [line])]

  it('is told by a cookie that appears in the page’s partition', () => {
    const session = begin()
      .take(...answer, stored({ ...kept, partitionKey }, 1_010), completed(fetched, 1_020))
      .settle()
    expect(session.correlator.thirdPartyCookies).toBe('partitioned')
    expect(session.log[1] && lines(session.log[1])).toEqual(['tp stored confirmed'])
  })

  it('is not told by one that asks for it', () => {
    const session = begin().take(
      asked(fetched),
      response({ ...fetched, time: fetched.time + 5 }, [`${line}; Partitioned`]),
      stored({ ...kept, partitionKey }, 1_010),
      completed(fetched, 1_020),
    )
    expect(session.settle().correlator.thirdPartyCookies).toBe('unknown')
  })

  it.each([
    ['appears outside of it', [stored(kept, 3_010)], 'allowed', ['tp stored confirmed']],
    ['does not appear', [], 'blocked', ['tp blocked UserPreferences confirmed']],
  ])('is told by a frame’s cookie that %s', (_what, changes, setting, said) => {
    const session = new Session('firefox').take(asked(page, {}), response(page))
    session.take(
      asked(frame),
      response({ ...frame, time: frame.time + 5 }, [line]),
      ...changes,
      completed(frame, 3_020),
    )
    session.settle()
    expect(session.correlator.thirdPartyCookies).toBe(setting)
    expect(session.log[1] && lines(session.log[1])).toEqual(said)
  })

  // The form of a login in a frame: measured, it has the header too where cookies are partitioned.
  it('is told by what a frame asks of its own site', () => {
    const own = { 'Sec-Fetch-Site': 'same-origin', 'Sec-Fetch-Mode': 'navigate' }
    const form = { ...frame, requestId: '6', method: 'POST', initiator: 'https://other.test' }
    const session = new Session('firefox').take(asked(page, {}), response(page))
    session.take(asked(form, own), response({ ...form, time: form.time + 5 }, [line]), completed(form, 3_020))
    expect(session.settle().correlator.thirdPartyCookies).toBe('blocked')
  })

  it('is not changed by what the page’s own frame asks', () => {
    const session = begin().take(asked(frame, { ...crossSite, 'Sec-Fetch-Storage-Access': 'none' }, 'partitioned'))
    const mine = { ...frame, requestId: '7', url: 'https://app.test/frame', time: frame.time + 1_000 }
    session.take(asked(mine, { 'Sec-Fetch-Site': 'same-origin' }))
    expect(session.correlator.thirdPartyCookies).toBe('partitioned')
  })

  it('may be changed', () => {
    const session = begin().take(asked(frame, { ...crossSite, 'Sec-Fetch-Storage-Access': 'none' }, 'partitioned'))
    expect(session.correlator.thirdPartyCookies).toBe('partitioned')
    const again = { ...frame, requestId: '4', time: frame.time + 1_000 }
    session.take(asked(again), response({ ...again, time: again.time + 5 }))
    expect(session.correlator.thirdPartyCookies).toBe('blocked')
  })
})

describe('an image of another site without cookies', () => {
  const image = hop('5', 'https://other.test/p.gif', 3_000, { resourceType: 'image', frames: ['https://app.test/'] })
  const plain = { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'no-cors', 'Sec-Fetch-Dest': 'image' }
  const told = (headers: Record<string, string>, pageHeaders: Record<string, string> = {}, status = 200) =>
    new Session('firefox')
      .take(jar(own), asked(page, {}), {
        ...response(page),
        status,
        headers: headersFrom(pageHeaders),
      } as CaptureEvent)
      .take(asked(image, headers), response({ ...image, time: image.time + 5 }, [line]), completed(image, 3_020))
      .settle().correlator.thirdPartyCookies
  const headersFrom = (of: Record<string, string>) => Object.entries(of).map(([name, value]) => ({ name, value }))

  it('tells that they are blocked', () => expect(told(plain)).toBe('blocked'))

  it.each([
    ['with crossorigin, which leaves them out', told(crossSite)],
    ['under a page that takes them away', told(plain, { 'Cross-Origin-Embedder-Policy': 'credentialless' })],
    ['under a page whose own headers were not seen', told(plain, {}, 304)],
  ])('tells nothing %s', (_what, setting) => expect(setting).toBe('unknown'))

  it('tells nothing where the page was not seen', () => {
    const session = new Session('firefox').take(
      jar(own),
      asked(image, plain),
      response(image, [line]),
      completed(image, 3_020),
    )
    expect(session.settle().correlator.thirdPartyCookies).toBe('unknown')
  })
})
