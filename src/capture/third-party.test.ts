import { describe, expect, it } from 'vitest'
import { cookie, hop, jar, lines, navigation, request, response, Session } from './event-table.ts'

describe('third-party cookies', () => {
  const page = hop('1', 'https://app.test/', 0, navigation)
  const image = (id: string, time: number) => hop(id, `https://cdn.test/${id}`, time, { resourceType: 'image' })
  const asked = (access: string) => ({ 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Storage-Access': access })

  it.each([
    ['none', 'blocked'],
    ['inactive', 'blocked'],
    ['active', 'allowed'],
  ])('are read from Sec-Fetch-Storage-Access: %s', (access, setting) => {
    const session = new Session().take(request(page), response(page))
    expect(session.correlator.thirdPartyCookies).toBe('unknown')
    session.take(request(image('2', 10), null, asked(access)))
    expect(session.correlator.thirdPartyCookies).toBe(setting)
  })

  it.each([
    ['none', 'unknown'],
    ['active', 'allowed'],
  ])('are told by a frame that may use them, not by one that may be credentialless: %s', (access, setting) => {
    const frame = hop('2', 'https://other.test/', 10, {
      resourceType: 'sub_frame',
      frame: { frameId: 7, parentFrameId: 0, documentId: null, parentDocumentId: 'TOP' },
    })
    const session = new Session().take(request(page), response(page), request(frame, null, asked(access)))
    expect(session.correlator.thirdPartyCookies).toBe(setting)
  })

  it('count as blocked where one site has been given access of its own', () => {
    const other = hop('3', 'https://ads.test/', 20, { resourceType: 'image' })
    const session = new Session().take(request(page), response(page))
    session.take(request(image('2', 10), null, asked('none')), request(other, null, asked('active')))
    expect(session.correlator.thirdPartyCookies).toBe('blocked')
    session.take(request(image('4', 30), null, asked('active')))
    expect(session.correlator.thirdPartyCookies).toBe('allowed')
  })

  it('are judged anew for what came before the setting was known', () => {
    const plain = hop('2', 'http://cdn.test/plain', 5, { resourceType: 'image' })
    const session = new Session().take(
      jar(cookie('tp=1', { domain: 'cdn.test', sameSite: 'no_restriction', secure: true })),
      request(page),
      response(page),
      request(hop('3', 'https://cdn.test/first', 6), null),
      response(hop('3', 'https://cdn.test/first', 8), ['tp=2; Secure; SameSite=None']),
      request(plain),
    )
    const early = session.log[1]
    const wasOpen = early?.verdict.setCookies.map(({ outcome }) => outcome)
    session.take(request(image('4', 10), null, asked('none')))
    expect(wasOpen).toEqual(['unknown'])
    expect(early && lines(early)[0]).toContain('UserPreferences')
  })
})
