import { describe, expect, it } from 'vitest'
import type { StoredCookie } from '../contract.ts'
import { Correlator, settleTime } from './correlate.ts'
import type { CaptureEvent, HopEvent } from './events.ts'
import type { Hop } from './hop.ts'

const start = 1_795_239_376_000

const cookie = (pair: string, more: Partial<StoredCookie> = {}): StoredCookie => ({
  name: pair.slice(0, pair.indexOf('=')),
  value: pair.slice(pair.indexOf('=') + 1),
  domain: 'app.test',
  hostOnly: true,
  path: '/',
  secure: false,
  httpOnly: false,
  sameSite: 'unspecified',
  session: true,
  ...more,
})

/** A page's fetch unless said otherwise; times are milliseconds after `start`. */
const hop = (requestId: string, url: string, time: number, more: Partial<HopEvent> = {}): HopEvent => ({
  requestId,
  url,
  method: 'GET',
  resourceType: 'xmlhttprequest',
  initiator: 'https://app.test',
  frame: { frameId: 0, parentFrameId: -1, documentId: 'TOP', parentDocumentId: null },
  time: start + time,
  ...more,
})
const navigation: Partial<HopEvent> = {
  resourceType: 'main_frame',
  initiator: null,
  frame: { frameId: 0, parentFrameId: -1, documentId: null, parentDocumentId: null },
}

const request = (event: HopEvent, sent: string | null = null, more: Record<string, string> = {}): CaptureEvent => ({
  kind: 'request',
  ...event,
  headers: [
    { name: 'Host', value: new URL(event.url).host },
    ...(sent === null ? [] : [{ name: 'Cookie', value: sent }]),
    ...Object.entries(more).map(([name, value]) => ({ name, value })),
  ],
})
const response = (event: HopEvent, setCookies: string[] = [], location?: string): CaptureEvent => ({
  kind: 'response',
  ...event,
  status: location === undefined ? 200 : 302,
  headers: [
    ...(location === undefined ? [] : [{ name: 'Location', value: location }]),
    ...setCookies.map((value) => ({ name: 'Set-Cookie', value })),
  ],
})
const redirect = (event: HopEvent, location: string): CaptureEvent => ({
  kind: 'redirect',
  ...event,
  status: 307,
  headers: [
    { name: 'Location', value: location },
    { name: 'Non-Authoritative-Reason', value: 'HSTS' },
  ],
})
const completed = ({ requestId, url }: HopEvent, time: number, fromCache = false): CaptureEvent => ({
  kind: 'completed',
  requestId,
  url,
  fromCache,
  time: start + time,
})
const failed = (event: HopEvent, error: string): CaptureEvent => ({ kind: 'error', ...event, error })
const stored = (changed: StoredCookie, time: number): CaptureEvent => ({
  kind: 'cookie',
  removed: false,
  cause: 'explicit',
  cookie: changed,
  time: start + time,
})
const removed = (changed: StoredCookie, time: number, cause = 'expired_overwrite'): CaptureEvent => ({
  kind: 'cookie',
  removed: true,
  cause,
  cookie: changed,
  time: start + time,
})
const jar = (...cookies: StoredCookie[]): CaptureEvent => ({ kind: 'jar', cookies, time: start })

/** The log of a session: each event at the time it carries, then nothing for as long as the store may take. */
class Session {
  readonly correlator = new Correlator('chromium', (error) => {
    throw error
  })
  readonly log: Hop[] = []

  take(...events: CaptureEvent[]): this {
    for (const event of events) this.#show(this.correlator.update([event], event.time))
    return this
  }

  takeTogether(...events: CaptureEvent[]): this {
    this.#show(this.correlator.update(events, events.at(-1)?.time ?? start))
    return this
  }

  settle(): this {
    this.#show(this.correlator.settle(this.correlator.nextSettle ?? 0))
    return this
  }

  #show(changed: ReadonlySet<Hop>): void {
    for (const one of changed) if (!this.log.includes(one)) this.log.push(one)
  }
}

/** `name outcome reason,reason agreement` of each line. */
const lines = ({ verdict, observed }: Hop): string[] =>
  verdict.setCookies.map(({ line, outcome, reasons }, index) => {
    const agreement = observed.find((one) => one.operation === 'set' && one.index === index)?.agreement
    return [line.slice(0, line.indexOf('=')), outcome, ...reasons.map(({ id }) => id), agreement].join(' ')
  })
