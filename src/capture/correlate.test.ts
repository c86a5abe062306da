import { describe, expect, it } from 'vitest'
import { recordingStopped } from './correlate.ts'
import {
  completed,
  cookie,
  failed,
  hop,
  jar,
  lines,
  navigation,
  redirect,
  request,
  response,
  Session,
  sent,
  start,
  stored,
} from './event-table.ts'
import type { CaptureEvent } from './events.ts'

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

  it('that the cache answered are not held against what they would have carried', () => {
    const image = hop('1', 'https://app.test/i.png', 0)
    const there = jar(cookie('sid=1'))
    const cached = new Session().take(there, request(image, 'sid=1'), response(image), completed(image, 5, true))
    expect(cached.log.flatMap(sent)).toEqual(['sid=1 sent predicted'])
    // Asked whether it is still good, the server answers with lines: the cache keeps none.
    const asked = new Session().take(
      there,
      request(image, 'sid=1'),
      response(image, ['a=1']),
      completed(image, 5, true),
    )
    expect(asked.log.flatMap(sent)).toEqual(['sid=1 sent confirmed'])
  })

  it('that need no request are not judged: a page that was prefetched, a look into the cache', () => {
    const page = hop('1', 'https://app.test/next', 0, navigation)
    const bare: CaptureEvent = { kind: 'request', ...page, headers: [{ name: 'Accept', value: 'text/html' }] }
    const look = hop('2', 'https://app.test/next', 10, { resourceType: 'other' })
    const { log } = new Session().take(
      jar(cookie('sid=1')),
      bare,
      response(page),
      request(look, 'sid=1'),
      failed(look, 'net::ERR_CACHE_MISS'),
    )
    expect(log.map(({ verdict, observed }) => [verdict.cookies, observed])).toEqual([
      [[], []],
      [[], []],
    ])
  })

  it('that are fetched ahead of time leave the page where it is', () => {
    const page = hop('1', 'https://app.test/home', 0, navigation)
    const ahead = hop('2', 'https://app.test/next', 10, {
      ...navigation,
      frame: { frameId: 0, parentFrameId: -1, documentId: 'TOP', parentDocumentId: null },
    })
    const image = hop('3', 'https://app.test/i.png', 20)
    const { log } = new Session().take(request(page), response(page), request(ahead), response(ahead), request(image))
    expect(log.at(-1)?.exchange.frames).toEqual(['https://app.test/home'])
  })

  it('that have no answer when recording stops end there, unless it comes when recording is on again', () => {
    const slow = hop('1', 'https://app.test/slow', 0)
    const session = new Session().take(jar(), request(slow, 'a=1')).stop()
    expect(session.log.map(({ error }) => error)).toEqual([recordingStopped])
    session.take(response({ ...slow, time: start + 5_000 }, ['sid=1']), stored(cookie('sid=1'), 5_002))
    expect(session.log.map(({ error }) => error)).toEqual([null])
    expect(session.log.flatMap(lines)).toEqual(['sid stored confirmed'])
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