const sent = ({ verdict, observed }: Hop): string[] =>
  verdict.cookies.map(({ cookie: { name, value }, outcome, reasons }, index) => {
    const agreement = observed.find((one) => one.operation === 'send' && one.index === index)?.agreement
    return [`${name}=${value}`, outcome, ...reasons.map(({ id }) => id), agreement].join(' ')
  })

describe('hops', () => {
  const login = hop('1', 'https://app.test/login', 0, { ...navigation, method: 'POST', initiator: 'https://app.test' })
  const home = hop('1', 'https://app.test/home', 20, { ...navigation, initiator: 'https://app.test' })

  it('of a redirect are exchanges of their own, in order, with the URLs before them', () => {
    const { log } = new Session().take(
      jar(),
      request(login),
      response({ ...login, time: start + 10 }, ['sid=1'], '/home'),
      request(home, 'sid=1'),
      response({ ...home, time: start + 30 }),
      completed(home, 35),
    )
    expect(log.map(({ exchange }) => [exchange.method, exchange.url, exchange.status, exchange.redirectChain])).toEqual(
      [
        ['POST', 'https://app.test/login', 302, undefined],
        ['GET', 'https://app.test/home', 200, ['https://app.test/login']],
      ],
    )
    expect(new Set(log.map(({ id }) => id)).size).toBe(2)
    expect(log.map(({ exchange }) => exchange.time)).toEqual([start + 10, start + 30])
  })

  it('after a challenge are no redirect', () => {
    const first = hop('1', 'https://app.test/secret', 0)
    const { log } = new Session().take(
      request(first),
      { ...(response(first) as Extract<CaptureEvent, { kind: 'response' }>), status: 401 },
      request({ ...first, time: start + 50 }),
      response({ ...first, time: start + 60 }),
    )
    expect(log.map(({ exchange }) => [exchange.status, exchange.redirectChain])).toEqual([
      [401, undefined],
      [200, undefined],
    ])
  })

  it('that the browser redirects by itself are listed, but nothing is said of cookies that were never asked for', () => {
    const plain = hop('1', 'http://app.test/', 0, navigation)
    const secure = hop('1', 'https://app.test/', 5, navigation)
    const { log } = new Session().take(
      jar(cookie('sid=1', { secure: true })),
      redirect(plain, 'https://app.test/'),
      request(secure, 'sid=1'),
      response(secure),
    )
    expect(log.map(({ exchange }) => [exchange.url, exchange.status, exchange.redirectChain])).toEqual([
      ['http://app.test/', 307, undefined],
      ['https://app.test/', 200, ['http://app.test/']],
    ])
    expect(log.map(sent)).toEqual([[], ['sid=1 sent confirmed']])
  })

  it('that fail keep what arrived, and the error', () => {
    const api = hop('1', 'https://api.other.test/me', 0)
    const { log } = new Session().take(
      request(api),
      response({ ...api, time: start + 5 }, ['a=1; Domain=nowhere.test']),
      failed({ ...api, time: start + 9 }, 'net::ERR_FAILED'),
    )
    expect(log.map(({ error, exchange }) => [error, exchange.status])).toEqual([['net::ERR_FAILED', 200]])
    expect(log.flatMap(lines)).toEqual(['a blocked InvalidDomain SchemefulSameSiteUnspecifiedTreatedAsLax predicted'])
  })

  it('that never left have no verdict', () => {
    const blocked = hop('1', 'https://app.test/blocked', 0)
    const { log } = new Session().take(jar(cookie('sid=1')), failed(blocked, 'net::ERR_BLOCKED_BY_CLIENT'))
    expect(log.map(({ error, verdict }) => [error, verdict])).toEqual([
      ['net::ERR_BLOCKED_BY_CLIENT', { setCookies: [], cookies: [] }],
    ])
  })

  it('that began before recording are known by their response alone', () => {
    const late = hop('1', 'https://app.test/late', 0)
    const { log } = new Session().take(jar(cookie('sid=1')), response(late, ['a=1']), completed(late, 5))
    expect(log.map(({ exchange }) => [exchange.url, exchange.requestHeaders])).toEqual([['https://app.test/late', []]])
    expect(log.flatMap(lines)).toEqual(['a stored predicted'])
  })

  it('say whether the cache answered', () => {
    const image = hop('1', 'https://app.test/i.png', 0)
    const { log } = new Session().take(request(image), response(image), completed(image, 5, true))
    expect(log.map(({ fromCache }) => fromCache)).toEqual([true])
  })

  it('come in the order of their requests, whichever is answered first', () => {
    const slow = hop('1', 'https://app.test/slow', 0)
    const fast = hop('2', 'https://app.test/fast', 1)
    const { log } = new Session().takeTogether(
      request(slow),
      request(fast),
      response({ ...fast, time: start + 5 }, ['a=1']),
    )
    expect(log.map(({ url }) => url)).toEqual([slow.url, fast.url])
  })

  it('that were cleared stay away, and what they do to the store counts still', () => {
    const first = hop('1', 'https://app.test/first', 0)
    const session = new Session().take(jar(), request(first))
    session.correlator.clear(start + 5)
    session.log.length = 0
    const next = hop('2', 'https://app.test/next', 50)
    session.take(
      response({ ...first, time: start + 10 }, ['sid=1']),
      stored(cookie('sid=1'), 15),
      request(next, 'sid=1'),
      response({ ...next, time: start + 60 }),
    )
    expect(session.log.map(({ url }) => url)).toEqual([next.url])
    expect(session.log.flatMap(sent)).toEqual(['sid=1 sent confirmed'])
  })

  it('that began before the log was cleared stay away, though they are heard of later', () => {
    const before = hop('1', 'https://app.test/before', 0)
    const after = hop('2', 'https://app.test/after', 6)
    const session = new Session().take(jar())
    session.correlator.clear(start + 5)
    session.take(request(before), response({ ...before, time: start + 8 }, ['sid=1']), request(after))
    expect(session.log.map(({ url }) => url)).toEqual([after.url])
  })

  it('know the frames they are in', () => {
    const page = hop('1', 'https://app.test/home', 0, navigation)
    const frame = { frameId: 7, parentFrameId: 0, documentId: null, parentDocumentId: 'TOP' }
    const inner = hop('2', 'https://other.test/frame', 10, { resourceType: 'sub_frame', frame })
    const image = hop('3', 'https://other.test/i.png', 20, {
      resourceType: 'image',
      initiator: 'https://other.test',
      frame: { ...frame, documentId: 'INNER' },
    })
    const { log } = new Session().take(request(page), response(page), request(inner), response(inner), request(image))
    expect(log.map(({ exchange }) => exchange.frames)).toEqual([
      [],
      ['https://app.test/home'],
      ['https://other.test/frame', 'https://app.test/home'],
    ])
  })

  it.each([
    ['a redirect', { status: 302, headers: [{ name: 'Location', value: '/' }] }],
    ['no content', { status: 204, headers: [] }],
    ['a download', { status: 200, headers: [{ name: 'Content-Disposition', value: 'attachment; filename=x' }] }],
  ])('stay in their document when a navigation ends in %s', (_name, answer) => {
    const page = hop('1', 'https://app.test/home', 0, navigation)
    const other = hop('2', 'https://app.test/other', 10, navigation)
    const image = hop('3', 'https://app.test/i.png', 20)
    const { log } = new Session().take(
      request(page),
      response(page),
      request(other),
      { kind: 'response', ...other, ...answer },
      request(image),
    )
    expect(log.at(-1)?.exchange.frames).toEqual(['https://app.test/home'])
  })
})

describe('the store and a response', () => {
  const page = hop('1', 'https://app.test/login', 0)
  const answered = { ...page, time: start + 10 }

  it('agree as soon as the store says so', () => {
    const session = new Session().take(jar(), request(page), response(answered, ['sid=1']))
    expect(session.log.flatMap(lines)).toEqual(['sid stored predicted'])
    session.take(stored(cookie('sid=1'), 15))
    expect(session.log.flatMap(lines)).toEqual(['sid stored confirmed'])
  })

  it('agree on what was refused once the store has had its time', () => {
    const session = new Session().take(jar(), request(page), response(answered, ['sid=1; SameSite=None']))
    expect(session.log.flatMap(lines)).toEqual(['sid blocked SameSiteNoneInsecure predicted'])
    expect(session.correlator.nextSettle).toBe(answered.time + settleTime)
    session.settle()
    expect(session.log.flatMap(lines)).toEqual(['sid blocked SameSiteNoneInsecure confirmed'])
    expect(session.correlator.nextSettle).toBeNull()
  })

  it('disagree where it stored what should have been refused, or did not store what should have been', () => {
    const refused = new Session().take(jar(), request(page), response(answered, ['sid=1; SameSite=None']))
    refused.take(stored(cookie('sid=1', { sameSite: 'no_restriction' }), 15)).settle()
    expect(refused.log.flatMap(lines)).toEqual(['sid blocked SameSiteNoneInsecure contradicted'])
    const lost = new Session().take(jar(), request(page), response(answered, ['sid=1'])).settle()
    expect(lost.log.flatMap(lines)).toEqual(['sid stored unexplained'])
  })

  it('agree when the store speaks first, or very late', () => {
    const first = new Session().take(jar(), request(page), stored(cookie('sid=1'), 8), response(answered, ['sid=1']))
    expect(first.log.flatMap(lines)).toEqual(['sid stored confirmed'])
    const last = new Session().take(jar(), request(page), response(answered, ['sid=1'])).settle()
    last.take(stored(cookie('sid=1'), 1_500))
    expect(last.log.flatMap(lines)).toEqual(['sid stored confirmed'])
  })

  it('agree on an identical cookie, and on a deletion', () => {
    const there = jar(cookie('sid=1'))
    const again = new Session().take(there, request(page, 'sid=1'), response(answered, ['sid=1']))
    again.take(removed(cookie('sid=1'), 14, 'overwrite'), stored(cookie('sid=1'), 15))
    expect(again.log.flatMap(lines)).toEqual(['sid stored confirmed'])
    const gone = new Session().take(there, request(page, 'sid=1'), response(answered, ['sid=; Max-Age=0']))
    gone.take(removed(cookie('sid=1'), 15))
    expect(gone.log.flatMap(lines)).toEqual(['sid removed confirmed'])
    expect(gone.correlator.cookieCount('app.test')).toBe(0)
  })

  it('each have their own where two set the same', () => {
    const other = hop('2', 'https://app.test/other', 1)
    const session = new Session().take(
      jar(),
      request(page),
      request(other),
      response(answered, ['sid=1']),
      response({ ...other, time: start + 11 }, ['sid=1']),
      stored(cookie('sid=1'), 15),
      removed(cookie('sid=1'), 16, 'overwrite'),
      stored(cookie('sid=1'), 16),
    )
    expect(session.log.map(lines)).toEqual([['sid stored confirmed'], ['sid stored confirmed']])
  })

  it('do not credit a preflight with what its request stored', () => {
    const preflight = hop('1', 'https://api.app.test/me', 0, { method: 'OPTIONS' })
    const put = hop('2', 'https://api.app.test/me', 20, { method: 'PUT' })
    const asks = { Origin: 'https://app.test', 'Access-Control-Request-Method': 'PUT' }
    const session = new Session().take(
      jar(),
      request(preflight, null, asks),
      response({ ...preflight, time: start + 10 }, ['sid=1']),
      request(put, 'other=1'),
      response({ ...put, time: start + 30 }, ['sid=1']),
      stored(cookie('sid=1', { domain: 'api.app.test' }), 35),
    )
    session.settle().settle()
    expect(session.log.map(lines)).toEqual([['sid blocked CorsPreflight confirmed'], ['sid stored confirmed']])
    expect(session.log[0]?.observed[0]?.evidence).toBe('never appeared in the store')
  })

  it('tell partitions apart', () => {
    const line = 'sid=1; Secure; SameSite=None; Partitioned; Path=/'
    const session = new Session().take(jar(), request(page), response(answered, [line]))
    const plain = cookie('sid=1', { secure: true, sameSite: 'no_restriction' })
    session.take(stored(plain, 12)).settle()
    expect(session.log.flatMap(lines)).toEqual(['sid stored unexplained'])
    const partitionKey = { topLevelSite: 'https://app.test', hasCrossSiteAncestor: false }
    session.take(stored({ ...plain, partitionKey }, 15))
    expect(session.log.flatMap(lines)).toEqual(['sid stored confirmed'])
  })

  it('agree on bytes that the cookies API cannot show', () => {
    const next = hop('2', 'https://app.test/next', 50)
    const session = new Session().take(jar(), request(page), response(answered, ['bin=a\xffb']))
    session.take(stored(cookie('bin=a\xef\xbf\xbdb'), 15))
    expect(session.log.flatMap(lines)).toEqual(['bin stored confirmed'])
    session.take(request(next, 'bin=a\xffb'), response(next))
    expect(session.log.at(-1)?.verdict.cookies.map(({ cookie: { value } }) => value)).toEqual(['a\xffb'])
  })
})

describe('the store just before a request', () => {
  const first = hop('1', 'https://app.test/login', 0)
  const answer = (...set: string[]) => response({ ...first, time: start + 10 }, set)
  const next = hop('2', 'https://app.test/home', 40)
  const last = ({ log }: Session): string[] => log.slice(-1).flatMap(sent)

  it('has what the first reading had, site by site', () => {
    const elsewhere = cookie('b=1', { domain: '.other.test', hostOnly: false })
    const session = new Session().take(jar(cookie('a=1'), elsewhere), request(first, 'a=1'), response(first))
    expect(last(session)).toEqual(['a=1 sent confirmed'])
    expect(session.correlator.cookieCount('other.test')).toBe(1)
  })

  it('has what a response of the same chain stored, though the store says so later', () => {
    const landing = hop('1', 'https://app.test/home', 12)
    const session = new Session().take(
      jar(),
      request(first),
      response({ ...first, time: start + 10 }, ['sid=1', 'api=1; Path=/api'], '/home'),
      request(landing, 'sid=1'),
      stored(cookie('sid=1'), 14),
      stored(cookie('api=1', { path: '/api' }), 14),
      response({ ...landing, time: start + 20 }),
    )
    expect(last(session)).toEqual(['api=1 blocked NotOnPath confirmed', 'sid=1 sent confirmed'])
  })

  it('has what a response long before it stored, though the store says so later', () => {
    const session = new Session().take(
      jar(),
      request(first),
      answer('sid=1; Path=/api'),
      request({ ...next, time: start + 200 }),
    )
    session.take(stored(cookie('sid=1', { path: '/api' }), 210), response({ ...next, time: start + 220 }))
    expect(last(session)).toEqual(['sid=1 blocked NotOnPath confirmed'])
  })

  it('has no cookie that its own response set, or a later one', () => {
    const session = new Session().take(jar(), request(first), request(next), answer('sid=1'))
    session.take(
      response({ ...next, time: start + 50 }, ['own=1']),
      stored(cookie('own=1'), 52),
      stored(cookie('sid=1'), 53),
    )
    expect(session.log.map(sent)).toEqual([[], []])
  })

  it('has what a script wrote, where the header shows it before the store does', () => {
    const session = new Session().take(jar(), request(next, 'js=1'), stored(cookie('js=1'), 45), response(next))
    expect(last(session)).toEqual(['js=1 sent confirmed'])
  })

  it('has the value that was sent, not the one that replaced it meanwhile', () => {
    const session = new Session().take(
      jar(cookie('js=1')),
      stored(cookie('js=2'), 38),
      request(next, 'js=1'),
      response({ ...next, time: start + 50 }),
    )
    expect(last(session)).toEqual(['js=1 sent confirmed'])
  })

  it('has no cookie that was removed just before, though the store says so later', () => {
    const session = new Session().take(
      jar(cookie('js=1')),
      request(next),
      removed(cookie('js=1'), 44, 'explicit'),
      response(next),
    )
    expect(last(session)).toEqual([])
  })

  it('goes by the times where the header cannot tell', () => {
    const api = cookie('api=1', { path: '/api' })
    const before = new Session().take(jar(), stored(api, 35), request(next), response(next))
    expect(last(before)).toEqual(['api=1 blocked NotOnPath confirmed'])
    const after = new Session().take(jar(), request(next), stored(api, 45), response(next))
    expect(last(after)).toEqual([])
  })

  it('knows how old a cookie is that was seen being set', () => {
    const session = new Session().take(jar(cookie('old=1')), stored(cookie('new=1'), 5), stored(cookie('new=1'), 20))
    session.take(request(next, 'old=1; new=1'), response(next))
    const creations = session.log.at(-1)?.verdict.cookies.map(({ cookie: { name, creation } }) => [name, creation])
    expect(creations).toEqual(
      expect.arrayContaining([
        ['old', undefined],
        ['new', start + 5],
      ]),
    )
  })
})

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
